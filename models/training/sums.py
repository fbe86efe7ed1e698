"""The sums of the ledger by teacher and year, and whether they come out even."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.office.context import Office
from models.policies.cycles import Cycle

_SUMS = """
SELECT teacher_id, year, SUM(hours), SUM(COALESCE(credits, 0)), COUNT(*)
FROM ledger_entry INDEXED BY ledger_sums WHERE year BETWEEN ? AND ? GROUP BY teacher_id, year
"""
_SUMS_OF = """
SELECT e.teacher_id, e.year, SUM(e.hours), SUM(COALESCE(e.credits, 0)), COUNT(*)
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year BETWEEN ? AND ? GROUP BY e.teacher_id, e.year
"""
_UNEVEN = """
SELECT t.teacher_no, t.name, x.every, x.standing FROM (
    SELECT e.teacher_id, SUM(e.hours) AS every,
        SUM(CASE WHEN e.kind <> 'reversal' AND r.id IS NULL THEN e.hours ELSE 0 END) AS standing
    FROM ledger_entry AS e LEFT JOIN ledger_entry AS r ON r.reverses = e.id
    GROUP BY e.teacher_id
) AS x JOIN teacher AS t ON t.id = x.teacher_id WHERE x.every <> x.standing
"""


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one teacher over a cycle; reversals already subtract."""

    hours: Decimal = Decimal(0)
    credits: Decimal = Decimal(0)
    entries: int = 0
    hours_by_year: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])


def totals(office: Office, teacher_ids: Iterable[str] | None, cycle: Cycle) -> dict[str, Total]:
    """The sums of the teachers over a cycle; who has no entry in it is left out.

    Args:
        office: the office.
        teacher_ids: whose; None for everybody.
        cycle: the years, both ends included.
    """
    years = (cycle.first, cycle.last)
    if teacher_ids is None:
        found = office.store.query(_SUMS, years)
    else:
        found = office.store.query(_SUMS_OF, (json.dumps(sorted(set(teacher_ids))), *years))
    sums: dict[str, list[tuple[int, int, int, int]]] = {}
    for teacher_id, year, hours, credits, entries in found:
        sums.setdefault(teacher_id, []).append((year, hours, credits, entries))
    return {teacher_id: _total(lines) for teacher_id, lines in sums.items()}


def uneven_accounts(office: Office) -> list[str]:
    """One Chinese sentence for each teacher whose reversals do not cancel what they answer.

    An audit: the sum of all entries must equal the sum of those that stand.
    """
    return [
        f"{row['name']}（{row['teacher_no']}）全部分录合计 {Decimal(row['every']) / 100} 学时，"
        f"有效分录合计 {Decimal(row['standing']) / 100} 学时，两者不符。"
        for row in office.store.query(_UNEVEN)
    ]


def _total(lines: Iterable[tuple[int, int, int, int]]) -> Total:
    hours = credits = entries = 0
    by_year: dict[int, Decimal] = {}
    for year, year_hours, year_credits, count in lines:
        hours, credits, entries = hours + year_hours, credits + year_credits, entries + count
        by_year[year] = Decimal(year_hours) / 100
    return Total(Decimal(hours) / 100, Decimal(credits) / 100, entries, by_year)
