"""编号: how each kind is numbered, its next number, and how much of the ID number it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.certificates.at_print import ID_NUMBER_NAMES
from ui.desktop.pages.certificates.number_sheet import NumberSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.certificates.numbering import Numbering, NumberingChange
    from models.errors import OfficeError
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.certificates.number_jobs"
read_numberings = Lazy(_JOBS, "read_numberings")
keep_numbering = Lazy(_JOBS, "keep_numbering")
COLUMNS = (
    TableColumn("title", "证书种类", 9),
    TableColumn("rule", "编号规则", 16, stretch=True),
    TableColumn("whose", "由来", 7),
    TableColumn("next", "下一个号", 13),
    TableColumn("id_number", "身份证号", 7),
)
EXPLAINED = (
    "发证时按编号规则给号，编过的号不再用。改规则、起始号只影响以后发的证；"
    "身份证号印多少，从下一次打印起照此。"
)
BY_BATCH = "按期次"


class NumbersView(QWidget):
    """A line for each kind, and a button that changes the chosen one."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self._session = session
        self._found: dict[str, Numbering] = {}
        self._sheet: NumberSheet | None = None
        self.table = DataTable(COLUMNS, session.preferences, "certificate_numbers")
        self.table.setAccessibleName("各种证书的编号")
        self.grid = GridCard(self.table)
        self.change = button("修改…", self.ask, kind="primary", drawing="pencil")
        self.change.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        head = row(label(EXPLAINED, "muted", wrap=True), self.change)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        self.table.opened.connect(self.ask)
        self.table.chosen.connect(self._allow)

    def reload(self) -> None:
        """Read how every kind is numbered now."""
        self._session.read("正在读取编号规则", read_numberings.bind(), self._show, quiet=True)

    def ask(self, key: str = "") -> None:
        """Open the window that changes a kind: the chosen one, or that of ``key``."""
        found = self._found.get(key or self.table.current_id())
        if found is not None:
            self._sheet = NumberSheet(self._session, self, found)
            self._sheet.wished.connect(self._keep)
            self._sheet.open()

    @property
    def sheet(self) -> NumberSheet | None:
        """The window that was opened last."""
        return self._sheet

    def _keep(self, change: NumberingChange) -> None:
        self._session.write("正在保存", keep_numbering.bind(change), self._kept, self._refused)

    def _kept(self, operation: Operation) -> None:
        if self._sheet is not None:
            self._sheet.accept()
            self._sheet = None
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)

    def _refused(self, error: OfficeError) -> None:
        if self._sheet is not None:
            self._sheet.refuse(error)

    def _show(self, every: Sequence[Numbering]) -> None:
        self._found = {one.kind.key: one for one in every}
        self.table.show_rows(FixedRows([_line(one) for one in every]))
        if not self.table.current_id():
            self.table.selectRow(0)
        self._allow(self.table.current_id())

    def _allow(self, key: str) -> None:
        self.change.setEnabled(key in self._found and not self._session.read_only)


def _line(one: Numbering) -> TableRow:
    return TableRow(
        one.kind.key,
        {
            "title": one.kind.title,
            "rule": one.rule,
            "whose": "本单位定的" if one.own else "通常的",
            "next": one.next or BY_BATCH,
            "id_number": ID_NUMBER_NAMES[one.id_number],
        },
    )
