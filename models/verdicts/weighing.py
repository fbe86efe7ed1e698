"""Entry by entry: whether it lies in a requirement's window, whether it counts, and how much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.codes.library import CodeTables
from models.entities.display import from_hundredths
from models.office.context import Office
from models.verdicts.columns import ONE
from models.verdicts.questions import Question
from models.verdicts.selections import lack_of_all
from models.verdicts.sums import Window, years_of

_ENTRIES = """
SELECT e.id, e.year, e.course_title AS title, e.category, e.theme, e.level, e.nature, e.hours,
    e.credits, e.start_date, e.end_date, e.posted_on, e.organizer, e.source,
    COALESCE(o.kind, e.kind) AS kind, e.kind = 'reversal' AS reversal,
    (SELECT MIN(r.posted_on) FROM ledger_entry AS r WHERE r.reverses = e.id) AS reversed_on
FROM ledger_entry AS e
LEFT JOIN ledger_entry AS o ON o.id = e.reverses AND e.kind = 'reversal'
WHERE e.teacher_id = ? ORDER BY e.year, e.start_date, e.rowid
"""
Entry = Mapping[str, Any]
Placing = Callable[[Entry], tuple[bool, str]]
"""Whether an entry lies in the window, and what to say of that."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry (or compulsory course), and what became of it under one requirement.

    Attributes:
        id: the entry or course.
        year, title, start_date, mode, theme, hours: as it says, codes by name.
        amount: what it brings, in the requirement's own unit; 0 for one that does not count.
        reason: why it does not count, or a remark on one that does; "" for neither.
    """

    id: str
    year: int
    title: str
    start_date: str
    mode: str
    theme: str
    hours: Decimal
    amount: Decimal
    reason: str = ""


def entries_of(office: Office, teacher_id: str) -> list[dict[str, Any]]:
    """A teacher's entries as stored, reversals with the kind of what they take back."""
    return [dict(row) for row in office.store.query(_ENTRIES, (teacher_id,))]


def weigh(
    one: Question, entry: Entry, placing: Placing, cut: date | None, codes: CodeTables
) -> Weighed:
    """What becomes of an entry under a requirement."""
    within, told = placing(entry)
    reason = _why_not(one, entry, cut, codes) if within else told
    amount = 0 if reason else _amount(one, entry)
    if not reason and not amount:
        reason = f"没有{one.demand.unit}"
    return Weighed(
        id=entry["id"],
        year=entry["year"],
        title=entry["title"],
        start_date=entry["start_date"] or "",
        mode=_name(codes, "training_mode", entry["category"]),
        theme=_name(codes, "training_theme", entry["theme"]),
        hours=from_hundredths(entry["hours"]) or Decimal(0),
        amount=from_hundredths(amount) or Decimal(0),
        reason=reason or told,
    )


def in_years(one: Question) -> Placing:
    """The window of whole years."""

    def placing(entry: Entry) -> tuple[bool, str]:
        within = one.first <= entry["year"] <= one.last
        return within, "" if within else f"{entry['year']} 年不在 {one.first}—{one.last} 年之内"

    return placing


def in_terms(one: Question) -> Placing:
    """The window of terms: an entry without a day lies in none."""

    def placing(entry: Entry) -> tuple[bool, str]:
        if not entry["start_date"]:
            return False, "没有日期，不知属于哪个学期"
        year = int(entry["start_date"][:4])
        within = one.first <= year <= one.last
        if within and abs(year - entry["year"]) > 1:
            return False, f"年度 {entry['year']} 与日期 {entry['start_date']} 不符，请更正"
        return within, "" if within else f"{year} 年不在 {one.first}—{one.last} 年之内"

    return placing


def in_window(window: Window) -> Placing:
    """Days that belong to one person: an entry without a day is placed by its year."""
    words = f"{window.first_day} 至 {window.end_day}（不含）"

    def placing(entry: Entry) -> tuple[bool, str]:
        if entry["start_date"]:
            within = window.first_day <= entry["start_date"] < window.end_day
            return within, "" if within else f"不在 {words} 之间"
        first, last = years_of(window)
        within = first <= entry["year"] <= last
        return within, "没有日期，按年度计入" if within else f"没有日期，年度也不在 {words} 之间"

    return placing


def _why_not(one: Question, entry: Entry, cut: date | None, codes: CodeTables) -> str:
    if cut is not None and not _had_come(entry, entry["posted_on"], cut):
        return f"在 {cut.isoformat()} 之后"
    if entry["reversal"]:
        return "冲销记录，与被冲销的一条相抵"
    reversed_on = entry["reversed_on"]
    if reversed_on and (cut is None or _had_come(entry, reversed_on, cut)):
        return "已被冲销"
    excluded: Sequence[str] = [
        reason for selection, reason in one.excluded if not selection.lack(entry, codes)
    ]
    return excluded[0] if excluded else lack_of_all(one.of, entry, codes)


def _had_come(entry: Entry, posted_on: str, cut: date) -> bool:
    """Whether a training had ended by a day; of one without days, whether it was posted by then."""
    if entry["year"] < cut.year:
        return True
    known = entry["end_date"] or entry["start_date"]
    if known:
        return str(known) <= cut.isoformat()
    return posted_on <= cut.isoformat() or (cut.month, cut.day) == (12, 31)


def _amount(one: Question, entry: Entry) -> int:
    match one.demand.measure:
        case "hours":
            return int(entry["hours"])
        case "credits":
            return int(entry["credits"] or 0)
        case _:
            return ONE


def _name(codes: CodeTables, table: str, code: str | None) -> str:
    return codes[table].name_of(code) if code else ""
