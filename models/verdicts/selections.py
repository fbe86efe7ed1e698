"""Which entries count, said twice over: as SQL for everybody's sums, and entry by entry.

A reversal has the facts of what it takes back, so both are selected alike and cancel out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.codes.library import CodeTables
from models.entities.display import plain_decimal, to_hundredths
from models.policies.field_names import SELECTION
from models.policies.requirements import Selection
from models.policies.wording import SELECTION_TABLES, selection_codes

COLUMNS = {"mode": "category", "theme": "theme", "level": "level", "nature": "nature"}
"""What packs call a fact, and the ledger's column."""
_KIND = """CASE e.kind WHEN 'reversal' THEN
    (SELECT o.kind FROM ledger_entry AS o WHERE o.id = e.reverses) ELSE e.kind END"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ``Selection`` with its words as codes."""

    codes: Mapping[str, frozenset[str]]
    hours_from: int | None

    def sql(self) -> str:
        """The condition on ``ledger_entry AS e``; codes are quoted as SQL texts."""
        parts = [
            _among(_KIND if name == "kind" else f"e.{COLUMNS[name]}", codes)
            for name, codes in self.codes.items()
        ]
        if self.hours_from is not None:
            parts.append(f"abs(e.hours) >= {self.hours_from}")
        return " AND ".join(parts) or "TRUE"

    def lack(self, entry: Mapping[str, Any], codes: CodeTables) -> str:
        """Why an entry does not fit, "" if it does.

        Args:
            entry: ``category theme level nature kind hours`` as stored; ``kind`` that of the entry
                a reversal takes back.
            codes: for the names to be told.
        """
        for name, wanted in self.codes.items():
            column = "kind" if name == "kind" else COLUMNS[name]
            if entry[column] not in wanted:
                return _told(name, entry[column], wanted, codes)
        if self.hours_from is not None and abs(entry["hours"]) < self.hours_from:
            return f"一次不足 {plain_decimal(Decimal(self.hours_from) / 100)} 学时"
        return ""


def chosen(selection: Selection, codes: CodeTables) -> Chosen:
    """The selection, ready to be asked."""
    least = None if selection.hours_from is None else to_hundredths(selection.hours_from)
    return Chosen(selection_codes(selection, codes), least)


def any_of(selections: Sequence[Chosen]) -> str:
    """SQL for: one of the selections fits; none given means that everything does."""
    return " OR ".join(one.sql() for one in selections) or "TRUE"


def lack_of_all(selections: Sequence[Chosen], entry: Mapping[str, Any], codes: CodeTables) -> str:
    """Why no selection fits the entry, "" if one does or none is given."""
    lacks = [one.lack(entry, codes) for one in selections]
    if not lacks or "" in lacks:
        return ""
    return "；".join(dict.fromkeys(lacks))


def _told(name: str, value: str | None, wanted: Iterable[str], codes: CodeTables) -> str:
    if name == "kind":
        return "登记类别不在本项之内"
    table = codes[SELECTION_TABLES[name]]
    only = "、".join(table.name_of(code) for code in sorted(wanted))
    if value is None:
        return f"没有登记{SELECTION[name]}，本项只计{only}"
    return f"{SELECTION[name]}为{table.name_of(value)}，本项只计{only}"


def _among(value: str, codes: Iterable[str]) -> str:
    texts = ["'" + code.replace("'", "''") + "'" for code in sorted(codes)]
    return f"{value} = {texts[0]}" if len(texts) == 1 else f"{value} IN ({', '.join(texts)})"
