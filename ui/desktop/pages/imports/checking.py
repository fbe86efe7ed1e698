"""The view model of the check: the rows of one table, each with its fate and its bad cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from models.entities.problems import Severity
from models.exchange.plans import Action, ImportKind, PlannedRow, TablePlan
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow

if TYPE_CHECKING:
    from models.exchange.reading.tables import FoundTable

KIND_NAMES = {
    ImportKind.INSTITUTIONS: "机构名录",
    ImportKind.TEACHERS: "教师名册",
    ImportKind.RECORDS: "培训记录",
}
FATES = {
    "insert": ("新增", "ok"),
    "update": ("更新", "info"),
    "unchanged": ("不变", "muted"),
    "refuse": ("有错", "error"),
    "skip": ("重复", "muted"),
    "warn": ("待核对", "warn"),
}
"""Fate of a row to its name and tone; ``warn`` are rows that are taken but tell something."""
_LONG = 60


def fates_of(row: PlannedRow) -> frozenset[str]:
    """The fates a row is counted under."""
    found = {str(row.action)}
    taken = row.action not in (Action.REFUSE, Action.SKIP)
    if taken and any(one.severity is Severity.WARN for one in row.problems):
        found.add("warn")
    return frozenset(found)


def count_fates(plans: Sequence[TablePlan]) -> Counter[str]:
    """How many rows of the tables meet which fate."""
    return Counter(fate for plan in plans for row in plan.rows for fate in fates_of(row))


def check_columns(found: FoundTable, titles: Mapping[str, str]) -> list[TableColumn]:
    """The columns of the check: row, fate, explanation, then the table's own fields."""
    fields = [name for _, name in sorted(found.columns.items())]
    return [
        TableColumn("row", "行号", 3, numeric=True, sortable=False),
        TableColumn("fate", "结果", 4, sortable=False),
        TableColumn("why", "说明", 26, sortable=False),
        *(TableColumn(name, titles.get(name, name), 8, sortable=False) for name in fields),
    ]


class CheckRows:
    """The rows of one table; only those of one fate where asked."""

    def __init__(
        self, found: FoundTable, plan: TablePlan, titles: Mapping[str, str], fate: str = ""
    ) -> None:
        """Show ``plan`` over the raw cells of ``found``."""
        self._raw = {number: cells for number, cells in found.rows}
        self._rows = plan.rows
        self._titles = titles
        self._fate = fate

    def ids(self, _order: Order | None) -> Sequence[str]:
        """The places of the rows in the plan."""
        return [
            str(place)
            for place, row in enumerate(self._rows)
            if not self._fate or self._fate in fates_of(row)
        ]

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """The rows as text, bad cells marked."""
        return [self._row(one, self._rows[int(one)]) for one in ids]

    def _row(self, identity: str, row: PlannedRow) -> TableRow:
        fate = "warn" if "warn" in fates_of(row) else str(row.action)
        name, tone = FATES[fate]
        raw = self._raw.get(row.row, {})
        texts = {field: _text(cell) for field, cell in raw.items()}
        notes = {one.field: one.message for one in row.problems if one.field in raw}
        tones = {
            one.field: "error" if one.severity is Severity.REFUSE else "warn"
            for one in reversed(row.problems)
            if one.field in raw
        }
        texts |= {"row": str(row.row), "fate": name, "why": self._why(row)}
        return TableRow(
            identity,
            texts,
            {**{k: v for k, v in tones.items() if k}, "fate": tone},
            {k: v for k, v in notes.items() if k},
        )

    def _why(self, row: PlannedRow) -> str:
        if row.problems:
            return "；".join(one.message for one in row.problems)
        if row.changes:
            return "；".join(
                f"{self._titles.get(one.field, one.field)}：{one.before or '空'} → {one.after or '空'}"
                for one in row.changes
            )
        return ""


def _text(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= _LONG else text[:_LONG] + "…"
