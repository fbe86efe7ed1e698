"""The table as a person handles it: sort, choose columns, select and copy as in Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.table.copying import as_mime
from ui.desktop.widgets.table.delegate import CellDelegate
from ui.desktop.widgets.table.header import TableHeader
from ui.desktop.widgets.table.model import TableModel
from ui.desktop.widgets.table.source import RowSource, TableColumn

MOST_RUNS = 2000
"""A selection in more pieces is let go when the list is read anew: Qt is slow with pieces."""
SAMPLES = 60
"""Rows by which columns are first given their widths."""
_SELECT_ROW = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class DataTable(QTableView):
    """A list of the office.

    Signals:
        chosen: the identity of the current row, "" for none.
        selection_count: how many rows are selected.
        opened: an identity: Enter or a double click.
        edit_requested: an identity: F2.
        menu_requested: the menu of the selected rows, to be filled before it is shown.
    """

    chosen = Signal(str)
    selection_count = Signal(int)
    opened = Signal(str)
    edit_requested = Signal(str)
    menu_requested = Signal(QMenu)

    def __init__(
        self,
        columns: Sequence[TableColumn],
        preferences: Preferences,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty table.

        Args:
            columns: all columns it can show.
            preferences: where its columns' widths and order are remembered.
            name: under which they are, such as ``"teachers"``.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self.table = TableModel(columns, self)
        self.setModel(self.table)
        self.setItemDelegate(CellDelegate(self))
        self._header = TableHeader(columns, preferences, f"table/{name}", self)
        self.setHorizontalHeader(self._header)
        self._arrange()
        self._header.restore()
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.table.modelAboutToBeReset.connect(self._remember_selection)
        self.table.modelReset.connect(self._recall_selection)
        self._kept: tuple[str, list[str]] = ("", [])

    def show_rows(self, source: RowSource) -> None:
        """Show another source; rows that are still there stay selected."""
        self.table.show(source)
        samples = min(len(self.table.ids), SAMPLES)
        self._header.fit([self.table.row_at(place).texts for place in range(samples)])

    def fit_anew(self) -> None:
        """Let the next rows give the columns their widths, unless the person has arranged them."""
        self._header.fit_anew()

    def current_id(self) -> str:
        """The identity of the current row, "" for none."""
        place = self.currentIndex().row()
        return self.table.ids[place] if 0 <= place < len(self.table.ids) else ""

    def selected_ids(self) -> list[str]:
        """The identities of the selected rows in the order shown."""
        ids = self.table.ids
        parts = self.selectionModel().selection().toList()
        places = sorted(place for part in parts for place in range(part.top(), part.bottom() + 1))
        return [ids[place] for place in places]

    def shown_titles(self) -> list[str]:
        """The titles of the columns in sight, from left to right."""
        return [column.title for column in self._header.shown()]

    def choose(self, identity: str) -> bool:
        """Make a row current and bring it into sight; whether it is in the list."""
        place = self.table.place_of(identity)
        if place < 0:
            return False
        self.selectRow(place)
        self.scrollTo(self.table.index(place, 0))
        return True

    def copy(self, *, with_titles: bool = False) -> int:
        """Put the selected rows' shown columns on the clipboard; how many rows."""
        columns = self._header.shown()
        places = [self.table.place_of(one) for one in self.selected_ids()]
        rows = [
            [self.table.row_at(place).texts.get(column.key, "") for column in columns]
            for place in places
        ]
        if with_titles:
            rows.insert(0, [column.title for column in columns])
        if places:
            QGuiApplication.clipboard().setMimeData(as_mime(rows))
        return len(places)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 edits, Ctrl+C copies; the rest as Qt has it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_F2 and self.current_id():
            self.edit_requested.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        """The behaviour that all lists share."""
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(tokens.px(tokens.ROW))
        self.setSortingEnabled(True)
        self._header.setSortIndicatorClearable(True)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.doubleClicked.connect(self._open)

    def _show_menu(self, position: QPoint) -> None:
        self.rows_menu().popup(self.viewport().mapToGlobal(position))

    def rows_menu(self) -> QMenu:
        """The menu of the selected rows: what the page offers, and copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_requested.emit(menu)
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction("复制", QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        menu.addAction("连同标题复制", lambda: self.copy(with_titles=True))
        return menu

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.table.ids[index.row()])

    def _tell_selection(self, *_: QItemSelection) -> None:
        self.selection_count.emit(len(self.selected_ids()))

    def _tell_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.table.ids[current.row()] if current.isValid() else "")

    def _remember_selection(self) -> None:
        self._kept = (self.current_id(), self.selected_ids())

    def _recall_selection(self) -> None:
        """Select again what was selected before the list was read anew."""
        current, selected = self._kept
        places = sorted(place for one in selected if (place := self.table.place_of(one)) >= 0)
        runs = runs_of(places)
        chosen = QItemSelection()
        for first, last in runs if len(runs) <= MOST_RUNS else ():
            chosen.append(
                QItemSelectionRange(self.table.index(first, 0), self.table.index(last, 0))
            )
        place = self.table.place_of(current)
        if place >= 0:
            self.selectionModel().setCurrentIndex(
                self.table.index(place, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(chosen, _SELECT_ROW)
        if current and place < 0:
            self.chosen.emit("")
        self._tell_selection()


def runs_of(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs of neighbours: first and last of each."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
