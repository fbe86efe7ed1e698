"""Rows in memory: columns of numbers are sorted as numbers."""

from __future__ import annotations

from ui.desktop.widgets.table.source import (
    FixedRows,
    Order,
    TableColumn,
    TableRow,
    numbers_of,
)

COLUMNS = (TableColumn("name", "名称"), TableColumn("rate", "合格率", numeric=True))


def test_numbers_are_sorted_by_what_they_are_worth_and_empty_cells_come_first():
    texts = ("9%", "1,200", "80", "", "9.5")
    rows = [TableRow(text or "none", {"name": "校", "rate": text}) for text in texts]
    found = FixedRows(rows, numbers_of(COLUMNS, rows))
    assert found.ids(Order("rate")) == ["none", "9%", "9.5", "80", "1,200"]
    assert found.ids(Order("rate", descending=True))[0] == "1,200"
