"""What the papers of an exam day say: the exam, its rooms, who sits where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit.fonts import no_glyphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from reports.kit.copies import Copy
    from reports.kit.fonts import Fonts
    from reports.kit.forms import Form

ROOM_WORD = "考场"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody at a seat, as text; "" where nothing is recorded."""

    seat: int
    admission_no: str
    name: str
    teacher_no: str
    school: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ExamRoom:
    """A room with its people.

    Attributes:
        number: 1 for the first.
        name: as on the door.
        place: school or building; "" for none.
        grid: seat number to column from the door side and row from the front.
        given: seat numbers that are given.
        people: by seat.
    """

    number: int
    name: str
    place: str
    grid: Mapping[int, tuple[int, int]]
    given: tuple[int, ...]
    people: tuple[Sitter, ...]

    @property
    def title(self) -> str:
        """``第1考场``, whatever the room is called otherwise."""
        return self.name if ROOM_WORD in self.name else f"第{self.number}{ROOM_WORD}"

    @property
    def whole_title(self) -> str:
        """``第1考场（三年一班）``, or only the one where they are the same."""
        return self.title if self.title == self.name else f"{self.title}（{self.name}）"


@dataclass(frozen=True, slots=True)
class ExamDay:
    """An exam day.

    Attributes:
        title: of the exam.
        office, printed_at: who prints and when.
        when: ``2025年12月20日 9:00—11:00``; "" where it is not set.
        place: where, as printed; "" where it is not set.
        subject: names of the parts; "" where the exam is one figure.
        rooms: those with people, by number.
        form: of the admission tickets.
        tickets: what each ticket says, in the order of handing out (by school).
    """

    title: str
    office: str
    printed_at: datetime
    when: str
    place: str
    subject: str
    rooms: tuple[ExamRoom, ...]
    form: Form
    tickets: Sequence[Copy]

    @property
    def people(self) -> int:
        """How many sit the exam."""
        return sum(len(one.people) for one in self.rooms)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is known of it: label and text."""
        pairs = (
            ("考试时间", self.when),
            ("考试地点", self.place),
            ("考试科目", self.subject),
            ("考场", f"{len(self.rooms)} 个"),
            ("考生", f"{self.people} 人"),
        )
        return tuple(pair for pair in pairs if pair[1])

    def by_school(self) -> list[tuple[str, list[tuple[ExamRoom, Sitter]]]]:
        """The people of each school with their rooms, by admission number."""
        every = [(room, one) for room in self.rooms for one in room.people]
        every.sort(key=lambda pair: (pair[1].school, pair[0].number, pair[1].seat))
        return [(name, list(part)) for name, part in groupby(every, key=lambda p: p[1].school)]


def check(day: ExamDay, fonts: Fonts) -> None:
    """Refuse what cannot be printed.

    Raises:
        UserError: nobody has a seat; characters no font has, with the people concerned.
    """
    if not day.people:
        raise UserError(
            "exam.not_seated", f"“{day.title}”还没有编排座位。", "请先安排考场、编排座位。"
        )
    own = [(day.title, [day.title, *(text for _, text in day.facts)])]
    rooms = [(one.whole_title, [one.name, one.place]) for one in day.rooms]
    people = (
        (one.name, (one.name, one.school, one.subject)) for room in day.rooms for one in room.people
    )
    missing = fonts.missing([*own, *rooms, *people])
    if missing:
        raise no_glyphs(missing)
