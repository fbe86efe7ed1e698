"""What waits for somebody at the desk: claims, plans, choices, and courses that end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.office.context import Office

_WAITING = """
SELECT (SELECT COUNT(*) FROM ledger_claim WHERE state IN ('entered', 'approved')),
    (SELECT COUNT(*) FROM course WHERE approval = 'filed'),
    (SELECT COUNT(*) FROM enrolment WHERE state IN ('chosen', 'supported'))
"""
_ENDING = """
SELECT id, title, end_date FROM course
WHERE status <> 'closed' AND end_date <= :until
ORDER BY end_date < :today, CASE WHEN end_date >= :today THEN end_date END,
    end_date DESC, title, id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait: claims of hours, plans of courses, choices of teachers."""

    claims: int
    plans: int
    choices: int


@dataclass(frozen=True, slots=True)
class Ending:
    """A course that is not closed though it ends or has ended; days until then, below 0 past it."""

    id: str
    title: str
    end_date: str
    days: int


def waiting(office: Office) -> Waiting:
    """How much waits for a decision."""
    found = office.store.one(_WAITING)
    return Waiting(*found) if found else Waiting(0, 0, 0)


def ending_courses(office: Office, within: int = 30, most: int = 5) -> list[Ending]:
    """The courses that end within so many days and those overdue, the next first.

    Of those overdue the latest come first.
    """
    today = office.store.clock.today()
    given = {
        "until": (today + timedelta(days=within)).isoformat(),
        "most": most,
        "today": today.isoformat(),
    }
    return [
        Ending(row[0], row[1], row[2], (date.fromisoformat(row[2]) - today).days)
        for row in office.store.query(_ENDING, given)
    ]
