"""The view model of the history: the steps, and what one of them changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from models.entities.describe import Column, Entity, columns
from models.entities.display import mask, show
from models.office.context import Office
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.store.history import FieldChange, OperationSummary, RowChange, changes, history
from models.training.records import TrainingRecord
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

STEPS = 1000
ROWS = 200
COLUMNS = (
    TableColumn("at", "时间", 9, sortable=False),
    TableColumn("title", "操作", 20, stretch=True, sortable=False),
    TableColumn("counts", "涉及", 14, sortable=False, listed=False),
    TableColumn("person", "操作人", 5, sortable=False),
    TableColumn("state", "状态", 4, sortable=False),
)
CHANGE_COLUMNS = (
    TableColumn("what", "项目", 9, sortable=False),
    TableColumn("before", "修改前", 7, sortable=False),
    TableColumn("after", "修改后", 7, sortable=False, stretch=True),
)
_ENTITIES: Mapping[str, type[Entity]] = {
    "teacher": Teacher,
    "institution": Institution,
    "ledger_entry": TrainingRecord,
}
_WORDS = {"inserted": "新增", "changed": "修改", "deleted": "删除"}
_INNER = frozenset({"name_pinyin", "name_initials"})
_NAMES = {
    "school_id": "school",
    "school_reported": "school",
    "parent_id": "parent",
    "parent_reported": "parent",
}


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

    def rows(self, query: str = "") -> FixedRows:
        """The steps whose title or person holds the query, newest first."""
        return FixedRows(
            [_row(one) for one in self._steps if query in one.title or query in one.person]
        )

    def changed(self, operation_id: str) -> FixedRows:
        """What a step changed, field by field, at most ``ROWS`` rows of the office."""
        office = self._session.office
        found = changes(office.store, operation_id, limit=ROWS)
        lines = [line for change in found for line in _lines(office, change)]
        return FixedRows([TableRow(str(place), line) for place, line in enumerate(lines)])


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


def _lines(office: Office, change: RowChange) -> list[dict[str, str]]:
    """A line for each field of a changed row; one line for a row that came or went."""
    who = f"{change.label} {change.caption}".strip()
    if change.what != "changed":
        after = "已删除" if change.what == "deleted" else "新增"
        return [{"what": who, "before": "", "after": after}]
    entity = _ENTITIES.get(change.table)
    described = columns(entity) if entity else {}
    lines: list[dict[str, str]] = []
    for one in change.fields:
        if one.column in _INNER:
            continue
        field = _NAMES.get(one.column, one.column)
        column = described.get(field)
        title = column.title if column else one.column
        before, after = (_shown(office, column, one, value) for value in (one.before, one.after))
        if before != after:
            lines.append({"what": f"{change.caption}：{title}", "before": before, "after": after})
    return lines


def _shown(
    office: Office, column: Column | None, change: FieldChange, value: str | int | None
) -> str:
    if value is None:
        return ""
    if change.column in ("school_id", "parent_id", "institution_id"):
        found = office.store.value("SELECT name FROM institution WHERE id = ?", (value,))
        return str(found or "")
    if column is None:
        return str(value)
    return mask(column, show(column, value, office.codes))
