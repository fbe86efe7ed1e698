"""The figures of an exam: means, pass rates, how totals are spread, by school, subject, part, item.

Pure rules over what was entered and what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.exams.items import Item
from models.exams.marks import MarkBook
from models.exams.records import Part
from models.exams.results import ExamResults, PersonResult, half_up

UNTOLD = "（未填）"
_BAND = 10
_TOP = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """Some totals in figures; None where there are none.

    Attributes:
        count: how many totals; passed: how many of them pass.
        mean, pass_rate (per cent): to two decimals.
        highest, lowest, median: as they are.
        deviation: standard deviation of all of them, to two decimals.
    """

    count: int
    passed: int
    mean: Decimal | None
    pass_rate: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    median: Decimal | None
    deviation: Decimal | None


@dataclass(frozen=True, slots=True)
class Group:
    """The totals of those with one school, subject or stage."""

    name: str
    spread: Spread


@dataclass(frozen=True, slots=True)
class Band:
    """How many totals lie from ``low`` to below ``high``; the last band holds 100 too."""

    low: int
    high: int
    count: int

    @property
    def name(self) -> str:
        """As a chart labels it."""
        return f"{self.low}—{self.high}" if self.high == _TOP else f"{self.low}—{self.high - 1}"


@dataclass(frozen=True, slots=True)
class Worth:
    """What was got in a part or an item.

    Attributes:
        name, full_marks: which, and what it is worth.
        count: of those who have points in it; full, nothing: how many got all or none of it.
        mean: their mean; rate: that in per cent of the full marks; None for nobody.
    """

    name: str
    full_marks: Decimal
    count: int
    full: int
    nothing: int
    mean: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamStatistics:
    """An exam in figures.

    Attributes:
        due: who should have sat; sat, absent, excused, cheated, waiting: what became of them.
        whole: all totals.
        bands: how they are spread.
        schools, subjects, stages: the same for groups, by name.
        parts: each part; items: part to its items.
    """

    due: int
    sat: int
    absent: int
    excused: int
    cheated: int
    waiting: int
    whole: Spread
    bands: tuple[Band, ...]
    schools: tuple[Group, ...]
    subjects: tuple[Group, ...]
    stages: tuple[Group, ...]
    parts: tuple[Worth, ...]
    items: tuple[tuple[Part, tuple[Worth, ...]], ...]


def statistics_of(book: MarkBook, results: ExamResults) -> ExamStatistics:
    """The figures of an exam; those who were absent, excused or cheated have no totals."""
    people = results.people
    return ExamStatistics(
        due=len(people) - len(results.named("excused")),
        sat=sum(1 for one in people if one.total is not None),
        absent=len(results.named("absent")),
        excused=len(results.named("excused")),
        cheated=len(results.named("cheated")),
        waiting=len(results.waiting),
        whole=_spread(people),
        bands=_bands(people),
        schools=_groups(people, lambda one: one.examinee.school_name),
        subjects=_groups(people, lambda one: one.examinee.subject or UNTOLD),
        stages=_groups(people, lambda one: one.examinee.stage or UNTOLD),
        parts=tuple(_part_worth(part, people) for part in book.parts),
        items=tuple(
            (part, tuple(_item_worth(book, part, item, people) for item in book.items[part.id]))
            for part in book.parts
            if part.id in book.items
        ),
    )


def _totals(people: Sequence[PersonResult]) -> list[Decimal]:
    return sorted(one.total for one in people if one.total is not None)


def _spread(people: Sequence[PersonResult]) -> Spread:
    totals = _totals(people)
    passed = sum(1 for one in people if one.result == "passed")
    if not totals:
        return Spread(0, passed, None, None, None, None, None, None)
    count = len(totals)
    mean = sum(map(Fraction, totals), Fraction(0)) / count
    middle = (totals[(count - 1) // 2] + totals[count // 2]) / 2
    variance = sum(((Fraction(one) - mean) ** 2 for one in totals), Fraction(0)) / count
    deviation = (Decimal(variance.numerator) / variance.denominator).sqrt()
    return Spread(
        count=count,
        passed=passed,
        mean=half_up(mean, 2),
        pass_rate=half_up(Fraction(passed * _TOP, count), 2),
        highest=totals[-1],
        lowest=totals[0],
        median=half_up(Fraction(middle), 2),
        deviation=half_up(Fraction(deviation), 2),
    )


def _bands(people: Sequence[PersonResult]) -> tuple[Band, ...]:
    counts = [0] * (_TOP // _BAND)
    for total in _totals(people):
        counts[min(int(total) // _BAND, len(counts) - 1)] += 1
    return tuple(Band(at * _BAND, (at + 1) * _BAND, count) for at, count in enumerate(counts))


def _groups(
    people: Sequence[PersonResult], name_of: Callable[[PersonResult], str]
) -> tuple[Group, ...]:
    found: dict[str, list[PersonResult]] = {}
    for one in people:
        found.setdefault(name_of(one), []).append(one)
    return tuple(Group(name, _spread(found[name])) for name in sorted(found))


def _part_worth(part: Part, people: Sequence[PersonResult]) -> Worth:
    points = [
        one.points[part.id] for one in people if one.total is not None and part.id in one.points
    ]
    return _worth(part.name, part.full_marks, points)


def _item_worth(book: MarkBook, part: Part, item: Item, people: Sequence[PersonResult]) -> Worth:
    settled = [book.settled(one.examinee.id, part.id) for one in people if one.total is not None]
    points = [one.items[item.id] for one in settled if one is not None and item.id in one.items]
    return _worth(item.name, item.full_marks, points)


def _worth(name: str, full_marks: Decimal, points: Sequence[Decimal]) -> Worth:
    mean = sum(map(Fraction, points), Fraction(0)) / len(points) if points else None
    return Worth(
        name=name,
        full_marks=full_marks,
        count=len(points),
        full=sum(1 for one in points if one == full_marks),
        nothing=sum(1 for one in points if one == 0),
        mean=None if mean is None else half_up(mean, 2),
        rate=None if mean is None else half_up(mean * _TOP / Fraction(full_marks), 2),
    )
