"""The facts that conditions ask of people: of the register, the ledger, titles held, the rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import cycle_of
from models.titles.grants import GrantFilter, grants
from models.titles.kinds import Condition, title_rules
from models.verdicts.basis import pack_over
from models.verdicts.designations import entitlements
from models.verdicts.judging import judge
from models.verdicts.people import Person, people_on
from models.verdicts.periods import of_cycle
from models.verdicts.vetoes import standing_vetoes

_HOURS = """
SELECT e.teacher_id, SUM(e.hours) AS hours
FROM json_each(:ids) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year BETWEEN :first AND :last
    AND (:themes = '[]' OR e.theme IN (SELECT value FROM json_each(:themes)))
    AND (:modes = '[]' OR e.category IN (SELECT value FROM json_each(:modes)))
GROUP BY e.teacher_id
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of people on a day.

    Attributes:
        day: the day.
        people: teacher to what the register has.
        titles: teacher to the kinds of titles held, with their names.
        hours: condition to teacher to hours.
        vetoes: teacher to the vetoes of the day's year and the one before.
        entitled: designation to teacher to what is in the way; () for earned.
        troubles: designation to why it cannot be told.
    """

    day: date
    people: dict[str, Person]
    titles: dict[str, dict[str, str]]
    hours: dict[str, dict[str, Decimal]]
    vetoes: dict[str, tuple[str, ...]]
    entitled: dict[str, dict[str, tuple[str, ...]]] = field(
        default_factory=dict[str, dict[str, tuple[str, ...]]]
    )
    troubles: dict[str, str] = field(default_factory=dict[str, str])


def facts_of(office: Office, ids: Sequence[str], conditions: Iterable[Condition]) -> Facts:
    """What the conditions ask of these teachers, as of today."""
    day = office.store.clock.today()
    asked = list(conditions)
    found = Facts(
        day=day,
        people={one.id: one for one in people_on(office, day, ids)},
        titles=_titles(office, ids),
        hours={one.key: _hours(office, ids, one, day) for one in asked if one.what == "hours"},
        vetoes=_vetoes(office, day.year),
    )
    wanted = {one.designation for one in asked if one.what == "designation"}
    if wanted:
        _designations(office, ids, wanted, found)
    return found


def _titles(office: Office, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """Kinds of titles held by teacher; the register's word counts where no grant explains it."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    rules = title_rules()
    rows = office.store.query(
        "SELECT id, backbone FROM teacher WHERE backbone IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    for row in rows:
        title = rules.by_code(row["backbone"])
        if title is not None:
            held[row["id"]][title[0]] = rules.title_of(*title)
    wanted = set(ids)
    for one in grants(office, GrantFilter(state="valid")):
        if one.teacher_id in wanted:
            held[one.teacher_id][one.kind] = one.title
    return held


def _hours(office: Office, ids: Sequence[str], one: Condition, day: date) -> dict[str, Decimal]:
    given = {
        "ids": json.dumps(list(ids)),
        "first": day.year - max(one.years, 1) + 1,
        "last": day.year,
        "themes": json.dumps(one.themes),
        "modes": json.dumps(one.modes),
    }
    rows = office.store.query(_HOURS, given)
    return {row["teacher_id"]: from_hundredths(row["hours"]) or Decimal(0) for row in rows}


def _vetoes(office: Office, year: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in (year - 1, year):
        for teacher_id, told in standing_vetoes(office, each).items():
            found[teacher_id] = (
                *found.get(teacher_id, ()),
                *(f"{each} 年{one.words}" for one in told),
            )
    return found


def _designations(office: Office, ids: Sequence[str], wanted: set[str], found: Facts) -> None:
    """What the rule pack says of designations, over the cycle of the day."""
    period = of_cycle(cycle_of(office, found.day.year))
    try:
        pack = pack_over(office, period, found.day)
        board = judge(office, period, pack, as_of=found.day, ids=ids)
        results = entitlements(office, board, pack)
    except UserError as error:
        found.troubles.update(dict.fromkeys(wanted, error.message.rstrip("。")))
        return
    known = {one.title for one in pack.designations}
    for each in wanted - known:
        found.troubles[each] = f"规则包“{pack.title}”没有认定“{each}”"
    for one in results:
        if one.designation.title in wanted:
            person = board.people[one.place]
            found.entitled.setdefault(one.designation.title, {})[person.id] = one.reasons
