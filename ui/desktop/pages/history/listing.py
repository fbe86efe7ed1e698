"""The view model of the history: the steps, and what one of them changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from models.store.history import OperationSummary, RowChange, changes, history
from ui.desktop.tasks.field_titles import column_of
from ui.desktop.tasks.field_values import Reading, reading_of, shown
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

STEPS = 1000
ROWS = 200
FEW = 20
"""Of so many rows at most that came or went, every field is listed."""

COLUMNS = (
    TableColumn("at", "时间", 9, sortable=False),
    TableColumn("title", "操作", 20, stretch=True, sortable=False),
    TableColumn("counts", "涉及", 14, sortable=False, listed=False),
    TableColumn("person", "操作人", 4, sortable=False),
    TableColumn("state", "状态", 4, sortable=False),
)
CHANGE_COLUMNS = (
    TableColumn("who", "记录", 8, sortable=False),
    TableColumn("field", "项目", 5, sortable=False),
    TableColumn("before", "修改前", 7, sortable=False),
    TableColumn("after", "修改后", 7, sortable=False, stretch=True),
)
_WORDS = {"inserted": "新增", "changed": "修改", "deleted": "删除"}
_TONES = {"inserted": "ok", "deleted": "error"}


class HistoryListing(QObject):
    """The latest steps and what one of them changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin empty; ``read`` fills it."""
        super().__init__(parent)
        self._session = session
        self._steps: Sequence[OperationSummary] = ()

    @property
    def total(self) -> int:
        """How many steps are listed."""
        return len(self._steps)

    def read(self) -> None:
        """Read the history anew."""
        self._steps = history(self._session.office.store, STEPS)

    def step(self, operation_id: str) -> OperationSummary | None:
        """One of the steps."""
        return next((one for one in self._steps if one.id == operation_id), None)

    def undoing(self, step: OperationSummary) -> OperationSummary | None:
        """The step that took this one back and stands; None where there is none."""
        if not step.undone:
            return None
        return next((one for one in self._steps if one.undoes == step.id and not one.undone), None)

    def rows(self, query: str = "") -> FixedRows:
        """The steps whose title or person holds the query, newest first."""
        return FixedRows(
            [_row(one) for one in self._steps if query in one.title or query in one.person]
        )

    def changed(self, operation_id: str, limit: int = ROWS) -> tuple[FixedRows, bool]:
        """What a step changed, field by field, and whether there is more.

        Args:
            operation_id: the step.
            limit: how many rows of the office at most.
        """
        office = self._session.office
        found = changes(office.store, operation_id, limit=limit)
        reading = reading_of(office)
        rows = [
            TableRow(f"{place}/{line}", texts, {"field": tone} if tone else {})
            for place, change in enumerate(found)
            for tone in [_TONES.get(change.what, "")]
            for line, texts in enumerate(_lines(reading, change, whole=len(found) <= FEW))
        ]
        return FixedRows(rows), len(found) == limit


def counts_text(step: OperationSummary) -> str:
    """How many rows of what were added, changed or deleted: 教师 新增 12."""
    parts = [
        f"{label} "
        + "、".join(
            f"{_WORDS.get(what, what)} {count:,}" for what, count in sealed.items() if count
        )
        for label, sealed in step.counts.items()
    ]
    return "；".join(parts)


def when(moment: str) -> str:
    """An ISO moment as lists show it: 2026-11-22 10:42."""
    return moment[:16].replace("T", " ")


def _row(step: OperationSummary) -> TableRow:
    state = "已撤销" if step.undone else ""
    texts = {
        "at": when(step.at),
        "title": step.title,
        "counts": counts_text(step),
        "person": step.person,
        "state": state,
    }
    return TableRow(
        step.id, texts, dict.fromkeys(("title", "state"), "muted") if step.undone else {}
    )


def _lines(reading: Reading, change: RowChange, *, whole: bool) -> list[dict[str, str]]:
    """A line for each field that differs; one line for a row among many that came or went."""
    who = f"{change.label} {change.caption}".strip()
    lines = [] if change.what == "changed" else [{"who": who, "field": _WORDS[change.what]}]
    if lines and not whole:
        return lines
    for one in change.fields:
        column = column_of(change.table, one.column)
        if column is None:
            continue
        before, after = (
            shown(reading, one.column, column, each) for each in (one.before, one.after)
        )
        if before != after:
            lines.append({"who": who, "field": column.title, "before": before, "after": after})
    return lines
