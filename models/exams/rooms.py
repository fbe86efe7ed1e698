"""The rooms of an exam: entered many at once, changed, taken out; are there seats enough."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from sqlite3 import Row
from typing import Any

import resources
from models.errors import UserError
from models.exams.examinees import sitting
from models.exams.records import Exam, Room
from models.exams.seating import Path
from models.exams.tables import ROOM
from models.office.context import Office
from models.store.operations import Operation
from models.text.width import to_half

_FILE = "exams/seating.toml"
MOST_SEATS = 500
MOST_ROOMS = 400
_SEPARATORS = re.compile(r"[\s,，、;；+]+")
_TIMES = re.compile(r"(\d+)[xX×*](\d+)")
_RANGE = re.compile(r"(\d+)(?:[-—–~～至到](\d+))?")
_SEATED = "SELECT COUNT(*) FROM examinee WHERE room_id IN (SELECT value FROM json_each(?))"
_UPDATE = (
    "UPDATE exam_room SET number = ?, name = ?, place = ?, lanes = ?, left_empty = ? WHERE id = ?"
)
_OUTSIDE = """
SELECT seat FROM examinee WHERE room_id = ? AND seat NOT IN (SELECT value FROM json_each(?))
ORDER BY seat
"""


@dataclass(frozen=True, slots=True)
class SeatRules:
    """How rooms and seats usually are, read from data.

    Attributes:
        lanes: of a new room.
        path: how seat numbers run.
        apart: what neighbours should not have in common, and how much so.
        tries: with how many others a seat that cannot be kept apart is tried.
    """

    lanes: tuple[int, ...]
    path: Path
    apart: Mapping[str, int]
    tries: int


@dataclass(frozen=True, slots=True)
class RoomsWish:
    """Several like rooms to be added.

    Attributes:
        count: how many.
        lanes: seats of each column; () for the usual ones.
        name: with ``{number}`` for the number of the room.
        place: school or building; "" for the exam's own place.
        left_empty: seat numbers nobody sits at.
    """

    count: int
    lanes: tuple[int, ...] = ()
    name: str = "第{number}考场"
    place: str = ""
    left_empty: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Capacity:
    """Whether the seats of an exam are enough."""

    people: int
    seats: int
    rooms: int

    @property
    def lacking(self) -> int:
        """How many seats are lacking; 0 where they are enough."""
        return max(0, self.people - self.seats)


@cache
def seat_rules() -> SeatRules:
    """The rules of ``resources/exams/seating.toml``."""
    raw: dict[str, Any] = tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))
    return SeatRules(tuple(raw["lanes"]), raw["path"], raw["apart"], raw["tries"])


def rooms_of(office: Office, exam: Exam) -> list[Room]:
    """The rooms of an exam by number."""
    sql = "SELECT * FROM exam_room WHERE exam_id = ? ORDER BY number, id"
    return [_room(row) for row in office.store.query(sql, (exam.id,))]


def room_numbered(office: Office, exam: Exam, number: int) -> Room:
    """The room of that number.

    Raises:
        UserError: there is none.
    """
    for room in rooms_of(office, exam):
        if room.number == number:
            return room
    raise UserError("exam.no_such_room", f"“{exam.name}”没有第 {number} 考场。", "请核对考场号。")


def capacity(office: Office, exam: Exam) -> Capacity:
    """How many sit the exam, and how many seats there are."""
    rooms = rooms_of(office, exam)
    seats = sum(len(one.seats) for one in rooms)
    return Capacity(len(sitting(office, exam)), seats, len(rooms))


def many_rooms(office: Office, exam: Exam, wish: RoomsWish) -> list[Room]:
    """Like rooms, numbered on from those there are; nothing is written yet.

    Raises:
        UserError: fewer than one, or more than an exam can have.
    """
    if not 1 <= wish.count <= MOST_ROOMS:
        raise UserError(
            "exam.room_count", f"考场数 {wish.count} 不对。", f"请填 1 到 {MOST_ROOMS} 的整数。"
        )
    last = max((one.number for one in rooms_of(office, exam)), default=0)
    return [
        Room(
            number=number,
            name=wish.name.replace("{number}", str(number)),
            place=wish.place,
            lanes=wish.lanes or seat_rules().lanes,
            left_empty=wish.left_empty,
        )
        for number in range(last + 1, last + 1 + wish.count)
    ]


def add_rooms(office: Office, exam: Exam, rooms: Sequence[Room]) -> Operation:
    """Enter rooms as one undoable step.

    Raises:
        UserError: a number in use or twice, no name, no seat, too many of either.
    """
    known = rooms_of(office, exam)
    _check(exam, [*known, *rooms])
    title = f"“{exam.name}”增加 {len(rooms)} 个考场"
    with office.store.operation("exams.rooms", title) as operation:
        rows = [(office.store.ids.new_id(), exam.id, *_cells(one)) for one in rooms]
        office.store.insert("exam_room", ("id", *ROOM), rows)
    return operation


def change_rooms(office: Office, exam: Exam, rooms: Sequence[Room]) -> Operation:
    """Change rooms that are there already, as one undoable step.

    Raises:
        UserError: as ``add_rooms``; a room is not there, or somebody sits at a seat that would
            vanish.
    """
    known = {one.id: one for one in rooms_of(office, exam)}
    changed = {one.id: one for one in rooms}
    if changed.keys() - known.keys():
        raise UserError("exam.no_such_room", "有的考场已不在库中。", "请刷新后重试。")
    _check(exam, list({**known, **changed}.values()))
    for one in rooms:
        _refuse_seated(office, one)
    with office.store.operation("exams.rooms", f"修改“{exam.name}”考场") as operation:
        for one in rooms:
            if known[one.id] != one:
                office.store.execute(_UPDATE, (*_cells(one), one.id))
    return operation


def remove_rooms(office: Office, exam: Exam, room_ids: Sequence[str]) -> Operation:
    """Take rooms out as one undoable step.

    Raises:
        UserError: somebody has a seat in one of them.
    """
    wanted = json.dumps(list(room_ids))
    seated = office.store.value(_SEATED, (wanted,))
    if seated:
        raise UserError(
            "exam.room_in_use",
            f"要删除的考场里已排了 {seated} 人。",
            "请先取消座位编排，或把他们排到别的考场。",
        )
    with office.store.operation("exams.rooms", f"删除“{exam.name}”考场") as operation:
        office.store.execute(
            "DELETE FROM exam_room WHERE exam_id = ? AND id IN (SELECT value FROM json_each(?))",
            (exam.id, wanted),
        )
    return operation


def read_lanes(text: str) -> tuple[int, ...]:
    """The seats of each column as a person writes them: ``8、7、7、8``, ``4×8`` (4 columns of 8).

    Raises:
        UserError: it is neither.
    """
    words = [word for word in _SEPARATORS.split(to_half(text)) if word]
    lanes: list[int] = []
    for word in words:
        times = _TIMES.fullmatch(word)
        if times:
            lanes += [int(times[2])] * min(int(times[1]), MOST_SEATS)
        elif word.isdecimal():
            lanes.append(int(word))
        else:
            lanes.append(0)
    if not lanes or 0 in lanes or sum(lanes) > MOST_SEATS:
        raise UserError(
            "exam.lanes",
            f"座位“{text}”看不懂，或超过 {MOST_SEATS} 个。",
            "请写每列几座，如 8、7、7、8，或 4×8（4 列，每列 8 座）。",
        )
    return tuple(lanes)


def read_seats(text: str) -> tuple[int, ...]:
    """Seat numbers as a person writes them: ``1、3-5``; "" for none.

    Raises:
        UserError: it cannot be read.
    """
    found: set[int] = set()
    for word in _SEPARATORS.split(to_half(text)):
        span = _RANGE.fullmatch(word)
        if word and (span is None or int(span[2] or span[1]) > MOST_SEATS):
            raise UserError("exam.seat_numbers", f"座号“{text}”看不懂。", "请写成 1、3-5。")
        if span:
            found.update(range(int(span[1]), int(span[2] or span[1]) + 1))
    return tuple(sorted(found))


def write_lanes(lanes: Sequence[int]) -> str:
    """Such columns as ``read_lanes`` reads them."""
    return "、".join(map(str, lanes))


def write_seats(seats: Sequence[int]) -> str:
    """Seat numbers as ``read_seats`` reads them."""
    return "、".join(map(str, seats))


def _cells(room: Room) -> tuple[object, ...]:
    return (
        room.number,
        room.name.strip(),
        room.place.strip() or None,
        ",".join(map(str, room.lanes)),
        ",".join(map(str, room.left_empty)) or None,
    )


def _room(row: Row) -> Room:
    return Room(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        place=row["place"] or "",
        lanes=tuple(map(int, row["lanes"].split(","))),
        left_empty=tuple(map(int, (row["left_empty"] or "").split(",")))
        if row["left_empty"]
        else (),
    )


def _check(exam: Exam, rooms: Sequence[Room]) -> None:
    if len(rooms) > MOST_ROOMS:
        raise UserError(
            "exam.room_count", f"“{exam.name}”会有 {len(rooms)} 个考场。", f"最多 {MOST_ROOMS} 个。"
        )
    numbers = [one.number for one in rooms]
    for one in rooms:
        if not one.name.strip() or one.number < 1:
            raise UserError("exam.room_name", "有考场没有名称或考场号。", "请填写后重试。")
        if numbers.count(one.number) > 1:
            raise UserError(
                "exam.room_number", f"第 {one.number} 考场有两个。", "请给其中一个换一个考场号。"
            )
        bad = [number for number in one.left_empty if not 1 <= number <= sum(one.lanes)]
        if bad or not one.seats or sum(one.lanes) > MOST_SEATS or min(one.lanes) < 1:
            raise UserError(
                "exam.room_seats",
                f"第 {one.number} 考场的座位“{write_lanes(one.lanes)}”、"
                f"空座“{write_seats(one.left_empty)}”不合理。",
                "每列至少 1 座，空座要在座号之内，至少留 1 个座位给考生。",
            )


def _refuse_seated(office: Office, room: Room) -> None:
    lost = office.store.query(_OUTSIDE, (room.id, json.dumps(room.seats)))
    if lost:
        seats = write_seats([row["seat"] for row in lost])
        raise UserError(
            "exam.room_in_use",
            f"第 {room.number} 考场的 {seats} 号已有人坐。",
            "请先取消座位编排，或把他们换到别的座位。",
        )
