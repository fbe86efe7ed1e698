"""Two typings of the same marks held against each other, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import plain_decimal
from models.exams.marks import MarkBook, Points
from models.exams.records import STATE_NAMES, Examinee, Part

BOTH = (1, 2)


@dataclass(frozen=True, slots=True)
class Difference:
    """A mark whose two typings differ, or of which one is missing (None)."""

    examinee: Examinee
    part: Part
    first: Decimal | None
    second: Decimal | None

    @property
    def missing(self) -> bool:
        """Whether one typing is still to come, rather than another figure."""
        return (self.first is None or self.second is None) and self.examinee.state == "expected"

    @property
    def first_words(self) -> str:
        """The first typing as a person reads it."""
        return self._words(self.first)

    @property
    def second_words(self) -> str:
        """The second typing as a person reads it."""
        return self._words(self.second)

    def _words(self, points: Decimal | None) -> str:
        if points is not None:
            return plain_decimal(points)
        return "未录" if self.examinee.state == "expected" else STATE_NAMES[self.examinee.state]


def differences(book: MarkBook) -> list[Difference]:
    """Marks whose typings do not agree, in the order of the list; none where one is enough.

    Points that agree although their items do not are told too.
    """
    if book.exam.entries == 1:
        return []
    found: list[Difference] = []
    for examinee in book.examinees:
        for part in book.parts:
            first, second = (book.entered(examinee.id, part.id, entry) for entry in BOTH)
            if first != second:
                found.append(Difference(examinee, part, _points(first), _points(second)))
    return found


def unmarked(book: MarkBook) -> list[tuple[Examinee, Part]]:
    """Who has no points in which part, of those who sat (or are not known to have been absent)."""
    return [
        (examinee, part)
        for examinee in book.examinees
        if examinee.state == "expected"
        for part in book.parts
        if not book.marks.get(examinee.id, {}).get(part.id)
    ]


def _points(one: Points | None) -> Decimal | None:
    return None if one is None else one.points
