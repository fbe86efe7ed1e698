"""What of the teams waits for somebody at the desk: plans to approve, hours to post."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_WAITING = """
SELECT (SELECT COUNT(*) FROM team_plan WHERE state = 'submitted'),
    (SELECT COUNT(*) FROM team_activity AS a WHERE a.posted_on IS NULL
        AND EXISTS (SELECT 1 FROM activity_person AS p WHERE p.activity_id = a.id))
"""


@dataclass(frozen=True, slots=True)
class TeamsWaiting:
    """How many wait: plans handed in, and activities with people whose hours are not posted."""

    plans: int
    activities: int


def teams_waiting(office: Office) -> TeamsWaiting:
    """How much of the teams waits."""
    found = office.store.one(_WAITING)
    return TeamsWaiting(*found) if found else TeamsWaiting(0, 0)
