"""The other posted exams that fill the same course (or component): who sat before, who after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.exams.marks import mark_book
from models.exams.ranking import unit_rule
from models.exams.records import Exam
from models.exams.registration import exams
from models.exams.results import results_of
from models.exams.targets import Target, targets_of
from models.office.context import Office
from models.training.marks import Result

Key = tuple[str, str | None]
"""A course and its component; None for the whole score."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Another posted exam of the year that fills something this one fills.

    Attributes:
        exam_id: which.
        keys: what it fills.
        earlier: whether it was held before this exam.
        results: teacher to result; nobody whose mark is missing.
    """

    exam_id: str
    keys: frozenset[Key]
    earlier: bool
    results: Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Sittings:
    """The sittings before and after an exam."""

    all: tuple[Sitting, ...]

    @property
    def earlier(self) -> tuple[Sitting, ...]:
        """Those before it."""
        return tuple(one for one in self.all if one.earlier)

    def of(self, targets: Sequence[Target]) -> Sittings:
        """Those that fill one of these."""
        keys = keys_of(targets)
        return Sittings(tuple(one for one in self.all if one.keys & keys))

    @property
    def before(self) -> dict[str, Result]:
        """Teacher to result at a sitting before; what counts, where there are several."""
        return _last(self.earlier)

    @property
    def after(self) -> dict[str, Result]:
        """Teacher to what counts of the sittings after; an excuse leaves what was."""
        found = _last([one for one in self.all if not one.earlier])
        return {teacher: result for teacher, result in found.items() if result != "excused"}


def sittings_of(office: Office, exam: Exam, targets: Sequence[Target]) -> Sittings:
    """The other posted exams of the year that fill what this one fills, in the order of time."""
    wanted, own = keys_of(targets), _place(exam)
    found: list[Sitting] = []
    posted = [one for one in exams(office) if one.posted_on and one.year == exam.year]
    for other in sorted(posted, key=_place):
        if other.id == exam.id:
            continue
        book = mark_book(office, other)
        keys = keys_of(targets_of(other, book.parts))
        if keys & wanted:
            results: dict[str, Result] = {
                one.examinee.teacher_id: one.result
                for one in results_of(book, unit_rule()).people
                if one.result is not None
            }
            found.append(Sitting(other.id, keys, _place(other) < own, results))
    return Sittings(tuple(found))


def keys_of(targets: Sequence[Target]) -> frozenset[Key]:
    """What these fill."""
    return frozenset((one.course_id, one.component_id) for one in targets)


def _place(exam: Exam) -> tuple[str, str]:
    return (exam.session.held_on or "", exam.code)


def _last(found: Sequence[Sitting]) -> dict[str, Result]:
    """The last result of everybody; an excuse takes nothing away."""
    last: dict[str, Result] = {}
    for one in found:
        for teacher, result in one.results.items():
            if result != "excused" or teacher not in last:
                last[teacher] = result
    return last
