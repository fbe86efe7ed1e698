"""Calling up reserves: the next in ticket order, with the reason, as often as it must be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.drawing import draw, drawn_people, latest_draw
from models.exams.examinees import enter_examinees, examinees, sitting
from models.exams.freezing import freeze
from models.exams.identity import changed_since
from models.exams.records import Exam, ExamTerms, Session
from models.exams.registration import create, parts_of, read
from models.exams.replacing import replace, replacements, reserves_of
from models.exams.tables import FRAME, MARK
from models.office.context import Office
from models.store.undo import undo
from tests.offices import new_office
from tests.people import school, teachers

SEED = "36251436251436251436"
SCHOOL, SMALL = "桦甸市第四中学", "红石村小"
TERMS = ExamTerms(code="2025-12", name="2025年下半年县级抽测", year=2025)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    teachers(office, school(office, SCHOOL), 20)
    teachers(office, school(office, SMALL), 2)
    yield office
    office.store.close()


@pytest.fixture
def exam(office: Office) -> Exam:
    exam, _ = create(office, TERMS)
    freeze(office, exam)
    draw(office, exam, SEED)
    return exam


def order(office: Office, exam: Exam, stratum: str) -> tuple[list[str], list[str]]:
    strata = {one["stratum"]: one for one in latest_draw(office, exam).record["strata"]}
    return strata[stratum]["selected"], strata[stratum]["reserves"]


def test_the_next_reserve_comes_in_ticket_order_and_may_be_replaced_in_turn(
    office: Office, exam: Exam
):
    (first, second), reserves = order(office, exam, SCHOOL)
    before = latest_draw(office, exam).record
    one, _ = replace(office, exam, first, "产假")
    assert (one.came.teacher_no, one.place) == (reserves[0], 1)
    assert (one.left.state, one.left.reason) == ("replaced", "产假")
    two, _ = replace(office, exam, reserves[0], "外出学习")
    three, _ = replace(office, exam, second, "病假")
    assert [two.came.teacher_no, three.came.teacher_no] == reserves[1:3]
    assert [(each.place, each.left.teacher_no) for each in replacements(office, exam)] == [
        (1, first),
        (2, reserves[0]),
        (3, second),
    ]
    people = {each.teacher_no for each in sitting(office, exam) if each.stratum == SCHOOL}
    assert people == set(reserves[1:3])
    assert [each.called for each in reserves_of(office, exam, SCHOOL)[:4]] == [True] * 3 + [False]
    assert latest_draw(office, exam).record == before


def test_a_replacement_is_undone_to_the_state_before(office: Office, exam: Exam):
    enter_examinees(office, exam)
    before = examinees(office, exam)
    (first, _), _ = order(office, exam, SCHOOL)
    _, operation = replace(office, exam, first, "产假")
    undo(office.store, operation.id)
    assert examinees(office, exam) == before
    assert replacements(office, exam) == []


def test_who_is_called_up_takes_the_seat_and_the_admission_number(office: Office, exam: Exam):
    enter_examinees(office, exam)
    (first, _), _ = order(office, exam, SCHOOL)
    with office.store.operation("test.seat", "排座"):
        office.store.insert(
            "exam_room",
            ("id", "exam_id", "number", "name", "lanes"),
            [("r", exam.id, 1, "甲", "8")],
        )
        office.store.execute(
            "UPDATE examinee SET room_id = 'r', seat = 3, admission_no = '2512003'"
            " WHERE teacher_id = (SELECT id FROM teacher WHERE teacher_no = ?)",
            (first,),
        )
    found, _ = replace(office, exam, first, "产假")
    assert (found.came.admission_no, found.came.room, found.came.seat) == ("2512003", "甲", 3)
    assert (found.left.admission_no, found.left.seat) == ("", None)


def test_reserves_come_to_an_end_and_then_nothing_changes(office: Office, exam: Exam):
    (first,), (only,) = order(office, exam, SMALL)
    replace(office, exam, first, "病假")
    before = examinees(office, exam)
    with pytest.raises(UserError, match=r"exam\.no_reserve"):
        replace(office, exam, only, "产假")
    assert examinees(office, exam) == before


def test_what_cannot_be_replaced_is_refused_in_a_sentence(office: Office, exam: Exam):
    (first, second), reserves = order(office, exam, SCHOOL)
    for number, reason, code in (
        (first, " ", "exam.no_reason"),
        (reserves[4], "产假", "exam.not_drawn_person"),
        ("1", "产假", "exam.not_drawn_person"),
    ):
        with pytest.raises(UserError, match=code):
            replace(office, exam, number, reason)
    assert examinees(office, exam) == []
    replace(office, exam, first, "产假")
    with pytest.raises(UserError, match="已替换"):
        replace(office, exam, first, "产假")
    marked = next(one for one in examinees(office, exam) if one.teacher_no == second)
    with office.store.operation("test.mark", "录分"):
        part = parts_of(office, exam)[0].id
        row = ("m", marked.id, part, 1, 8000, None, "王老师", "2025-12-20")
        office.store.insert("exam_mark", ("id", *MARK), [row])
    with pytest.raises(UserError, match="已有成绩"):
        replace(office, exam, second, "产假")


def test_nobody_is_replaced_once_the_results_are_out(office: Office, exam: Exam):
    (first, _), _ = order(office, exam, SCHOOL)
    with office.store.operation("test.publish", "公布"):
        office.store.execute("UPDATE exam SET published_on = '2025-12-25' WHERE id = ?", (exam.id,))
    with pytest.raises(UserError, match=r"exam\.closed"):
        replace(office, read(office, exam.id), first, "产假")
    assert examinees(office, exam) == []


def renumber(office: Office, number: str, other: str) -> None:
    with office.store.operation("test.number", "改编号"):
        office.store.execute(
            "UPDATE teacher SET teacher_no = ? WHERE teacher_no = ?", (other, number)
        )


def test_a_number_corrected_after_the_draw_loses_nobody(office: Office, exam: Exam):
    (first, second), reserves = order(office, exam, SCHOOL)
    renumber(office, first, "99000001")
    renumber(office, reserves[0], first)  # the number of one goes to another
    renumber(office, reserves[1], "99000002")
    enter_examinees(office, exam)
    people = {each.teacher_no for each in examinees(office, exam) if each.stratum == SCHOOL}
    assert people == {"99000001", second}
    assert any(f"{first} 改为 99000001" in one for one in changed_since(office, exam))
    one, _ = replace(office, exam, "99000001", "产假")
    two, _ = replace(office, exam, second, "产假")
    assert [(each.place, each.came.teacher_no) for each in (one, two)] == [
        (1, first),
        (2, "99000002"),
    ]


def test_a_number_corrected_between_frame_and_draw_loses_nobody(office: Office):
    exam, _ = create(office, changed(TERMS, code="b"))
    freeze(office, exam)
    numbers = [row[0] for row in office.store.query("SELECT teacher_no FROM teacher")]
    for number in numbers:
        renumber(office, number, f"9{number}")
    draw(office, exam, SEED)
    drawn = drawn_people(office, exam)
    assert len(drawn) == latest_draw(office, exam).record["drawn"]
    selected, _ = order(office, exam, SCHOOL)
    assert [f"9{one}" for one in selected] == [
        one.teacher_no for one in drawn if one.stratum == SCHOOL
    ]


def test_who_moved_or_left_since_the_frame_is_told_and_sits_all_the_same(office: Office):
    whole = changed(TERMS, code="w", session=Session(kind="whole"))
    exam, _ = create(office, whole)
    freeze(office, exam)
    before = len(office.store.query("SELECT id FROM teacher"))
    ids = [row[0] for row in office.store.query("SELECT id FROM teacher ORDER BY teacher_no")]
    with office.store.operation("test.move", "调动、退休"):
        office.store.execute("UPDATE teacher SET school_id = NULL WHERE id = ?", (ids[0],))
        office.store.execute("UPDATE teacher SET status = '13' WHERE id = ?", (ids[1],))
    enter_examinees(office, exam)
    assert len(examinees(office, exam)) == before
    moved, left = changed_since(office, exam)
    assert "调动了单位" in moved
    assert "岗位状态变了" in left
    assert "退休" in left


def test_a_frame_of_an_earlier_version_goes_by_its_numbers(office: Office):
    exam, _ = create(office, changed(TERMS, code="w", session=Session(kind="whole")))
    freeze(office, exam)
    (row,) = office.store.query("SELECT * FROM exam_frame WHERE exam_id = ?", (exam.id,))
    older = {**{name: row[name] for name in FRAME}, "attempt": 2}
    with office.store.operation("test.older", "旧名单"):
        office.store.insert("exam_frame", ("id", *FRAME), [("old", *older.values())])
    first = office.store.value("SELECT MIN(teacher_no) FROM teacher")
    renumber(office, first, "99000001")
    enter_examinees(office, exam)
    assert len(examinees(office, exam)) == older["size"] - 1
    (lost,) = changed_since(office, exam)
    assert f"没有列入考生名单：{first}。" in lost


def test_in_an_exam_for_all_nobody_is_replaced(office: Office):
    exam, _ = create(office, changed(TERMS, code="w", session=Session(kind="whole")))
    freeze(office, exam)
    enter_examinees(office, exam)
    someone = examinees(office, exam)[0].teacher_no
    with pytest.raises(UserError, match="统考"):
        replace(office, exam, someone, "产假")
