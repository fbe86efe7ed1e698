"""The ledger as a list shows it: identities in order first, then the rows in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.entities.display import from_hundredths, plain_decimal
from models.office.context import Office

_ORDERS = {
    "name": "t.name_pinyin",
    "school": "e.school_name",
    "year": "e.year",
    "course": "e.course_title",
    "category": "e.category",
    "hours": "e.hours",
    "credits": "e.credits",
    "start_date": "e.start_date",
    "source": "e.source",
}
_ROWS = """
SELECT e.*, t.name, t.teacher_no,
    EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id) AS reversed
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.id = wanted.value
JOIN teacher AS t ON t.id = e.teacher_id
"""
_KINDS = {"record": "登记", "course": "课程", "reversal": "冲销"}


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries a list shows; None and "" mean all."""

    year: int | None = None
    category: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as text; ``reversed`` and ``reversal`` tell what no longer counts."""

    id: str
    shown: Mapping[str, str]
    reversed: bool
    reversal: bool


def entry_ids(
    office: Office, wanted: EntryFilter, order: str = "", *, descending: bool = False
) -> list[str]:
    """The identities of the entries wanted; the newest year first where no order is asked for."""
    conditions = {
        "e.year = :year": wanted.year,
        "e.category = :category": wanted.category,
        "t.name LIKE :name || '%'": wanted.name,
    }
    asked = [text for text, value in conditions.items() if value]
    where = f"WHERE {' AND '.join(asked)}" if asked else ""
    direction = "DESC" if descending else "ASC"
    by = f"{_ORDERS[order]} {direction}, e.id" if order else "e.year DESC, e.start_date DESC, e.id"
    sql = (
        "SELECT e.id FROM ledger_entry AS e JOIN teacher AS t ON t.id = e.teacher_id"  # noqa: S608
        f" {where} ORDER BY {by}"
    )
    given = {"year": wanted.year, "category": wanted.category, "name": wanted.name}
    return [str(row[0]) for row in office.store.query(sql, given)]


def entry_rows(office: Office, ids: Sequence[str]) -> list[EntryRow]:
    """Those entries as text, in no set order."""
    marks = "[" + ",".join(f'"{one}"' for one in ids) + "]"
    return [_shown(office, dict(row)) for row in office.store.query(_ROWS, (marks,))]


def ledger_years(office: Office) -> list[int]:
    """The training years the ledger has entries of, the latest first."""
    rows = office.store.query("SELECT DISTINCT year FROM ledger_entry ORDER BY year DESC")
    return [int(row[0]) for row in rows]


def _shown(office: Office, row: Mapping[str, object]) -> EntryRow:
    def amount(name: str) -> str:
        found = from_hundredths(None if row[name] is None else int(str(row[name])))
        return "" if found is None else plain_decimal(found)

    category = str(row["category"] or "")
    shown = {
        "name": str(row["name"]),
        "teacher_no": str(row["teacher_no"]),
        "school": str(row["school_name"] or ""),
        "year": str(row["year"]),
        "course": str(row["course_title"]),
        "category": office.codes["training_mode"].name_of(category) if category else "",
        "hours": amount("hours"),
        "credits": amount("credits"),
        "start_date": str(row["start_date"] or ""),
        "end_date": str(row["end_date"] or ""),
        "organizer": str(row["organizer"] or ""),
        "score": str(row["score"] or ""),
        "kind": _KINDS.get(str(row["kind"]), str(row["kind"])),
        "source": str(row["source"]),
        "posted_on": str(row["posted_on"]),
        "remark": str(row["remark"] or ""),
    }
    return EntryRow(str(row["id"]), shown, bool(row["reversed"]), row["kind"] == "reversal")
