"""The table's model: identities in sort order, and the pages of rows that were looked at last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from ui.desktop.widgets import tokens
from ui.desktop.widgets.table.source import FixedRows, Order, RowSource, TableColumn, TableRow

PAGE_ROWS = 128
KEPT_PAGES = 24
ID_ROLE = Qt.ItemDataRole.UserRole
NUMBER_ALIGNMENT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TEXT_ALIGNMENT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_GONE = TableRow("", {})


class TableModel(QAbstractTableModel):
    """Shows a ``RowSource``; only the pages in sight are fetched.

    Signals:
        order_changed: the ``Order`` or None after a click on a header.
    """

    order_changed = Signal(object)

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        """Start empty with these columns."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.order: Order | None = None
        self._source: RowSource = FixedRows()
        self._ids: Sequence[str] = ()
        self._places: dict[str, int] | None = None
        self._pages: OrderedDict[int, list[TableRow]] = OrderedDict()

    @property
    def ids(self) -> Sequence[str]:
        """The identities in the order shown."""
        return self._ids

    def show(self, source: RowSource) -> None:
        """Show another source, in the present order."""
        self._source = source
        self.reload()

    def reload(self) -> None:
        """Ask the source anew: rows may have come, gone or changed."""
        self.beginResetModel()
        self._ids = self._source.ids(self.order)
        self._places = None
        self._pages.clear()
        self.endResetModel()

    def place_of(self, identity: str) -> int:
        """The row number of an identity; -1 where it is not in the list."""
        if self._places is None:
            self._places = {one: place for place, one in enumerate(self._ids)}
        return self._places.get(identity, -1)

    def row_at(self, place: int) -> TableRow:
        """The row with that number; its page is fetched where it is not at hand."""
        number = place // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(number)
        else:
            self._pages.move_to_end(number)
        return page[place % PAGE_ROWS]

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many rows the list has."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many columns the list has, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What one cell shows, how it is aligned and coloured, and whose row it is."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return NUMBER_ALIGNMENT if column.numeric else TEXT_ALIGNMENT
        row = self.row_at(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.texts.get(column.key, "").replace("\n", " ")
        if role == Qt.ItemDataRole.ForegroundRole and column.key in row.tones:
            return QColor(tokens.TONES[row.tones[column.key]].text)
        if role == Qt.ItemDataRole.BackgroundRole and column.key in row.notes:
            return QColor(tokens.TONES[row.tones.get(column.key, "error")].tint)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.notes.get(column.key)
        return row.id if role == ID_ROLE else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles across, nothing down."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return NUMBER_ALIGNMENT if column.numeric else TEXT_ALIGNMENT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives back the list's own order."""
        wanted: Order | None = None
        if 0 <= column < len(self.columns):
            if not self.columns[column].sortable:
                return
            wanted = Order(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        if wanted != self.order:
            self.order = wanted
            self.reload()
            self.order_changed.emit(wanted)

    def _fetch(self, number: int) -> list[TableRow]:
        """Fetch a page; rows that are gone meanwhile stay as blank lines until the next reload."""
        wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        found = {row.id: row for row in self._source.rows(wanted)}
        page = [found.get(one, _GONE) for one in wanted]
        self._pages[number] = page
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        return page
