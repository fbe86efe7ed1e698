"""Every record a package changed, field by field: what was shown here before, what is shown now."""

from __future__ import annotations

from models.store.history import label_of, row_history
from models.store.merging import Merged
from models.store.rows import present
from models.store.wire import Value
from ui.desktop.pages.sync.shown import ChangeLine
from ui.desktop.tasks.field_titles import column_of
from ui.desktop.tasks.field_values import Reading, shown

_WHAT = {"inserted": "新增", "deleted": "删除"}
NAMELESS = "（没有名称）"


def changed_lines(reading: Reading, sender: str, row: Merged, before: int) -> list[ChangeLine]:
    """A line for each field of a row that changed; one line for a row that came or went.

    Args:
        reading: what values are read with.
        sender: who sent the package.
        row: what merging did to the row.
        before: how many versions this file knew before the package was read.
    """
    if not row.what:
        return []
    kind, record = label_of(reading.office.store, row.table), row.caption or NAMELESS
    if row.what in _WHAT:
        return [ChangeLine(sender, kind, record, _WHAT[row.what], "", "")]
    lines: list[ChangeLine] = []
    for name, texts in _fields(reading, row, before).items():
        if texts[0] != texts[1]:
            lines.append(ChangeLine(sender, kind, record, name, *texts))
    return lines or [ChangeLine(sender, kind, record, "有改动", "", "")]


def _fields(reading: Reading, row: Merged, before: int) -> dict[str, tuple[str, str]]:
    """The fields that new versions speak of, by title, each as it was shown and as it is."""
    store = reading.office.store
    was: dict[str, Value] = {}
    told: dict[str, None] = {}
    for step in row_history(store, row.table, row.row):
        for one in step.fields:
            if step.seq > before:
                told[one.column] = None
            else:
                was[one.column] = one.after
    now = present(store, (row.table, row.row)) or {}
    found: dict[str, tuple[str, str]] = {}
    for name in told:
        column = column_of(row.table, name)
        if column is not None:
            values = (was.get(name), now.get(name))
            first, last = (shown(reading, name, column, value) for value in values)
            found[column.title] = first, last
    return found
