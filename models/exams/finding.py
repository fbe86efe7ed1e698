"""Which examinee a number means: of the admission ticket, the teacher, or room and seat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.exams.marks import MarkBook
from models.exams.records import Exam, Examinee
from models.exams.rooms import rooms_of
from models.office.context import Office
from models.text.tidy import key

_PLACE = re.compile(r"^第?(\d+)(?:考场|[-/ .])\s*第?(\d+)(?:座位|座号|号|座)?$")


@dataclass(frozen=True, slots=True)
class Finder:
    """The examinees of an exam by everything they can be named by."""

    by_admission: dict[str, Examinee]
    by_teacher: dict[str, Examinee]
    by_seat: dict[tuple[int, int], Examinee]

    def named(self, text: str) -> Examinee | None:
        """The examinee of that number or seat (``3-12``, ``第3考场12号``); None for nobody."""
        plain = key(text)
        found = self.by_admission.get(plain) or self.by_teacher.get(plain)
        if found is None and (place := _PLACE.match(plain)):
            found = self.by_seat.get((int(place[1]), int(place[2])))
        return found


def finder(office: Office, book: MarkBook) -> Finder:
    """Everything the examinees of a mark book can be named by."""
    return finder_of(office, book.exam, book.examinees)


def finder_of(office: Office, exam: Exam, people: Iterable[Examinee]) -> Finder:
    """Everything examinees of an exam can be named by."""
    rooms = {one.id: one.number for one in rooms_of(office, exam)}
    each = list(people)
    return Finder(
        {key(one.admission_no): one for one in each if one.admission_no},
        {key(one.teacher_no): one for one in each},
        {
            (rooms[one.room_id], one.seat): one
            for one in each
            if one.room_id in rooms and one.seat is not None
        },
    )
