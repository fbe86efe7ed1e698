"""③ 检查: every row with its fate, bad cells marked, before anything is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.pages.imports.checking import (
    FATES,
    KIND_NAMES,
    CheckRows,
    check_columns,
    count_fates,
)
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, clear, label
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.exchange.plans import TablePlan
    from models.exchange.reading.tables import FoundTable
    from ui.desktop.pages.imports.jobs import Checked

fields_of = Lazy("ui.desktop.pages.imports.jobs", "fields_of")


class CheckStep(QWidget):
    """Shows one table at a time, narrowed to the rows of one fate.

    Signals:
        errors_wanted: the place of the file whose bad rows shall be exported.
    """

    errors_wanted = Signal(int)

    def __init__(self, preferences: Preferences) -> None:
        """Make the step, empty."""
        super().__init__()
        self._preferences = preferences
        self._tables: list[tuple[int, FoundTable, TablePlan]] = []
        self._fate = ""
        self.table: DataTable | None = None
        self._which = QComboBox()
        self._which.setAccessibleName("文件和工作表")
        self._which.setMinimumContentsLength(22)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(tokens.GAP)
        self._group = QButtonGroup(self)
        self._says = label("", "muted", wrap=True)
        self._errors = button("导出有错的行…", self._want_errors, drawing="file-up")
        self._place = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self._which)
        head.addLayout(self._chips)
        head.addStretch(1)
        head.addWidget(self._errors)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addLayout(head)
        layout.addWidget(self._says)
        layout.addLayout(self._place, 1)
        self._which.currentIndexChanged.connect(self._show_table)

    def show_files(self, files: list[Checked]) -> None:
        """Show what importing these files would do."""
        self._tables = [
            (number, found, planned)
            for number, one in enumerate(files)
            if one.plan is not None
            for found, planned in zip(one.tables, one.plan.tables, strict=True)
        ]
        self._which.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self._which.clear()
        for number, found, _ in self._tables:
            sheet = f" · {found.sheet}" if found.sheet else ""
            self._which.addItem(f"{KIND_NAMES[found.kind]}：{files[number].path.name}{sheet}")
        self._which.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._says.setText(
            " ".join(one.plan.message for one in files if one.plan and one.plan.message)
        )
        self._says.setVisible(bool(self._says.text()))
        self._show_table()

    def narrow(self, fate: str) -> None:
        """Show the rows of one fate only; all of them for ""."""
        self._fate = fate
        self._show_rows()

    def _show_table(self) -> None:
        """Make the table in sight, with its own columns."""
        clear(self._place)
        self.table = None
        self._fate = ""
        place = self._which.currentIndex()
        if not 0 <= place < len(self._tables):
            return
        _, found, planned = self._tables[place]
        counts = count_fates([planned])
        titles = _titles(str(found.kind))
        name = f"check_{found.kind}_{found.signature[:12]}"
        self.table = DataTable(check_columns(found, titles), self._preferences, name)
        self.table.setAccessibleName("检查结果")
        self._place.addWidget(GridCard(self.table))
        self._show_chips(counts, len(planned.rows))
        self._errors.setEnabled(bool(counts["refuse"] or counts["warn"]))
        self._show_rows()

    def _show_chips(self, counts: dict[str, int], total: int) -> None:
        clear(self._chips)
        self._chip("", f"全部 {total:,}", checked=True)
        for fate, (name, _) in FATES.items():
            if counts.get(fate):
                self._chip(fate, f"{name} {counts[fate]:,}")

    def _chip(self, fate: str, text: str, *, checked: bool = False) -> QPushButton:
        found = QPushButton(text)
        found.setObjectName("chip")
        found.setProperty("tone", FATES[fate][1] if fate else "")
        found.setCheckable(True)
        found.setChecked(checked)
        found.setAccessibleName(f"只看{text}")
        found.clicked.connect(partial(self._chip_clicked, fate))
        self._group.addButton(found)
        self._chips.addWidget(found)
        return found

    def _chip_clicked(self, fate: str, *_: bool) -> None:
        self.narrow(fate)

    def _show_rows(self) -> None:
        if self.table is not None:
            _, found, planned = self._tables[self._which.currentIndex()]
            titles = _titles(str(found.kind))
            self.table.show_rows(CheckRows(found, planned, titles, self._fate))

    def _want_errors(self) -> None:
        self.errors_wanted.emit(self._tables[self._which.currentIndex()][0])


def _titles(kind: str) -> dict[str, str]:
    found = fields_of(kind)
    return found if isinstance(found, dict) else {}
