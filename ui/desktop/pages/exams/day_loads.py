"""What the step of rooms shows, read on the reader lane."""

from __future__ import annotations

from collections import Counter

from models.exams.examinees import examinees
from models.exams.overview import overview
from models.exams.records import ORIGIN_NAMES, STATE_NAMES, Examinee, Room
from models.exams.registration import read
from models.exams.rooms import capacity, rooms_of, write_lanes, write_seats
from models.exams.seats import TRAIT_NAMES, Beside, beside_of
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.exams.view import Loaded
from ui.desktop.widgets.table.source import TableRow

STATE_TONES = {"absent": "warn", "excused": "info", "cheated": "error", "replaced": "muted"}


def rooms(office: Office, _progress: Progress, exam_id: str) -> Loaded:
    """Rooms, examinees with their seats, and neighbours that could not be parted."""
    exam, now = read(office, exam_id), overview(office, exam_id)
    known, people = rooms_of(office, exam), examinees(office, exam)
    taken = Counter(one.room_id for one in people if one.room_id and one.state != "replaced")
    numbers = {one.id: one.number for one in known}
    beside = beside_of(office, exam) if now.seated else ()
    rows = {
        "people": [_person(one, numbers) for one in people],
        "rooms": [_room(one, taken[one.id]) for one in known],
        "beside": [_beside(place, one) for place, one in enumerate(beside)],
    }
    room = capacity(office, exam)
    note = ""
    if now.people:
        note = f"考生 {room.people:,} 人，考场 {room.rooms} 个，座位 {room.seats:,} 个。"
        note += f"还差 {room.lacking:,} 个座位，请加考场。" if room.lacking and room.rooms else ""
        note += f"已排 {now.seated:,} 人。" if now.seated else ""
    tone = "warn" if room.lacking and room.rooms else ""
    return Loaded(exam, now, note, tone, rows, known)


def _person(one: Examinee, numbers: dict[str, int]) -> TableRow:
    texts = {
        "admission_no": one.admission_no,
        "name": one.name,
        "school": one.school_name,
        "subject": one.subject,
        "room": str(numbers.get(one.room_id or "", "")),
        "seat": "" if one.seat is None else f"{one.seat:02d}",
        "origin": ORIGIN_NAMES[one.origin],
        "state": STATE_NAMES[one.state],
        "reason": one.reason,
    }
    tone = STATE_TONES.get(one.state)
    return TableRow(one.id, texts, {"state": tone} if tone else {})


def _room(one: Room, taken: int) -> TableRow:
    texts = {
        "number": str(one.number),
        "name": one.name,
        "place": one.place,
        "lanes": write_lanes(one.lanes),
        "left_empty": write_seats(one.left_empty),
        "seats": str(len(one.seats)),
        "taken": str(taken) if taken else "",
    }
    return TableRow(one.id, texts)


def _beside(place: int, one: Beside) -> TableRow:
    texts = {
        "room": one.first.room,
        "first": f"{one.first.seat} 号 {one.first.name}（{one.first.school_name}）",
        "second": f"{one.second.seat} 号 {one.second.name}（{one.second.school_name}）",
        "trait": TRAIT_NAMES[one.trait],
    }
    return TableRow(str(place), texts, {"trait": "warn"})
