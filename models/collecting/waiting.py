"""What of collecting waits for somebody at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_LATE = """
SELECT COUNT(*) FROM collect_template AS t JOIN collect_round AS c ON c.id = t.round_id
WHERE c.due < ? AND c.year = (SELECT MAX(year) FROM collect_round) AND NOT EXISTS (
    SELECT 1 FROM collect_answer AS a WHERE a.round_id = c.id AND a.school_id = t.school_id)
"""
_OPEN = "SELECT COUNT(*) FROM collect_question WHERE state = 'open'"


@dataclass(frozen=True, slots=True)
class CollectingWaiting:
    """How many wait: schools that are late, questions that nobody has dealt with."""

    late: int
    questions: int


def collecting_waiting(office: Office) -> CollectingWaiting:
    """How much of collecting waits to be done."""
    today = office.store.clock.today().isoformat()
    late = int(office.store.value(_LATE, (today,)))
    return CollectingWaiting(late, int(office.store.value(_OPEN)))
