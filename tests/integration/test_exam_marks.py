"""Marks in: typed once or twice, from a workbook by number or seat, corrected, published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.errors import UserError
from models.exams.attendance import Noted, note_states
from models.exams.comparing import differences, unmarked
from models.exams.correcting import Correcting, correct, corrections_of
from models.exams.entering import enter_marks
from models.exams.examinees import enter_examinees
from models.exams.finding import finder
from models.exams.items import Item, items_of, set_items
from models.exams.marks import mark_book
from models.exams.publishing import publish
from models.exams.ranking import unit_rule
from models.exams.records import Exam, Examinee, Part
from models.exams.registration import find, parts_of, set_parts
from models.exams.results import results_of
from models.exams.rooms import rooms_of
from models.exams.seats import give_seats
from models.exchange.error_workbook import write_error_workbook
from models.exchange.exam_scores import plan_scores, take_scores
from models.office.context import Office
from models.progress import Progress
from models.store.history import history
from models.store.undo import undo
from reports.inputs.exam_sheets import fill_in_sheet
from reports.workbooks.table import write_table
from tests.examined import given_texts, marked, sat_by_all
from tests.offices import new_office
from tests.people import school, teachers
from tests.workbooks import many_sheets, xlsx

PARTS = (
    Part(name="教学技能", weight=Decimal(60), full_marks=Decimal(120)),
    Part(name="师德", weight=Decimal(40), full_marks=Decimal(50)),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(office, school(office, "桦甸市第四中学"), 4)


def number_of(office: Office, teacher: str) -> str:
    return str(office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (teacher,)))


def points(office: Office, exam: Exam, entry: int = 1) -> dict[str, list[str]]:
    """Name to the points of the parts, as far as there are any."""
    book = mark_book(office, exam)
    return {
        one.name: [
            str(said.points) if (said := book.entered(one.id, part.id, entry)) else ""
            for part in book.parts
        ]
        for one in book.examinees
    }


class TestTyping:
    def test_marks_are_entered_changed_and_taken_back_until_they_are_out(self, office, people):
        exam = sat_by_all(office)
        marked(office, exam, {people[0]: ["80"], people[1]: ["缺考"]})
        given = given_texts(office, exam, {people[0]: ["81"], people[2]: ["60"]})
        done = enter_marks(office, exam, given)
        assert (done.recorded, done.unchanged) == (2, 0)
        assert enter_marks(office, exam, given).unchanged == 2
        assert points(office, exam) == {
            "张三一": ["81"], "张三二": [""], "张三三": ["60"], "张三四": [""],
        }  # fmt: skip
        states = {one.name: (one.state, one.reason) for one in mark_book(office, exam).examinees}
        assert states["张三二"] == ("absent", "成绩表注明缺考")
        undo(office.store, done.operation.id)
        assert points(office, exam)["张三一"] == ["80"]

    def test_two_typings_must_agree_before_they_count(self, office, people):
        exam = sat_by_all(office, entries=2)
        first = given_texts(office, exam, {one: ["80"] for one in people})
        enter_marks(office, exam, first, (1,))
        second = given_texts(office, exam, {people[0]: ["80"], people[1]: ["08"]})
        enter_marks(office, exam, second, (2,))
        book = mark_book(office, exam)
        found = differences(book)
        assert [(one.examinee.name, one.first, one.second, one.missing) for one in found] == [
            ("张三二", Decimal(80), Decimal(8), False),
            ("张三三", Decimal(80), None, True),
            ("张三四", Decimal(80), None, True),
        ]
        assert [one.result for one in results_of(book, unit_rule()).people].count(None) == 3
        assert unmarked(book) == []
        with pytest.raises(UserError, match=r"exam\.unmarked.*张三二、张三三、张三四"):
            publish(office, exam)
        enter_marks(office, exam, first, (1, 2))
        assert differences(mark_book(office, exam)) == []

    @pytest.mark.parametrize("typed", [("80", "缺考"), ("缺考", "80")])
    def test_an_absence_against_points_is_a_difference_of_the_typings(self, office, people, typed):
        exam = sat_by_all(office, entries=2)

        def type_in(entry: int, text: str) -> None:
            texts = {one: ["70"] for one in people} | {people[0]: [text]}
            enter_marks(office, exam, given_texts(office, exam, texts), (entry,))

        for entry, text in enumerate(typed, start=1):
            type_in(entry, text)
        book = mark_book(office, exam)
        (found,) = differences(book)
        assert (found.examinee.name, found.missing) == ("张三一", False)
        assert {found.first_words, found.second_words} == {"80", "缺考"}
        assert (found.first_words, found.second_words) == typed
        with pytest.raises(UserError, match=r"exam\.unmarked.*张三一"):
            publish(office, exam)
        type_in(typed.index("缺考") + 1, "80")
        assert differences(mark_book(office, exam)) == []
        assert len(results_of(mark_book(office, exam), unit_rule()).named("passed")) == 4
        type_in(1, "缺考")
        type_in(2, "缺考")
        assert differences(mark_book(office, exam)) == []
        assert len(results_of(mark_book(office, exam), unit_rule()).named("absent")) == 1

    def test_an_exam_of_one_typing_has_no_second(self, office, people):
        exam = sat_by_all(office)
        with pytest.raises(UserError, match=r"exam\.entry"):
            enter_marks(office, exam, given_texts(office, exam, {people[0]: ["1"]}), (2,))

    def test_nothing_is_written_where_one_mark_is_wrong(self, office, people):
        exam = sat_by_all(office)
        note = {mark_book(office, exam).examinees[1].id: Noted("absent")}
        note_states(office, exam, note)
        given = given_texts(office, exam, {people[0]: ["80"], people[1]: ["70"]})
        with pytest.raises(UserError, match=r"张三二（.*）登记为缺考，不能又有得分"):
            enter_marks(office, exam, given)
        with pytest.raises(UserError, match="成绩出现两次"):
            enter_marks(office, exam, [given[0], given[0]])
        with pytest.raises(UserError, match=r"exam\.no_marks"):
            enter_marks(office, exam, [])
        assert set(map(tuple, points(office, exam).values())) == {("",)}

    def test_items_belong_to_the_points_and_hold_the_parts_together(self, office, people):
        exam = sat_by_all(office)
        (part,) = parts_of(office, exam)
        with pytest.raises(UserError, match="各题满分合计 90，应为 100"):
            set_items(
                office, exam, part, [Item("选择题", Decimal(40)), Item("论述题", Decimal(50))]
            )
        with pytest.raises(UserError, match=r"exam\.item_name"):
            set_items(office, exam, part, [Item("题", Decimal(50)), Item("题", Decimal(50))])
        set_items(office, exam, part, [Item("选择题", Decimal(40)), Item("论述题", Decimal(60))])
        assert [one.name for one in items_of(office, exam)[part.id]] == ["选择题", "论述题"]


class TestCorrecting:
    def test_marks_that_are_out_change_only_with_a_reason_that_stays(self, office, people):
        exam = sat_by_all(office, entries=2)
        marked(office, exam, {one: ["59"] for one in people[:3]} | {people[3]: ["缺考"]})
        publish(office, exam)
        exam = find(office, exam.code)
        assert exam.published_on == "2025-09-20"
        given = given_texts(office, exam, {people[0]: ["61"]})
        with pytest.raises(UserError, match=r"exam\.marks_closed"):
            enter_marks(office, exam, given)
        book = mark_book(office, exam)
        one, last = book.examinees[0], book.examinees[3]
        part = book.parts[0].id
        with pytest.raises(UserError, match=r"exam\.no_reason"):
            correct(office, exam, Correcting(one.id, part, "61", " "))
        with pytest.raises(UserError, match=r"exam\.unchanged"):
            correct(office, exam, Correcting(one.id, part, "59", "复查"))
        with pytest.raises(UserError, match=r"training\.mark_range"):
            correct(office, exam, Correcting(one.id, part, "161", "复查"))
        correct(office, exam, Correcting(one.id, part, "61", "合分有误"))
        done = correct(office, exam, Correcting(last.id, part, "70", "试卷装订错位"))
        assert points(office, exam, 1)["张三一"] == points(office, exam, 2)["张三一"] == ["61"]
        assert {
            (c.name, c.part, c.before, c.after, c.reason) for c in corrections_of(office, exam)
        } == {
            ("张三一", "总分", "59／59", "61", "合分有误"),
            ("张三四", "考试状态", "缺考", "应考", "试卷装订错位"),
            ("张三四", "总分", "未录", "70", "试卷装订错位"),
        }
        assert history(office.store, 1)[0].title == "2025年上半年统考更正成绩：张三四"
        undo(office.store, done.id)
        assert len(corrections_of(office, exam)) == 1
        assert mark_book(office, exam).people[last.id].state == "absent"

    def test_points_of_the_wrong_person_become_an_absence(self, office, people):
        exam = sat_by_all(office)
        marked(office, exam, {one: ["90"] for one in people})
        book = mark_book(office, exam)
        one = book.examinees[0]
        correct(office, exam, Correcting(one.id, book.parts[0].id, "缺考", "冒名"))
        (person,) = results_of(mark_book(office, exam), unit_rule()).named("absent")
        assert (person.examinee.id, person.points) == (one.id, {})
        correct(office, exam, Correcting(book.examinees[1].id, book.parts[0].id, "作弊", "夹带"))
        (person,) = results_of(mark_book(office, exam), unit_rule()).named("cheated")
        assert list(person.points.values()) == [Decimal(90)]

    def test_somebody_of_another_exam_is_refused(self, office, people):
        exam = sat_by_all(office)
        with pytest.raises(UserError, match=r"exam\.no_such_mark"):
            correct(office, exam, Correcting("x", "y", "1", "z"))


def wrong_rows(a: Examinee, b: Examinee, c: Examinee, d: Examinee) -> list[list[object]]:
    """A sheet with one good row, one without points, and every mistake between them."""
    return [
        ["2025年统考成绩"],
        ["准考证号", "教师编号", "姓名", "成绩"],
        [a.admission_no, None, a.name, 80],
        ["99999999", None, "某人", 70],
        [a.admission_no, None, None, 81],
        [b.admission_no, a.teacher_no, None, 60],
        [b.admission_no, None, "李四", 60],
        [c.admission_no, None, c.name, 101],
        [d.admission_no, None, d.name, "八十"],
        [None, None, "无号", 60],
        [b.admission_no, None, b.name, None],
    ]


class TestWorkbook:
    def test_a_sheet_goes_out_is_filled_in_and_comes_back(self, office, people, tmp_path):
        exam = sat_by_all(office, PARTS)
        give_seats(office, exam)
        first = parts_of(office, exam)[0]
        set_items(office, exam, first, [Item("选择", Decimal(80)), Item("论述", Decimal(40))])
        path = tmp_path / "out.xlsx"
        write_table(path, fill_in_sheet(office, mark_book(office, exam)), Progress())
        sheet = openpyxl.load_workbook(path)
        page = sheet.active
        heads = [cell.value for cell in page[2]]
        assert heads[6:] == [
            "教学技能 选择（80分）", "教学技能 论述（40分）", "教学技能（120分）", "师德（50分）",
        ]  # fmt: skip
        for row, cells in enumerate([(70, 30.5, None, 45), (80, 40, 120, 50), ("缺考",)], start=3):
            for column, value in enumerate(cells, start=7):
                page.cell(row, column).value = value
        page.cell(5, 7).value, page.cell(5, 9).value = None, "缺考"
        sheet.save(path)
        plan = plan_scores(office, exam, path)
        assert plan.problems() == []
        done = take_scores(office, plan)
        assert (plan.people, done.recorded, done.states) == (3, 4, 1)
        found = sorted(map(tuple, points(office, exam).values()))
        assert found == [("", ""), ("", ""), ("100.5", "45"), ("120", "50")]
        assert len({one.id for one, _ in unmarked(mark_book(office, exam))}) == 1
        again = tmp_path / "again.xlsx"
        write_table(again, fill_in_sheet(office, mark_book(office, exam)), Progress())
        done = take_scores(office, plan_scores(office, exam, again))
        assert (done.recorded, done.unchanged, done.states) == (0, 4, 0)

    def test_people_are_known_by_admission_number_teacher_number_or_seat(
        self, office, people, tmp_path
    ):
        exam = sat_by_all(office)
        give_seats(office, exam)
        book = mark_book(office, exam)
        a, b, c, _ = book.examinees
        (room,) = rooms_of(office, exam)
        sheets = {
            "一": [["准考证号", "成绩"], [a.admission_no, 71]],
            "二": [["教师编号", "姓名", "分数"], [b.teacher_no, b.name, "72分"]],
            "三": [["考场", "座位", "总分"], [f"第{room.number}考场", c.seat, 73.5]],
            "填表说明": [["准考证号", "成绩"], ["x", 1]],
            "草稿": [["准考证号", "成绩"], ["y", 1]],
        }
        path = many_sheets(tmp_path / "scores.xlsx", sheets, {"草稿"})
        take_scores(office, plan_scores(office, exam, path))
        found = points(office, exam)
        assert [found[one.name] for one in (a, b, c)] == [["71"], ["72"], ["73.5"]]
        found = finder(office, book)
        for text in (a.admission_no, f"{room.number}-{a.seat}", f"第{room.number}考场{a.seat}号"):
            assert found.named(text) == a
        assert found.named("9-99") is None

    def test_every_wrong_row_is_told_and_nothing_is_written(self, office, people, tmp_path):
        exam = sat_by_all(office)
        give_seats(office, exam)
        a, b, c, d = mark_book(office, exam).examinees
        path = xlsx(tmp_path / "bad.xlsx", wrong_rows(a, b, c, d))
        plan = plan_scores(office, exam, path)
        told = {(one.row, one.column, one.code) for one in plan.problems()}
        assert told == {
            (4, "A", "exam.unknown_number"),
            (5, "A", "exam.twice"),
            (6, "A", "exam.numbers_differ"),
            (7, "C", "exam.name_differs"),
            (8, "D", "training.mark_range"),
            (9, "D", "training.mark"),
            (10, "A", "exam.nobody"),
        }
        with pytest.raises(
            UserError, match=r"有 7 行有误.*第 4 行：准考证号“99999999”不是本场考试的考生"
        ):
            take_scores(office, plan)
        assert set(map(tuple, points(office, exam).values())) == {("",)}
        errors = tmp_path / "errors.xlsx"
        assert write_error_workbook(plan.source, plan, errors) == 7
        page = openpyxl.load_workbook(errors).active
        assert [cell.value for cell in page[2]][-1] == "错误说明"
        assert "成绩“101”不在 0 到 100 之间" in page.cell(7, 5).value
        assert page.max_row == 9

    def test_a_contradiction_is_told_in_its_row(self, office, people, tmp_path):
        exam = sat_by_all(office)
        one = mark_book(office, exam).examinees[0]
        note_states(office, exam, {one.id: Noted("excused", "生病")})
        path = xlsx(tmp_path / "a.xlsx", [["教师编号", "成绩"], [one.teacher_no, 80]])
        (problem,) = plan_scores(office, exam, path).problems()
        assert (problem.row, problem.column) == (2, "B")
        assert problem.message.endswith("登记为缓考，不能又有得分。")

    def test_a_workbook_without_scores_is_told_what_it_needs(self, office, people, tmp_path):
        exam = sat_by_all(office, PARTS)
        path = xlsx(tmp_path / "a.xlsx", [["姓名", "成绩"], ["张三", 80]])
        with pytest.raises(UserError, match=r"要有“准考证号”.*“教学技能”、“师德”"):
            plan_scores(office, exam, path)


def test_parts_are_fixed_once_there_are_marks(office, people):
    exam = sat_by_all(office)
    marked(office, exam, {people[0]: ["80"]})
    with pytest.raises(UserError, match=r"exam\.parts_in_use"):
        set_parts(office, exam, PARTS)


def test_results_do_not_follow_a_transfer(office, people):
    exam = sat_by_all(office)
    marked(office, exam, {one: ["80"] for one in people})
    other = school(office, "桦甸市第五中学")
    with office.store.operation("t", "调动"):
        office.store.execute(
            "UPDATE teacher SET school_id = ? WHERE id IN (SELECT value FROM json_each(?))",
            (other, json.dumps(people)),
        )
    (unit,) = results_of(mark_book(office, exam), unit_rule()).units
    assert (unit.name, unit.sat) == ("桦甸市第四中学", 4)


def test_an_exam_without_examinees_is_not_published(office, people):
    exam = sat_by_all(office)
    with office.store.operation("t", "清空"):
        office.store.execute("DELETE FROM examinee")
    with pytest.raises(UserError, match=r"exam\.no_examinees"):
        publish(office, exam)
    enter_examinees(office, exam)
