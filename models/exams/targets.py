"""Which course, or which component of it, the parts of an exam fill, and with what mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.exams.records import Exam, Part
from models.exams.results import PersonResult, half_up, share_of
from models.training.marks import RESULT_NAMES, Mark

_WHOLE, _COMPONENT = 1, 2  # decimals: of a course's score, and of a component before it is weighed
_ABSENCES = ("absent", "excused", "cheated")


@dataclass(frozen=True, slots=True)
class Target:
    """What some parts of an exam fill.

    Attributes:
        course_id: the course.
        component_id: its component; None for its whole score.
        parts: whose points, weighed against each other, are the mark.
    """

    course_id: str
    component_id: str | None
    parts: tuple[Part, ...]


def targets_of(exam: Exam, parts: Sequence[Part]) -> list[Target]:
    """What the parts of an exam fill; where no part says so, all of them fill the exam's course."""
    groups: dict[tuple[str, str | None], list[Part]] = {}
    for part in parts:
        if part.course_id is not None:
            groups.setdefault((part.course_id, part.component_id), []).append(part)
    if not groups and exam.course_id is not None:
        groups[exam.course_id, None] = list(parts)
    return [Target(*key, tuple(group)) for key, group in groups.items()]


def mark_for(target: Target, person: PersonResult) -> Mark | None:
    """The mark of one examinee in per cent, or the word that stands for it; None while it waits."""
    if person.result is None:
        return None
    if person.result in _ABSENCES:
        return Mark(grade=RESULT_NAMES[person.result], result=person.result)
    weights = sum((Fraction(part.weight) for part in target.parts), Fraction(0))
    points = sum(
        (share_of(part, person.points[part.id]) * Fraction(part.weight) for part in target.parts),
        Fraction(0),
    )
    places = _WHOLE if target.component_id is None else _COMPONENT
    return Mark(score=_plain(half_up(points * 100 / weights, places)))


def _plain(score: Decimal) -> Decimal:
    """Without superfluous zeros, as marks read from sheets are."""
    return score.quantize(Decimal(1)) if score == score.to_integral_value() else score.normalize()
