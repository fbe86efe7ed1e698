"""Whom a team is for: the teachers of its stage, subject and track at the schools it serves."""

from __future__ import annotations

import json

from models.office.context import Office
from models.teams.kinds import team_rules
from models.teams.listing import member_rows
from models.teams.registration import read_team

_WHOM = """
SELECT t.id, t.subject FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE COALESCE(t.status, '') NOT IN (SELECT value FROM json_each(:away))
    AND (:stage IS NULL OR t.stage = :stage)
    AND (:track IS NULL OR COALESCE(t.track, i.track, :track) = :track)
    AND (NOT EXISTS (SELECT 1 FROM team_school AS s WHERE s.team_id = :team)
        OR t.school_id IN (SELECT school_id FROM team_school AS s WHERE s.team_id = :team))
ORDER BY i.name, t.name_pinyin, t.id
"""


def audience(office: Office, team_id: str) -> list[str]:
    """The teachers in post a team is for; of all schools where it serves none by name.

    Raises:
        UserError: no such team.
    """
    team = read_team(office, team_id)
    wanted = set((team["subject"] or "").split("、")) - {""}
    asked = {
        "away": json.dumps(team_rules().away),
        "stage": team["stage"],
        "track": team["track"],
        "team": team_id,
    }
    return [
        row["id"]
        for row in office.store.query(_WHOM, asked)
        if not wanted or wanted & set((row["subject"] or "").split("、"))
    ]


def trainers_of(office: Office, team_id: str = "") -> list[str]:
    """The teachers who are trainers of a team ("" for any) today."""
    roles = team_rules().roles
    return sorted(
        {
            one.teacher_id
            for one in member_rows(office, team_id)
            if one.current and roles[one.role].trainer
        }
    )
