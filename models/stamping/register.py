"""The register lines of a year: what the booklet gets, and what changed since the stamp."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from models.office.context import Office
from models.stamping.records import RegisterLine, StampLine, read_register_line

_STANDING = """
SELECT e.teacher_id, e.id AS entry_id, e.start_date AS first_day, e.end_date AS last_day,
    e.course_title AS title, e.category AS mode, e.hours, e.credits, e.score, e.organizer
FROM json_each(:ids) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year = :year AND e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
ORDER BY e.teacher_id, COALESCE(e.start_date, ''), e.course_title, e.id
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """What the ledger says now of a year that was stamped otherwise.

    Attributes:
        line: the stamped line.
        hours_now: the year's hours now.
        added, removed: register lines that came after the stamp, and those taken back since.
    """

    line: StampLine
    hours_now: Decimal
    added: tuple[RegisterLine, ...]
    removed: tuple[RegisterLine, ...]


def stored_registers(office: Office, year: int, teacher_ids: Sequence[str]) -> dict[str, str]:
    """Teacher to the year's register lines as JSON, ready to be frozen."""
    found: dict[str, list[dict[str, Any]]] = {one: [] for one in teacher_ids}
    modes = office.codes["training_mode"]
    for row in office.store.query(_STANDING, {"ids": json.dumps(list(teacher_ids)), "year": year}):
        line = dict(row)
        teacher_id = line.pop("teacher_id")
        for name in ("first_day", "last_day", "score", "organizer"):
            line[name] = line[name] or ""
        line["mode"] = modes.name_of(line["mode"]) if line["mode"] else ""
        found[teacher_id].append(line)
    return {one: json.dumps(lines, ensure_ascii=False) for one, lines in found.items()}


def register_sums(text: str) -> tuple[int, int]:
    """Hundredths of hours and credits of register lines as ``stored_registers`` gives them."""
    lines = json.loads(text)
    hours = sum(one["hours"] for one in lines)
    return hours, sum(one["credits"] or 0 for one in lines)


def registers(
    office: Office, year: int, teacher_ids: Sequence[str]
) -> dict[str, tuple[RegisterLine, ...]]:
    """Teacher to the year's register lines as the ledger has them now."""
    return {
        one: tuple(read_register_line(stored) for stored in json.loads(text))
        for one, text in stored_registers(office, year, teacher_ids).items()
    }


def corrections(office: Office, year: int, lines: Iterable[StampLine]) -> list[Correction]:
    """The stamped lines whose register would read otherwise today."""
    stamped = [line for line in lines if line.stamped]
    now = registers(office, year, [line.teacher_id for line in stamped])
    found: list[Correction] = []
    for line in stamped:
        added = _without(now[line.teacher_id], line.register)
        removed = _without(line.register, now[line.teacher_id])
        if added or removed:
            hours = sum((one.hours for one in now[line.teacher_id]), Decimal(0))
            found.append(Correction(line, hours, added, removed))
    return found


def _without(
    lines: Sequence[RegisterLine], others: Sequence[RegisterLine]
) -> tuple[RegisterLine, ...]:
    """The lines that say what none of the others says, each of those taken once.

    A reversal that was taken back leaves another entry that says the same.
    """
    left = Counter(replace(one, entry_id="") for one in others)
    found: list[RegisterLine] = []
    for one in lines:
        said = replace(one, entry_id="")
        if left[said]:
            left[said] -= 1
        else:
            found.append(one)
    return tuple(found)
