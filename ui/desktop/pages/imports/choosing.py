"""① 选文件: drop files or choose them; what was read and what could not be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desktop.pages.imports.flow import ImportFlow
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.drop_area import DropArea
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import boxed, button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

WORDS = "把名册、机构名录或培训记录拖到这里"
HINT = "可一次拖入几个文件。支持 .xlsx .xls .et .ods .csv，文件在 WPS 中打开着也请先关闭"
COLUMNS = (
    TableColumn("file", "文件", 20, sortable=False),
    TableColumn("brings", "内容", 14, sortable=False),
    TableColumn("says", "说明", 20, stretch=True, sortable=False),
)


class ChoosingStep(QWidget):
    """The drop area, and below it the files chosen so far.

    Signals:
        asked: the person wants to choose files in a window.
    """

    asked = Signal()

    def __init__(self, flow: ImportFlow, preferences: Preferences) -> None:
        """Show the files of ``flow``."""
        super().__init__()
        self._flow = flow
        self.drop = DropArea(WORDS, HINT)
        self.drop.dropped.connect(flow.add)
        self.drop.asked.connect(self.asked)
        self.table = DataTable(COLUMNS, preferences, "import_files")
        self.table.setAccessibleName("已选的文件")
        self.remove_button = button("移除选中的文件", self.remove, drawing="x")
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove)
        self._grid = GridCard(self.table)
        head = row(label("已选的文件", "heading"), None, self.remove_button)
        self._head = boxed(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.drop, 3)
        layout.addWidget(self._head)
        layout.addWidget(self._grid, 2)

    def show_state(self) -> None:
        """Show what the flow knows now."""
        rows = [
            TableRow(
                str(place),
                {"file": one.path.name, "brings": one.says or "没有读入", "says": one.message},
                {} if one.brings else {"brings": "error", "says": "error"},
                {"says": one.message} if one.message and one.source is None else {},
            )
            for place, one in enumerate(self._flow.files)
        ]
        self.table.show_rows(FixedRows(rows))
        for widget in (self._head, self._grid):
            widget.setVisible(bool(rows))

    def remove(self) -> None:
        """Take the selected files out."""
        self._flow.remove([int(one) for one in self.table.selected_ids()])
