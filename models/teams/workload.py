"""What each trainer did in a year: activities, hours given, hours in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from models.entities.display import from_hundredths
from models.office.context import Office
from models.staff.queries import teacher_rows
from models.teams.crediting import credited
from models.teams.kinds import team_rules
from models.teams.listing import MemberRow, member_rows

_GIVEN = """
SELECT p.teacher_id, p.hours AS own, a.kind, a.hours, a.amount, a.posted_on
FROM activity_person AS p JOIN team_activity AS a ON a.id = p.activity_id
WHERE p.part = 'trainer' AND a.held_on BETWEEN :year || '-01-01' AND :year || '-12-31'
    AND (:team = '' OR a.team_id = :team)
"""
_LEDGER = """
SELECT e.teacher_id, SUM(e.hours) FROM json_each(?) AS wanted
CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value WHERE e.year = ? GROUP BY e.teacher_id
"""


@dataclass(slots=True)
class _Sums:
    activities: int = 0
    hours: Decimal = Decimal(0)
    posted: Decimal = Decimal(0)
    kinds: dict[str, Decimal] = field(default_factory=dict[str, Decimal])


@dataclass(frozen=True, slots=True)
class Workload:
    """A trainer's year.

    Attributes:
        teacher_id, teacher_no, name, school: who.
        teams: the teams and roles held today, in words.
        activities: how many the person gave.
        hours: credited for them.
        posted: of these, those of activities that were posted.
        kinds: title of the kind of activity to hours.
        ledger: all hours of the year in the ledger, whatever for.
        enough: whether the ledger's hours reach the target.
    """

    teacher_id: str
    teacher_no: str
    name: str
    school: str
    teams: tuple[str, ...]
    activities: int
    hours: Decimal
    posted: Decimal
    kinds: dict[str, Decimal]
    ledger: Decimal
    enough: bool


def workload(office: Office, year: int, team_id: str = "") -> list[Workload]:
    """The trainers of a team ("" for all) and whoever gave something, the busiest first."""
    given = _given(office, year, team_id)
    held: dict[str, list[MemberRow]] = {}
    for one in member_rows(office, team_id):
        if one.current and (team_rules().roles[one.role].trainer or one.teacher_id in given):
            held.setdefault(one.teacher_id, []).append(one)
    ids = sorted(given.keys() | held.keys())
    ledger = ledger_hours(office, ids, year)
    least = team_rules().targets.hours.least
    rows: list[Workload] = []
    for person in teacher_rows(office, ids):
        sums = given.get(person.id, _Sums())
        stands = ledger.get(person.id, Decimal(0))
        rows.append(
            Workload(
                teacher_id=person.id,
                **{name: person.shown[name] for name in ("teacher_no", "name", "school")},
                teams=tuple(f"{one.team}{one.role_title}" for one in held.get(person.id, [])),
                activities=sums.activities,
                hours=sums.hours,
                posted=sums.posted,
                kinds=sums.kinds,
                ledger=stands,
                enough=stands >= least,
            )
        )
    return sorted(rows, key=lambda one: (-one.hours, -one.ledger, one.school, one.teacher_no))


def hours_given(office: Office, year: int) -> dict[str, Decimal]:
    """Teacher to the hours credited for what the person gave in a year."""
    return {teacher: sums.hours for teacher, sums in _given(office, year, "").items()}


def ledger_hours(office: Office, teacher_ids: Iterable[str], year: int) -> dict[str, Decimal]:
    """Teacher to all hours of a year in the ledger; reversals already subtract."""
    found = office.store.tuples(_LEDGER, (json.dumps(sorted(set(teacher_ids))), year))
    return {row[0]: Decimal(row[1]) / 100 for row in found}


def _given(office: Office, year: int, team_id: str) -> dict[str, _Sums]:
    found: dict[str, _Sums] = {}
    for row in office.store.query(_GIVEN, {"year": str(year), "team": team_id}):
        kind = team_rules().activity(row["kind"])
        measure = (from_hundredths(row["hours"]), row["amount"])
        hours = credited(kind, "trainer", measure, from_hundredths(row["own"]))
        sums = found.setdefault(row["teacher_id"], _Sums())
        sums.activities += 1
        sums.hours += hours
        sums.posted += hours if row["posted_on"] else Decimal(0)
        sums.kinds[kind.title] = sums.kinds.get(kind.title, Decimal(0)) + hours
    return found
