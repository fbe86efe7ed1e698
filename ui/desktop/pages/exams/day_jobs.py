"""What the step of rooms has done on the lanes: examinees, rooms, seats, absences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from models.errors import UserError
from models.exams.attendance import Noted, note_states
from models.exams.examinees import enter_examinees
from models.exams.identity import changed_since
from models.exams.numbering import rule_of, set_rule
from models.exams.records import ExamineeState, Room
from models.exams.registration import read
from models.exams.rooms import (
    RoomsWish,
    add_rooms,
    change_rooms,
    many_rooms,
    read_lanes,
    read_seats,
    remove_rooms,
    room_numbered,
    rooms_of,
)
from models.exams.seats import Seated, give_seats, move_to, take_back_seats
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of examinees was made; what a person should know of those on it."""

    operation: Operation
    remarks: tuple[str, ...]


def enter(office: Office, _progress: Progress, exam_id: str) -> Listed:
    """Fix who sits the exam."""
    exam = read(office, exam_id)
    return Listed(enter_examinees(office, exam), tuple(changed_since(office, exam)))


def add_many(office: Office, _progress: Progress, exam_id: str, texts: Texts) -> Operation:
    """Add like rooms."""
    exam = read(office, exam_id)
    count = texts["count"]
    if not count.isdecimal():
        raise UserError("exam.room_count", f"考场数“{count}”不对。", "请填整数，如 10。")
    wish = RoomsWish(
        int(count),
        read_lanes(texts["lanes"]) if texts["lanes"] else (),
        texts["name"] or "第{number}考场",
        texts["place"],
    )
    return add_rooms(office, exam, many_rooms(office, exam, wish))


def save_rooms(
    office: Office, _progress: Progress, exam_id: str, lines: Mapping[str, Texts]
) -> Operation:
    """Change rooms by what was typed over their cells; a new line is a new room.

    Raises:
        UserError: a number that is none, lanes or seats that cannot be read.
    """
    exam = read(office, exam_id)
    known = {one.id: one for one in rooms_of(office, exam)}
    with office.store.operation("exams.rooms", f"修改“{exam.name}”考场") as operation:
        changed = [_room(known[key], texts) for key, texts in lines.items() if key in known]
        if changed:
            change_rooms(office, exam, changed)
        last = max((one.number for one in known.values()), default=0)
        fresh = [texts for key, texts in lines.items() if key not in known]
        new = [
            _room(Room(number=last + place, name=f"第{last + place}考场"), texts)
            for place, texts in enumerate(fresh, start=1)
        ]
        if new:
            add_rooms(office, exam, new)
    return operation


def drop_rooms(
    office: Office, _progress: Progress, exam_id: str, room_ids: Sequence[str]
) -> Operation:
    """Remove rooms nobody sits in."""
    return remove_rooms(office, read(office, exam_id), room_ids)


def seat(office: Office, _progress: Progress, exam_id: str, *, again: bool) -> Seated:
    """Give seats and numbers, anew where wanted."""
    return give_seats(office, read(office, exam_id), again=again)


def unseat(office: Office, _progress: Progress, exam_id: str) -> Operation:
    """Take all seats back."""
    return take_back_seats(office, read(office, exam_id))


def move(
    office: Office, _progress: Progress, exam_id: str, examinee_id: str, texts: Texts
) -> Operation:
    """Seat somebody elsewhere; who sits there changes places with them."""
    exam = read(office, exam_id)
    if not texts["room"].isdecimal() or not texts["seat"].isdecimal():
        raise UserError("exam.no_such_seat", "考场号和座号应为数字。", "如考场 3、座号 12。")
    room = room_numbered(office, exam, int(texts["room"]))
    return move_to(office, exam, examinee_id, room.id, int(texts["seat"]))


def number_by(office: Office, _progress: Progress, rule: str) -> str:
    """Number by another template from now on; "" is the usual one. Gives the one in force."""
    set_rule(office, rule)
    return rule_of(office)


def note(
    office: Office, _progress: Progress, exam_id: str, people: Sequence[str], texts: Texts
) -> Operation:
    """Put down who was absent, excused or cheated, or take it back."""
    noted = Noted(cast("ExamineeState", texts["state"]), texts["reason"])
    return note_states(office, read(office, exam_id), dict.fromkeys(people, noted))


def _room(one: Room, texts: Texts) -> Room:
    """A room with what was typed over it."""
    number = texts.get("number", str(one.number))
    if not number.isdecimal():
        raise UserError("exam.room_number", f"考场号“{number}”不对。", "请填整数。")
    return Room(
        id=one.id,
        number=int(number),
        name=texts.get("name", one.name),
        place=texts.get("place", one.place),
        lanes=read_lanes(texts["lanes"]) if texts.get("lanes") else one.lanes,
        left_empty=read_seats(texts["left_empty"]) if "left_empty" in texts else one.left_empty,
    )
