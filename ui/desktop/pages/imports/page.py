"""Excel 导入: the imports made so far, each of which can be taken back, and the wizard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.batches import Batch, list_batches
from models.exchange.plans import ImportKind
from ui.desktop.pages.imports.checking import KIND_NAMES
from ui.desktop.pages.imports.wizard import ImportWizard
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("at", "时间", 9),
    TableColumn("file", "文件", 20, stretch=True),
    TableColumn("kind", "内容", 5),
    TableColumn("inserted", "新增", 4, numeric=True),
    TableColumn("updated", "更新", 4, numeric=True),
    TableColumn("unchanged", "不变", 4, numeric=True),
    TableColumn("refused", "有错", 4, numeric=True),
    TableColumn("skipped", "重复", 4, numeric=True),
    TableColumn("person", "操作人", 5),
    TableColumn("state", "状态", 4),
)
EMPTY = "还没有导入过文件。学校交来的名册、机构名录和培训记录都可以从这里导入。"
export_template = Lazy("ui.desktop.pages.imports.jobs", "export_template")


class ImportsPage(Page):
    """The list of imports, or the wizard in its place."""

    help_page = "imports.md"
    interests = frozenset({"import_batch", "*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("Excel 导入")
        self.session = session
        self._batches: dict[str, Batch] = {}
        self.setAcceptDrops(True)
        self.wizard = ImportWizard(session)
        self.wizard.left.connect(self.show_list)
        self.table = DataTable(COLUMNS, session.preferences, "imports")
        self.table.setAccessibleName("导入记录")
        self.grid = GridCard(self.table)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._list())
        self.stack.addWidget(self.wizard)
        self._undo = button("撤销本次导入", self.undo, drawing="undo-2")
        self._begin = button("导入 Excel…", self.begin, kind="primary", drawing="file-down")
        self._templates = self._template_button()
        for one in (self._undo, self._templates, self._begin):
            self.actions.addWidget(one)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self.table.chosen.connect(self._chosen)

    def reload(self) -> None:
        """Read the list of imports anew."""
        batches = list_batches(self.session.office)
        self._batches = {one.id: one for one in batches}
        self.table.show_rows(FixedRows([_row(one) for one in batches]))
        self._tell_count()
        self.grid.empty.say(EMPTY, "导入 Excel…", self.begin, "file-spreadsheet")
        self.grid.show_table(yes=bool(batches))
        self._chosen(self.table.current_id())

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument begins an import: files, or what lies on the clipboard."""
        if isinstance(argument, dict) and "paste" in argument:
            self.begin()
            self.wizard.paste(argument["paste"])
        elif argument is not None and not self.wizard.underway:
            self.begin()

    def leave(self) -> bool:
        """A half-finished wizard stays as it is and waits."""
        return True

    def begin(self, files: Sequence[Path] = ()) -> None:
        """Show the wizard, with files where they are known."""
        self.stack.setCurrentWidget(self.wizard)
        for one in (self._undo, self._begin):
            one.hide()
        self._tell_count()
        if files:
            self.wizard.take(files)

    def show_list(self) -> None:
        """Show the imports made so far."""
        self.stack.setCurrentIndex(0)
        for one in (self._undo, self._begin):
            one.show()
        self._tell_count()

    def undo(self) -> None:
        """Take the chosen import back, after asking."""
        batch = self._batches.get(self.table.current_id())
        if batch is not None:
            ask(
                self,
                f"撤销《{batch.file_name}》的导入？",
                f"将收回新增的 {batch.counts.inserted:,} 行，恢复更新的 {batch.counts.updated:,} 行。"
                "之后还可以重做。",
                (
                    Answer("取消"),
                    Answer("撤销导入", partial(self.session.undo, batch.operation_id), "primary"),
                ),
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Begin an import with the files dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.begin(files)

    def _list(self) -> QWidget:
        found = QWidget()
        layout = QVBoxLayout(found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.grid)
        return found

    def _template_button(self) -> QPushButton:
        found = button("下载模板", drawing="download")
        menu = QMenu(found)
        for kind, name in KIND_NAMES.items():
            menu.addAction(f"{name}模板…", partial(self._save_template, kind))
        found.setMenu(menu)
        return found

    def _save_template(self, kind: ImportKind) -> None:
        proposed = str(Path.home() / f"{KIND_NAMES[kind]}模板.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "保存模板", proposed, "Excel (*.xlsx)")
        if name:
            work = export_template.bind(str(kind), Path(name))
            self.session.read("正在生成模板", work, self._template_saved)

    def _template_saved(self, file: Path) -> None:
        self.notice.tell(f"模板已保存到 {file}", "ok", seconds=UNTIL_GONE)

    def _chosen(self, batch_id: str) -> None:
        batch = self._batches.get(batch_id)
        self._undo.setEnabled(batch is not None and not batch.undone)

    def _tell_count(self) -> None:
        listed = self.stack.currentIndex() == 0
        self.count.setText(f"已导入 {len(self._batches):,} 次" if listed else "")


UNTIL_GONE = 10


def _row(batch: Batch) -> TableRow:
    counts = batch.counts
    kinds = {str(kind): name for kind, name in KIND_NAMES.items()}
    return TableRow(
        batch.id,
        {
            "at": batch.imported_at[:16].replace("T", " "),
            "file": batch.file_name,
            "kind": kinds.get(batch.kind, batch.kind),
            "inserted": f"{counts.inserted:,}",
            "updated": f"{counts.updated:,}",
            "unchanged": f"{counts.unchanged:,}",
            "refused": f"{counts.refused:,}",
            "skipped": f"{counts.skipped:,}",
            "person": batch.person,
            "state": "已撤销" if batch.undone else "",
        },
        {"refused": "error"} if counts.refused else {},
    )
