"""Rooms, seats, admission numbers and attendance as the office holds them."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.exams import attendance, numbering, rooms, seats
from models.exams.attendance import Noted, note_states
from models.exams.examinees import enter_examinees, examinees, insert_examinees, sitting
from models.exams.naming import examinee_meant, examinees_meant
from models.exams.records import Room, Session
from models.exams.registration import parts_of, read
from models.exams.replacing import replace
from models.exams.rooms import RoomsWish, add_rooms, many_rooms, rooms_of
from models.exams.seats import give_seats, take_back_seats
from models.store.undo import undo
from tests.exams import county, drawn_exam, whole_exam
from tests.offices import new_office


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-12-18")
    county(office)
    yield office
    office.store.close()


@pytest.fixture
def exam(office):
    return whole_exam(office)


def places(office, exam):
    return {one.teacher_no: (one.room, one.seat, one.admission_no) for one in sitting(office, exam)}


def fill(office, exam, *lanes, count=2):
    found = many_rooms(office, exam, RoomsWish(count, lanes))
    return add_rooms(office, exam, found)


def mark(office, exam, examinee_id):
    with office.store.operation("test.mark", "录成绩"):
        columns = ("examinee_id", "part_id", "entry", "points", "entered_by", "entered_on")
        office.store.insert(
            "exam_mark",
            ("id", *columns),
            [(office.store.ids.new_id(), examinee_id, parts_of(office, exam)[0].id, 1, 8000, "王",
              "2025-12-20")],
        )  # fmt: skip


def test_many_rooms_are_added_at_once_and_numbered_on(office, exam):
    wish = RoomsWish(2, (6, 6), "三年{number}班", "四中", (12,))
    operation = add_rooms(office, exam, many_rooms(office, exam, wish))
    fill(office, exam, 8, 7, count=1)
    found = rooms_of(office, exam)
    assert [(one.number, one.name, one.place, len(one.seats)) for one in found] == [
        (1, "三年1班", "四中", 11), (2, "三年2班", "四中", 11), (3, "第3考场", "", 15),
    ]  # fmt: skip
    assert rooms.room_numbered(office, exam, 2).left_empty == (12,)
    assert operation.title == "“2025年教师业务统考”增加 2 个考场"


def test_capacity_says_how_many_seats_are_lacking(office, exam):
    enter_examinees(office, exam)
    fill(office, exam, 5, 5, 5)
    found = rooms.capacity(office, exam)
    assert (found.people, found.seats, found.rooms, found.lacking) == (60, 30, 2, 30)
    with pytest.raises(UserError, match="还缺 30 个"):
        give_seats(office, exam)
    assert all(one.seat is None for one in examinees(office, exam))


@pytest.mark.parametrize(
    ("room", "code"),
    [
        (Room(number=1, name="重号"), "exam.room_number"),
        (Room(number=9, name=" "), "exam.room_name"),
        (Room(number=9, name="小", lanes=(2,), left_empty=(1, 2)), "exam.room_seats"),
        (Room(number=9, name="小", lanes=(2,), left_empty=(3,)), "exam.room_seats"),
        (Room(number=9, name="大", lanes=(400, 400)), "exam.room_seats"),
    ],
)
def test_a_room_that_cannot_be_is_refused(office, exam, room, code):
    fill(office, exam, count=1)
    with pytest.raises(UserError) as refused:
        add_rooms(office, exam, [room])
    assert refused.value.code == code
    assert len(rooms_of(office, exam)) == 1


@pytest.mark.parametrize("count", [0, -1, 401])
def test_a_number_of_rooms_that_cannot_be_is_refused(office, exam, count):
    with pytest.raises(UserError, match=r"exam\.room_count"):
        many_rooms(office, exam, RoomsWish(count))


def test_one_call_fixes_the_people_makes_rooms_and_seats_everybody(office, exam):
    done = give_seats(office, exam)
    assert (done.people, done.given, done.rooms, done.made) == (60, 60, 2, 2)
    assert "增加 2 个考场" in done.remarks[0]
    assert [one.trait for one in done.beside] in ([], ["subject"])
    found = places(office, exam)
    assert len(set(found.values())) == 60
    assert {number for *_, number in found.values()} >= {"20250100101", "20250100230"}
    undo(office.store, done.operation.id)
    assert examinees(office, exam) == []
    assert rooms_of(office, exam) == []


def test_the_same_draw_gives_the_same_seats(office):
    exam = drawn_exam(office)
    give_seats(office, exam)
    first = places(office, exam)
    assert len(first) == 6
    take_back_seats(office, exam)
    assert set(places(office, exam).values()) == {("", None, "")}
    give_seats(office, exam)
    assert places(office, exam) == first


def test_seating_anew_can_be_undone_although_seats_change_hands(office, exam):
    give_seats(office, exam)
    before = places(office, exam)
    changed = rooms_of(office, exam)
    rooms.add_rooms(office, exam, [Room(number=9, name="备用")])
    with office.store.operation("test", "改考场号"):
        office.store.execute("UPDATE exam_room SET number = 8 WHERE id = ?", (changed[0].id,))
    again = give_seats(office, exam, again=True)
    assert places(office, exam) != before
    undo(office.store, again.operation.id)
    assert places(office, exam) == before


def test_seats_given_stay_when_some_are_added(office, exam):
    enter_examinees(office, exam)
    fill(office, exam, 8, 8, 8, 8)
    people = sitting(office, exam)
    with office.store.operation("test", "缺两人"):
        for one in people[:2]:
            office.store.execute("DELETE FROM examinee WHERE id = ?", (one.id,))
    give_seats(office, exam)
    before = places(office, exam)
    with office.store.operation("test", "补两人"):
        insert_examinees(office, exam, {one.teacher_id: one.stratum for one in people[:2]}, "whole")
    done = give_seats(office, exam)
    after = places(office, exam)
    assert (done.given, done.people, done.made) == (2, 60, 0)
    assert {number: after[number] for number in before} == before
    assert len({place[:2] for place in after.values()}) == 60


@pytest.mark.parametrize("rule", ["", "{year}{seq:04d}"])
def test_who_is_called_up_takes_the_seat_of_whom_they_replace(office, rule):
    numbering.set_rule(office, rule)
    exam = drawn_exam(office)
    give_seats(office, exam)
    gone, *_ = sitting(office, exam)
    came = replace(office, exam, gone.teacher_no, "产假")[0].came
    assert give_seats(office, exam).given == 0
    assert places(office, exam)[came.teacher_no] == (gone.room, gone.seat, gone.admission_no)
    left = examinee_meant(office, exam, gone.teacher_no)
    assert (left.seat, left.admission_no, left.room_id) == (None, "", None)


def test_who_is_excused_keeps_the_seat_and_nobody_is_put_there(office, exam):
    give_seats(office, exam)
    one = examinee_meant(office, exam, "20250100103")
    note_states(office, exam, {one.id: Noted("excused", "住院")})
    assert one.teacher_no not in places(office, exam)
    give_seats(office, exam)
    assert one.id == examinee_meant(office, exam, "20250100103").id
    assert len(places(office, exam)) == 59


def test_two_people_change_places_with_their_numbers(office, exam):
    give_seats(office, exam)
    one, two = examinees_meant(office, exam, ["20250100101", "20250100230"])
    operation = seats.move_to(office, exam, one.id, str(two.room_id), int(two.seat or 0))
    now = examinees_meant(office, exam, ["20250100230", "20250100101"])
    assert [each.id for each in now] == [one.id, two.id]
    undo(office.store, operation.id)
    assert examinee_meant(office, exam, "20250100101").id == one.id
    with pytest.raises(UserError, match=r"exam\.no_such_seat"):
        seats.move_to(office, exam, one.id, str(two.room_id), 31)


def test_numbers_that_count_through_stay_with_their_people(office, exam):
    numbering.set_rule(office, "{code}-{seq:03d}")
    give_seats(office, exam)
    one = examinee_meant(office, exam, "2025-W-001")
    assert (one.room, one.seat) == ("第1考场", 1)
    seats.move_to(office, exam, one.id, str(one.room_id), 2)
    assert examinee_meant(office, exam, "2025-W-001").seat == 2
    assert examinee_meant(office, exam, "2025-W-002").seat == 1


def test_a_rule_can_be_set_and_left_again(office, exam):
    numbering.set_rule(office, "{year}{month}{room:02d}{seat:02d}")
    give_seats(office, exam)
    assert examinee_meant(office, exam, "2025120101").seat == 1
    with pytest.raises(UserError, match=r"exam\.admission_rule"):
        numbering.set_rule(office, "{year}")
    numbering.set_rule(office, "")
    assert numbering.rule_of(office) == numbering.usual_rule()


@pytest.mark.parametrize(
    ("session", "month"),
    [(Session(), "00"), (Session(term="6月"), "06"), (Session(term="第20次"), "00"),
     (Session(term="上半年", held_on="2025-06-20"), "06")],
)  # fmt: skip
def test_the_month_is_that_of_the_day_or_of_the_term(office, session, month):
    exam = whole_exam(office, session=session)
    assert numbering.places_of(office, exam)["month"] == month


def test_numbers_that_another_exam_has_too_are_told(office, exam):
    numbering.set_rule(office, "{year}{room:03d}{seat:02d}")
    give_seats(office, exam)
    other = whole_exam(office, "2025-V")
    assert any("60 个准考证号与别的考试相同" in one for one in give_seats(office, other).remarks)
    numbering.set_rule(office, "")
    done = give_seats(office, other, again=True)
    assert examinee_meant(office, other, "20250200101").seat == 1
    assert not any("相同" in one for one in done.remarks)


def test_what_cannot_be_parted_is_told_by_name(office):
    exam = whole_exam(office, strata=("subject",), name="单校统考")
    enter_examinees(office, exam)
    with office.store.operation("test", "只留一校和另一校一人"):
        office.store.execute("DELETE FROM examinee WHERE school_name NOT LIKE '%四中学'")
    done = give_seats(office, exam)
    assert done.people == 25
    assert any("全部考生的学校都是桦甸市第四中学" in one for one in done.remarks)
    assert all(one.trait == "subject" for one in done.beside)


def test_rooms_with_people_cannot_lose_their_seats(office, exam):
    give_seats(office, exam)
    first = rooms_of(office, exam)[0]
    with pytest.raises(UserError, match="已排了 30 人"):
        rooms.remove_rooms(office, exam, [first.id])
    smaller = Room(number=1, name="小", lanes=(8, 7, 7, 7), id=first.id)
    with pytest.raises(UserError, match="第 1 考场的 30 号已有人坐"):
        rooms.change_rooms(office, exam, [smaller])
    larger = Room(number=1, name="三年一班", place="四中", lanes=(8, 8, 8, 8), id=first.id)
    operation = rooms.change_rooms(office, exam, [larger])
    assert rooms_of(office, exam)[0] == larger
    undo(office.store, operation.id)
    assert rooms_of(office, exam)[0] == first
    take_back_seats(office, exam)
    rooms.remove_rooms(office, exam, [first.id])
    assert [one.number for one in rooms_of(office, exam)] == [2]


def test_seats_do_not_change_once_points_are_entered(office, exam):
    give_seats(office, exam)
    one = examinee_meant(office, exam, "20250100101")
    mark(office, exam, one.id)
    for deed in (
        lambda: take_back_seats(office, exam),
        lambda: give_seats(office, exam, again=True),
        lambda: seats.move_to(office, exam, one.id, str(one.room_id), 2),
    ):
        with pytest.raises(UserError, match=r"exam\.marked"):
            deed()
    assert give_seats(office, exam).given == 0


def test_absences_are_noted_with_reason_and_taken_back(office, exam):
    give_seats(office, exam)
    one, two = examinees_meant(office, exam, ["20250100101", "20250100102"])
    operation = note_states(
        office, exam, {one.id: Noted("absent"), two.id: Noted("cheated", " 夹带 ")}
    )
    assert "2 人" in operation.title
    assert examinee_meant(office, exam, "20250100102").reason == "夹带"
    assert attendance.counts(office, exam) == {"expected": 58, "absent": 1, "cheated": 1}
    note_states(office, exam, {two.id: Noted("expected")})
    assert attendance.counts(office, exam) == {"expected": 59, "absent": 1}
    assert examinee_meant(office, exam, "20250100102").reason == ""


def test_absences_that_cannot_be_are_refused_whole(office, exam):
    give_seats(office, exam)
    one, two = examinees_meant(office, exam, ["20250100101", "20250100102"])
    with pytest.raises(UserError, match="缓考没有写原因"):
        note_states(office, exam, {one.id: Noted("absent"), two.id: Noted("excused", " ")})
    mark(office, exam, two.id)
    with pytest.raises(UserError, match="已经录了成绩"):
        note_states(office, exam, {one.id: Noted("absent"), two.id: Noted("absent")})
    with pytest.raises(UserError, match=r"exam\.not_sitting"):
        note_states(office, exam, {"none": Noted("absent")})
    assert attendance.counts(office, exam) == {"expected": 60}
    note_states(office, exam, {two.id: Noted("cheated", "传纸条")})
    with office.store.operation("test", "公布"):
        office.store.execute("UPDATE exam SET published_on = '2025-12-30'")
    with pytest.raises(UserError, match=r"exam\.closed"):
        note_states(office, read(office, exam.id), {one.id: Noted("absent")})


def test_people_are_found_by_either_number_or_by_a_name_of_their_own(office, exam):
    give_seats(office, exam)
    one = examinee_meant(office, exam, " ２０２５０１００１０１ ")
    assert examinee_meant(office, exam, one.teacher_no) == one
    assert examinee_meant(office, exam, "1-1") == one
    with pytest.raises(UserError, match=r"有 \d+ 位张三一："):
        examinee_meant(office, exam, "张三一")
    with pytest.raises(UserError, match=r"exam\.no_such_examinee"):
        examinee_meant(office, exam, "李四")
    with office.store.operation("test", "改名"):
        office.store.execute("UPDATE teacher SET name = '欧阳' WHERE id = ?", (one.teacher_id,))
    assert examinee_meant(office, exam, "欧阳").id == one.id
