"""What waits at the desk of exams: which ones lack a list, a draw, seats, marks or posting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from models.exams.overview import Overview, overviews
from models.office.context import Office

Lack = Literal["frame", "draw", "seats", "marks", "publishing", "posting"]
LACKS: tuple[Lack, ...] = ("frame", "draw", "seats", "marks", "publishing", "posting")
"""In the order in which they are made up for."""


@dataclass(frozen=True, slots=True)
class WaitingExams:
    """Exams that wait for the same thing; their identities."""

    lack: Lack
    exam_ids: tuple[str, ...]


def waiting_exams(office: Office) -> list[WaitingExams]:
    """The exams that are not finished, by what each of them lacks next."""
    return grouped((exam_id, lack_of(now)) for exam_id, now in overviews(office).items())


def grouped(found: Iterable[tuple[str, Lack | None]]) -> list[WaitingExams]:
    """Exams by what they lack; those that lack nothing are left out."""
    by_lack: dict[Lack, list[str]] = {}
    for exam_id, lack in found:
        if lack is not None:
            by_lack.setdefault(lack, []).append(exam_id)
    return [WaitingExams(one, tuple(by_lack[one])) for one in LACKS if one in by_lack]


def lack_of(now: Overview) -> Lack | None:
    """What an exam with these figures lacks next; None where it is finished."""
    drawn = now.whole or (now.draws and not now.outdated)
    there: dict[Lack, bool] = {
        "frame": now.pool is not None,
        "draw": bool(drawn),
        "seats": bool(now.people) and now.seated >= now.people,
        "marks": now.settled,
        "publishing": bool(now.published_on),
        "posting": bool(now.posted_on),
    }
    return next((one for one in LACKS if not there[one]), None)
