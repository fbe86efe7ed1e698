"""Seats and admission numbers of an exam: given to all, to late-comers, moved, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.exams.drawing import draws
from models.exams.examinees import enter_examinees, examinees, sitting
from models.exams.freezing import find_frame
from models.exams.identity import changed_since
from models.exams.numbering import admission_no, goes_by_seat, places_of, rule_of
from models.exams.records import Exam, Examinee, Room
from models.exams.rooms import RoomsWish, add_rooms, many_rooms, rooms_of, seat_rules
from models.exams.seating import Hall, Sitter, Spot, in_order, seat_all
from models.office.context import Office
from models.store.operations import Operation

TRAIT_NAMES = {"school": "学校", "subject": "学科", "stage": "学段"}
_MARKED = """
SELECT COUNT(*) FROM exam_mark WHERE examinee_id IN (SELECT id FROM examinee WHERE exam_id = ?)
"""
_CLEAR = "UPDATE examinee SET room_id = NULL, seat = NULL, admission_no = NULL WHERE exam_id = ?"
_LEAVE = "UPDATE examinee SET room_id = NULL, seat = NULL, admission_no = NULL WHERE id = ?"
_GIVE = "UPDATE examinee SET room_id = ?, seat = ?, admission_no = ? WHERE id = ?"
_OTHERS = """
SELECT COUNT(DISTINCT e.admission_no) FROM examinee AS e
JOIN examinee AS other ON other.admission_no = e.admission_no AND other.exam_id <> e.exam_id
WHERE e.exam_id = ?
"""

Place = tuple[Room, int]
"""A room and the number of a seat in it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two people who sit side by side and are alike."""

    first: Examinee
    second: Examinee
    trait: str

    @property
    def text(self) -> str:
        """As a person is told."""
        one, two = self.first, self.second
        return (
            f"{one.room} {one.seat} 号{one.name}与 {two.seat} 号{two.name}相邻，"
            f"{TRAIT_NAMES[self.trait]}相同"
        )


@dataclass(frozen=True, slots=True)
class Seated:
    """What giving seats came to.

    Attributes:
        operation: the step.
        people: who have a seat now.
        given: who got one in this step.
        rooms: rooms of the exam.
        made: rooms that were added because there was none.
        beside: neighbours that are alike and could not be parted.
        remarks: whole sentences a person should know.
    """

    operation: Operation
    people: int
    given: int
    rooms: int
    made: int
    beside: tuple[Beside, ...]
    remarks: tuple[str, ...]


def give_seats(office: Office, exam: Exam, *, again: bool = False) -> Seated:
    """Give everybody who is to sit the exam a seat and a number, as one undoable step.

    Who has a seat keeps it; ``again`` seats everybody anew. The list of examinees is fixed if it
    was not yet, and rooms of the usual size are added where the exam has none.

    Raises:
        UserError: nobody was drawn, too few seats, or points were entered already and ``again`` is
            asked for.
    """
    if again:
        _refuse_marked(office, exam)
    with office.store.operation("exams.seats", f"编排“{exam.name}”座位") as operation:
        if not examinees(office, exam):
            enter_examinees(office, exam)
        made = _rooms_if_none(office, exam)
        if again:
            office.store.execute(_CLEAR, (exam.id,))
        given = _seat_rest(office, exam)
    found = beside_of(office, exam)
    people = [one for one in sitting(office, exam) if one.seat is not None]
    remarks = (*_remarks(office, exam, people, made), *changed_since(office, exam))
    rooms = len(rooms_of(office, exam))
    return Seated(operation, len(people), given, rooms, made, found, remarks)


def take_back_seats(office: Office, exam: Exam) -> Operation:
    """Take all seats and numbers back, as one undoable step.

    Raises:
        UserError: points were entered already.
    """
    _refuse_marked(office, exam)
    with office.store.operation("exams.seats", f"取消“{exam.name}”座位编排") as operation:
        office.store.execute(_CLEAR, (exam.id,))
    return operation


def move_to(office: Office, exam: Exam, examinee_id: str, room_id: str, seat: int) -> Operation:
    """Seat somebody elsewhere; who sits there changes places with them.

    Raises:
        UserError: no such person, room or seat, or points were entered already.
    """
    _refuse_marked(office, exam)
    people = {one.id: one for one in examinees(office, exam)}
    rooms = {one.id: one for one in rooms_of(office, exam)}
    one, room = people.get(examinee_id), rooms.get(room_id)
    if one is None or one.state == "replaced" or room is None or seat not in room.seats:
        raise UserError(
            "exam.no_such_seat", "没有这个座位，或这个人不参加这场考试。", "请刷新后重试。"
        )
    there = next(
        (two for two in people.values() if (two.room_id, two.seat) == (room_id, seat)), None
    )
    moves: list[tuple[Examinee, Place | None]] = [(one, (room, seat))]
    if there is not None and there.id != one.id:
        back = rooms.get(one.room_id or "")
        moves.append((there, (back, one.seat) if back and one.seat else None))
    title = f"{one.name}调到{room.name} {seat} 号"
    with office.store.operation("exams.seats", title) as operation:
        _write_moves(office, exam, moves)
    return operation


def beside_of(office: Office, exam: Exam) -> tuple[Beside, ...]:
    """Neighbours that are alike, as people sit now; what all have in common does not count."""
    rooms = rooms_of(office, exam)
    people = {one.teacher_no: one for one in sitting(office, exam) if one.seat is not None}
    kept = {_spot(rooms, one): _sitter(one) for one in people.values()}
    found = seat_all([], _halls(rooms), _weights(), kept=kept)
    names = list(seat_rules().apart)
    return tuple(Beside(people[one.first], people[one.second], names[one.trait])
                 for one in found.clashes)  # fmt: skip


def _seat_rest(office: Office, exam: Exam) -> int:
    """Give a seat to those who have none, inside the running operation; says to how many."""
    rooms = rooms_of(office, exam)
    kept = {_spot(rooms, one): _sitter(one) for one in examinees(office, exam) if one.seat}
    waiting = {one.teacher_no: one for one in sitting(office, exam) if not one.seat}
    ordered = in_order(map(_sitter, waiting.values()), _seed(office, exam))
    found = seat_all(ordered, _halls(rooms), _weights(), kept=kept, tries=seat_rules().tries)
    moves: list[tuple[Examinee, Place | None]] = [
        (waiting[key], (rooms[place], seat))
        for key, (place, seat) in sorted(found.spots.items(), key=lambda item: item[1])
        if key in waiting
    ]
    _write_moves(office, exam, moves)
    return len(waiting)


def _write_moves(
    office: Office, exam: Exam, moves: Sequence[tuple[Examinee, Place | None]]
) -> None:
    """Write seats with the numbers that belong to them; None takes the seat away."""
    rule, places = rule_of(office), places_of(office, exam)
    moved = {one.id for one, _ in moves}
    used = {one.admission_no for one in examinees(office, exam) if one.id not in moved}
    by_seat, seq = goes_by_seat(rule), 0
    for one, place in moves:
        if place is None:
            office.store.execute(_LEAVE, (one.id,))
            continue
        room, seat = place
        number = "" if by_seat else one.admission_no
        while not number:
            seq += 1
            tried = admission_no(rule, places, room.number, seat, seq)
            number = tried if tried not in used or "{seq" not in rule else ""
        used.add(number)
        office.store.execute(_GIVE, (room.id, seat, number, one.id))


def _rooms_if_none(office: Office, exam: Exam) -> int:
    """Add as many usual rooms as are needed where the exam has none; says how many."""
    if rooms_of(office, exam):
        return 0
    each = sum(seat_rules().lanes)
    people = len(sitting(office, exam))
    if not people:
        raise UserError("exam.nobody", f"“{exam.name}”没有考生。", "请先抽签或生成考生名单。")
    rooms = many_rooms(office, exam, RoomsWish(-(-people // each)))
    add_rooms(office, exam, rooms)
    return len(rooms)


def _remarks(office: Office, exam: Exam, people: Iterable[Examinee], made: int) -> Iterable[str]:
    each = list(people)
    if made:
        lanes = "、".join(map(str, seat_rules().lanes))
        yield f"还没有登记考场，已按每列 {lanes} 座增加 {made} 个考场，可以再改。"
    for trait in seat_rules().apart:
        values = {getattr(one, _FIELDS[trait]) for one in each}
        if len(each) > 1 and len(values) == 1 and values != {""}:
            name = TRAIT_NAMES[trait]
            yield f"全部考生的{name}都是{values.pop()}，座位不按{name}错开。"
    shared = office.store.value(_OTHERS, (exam.id,))
    if shared:
        yield f"有 {shared} 个准考证号与别的考试相同，可在准考证号规则中加上 {{exam}} 或 {{code}}。"


_FIELDS = {"school": "school_name", "subject": "subject", "stage": "stage"}


def _sitter(one: Examinee) -> Sitter:
    return Sitter(
        one.teacher_no,
        tuple(
            frozenset(part for part in str(getattr(one, _FIELDS[trait])).split("、") if part)
            for trait in seat_rules().apart
        ),
    )


def _spot(rooms: Sequence[Room], one: Examinee) -> Spot:
    at = next(place for place, room in enumerate(rooms) if room.id == one.room_id)
    return at, int(one.seat or 0)


def _halls(rooms: Sequence[Room]) -> list[Hall]:
    return [Hall(one.lanes, one.seats, seat_rules().path) for one in rooms]


def _weights() -> list[int]:
    return list(seat_rules().apart.values())


def _seed(office: Office, exam: Exam) -> str:
    """What the order of the seats comes from: seed of the draw, code, hash of the frame."""
    drawn = draws(office, exam)
    frame = find_frame(office, exam.id)
    seed = drawn[-1].seed if drawn else ""
    return f"{seed}\n{exam.code}\n{frame.sha256 if frame else ''}"


def _refuse_marked(office: Office, exam: Exam) -> None:
    if office.store.value(_MARKED, (exam.id,)):
        raise UserError(
            "exam.marked",
            f"“{exam.name}”已按现在的座位录了成绩，不能再改座位。",
            "确需改动，请先撤销成绩录入。",
        )
