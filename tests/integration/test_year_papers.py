"""The circular and the statistics of a year say what the ledger, the verdicts and stamps say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.certificates.issuing import issue_for_course, void
from models.certificates.statistics import issued_in
from models.errors import UserError
from models.progress import Progress
from models.stamping.running import run_stamp, stamp
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.training.marks import Mark
from models.training.scoring import record_scores
from models.training.statistics import course_sum, hour_sums, hour_total
from reports.documents import circular, statistics
from reports.documents.circular import Circular
from reports.inputs.boards import board_of
from reports.inputs.circulars import draft_texts, ranked_sheet, ranked_table, year_results
from reports.inputs.year_statistics import statistics_sheets
from reports.inputs.year_statistics import year_statistics as statistics_of
from reports.kit.figures import FigureKind, shown
from reports.kit.wording import percent, share
from tests.counties import post, small_county
from tests.offices import new_office
from tests.papers import check_print, own_fonts, squeezed
from tests.people import school, teachers
from tests.trainings import post as post_one

RED, SECOND, EIGHTH = "红石中学", "二道甸子小学", "八道河子小学"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-12-20")
    yield office
    office.store.close()


@pytest.fixture
def people(office):
    """Of three teachers each, three, one and none have met the cycle's 360 hours."""
    return small_county(office)


def results(office, **more):
    return year_results(office, board_of(office, 2025, whole_cycle=True), 2025, **more)


def test_schools_are_ranked_by_the_share_that_has_met_everything(office, people):
    found = results(office)
    ranked = [
        (rank, one.name, one.met, one.people)
        for rank, one in zip(found.ranks, found.schools, strict=True)
    ]
    assert ranked == [(1, RED, 3, 3), (2, SECOND, 1, 3), (3, EIGHTH, 0, 3)]
    assert found.stamped is None
    assert len(ranked_table(found).columns) == 5


def test_equal_schools_share_a_rank_and_the_next_counts_on(office, people):
    ids = teachers(office, school(office, "第二红石中学"), 2, work_start="2010-07")
    for one in ids:
        post(office, one, 80)
    ranked = dict(
        zip((one.name for one in results(office).schools), results(office).ranks, strict=True)
    )
    assert ranked == {RED: 1, "第二红石中学": 1, SECOND: 3, EIGHTH: 4}


def test_small_schools_are_listed_without_a_rank(office, people):
    teachers(office, school(office, "教学点"), 1, work_start="2010-07")
    found = results(office, least=3)
    assert found.ranks == (1, 2, 3, None)
    assert found.schools[-1].name == "教学点"
    assert ranked_table(found).rows[-2][0] == "—"


def test_stamps_stand_beside_and_can_rank(office, people):
    run = run_stamp(office, 2025).run
    line = office.store.value(
        "SELECT id FROM stamp_line WHERE outcome = 'ready' AND school_name = ?", (SECOND,)
    )
    stamp(office, [line])
    found = results(office, by="stamped")
    assert found.stamped == 1
    assert [(rank, one.name) for rank, one in zip(found.ranks, found.schools, strict=True)] == [
        (1, SECOND), (2, EIGHTH), (2, RED),
    ]  # fmt: skip
    rows = ranked_table(found).rows
    assert rows[0] == ("1", SECOND, "3", "1", "33.3%", "3", "1", "33.3%")
    assert rows[-1].cells == ("", "合计 3 所", "9", "4", "44.4%", "9", "1", "11.1%")
    assert run.ready == 4
    (first, *_) = ranked_sheet(office, found).rows
    assert first == (1, SECOND, 3, 1, Decimal("0.333333"), 3, 1, Decimal("0.333333"))


def test_a_ranking_by_stamps_needs_stamps(office, people):
    with pytest.raises(UserError, match="不能按验印率排名"):
        results(office, by="stamped")


def test_the_draft_tells_the_same_figures(office, people):
    texts = draft_texts(results(office))
    assert texts["title"] == "关于2021—2025年周期教师继续教育达标情况的通报"
    said = "参加考核的教师共9人，2021—2025年周期的要求全部达到的4人，达标率44.4%；未达标5人。"
    assert said in texts["text"]
    assert "（三）限期整改" in texts["text"]
    assert ranked_table(results(office)).note.startswith("注：达标按2021—2025年周期的要求核算。")
    assert "截至2025年12月20日" in texts["text"]
    assert "居前" not in texts["text"]  # three schools have no two ends


@pytest.mark.prints
def test_a_draft_is_printed_with_its_table(office, people, tmp_path):
    found = results(office)
    texts = draft_texts(found)
    letter = Circular(
        texts["title"], tuple(texts["text"].splitlines()), "进修学校", office.store.clock.now(),
        attachments=(ranked_table(found),), addressees=texts["to"],
    )  # fmt: skip
    built = circular.build(letter, tmp_path / "1.pdf", own_fonts(), Progress())
    assert check_print(built.path) == built.pages
    assert "2025年度各校继续教育达标率排名" in squeezed(built.path)


def test_hours_are_summed_by_every_axis_and_reversals_vanish(office):
    one, two = teachers(office, school(office, RED), 2)
    post_one(office, one, 2025, "10", "1", start="2025-03-01")
    post_one(office, two, 2025, "6", "2", start="2025-03-05")
    post_one(office, two, 2025, "4", "1")
    post_one(office, two, 2024, "99", "1")
    wrong = post_one(office, one, 2025, "50", "3", start="2025-05-01")
    assert wrong.posted == 1
    ids = entry_ids(office, EntryFilter(year=2025, category="3"))
    reverse(office, ids, "重复")
    right = entry_ids(office, EntryFilter(year=2025, category="2"))
    reverse(office, right, "看错")
    reverse(office, set(entry_ids(office, EntryFilter(category="2"))) - set(right), "恢复")
    total = hour_total(office, 2025)
    assert (total.people, total.entries, total.hours) == (2, 3, Decimal(20))
    by_mode = {
        one.key: (one.people, one.entries, one.hours) for one in hour_sums(office, 2025, "category")
    }
    assert by_mode == {"1": (2, 2, Decimal(14)), "2": (1, 1, Decimal(6))}
    by_month = {one.key: one.hours for one in hour_sums(office, 2025, "month")}
    assert by_month == {"": Decimal(4), "03": Decimal(16)}
    assert {one.key: one.entries for one in hour_sums(office, 2025, "kind")} == {"record": 3}
    for axis in ("category", "month", "kind", "stage", "theme", "level", "nature"):
        assert sum(one.hours for one in hour_sums(office, 2025, axis)) == total.hours


def a_course(office, people, marks):
    course_id = register(office, {"title": "研修班", "year": 2025, "hours": Decimal(8)}).course_id
    enrol(office, course_id, people)
    record_scores(
        office,
        course_id,
        {one: Mark(score=Decimal(mark)) for one, mark in zip(people, marks, strict=True)},
    )
    return course_id


def test_courses_and_certificates_of_the_year_are_counted(office):
    course_id = a_course(office, teachers(office, school(office, RED), 3), (90, 80, 30))
    found = course_sum(office, 2025)
    assert (found.courses, found.hours, found.people, found.passed) == (1, Decimal(8), 3, 2)
    issued = issue_for_course(office, course_id).certificates
    void(office, issued[0].id, "写错")
    assert [(one.title, one.issued, one.void) for one in issued_in(office, 2025)] == [
        ("结业证书", 2, 1)
    ]
    assert issued_in(office, 2024) == []
    assert course_sum(office, 2024).courses == 0


def part(statistics, title):
    return next(one for one in statistics.parts if one.title == title)


def test_the_statistics_gather_everything(office, people):
    a_course(office, people[RED], (90, 80, 30))
    run_stamp(office, 2025)
    found = statistics_of(office, 2025)
    figures = {row[0]: row[1:] for row in part(found, "主要数据").rows}
    assert figures["学时合计"] == (Decimal(520), Decimal(520))
    assert figures["参训人次"] == (3, 0)
    assert figures["有学时记录的教师"] == (9, 9)
    assert [row for row in part(found, "教师队伍").rows if row[0] == "岗位状态"] == [
        ("岗位状态", "在岗", 9, Decimal(1))
    ]
    stamps = {row[0]: row[1] for row in part(found, "年度验印").rows}
    assert stamps == {"已验印": 0, "可验印（未验印）": 4, "不予验印": 5, "待核实": 0}
    assert part(found, "达标情况").total[1:3] == (9, 4)
    months = part(found, "学时按月（开始日期）")
    assert [bar.value for bar in months.bars] == [0, 0, 520, *[0] * 9]


@pytest.mark.prints
def test_the_statistics_are_printed_with_charts_and_written_as_sheets(office, people, tmp_path):
    found = statistics_of(office, 2025)
    built = statistics.build(found, tmp_path / "1.pdf", own_fonts(), Progress())
    assert check_print(built.path) == built.pages
    text = squeezed(built.path)
    assert "2025年度教师培训统计" in text
    assert "520学时" not in text  # months bear bare figures
    sheets = statistics_sheets(found)
    assert [one.title for one in sheets] == [one.title for one in found.parts if one.rows]
    assert len({one.title for one in sheets}) == len(sheets)


def test_figures_are_written_as_people_read_them():
    assert shown(FigureKind.AMOUNT, Decimal("61378.50")) == "61,378.5"
    assert shown(FigureKind.AMOUNT, Decimal(1000)) == "1,000"
    assert shown(FigureKind.WHOLE, 12345) == "12,345"
    assert shown(FigureKind.SHARE, Decimal("0.444444")) == "44.4%"
    assert shown(FigureKind.SHARE, share(154, 555)) == percent(154, 555) == "27.7%"
    assert shown(FigureKind.SHARE, share(2999, 3000)) == "99.9%"
    assert shown(FigureKind.TEXT, None) == ""
