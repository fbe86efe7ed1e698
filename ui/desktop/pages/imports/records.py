"""导入记录: every import with file, time, person and counts; each can be taken back."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from models.exchange.batches import Batch, list_batches
from models.exchange.plans import KIND_TITLES, ImportKind
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("at", "时间", 10),
    TableColumn("file", "文件", 18, stretch=True),
    TableColumn("kind", "内容", 6),
    TableColumn("inserted", "新增", 3, numeric=True, sortable=False),
    TableColumn("updated", "更新", 3, numeric=True, sortable=False),
    TableColumn("unchanged", "不变", 3, numeric=True, sortable=False),
    TableColumn("refused", "退回", 3, numeric=True, sortable=False),
    TableColumn("skipped", "略过", 3, numeric=True, sortable=False),
    TableColumn("warned", "提醒", 3, numeric=True, sortable=False),
    TableColumn("person", "操作人", 5),
    TableColumn("state", "状态", 4),
)
NONE = "还没有导入过文件。"
_COUNTS = ("inserted", "updated", "unchanged", "refused", "skipped", "warned")


class RecordsTab(QWidget):
    """The imports, newest first."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self._session = session
        self._batches: dict[str, Batch] = {}
        self.table = DataTable(COLUMNS, session.preferences, "import_records")
        self.table.setAccessibleName("导入记录")
        self.grid = GridCard(self.table)
        self.undo_button = button("撤销本次导入", self.undo, drawing="undo-2")
        self.show_button = button("查看改动", self.show_changes, drawing="history")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.grid, 1)
        layout.addLayout(row(None, self.show_button, self.undo_button))
        self.table.chosen.connect(self._look)
        self.table.opened.connect(self.show_changes)
        self.table.menu_requested.connect(self._fill_menu)

    def reload(self) -> None:
        """Read the records anew."""
        self._batches = {one.id: one for one in list_batches(self._session.office)}
        self.table.show_rows(FixedRows([_row(one) for one in self._batches.values()]))
        self.grid.empty.say(NONE, drawing="file-down")
        self.grid.show_table(yes=bool(self._batches))
        self._look()

    def undo(self) -> None:
        """Take the chosen import back; files that were imported with it go back too."""
        batch = self._chosen()
        if batch is not None and not batch.undone:
            self._session.undo(batch.operation_id)

    def show_changes(self, *_: str) -> None:
        """Show what the chosen import changed, field by field."""
        batch = self._chosen()
        if batch is not None:
            self._session.go.emit("history", batch.operation_id)

    def _chosen(self) -> Batch | None:
        return self._batches.get(self.table.current_id())

    def _look(self, *_: str) -> None:
        batch = self._chosen()
        can = batch is not None and not batch.undone and not self._session.read_only
        self.undo_button.setEnabled(can)
        self.show_button.setEnabled(batch is not None)

    def _fill_menu(self, menu: QMenu) -> None:
        undo: QAction = menu.addAction("撤销本次导入", self.undo)
        undo.setEnabled(self.undo_button.isEnabled())
        menu.addAction("查看改动", self.show_changes)


def _row(batch: Batch) -> TableRow:
    texts = {
        "at": batch.imported_at[:16].replace("T", " "),
        "file": batch.file_name,
        "kind": KIND_TITLES[ImportKind(batch.kind)],
        "person": batch.person,
        "state": "已撤销" if batch.undone else "",
    }
    texts |= {name: f"{getattr(batch.counts, name):,}" for name in _COUNTS}
    tones = dict.fromkeys(texts, "muted") if batch.undone else {}
    return TableRow(batch.id, texts, tones)
