"""学时登记: every entry of the ledger; what came in is never changed, only taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from models.entities.describe import columns
from models.office.context import Office
from models.training.listing import EntryFilter, EntryRow, entry_ids, entry_rows
from models.training.records import TrainingRecord
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow

export_records = Lazy("ui.desktop.pages.ledger.jobs", "export_records")
KIND = TableColumn("kind", "来源", 4, sortable=False)
SORTED = ("name", "school", "year", "course", "category", "hours", "credits", "start_date")
SHOWN = ("name", "school", "year", "course", "category", "hours", "credits")


class LedgerRows:
    """The entries of teachers of a name, and those whose course holds a text."""

    def __init__(self, office: Office, text: str) -> None:
        """Ask ``office`` for them."""
        self._office = office
        self._text = text

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities; latest year and latest entered first where no order is asked for."""
        key, descending = (order.key, order.descending) if order else ("", False)
        wanted = (EntryFilter(name=self._text), EntryFilter(text=self._text))
        found = [
            one
            for filter_ in (wanted if self._text else wanted[:1])
            for one in entry_ids(self._office, filter_, key, descending=descending)
        ]
        return list(dict.fromkeys(found))

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those entries as text; what was taken back is faint."""
        return [_row(one) for one in entry_rows(self._office, ids)]


class LedgerPage(PlainListPage):
    """The ledger of hours and credits."""

    help_page = "ledger.md"
    interests = frozenset({"ledger_entry", "teacher"})
    empty = (
        "还没有学时记录。可以从 Excel 导入培训记录，或在培训课程中登记。",
        "导入 Excel…",
        "clock",
    )

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        described = [
            TableColumn(
                one.key, one.title, one.width, one.numeric, sortable=one.key in SORTED,
                listed=one.key in SHOWN, stretch=one.stretch,
            )
            for one in table_columns(TrainingRecord, stretch="course")
        ]  # fmt: skip
        super().__init__(
            session, "学时登记", "ledger", [*described, KIND], "教师姓名、课程名称（Ctrl+F）"
        )
        self.actions.addWidget(button("导出…", self.export, drawing="file-up"))
        self.actions.addWidget(
            button("导入 Excel…", self.begin, kind="primary", drawing="file-down")
        )
        self.add_for_choice("看这名教师", self.show_teacher, "users")

    def source(self, query: str) -> LedgerRows:
        """The entries whose course holds the query."""
        return LedgerRows(self.session.office, query)

    def details(self, identity: str) -> Details | None:
        """Everything the entry says."""
        found = entry_rows(self.session.office, [identity])
        if not found:
            return None
        row, described = found[0], columns(TrainingRecord)
        facts = [
            Fact(column.title, row.shown[name])
            for name, column in described.items()
            if row.shown.get(name) and name != "name"
        ]
        state = "已冲销" if row.reversed else row.shown["kind"]
        tone = "muted" if row.reversed else "ok"
        return Details(row.shown["name"], row.shown.get("school", ""), state, tone, facts)

    def begin(self) -> None:
        """Go to the import."""
        self.session.go.emit("imports", "files")

    def show_teacher(self) -> None:
        """Show the teacher of the chosen entry."""
        found = entry_rows(self.session.office, [self.chosen()])
        if found:
            self.session.go.emit("teachers", found[0].teacher_id)

    def export(self) -> None:
        """Ask where a workbook of all entries goes, and write it."""
        today = self.session.office.store.clock.today()
        proposed = str(Path.home() / f"培训记录-全部-{today:%Y%m%d}.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "导出培训记录", proposed, "Excel (*.xlsx)")
        if name:
            self.session.read("正在导出", export_records.bind(Path(name)), partial(self._exported))

    def _exported(self, file: Path) -> None:
        self.notice.tell(f"全部有效记录已导出到 {file}", "ok")


def _row(row: EntryRow) -> TableRow:
    gone = row.reversed or row.reversal
    return TableRow(row.id, row.shown, dict.fromkeys(row.shown, "muted") if gone else {})
