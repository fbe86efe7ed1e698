"""Papers of a mentoring programme say what is in the office, and refuse in words."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest

from models.certificates.pair_agreements import issue_agreements
from models.certificates.pair_honours import issue_pair_honours
from models.certificates.register import certificates
from models.errors import UserError
from models.mentoring.meetings import Meeting, people_meant, save_meeting
from models.mentoring.pairs import pair_rows
from models.mentoring.results import set_result
from models.progress import Progress
from models.store.undo import undo
from reports.catalogue import papers
from reports.inputs.pair_forms import AgreementWish, agreement_sets
from reports.inputs.pair_overviews import pair_overview
from reports.inputs.pair_results import pair_honours
from reports.inputs.pair_stages import stage_of, stage_report
from reports.kit.furniture import Output
from tests.offices import new_office
from tests.pair_rounds import county, opened, running, visited
from tests.papers import bookmarks, check_print, own_fonts, pypdf_text, squeezed

pytestmark = pytest.mark.prints


@pytest.fixture
def round_(tmp_path):
    office, programme_id, pairs = running(tmp_path)
    yield office, programme_id, pairs
    office.store.close()


def printed(office, name, folder, **given):
    output = Output(folder / f"{name}.pdf", own_fonts(), office.store.clock.now(), Progress())
    return papers.build(office, name, {"programme": "2025-CX", **given}, output).path


def test_the_overview_draws_schools_where_they_are(round_, tmp_path):
    office, programme_id, pairs = round_
    found = pair_overview(office, programme_id)
    assert [one.name for one in found.picture.dots if one.inner] == [
        "桦甸市第一实验小学",
        "桦甸市第四中学",
    ]
    assert found.picture.placed
    assert found.note == ""
    assert sum(one.weight for one in found.picture.links) == len(pairs) == 5
    red = next(one for one in found.schools if one.name == "红石中学")
    assert (red.mentors, red.mentees, red.partners) == (0, 3, "桦甸市第四中学 3 对")
    pdf = printed(office, "pair-overview", tmp_path)
    check_print(pdf, edge=3)
    text = squeezed(pdf)
    assert "红石中学" in text
    assert "周冬雨" in text


def test_without_places_the_overview_says_so(tmp_path):
    office, programme_id, _ = running(tmp_path, places=False)
    found = pair_overview(office, programme_id)
    assert not found.picture.placed
    assert "没有登记经纬度" in found.note
    check_print(printed(office, "pair-overview", tmp_path), edge=3)
    office.store.close()


def test_supply_and_demand_count_places_people_and_pairs(round_):
    office, programme_id, _ = round_
    rows = {(one.subject, one.stage): one for one in pair_overview(office, programme_id).subjects}
    maths = rows["数学", "初中"]
    assert (maths.places, maths.wanted, maths.paired) == (2, 2, 2)


def test_the_stage_report_counts_what_was_done_in_its_days(round_, tmp_path):
    office, programme_id, pairs = round_
    visited(office, pairs["赵小雨"], "2026-08-01", "2026-09-01")
    visited(office, pairs["钱多多"], "2026-09-02", kind="demonstration")
    visited(office, pairs["孙大圣"], "2026-03-01")
    meeting = Meeting("exchange", "2026-08-05", "经验交流", "进修学校", "交流了听课经验。")
    save_meeting(office, programme_id, meeting)
    found = stage_report(office, programme_id, "2026-08-01", "2026-12-10")
    kinds, months, schools, short = found.parts
    assert kinds.rows == (
        ("听课", 2, Decimal(2), Decimal("0.666667")),
        ("示范课", 1, Decimal(2), Decimal("0.333333")),
    )
    assert [row[1] for row in months.rows] == [1, 2, 0, 0, 0]
    red = next(row for row in schools.rows if row[0] == "红石中学")
    assert red[1:6] == (3, 3, 1, 1, 1)
    assert {row[2] for row in short.rows} == {"钱多多", "孙大圣", "周冬雨", "吴晓波"}
    assert "经验交流" in found.words[0]
    given = {"from": "2026-08-01", "to": "2026-12-10"}
    pdf = printed(office, "pair-stage", tmp_path, **given)
    check_print(pdf, edge=3)
    assert "交流了听课经验" in squeezed(pdf)
    book = tmp_path / "stage.xlsx"
    asked = {"programme": "2025-CX", **given}
    papers.write_workbook(office, "pair-stage", asked, book, Progress())
    assert openpyxl.load_workbook(book).sheetnames[0] == "各类活动"


def test_a_stage_looks_back_on_the_term_where_no_days_are_given(round_):
    office, programme_id, _ = round_
    stretch = stage_of(office, programme_id).stretch
    assert (stretch.first, stretch.last) == ("2026-08-01", "2026-12-10")


def test_a_pair_owes_visits_for_each_term_it_stood_in(round_):
    office, programme_id, pairs = round_
    stage = stage_of(office, programme_id, "2025-09-01", "2026-12-10")
    pair = next(one for one in stage.pairs if one.id == pairs["赵小雨"])
    assert stage.wanted(pair) == 3 * 2
    assert stage.words(pair) == "活动 0 次，协议要求不少于 6 次，没有活动（学期还没有结束）。"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-12-01", "2026-11-01", "结束日期 2026-11-01 早于开始日期 2026-12-01。"),
        ("2020-01-01", "2020-06-30", "不在“城乡学校骨干教师对口帮扶工程”的周期里。"),
    ],
)
def test_days_that_cannot_be_are_refused(round_, first, last, sentence):
    office, programme_id, _ = round_
    with pytest.raises(UserError, match=sentence):
        stage_report(office, programme_id, first, last)


def test_each_pair_has_a_sheet_of_its_own_for_the_meeting(round_, tmp_path):
    office, programme_id, pairs = round_
    visited(office, pairs["赵小雨"], "2026-10-10")
    meeting = Meeting("stage", "2026-12-05", "总结", people=people_meant("王校长，李主任"))
    save_meeting(office, programme_id, meeting)
    pdf = printed(office, "pair-sheets", tmp_path, to="2026-12-10")
    assert "王校长、李主任" in pypdf_text(pdf)[0]
    assert bookmarks(pdf)[0] == "签到表"
    assert len(bookmarks(pdf)) == 6
    assert any("10-10听课" in page for page in pypdf_text(pdf))
    only = printed(office, "pair-sheets", tmp_path / "..", school="夹皮沟小学")
    assert len(bookmarks(only)) == 2
    only.unlink()


def test_survey_forms_ask_each_school_once_a_form(round_, tmp_path):
    office, _, _ = round_
    pdf = printed(office, "pair-surveys", tmp_path)
    titles = bookmarks(pdf)
    assert len(titles) == len(set(titles)) == 5 + 2 + 3 + 3
    only = printed(office, "pair-surveys", tmp_path / "..", survey="town-offer")
    assert len(bookmarks(only)) == 2
    only.unlink()


def test_agreements_are_numbered_once_and_printed_in_sets(round_, tmp_path):
    office, programme_id, pairs = round_
    with pytest.raises(UserError, match="还没有编号的协议"):
        agreement_sets(office, programme_id, AgreementWish())
    issued = issue_agreements(office, programme_id)
    assert issued.count == 5
    rows = {one.id: one for one in pair_rows(office, programme_id)}
    one = rows[pairs["周冬雨"]]
    kept = {c.number: c for c in certificates(office)}[one.agreement_no]
    assert (kept.holder_name, kept.facts["mentee"]) == (one.mentor, "周冬雨")
    assert kept.facts["valid_from"] == "2025-09-01"
    with pytest.raises(UserError, match="没有需要编号的协议"):
        issue_agreements(office, programme_id)
    pdf = printed(office, "pair-agreements", tmp_path, each="3")
    assert len(pypdf_text(pdf)) == 15
    only = printed(office, "pair-agreements", tmp_path / "..", each="1", school="夹皮沟小学")
    (page,) = pypdf_text(only)
    assert one.agreement_no in page
    assert "基础型教师" in page
    for words in ("对口帮扶协议书", "帮扶教师", "帮扶对象（签字）："):
        assert words in page
    only.unlink()


def test_undoing_the_numbers_voids_the_agreements(round_):
    office, programme_id, _ = round_
    issued = issue_agreements(office, programme_id)
    undo(office.store, issued.operation.id)
    assert all(one.void for one in certificates(office))
    assert not any(one.agreement_no for one in pair_rows(office, programme_id))
    assert issue_agreements(office, programme_id).count == 5


def test_honours_name_the_best_and_are_issued_once(round_, tmp_path):
    office, programme_id, pairs = round_
    with pytest.raises(UserError, match="还没有可以表彰"):
        issue_pair_honours(office, programme_id)
    with pytest.raises(UserError, match="还没有可以排名的结果"):
        printed(office, "pair-honours", tmp_path)
    set_result(office, [pairs["赵小雨"], pairs["钱多多"]], "reached", "考核")
    set_result(office, [pairs["孙大圣"]], "not_reached", "考核")
    found = pair_honours(office, programme_id)
    first, *others = found.units
    assert (first.rank, first.name, first.ratio) == ("1", "红石中学", "66.7%")
    assert first.honour == "帮扶工程先进单位"
    assert {one.rank for one in others} == {""}
    assert {one.mentee for one in found.pairs} == {"赵小雨", "钱多多"}
    check_print(printed(office, "pair-honours", tmp_path), edge=3)
    issued = issue_pair_honours(office, programme_id)
    names = [one.holder_name for one in issued.certificates]
    assert names.count("红石中学") == 1
    assert {"赵小雨", "钱多多"} <= set(names)
    again = issue_pair_honours(office, programme_id)
    assert again.certificates == ()
    assert again.before == len(issued.certificates)


def test_a_programme_without_pairs_has_no_overview(tmp_path):
    office = new_office(tmp_path)
    opened(office, county(office))
    with pytest.raises(UserError, match="还没有师徒对子"):
        printed(office, "pair-overview", tmp_path)
    with pytest.raises(UserError, match="没有编号为“无”的结对工程"):
        papers.build(
            office,
            "pair-overview",
            {"programme": "无"},
            Output(tmp_path / "x.pdf", own_fonts(), office.store.clock.now(), Progress()),
        )
    office.store.close()
