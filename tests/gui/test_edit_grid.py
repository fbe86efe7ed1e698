"""The grid to type into: what changes, what is refused, what the clipboard carries."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.desktop.widgets.edit_grid import EditColumn, EditGrid, EditRow

COLUMNS = (
    EditColumn("name", "姓名", editable=False, stretch=True),
    EditColumn("first", "第一科", numeric=True),
    EditColumn("second", "第二科", numeric=True),
)
LINES = [
    EditRow("a", {"name": "甲", "first": "80"}),
    EditRow("b", {"name": "乙"}, {"first": "看原卷"}),
]


def numbers_only(_row, _column, text):
    return "" if not text or text.isdecimal() else f"“{text}”不是数"


@pytest.fixture
def grid(qtbot, qtmodeltester):
    found = EditGrid("成绩", numbers_only)
    qtbot.addWidget(found)
    found.resize(600, 300)
    found.show_sheet(COLUMNS, LINES)
    found.show()
    qtmodeltester.check(found.sheet)
    found.sheet.reset()
    found.setCurrentIndex(found.sheet.index(0, 1))
    return found


def key(qtbot, grid, wanted, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(grid, wanted, modifier)


def test_a_block_is_pasted_from_the_chosen_cell_and_what_does_not_fit_is_told(qtbot, grid):
    QGuiApplication.clipboard().setText("90\t91\n92\t93\n94\t95")
    with qtbot.waitSignal(grid.lost) as told:
        key(qtbot, grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [2]
    assert grid.changed_texts() == {
        "a": {"first": "90", "second": "91"},
        "b": {"first": "92", "second": "93"},
    }


def test_only_what_differs_counts_as_changed_and_can_be_given_up(qtbot, grid):
    sheet = grid.sheet
    sheet.setData(sheet.index(0, 1), " 80 ")
    assert not sheet.changes
    sheet.setData(sheet.index(0, 1), "81")
    assert sheet.text(0, 1) == "81"
    sheet.reset()
    assert sheet.text(0, 1) == "80"


def test_a_cell_that_cannot_be_taken_says_why_and_read_only_cells_take_nothing(grid):
    sheet = grid.sheet
    sheet.setData(sheet.index(1, 2), "八十")
    assert sheet.data(sheet.index(1, 2), Qt.ItemDataRole.ToolTipRole) == "“八十”不是数"
    assert not sheet.setData(sheet.index(1, 0), "丙")
    assert sheet.data(sheet.index(1, 1), Qt.ItemDataRole.ToolTipRole) == "看原卷"


def test_delete_empties_the_selected_cells_and_copy_keeps_their_shape(qtbot, grid):
    grid.selectAll()
    key(qtbot, grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "甲\t80\t\n乙\t\t"
    key(qtbot, grid, Qt.Key.Key_Delete)
    assert grid.changed_texts() == {"a": {"first": ""}}


def test_enter_goes_down_and_stays_at_the_last_row(qtbot, grid):
    key(qtbot, grid, Qt.Key.Key_Return)
    key(qtbot, grid, Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1)


def test_the_stretching_column_takes_what_is_left_but_keeps_its_own_width(qtbot, grid):
    narrow = grid.columnWidth(0)
    grid.resize(900, 300)
    assert grid.columnWidth(0) > narrow
    grid.resize(200, 300)
    assert grid.columnWidth(0) >= grid.fontMetrics().horizontalAdvance("国") * 6
