"""Score lists, rankings, statistics, awards and the circular say what the results say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.errors import UserError
from models.exams.awarding import Honour, award_named, decide, decided, propose
from models.exams.correcting import Correcting, correct
from models.exams.entering import enter_marks
from models.exams.items import Item, set_items
from models.exams.marks import mark_book, read_given
from models.exams.ranking import unit_rule
from models.exams.records import Exam, Part
from models.exams.registration import parts_of
from models.office.context import Office
from models.progress import Progress
from models.store.undo import undo
from reports.catalogue import papers as catalogue
from reports.inputs.exam_circulars import attachments, draft_texts
from reports.inputs.exam_results import (
    awards_list,
    comparison,
    corrections,
    outcome_of,
    ranking,
    score_list,
    units_part,
)
from reports.inputs.exam_sheets import publication_sheets
from reports.inputs.exam_statistics import exam_statistics
from reports.kit.figures import Part as FigurePart
from reports.kit.furniture import Output
from reports.kit.table import Section
from reports.workbooks.table import write_tables
from tests.examined import marked, sat_by_all
from tests.offices import new_office
from tests.papers import check_print, own_fonts, squeezed
from tests.people import school, teachers

FOURTH, FIFTH, VILLAGE = "桦甸市第四中学", "桦甸市第五中学", "红石村小"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return [
        *teachers(office, school(office, FOURTH), 4),
        *teachers(office, school(office, FIFTH), 4, subject="101"),
        *teachers(office, school(office, VILLAGE), 2),
    ]


@pytest.fixture
def exam(office: Office, people: list[str]) -> Exam:
    found = sat_by_all(office)
    texts = ("95", "90", "90", "58.5", "85", "84", "缺考", "70", "60", "40")
    marked(office, found, {one: [text] for one, text in zip(people, texts, strict=True)})
    return found


def tutors(office: Office, **names: str) -> None:
    with office.store.operation("t", "辅导员"):
        for name, tutor in names.items():
            office.store.execute("UPDATE institution SET tutor = ? WHERE name = ?", (tutor, name))


def test_people_and_units_stand_in_falling_order_under_their_rule(office, exam):
    """S4-23: 「个人及团体两种方式按成绩降幂排列」."""
    units, people = ranking(office, outcome_of(office, exam)).parts
    assert [line[:2] for line in units.lines] == [("1", FOURTH), ("2", FIFTH), ("3", VILLAGE)]
    assert units.lines[0][2:] == ("4", "4", "0", "0", "0", "3", "83.38", "75.00")
    assert "缺考不计入" in units.note
    weighted, _ = ranking(office, outcome_of(office, exam, unit_rule("weighted"))).parts
    assert (weighted.columns[-1].title, weighted.lines[0][-1]) == ("综合得分", "89.83")
    assert [line[0] for line in people.lines] == ["1", "2", "2", "4", "5", "6", "7", "8", "9", "—"]
    assert people.lines[-1][1:3] == ("张三三", FIFTH)


def test_the_score_list_goes_by_school_with_rank_and_result(office, exam):
    (part,) = score_list(office, outcome_of(office, exam)).parts
    assert [line.title for line in part.lines if isinstance(line, Section)] == [
        "桦甸市第五中学", "桦甸市第四中学", "红石村小",
    ]  # fmt: skip
    rows = [line for line in part.lines if isinstance(line, tuple)]
    assert rows[0][2:] == ("张三一", "语文", "85.0", "4", "合格")
    assert [row[0] for row in rows] == [str(number) for number in range(1, 11)]


def test_what_is_published_has_no_id_number(office, exam, tmp_path):
    path = tmp_path / "public.xlsx"
    found = outcome_of(office, exam, unit_rule("pass_rate"))
    write_tables(path, publication_sheets(office, found), Progress())
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    numbers = [row[0] for row in office.store.query("SELECT id_number FROM teacher")]
    assert not [one for one in numbers if any(one in cell for cell in cells)]
    people, units = book.worksheets
    assert [people.cell(3, column).value for column in (1, 2, 3, 5, 6)] == [
        1, "张三一", FOURTH, 95, "合格",
    ]  # fmt: skip
    assert [units.cell(row, 2).value for row in (3, 4, 5)] == [FIFTH, FOURTH, VILLAGE]


def figures(office: Office, exam: Exam, title: str) -> FigurePart:
    parts = exam_statistics(office, outcome_of(office, exam)).parts
    return next(one for one in parts if one.title == title)


def test_the_statistics_have_a_chart_of_the_spread_and_every_group(office, exam):
    assert figures(office, exam, "参考情况").rows == ((10, 9, 1, 0, 0, 0),)
    spread = figures(office, exam, "总分分布")
    assert [bar.text for bar in spread.bars] == ["0", "0", "0", "0", "1", "1", "1", "1", "2", "3"]
    assert spread.upright
    schools = figures(office, exam, "各校成绩")
    assert [row[0] for row in schools.rows] == [FOURTH, FIFTH, VILLAGE]
    assert {row[0] for row in figures(office, exam, "各学科成绩").rows} == {"语文", "数学"}


def test_items_have_their_own_figures(office, people):
    exam = sat_by_all(office, [Part(name="技能"), Part(name="师德")][:1])
    (part,) = parts_of(office, exam)
    set_items(office, exam, part, [Item("选择", Decimal(40)), Item("论述", Decimal(60))])
    book = mark_book(office, exam)
    items = book.items[part.id]
    given = [
        read_given(one.id, part, "", [(items[0], "40"), (items[1], str(30 + at))])
        for at, one in enumerate(book.examinees)
    ]
    enter_marks(office, exam, [one for one in given if one])
    rows = figures(office, exam, "技能各题得分").rows
    assert rows[0] == ("选择", Decimal(40), 10, Decimal("40.00"), Decimal("100.00"), 10, 0)
    assert rows[1][3:] == (Decimal("34.50"), Decimal("57.50"), 0, 0)


def test_awards_are_proposed_and_people_decide(office, exam):
    tutors(office, **{FOURTH: "王辅导", FIFTH: "李辅导"})
    found = outcome_of(office, exam)
    proposed = propose(office, found.results)
    assert [(one.award, one.name, one.school) for one in proposed] == [("person", "张三一", FOURTH)]
    listed = awards_list(office, found)
    assert listed.title.endswith("表彰建议名单")
    decide(office, exam, "先进单位", [Honour("unit", FOURTH)])
    done = decide(office, exam, "manager", [Honour("manager", "王辅导", FOURTH, "组织有力")])
    assert [(one.award, one.name) for one in decided(office, exam)] == [
        ("unit", FOURTH),
        ("manager", "王辅导"),
    ]
    listed = awards_list(office, found)
    assert [one.title for one in listed.parts] == ["先进单位", "优秀管理干部"]
    with pytest.raises(UserError, match=r"exam\.award_names"):
        decide(office, exam, "unit", [Honour("unit", FOURTH), Honour("unit", FOURTH)])
    with pytest.raises(UserError) as refused:
        award_named("最佳")
    assert "unit（先进单位）" in refused.value.hint
    undo(office.store, done.id)
    assert [one.award for one in decided(office, exam)] == ["unit"]


def test_who_cheated_or_was_excused_is_counted_in_the_lists_of_units(office, people):
    exam = sat_by_all(office)
    texts = {one: ["80"] for one in people}
    marked(office, exam, texts | {people[0]: ["作弊"], people[1]: ["缓考"]})
    found = outcome_of(office, exam)
    printed = units_part(found)
    place = [one.title for one in printed.columns].index("缓考")
    cells = [
        tuple(line[place : place + 2]) for line in printed.lines if not isinstance(line, Section)
    ]
    assert sorted(cells)[-1] == ("1", "1")
    _, units = publication_sheets(office, found)
    place = [one.title for one in units.columns].index("缓考")
    assert sorted(tuple(row[place : place + 2]) for row in units.rows)[-1] == (1, 1)


def test_nothing_is_awarded_before_every_mark_is_there(office, people):
    exam = sat_by_all(office)
    marked(office, exam, {one: ["90"] for one in people[1:]})
    with pytest.raises(UserError, match=r"exam\.unmarked"):
        decide(office, exam, "unit", [Honour("unit", FOURTH)])
    assert decided(office, exam) == []


def test_the_tutors_of_the_best_schools_are_proposed_as_managers(office, people):
    exam = sat_by_all(office)
    marked(office, exam, {one: [str(90 - at)] for at, one in enumerate(people)})
    tutors(office, **{FOURTH: "王辅导", FIFTH: "李辅导"})
    proposed = propose(office, outcome_of(office, exam).results)
    assert [(one.name, one.school) for one in proposed if one.award == "manager"] == [
        ("王辅导", FOURTH)
    ]
    assert [one.name for one in proposed if one.award == "unit"] == [FOURTH]


def test_the_circular_tells_the_same_figures_and_names_its_tables(office, exam):
    found = outcome_of(office, exam)
    text = draft_texts(office, found, "all")["text"]
    assert "应考10人，实考9人，缺考1人。平均分74.72分；60分及以上为合格，合格7人" in text
    assert "四、工作要求" in text
    decide(office, exam, "unit", [Honour("unit", FOURTH, "", "第一名")])
    text = draft_texts(office, found, "none")["text"]
    assert "授予1个单位“先进单位”称号，名单附后。" in text
    assert "个人成绩" not in text
    titles = [one.title for one in attachments(office, found, "passed")]
    assert titles == [
        "2025年上半年统考单位成绩排名",
        "2025年上半年统考个人成绩排名",
        "2025年上半年统考先进单位名单",
    ]
    assert len(attachments(office, found, "passed")[1].rows) == 7


def test_what_differs_is_missing_or_was_corrected_is_listed(office, people):
    exam = sat_by_all(office, entries=2)
    book = mark_book(office, exam)
    (part,) = book.parts
    one, other = book.examinees[:2]
    for entry, text in ((1, "80"), (2, "08")):
        given = read_given(one.id, part, text)
        assert given
        enter_marks(office, exam, [given], (entry,))
    apart, missing = comparison(office, outcome_of(office, exam)).parts
    assert [line[4:6] for line in apart.lines] == [("80", "8")]
    assert len(missing.lines) == 9
    correct(office, exam, Correcting(other.id, part.id, "77", "漏登"))
    (part_list,) = corrections(office, outcome_of(office, exam)).parts
    assert part_list.lines[0][4:7] == ("未录", "77", "漏登")


@pytest.mark.prints
def test_the_papers_are_printed_and_read_back(office, exam, tmp_path):
    decide(office, exam, "unit", [Honour("unit", FOURTH, "", "第一名")])
    said = {
        "exam-scores": "张三一语文85.04合格",
        "exam-ranking": "1张三一桦甸市第四中学",
        "exam-statistics": "总分分布",
        "exam-awards": "先进单位",
        "exam-circular": "附件",
    }
    for name, words in said.items():
        path = tmp_path / f"{name}.pdf"
        output = Output(path, own_fonts(), office.store.clock.now(), Progress())
        catalogue.build(office, name, {"exam": exam.code}, output)
        check_print(path)
        assert words in squeezed(path)


def test_results_of_nobody_are_refused_in_words(office, people, tmp_path):
    exam = sat_by_all(office)
    with office.store.operation("t", "清空"):
        office.store.execute("DELETE FROM examinee")
    with pytest.raises(UserError, match=r"exam\.no_examinees"):
        outcome_of(office, exam)
