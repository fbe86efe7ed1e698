"""How far the county is from what it is to reach: trainers to teachers, hours, workshops."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from models.office.context import Office
from models.teams.audience import trainers_of
from models.teams.kinds import Target, team_rules
from models.teams.listing import team_rows
from models.teams.workload import ledger_hours

_IN_POST = """
SELECT COUNT(*) FROM teacher
WHERE COALESCE(status, '') NOT IN (SELECT value FROM json_each(?))
"""
_UNITS = """
SELECT i.id, i.name FROM json_each(?) AS wanted CROSS JOIN institution AS i
    ON i.type = wanted.value
WHERE COALESCE(i.status, '1') = '1' ORDER BY i.name
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """A target and how it stands.

    Attributes:
        target: what is asked, with its clause.
        wanted, found: the number to reach and the number there is.
        words: both in a sentence.
        short: whom or what it lacks, in words.
    """

    target: Target
    wanted: int
    found: int
    words: str
    short: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.found >= self.wanted


def targets_reached(office: Office, year: int) -> list[Reached]:
    """Every target as it stands today; hours those of the year."""
    trainers = trainers_of(office)
    return [
        _ratio(office, len(trainers)),
        _hours(office, trainers, year),
        _workshops(office),
    ]


def _ratio(office: Office, trainers: int) -> Reached:
    target = team_rules().targets.trainers
    teachers = int(office.store.value(_IN_POST, (json.dumps(team_rules().away),)))
    wanted = -(-teachers // target.per)
    words = (
        f"在岗教师 {teachers:,} 人，按 {target.per}:1 应有培训者 {wanted} 人，现有 {trainers} 人"
    )
    return Reached(target, wanted, trainers, words)


def _hours(office: Office, trainers: list[str], year: int) -> Reached:
    target = team_rules().targets.hours
    ledger = ledger_hours(office, trainers, year)
    enough = [one for one in trainers if ledger.get(one, 0) >= target.least]
    words = f"{year} 年培训者 {len(trainers)} 人，满 {target.least} 学时的 {len(enough)} 人"
    return Reached(target, len(trainers), len(enough), words)


def _workshops(office: Office) -> Reached:
    """Units that host enough teams of the kinds that count."""
    target = team_rules().targets.workshops
    counts = Counter(
        row.host_id for row in team_rows(office, ended=False) if row.kind in target.kinds
    )
    units = office.store.tuples(_UNITS, (json.dumps(target.units),))
    short = [
        (name, counts[identity]) for identity, name in units if counts[identity] < target.least
    ]
    told = tuple(f"{name}（{count} 个）" for name, count in short)
    types = office.codes["institution_type"]
    called = "、".join(types.name_of(one) for one in target.units)
    words = f"{called} {len(units)} 所，组建满 {target.least} 个的 {len(units) - len(short)} 所"
    return Reached(target, len(units), len(units) - len(short), words, told)
