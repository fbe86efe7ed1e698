"""A grid to type into as in Excel: nothing is written before the person saves.

Blocks copied in Excel or WPS are pasted from the chosen cell on; what cannot be taken is marked
with the reason, what was changed is tinted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QTableView, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.table.copying import as_mime, from_tsv
from ui.desktop.widgets.table.delegate import CellDelegate

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MOVE = QItemSelectionModel.SelectionFlag.ClearAndSelect


@dataclass(frozen=True, slots=True)
class EditColumn:
    """One column.

    Attributes:
        key: the field.
        title: as the header shows it.
        width: in full-width characters.
        editable: whether it can be typed into.
        numeric: whether it is right-aligned.
        stretch: whether it takes the width that is left.
    """

    key: str
    title: str
    width: int = 6
    editable: bool = True
    numeric: bool = False
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class EditRow:
    """One row: its identity, its texts by column, and what is to be said of cells."""

    id: str
    texts: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict[str, str])


Cell = tuple[str, str]
"""Identity of a row and key of a column."""
Check = Callable[[str, str, str], str]
"""Row, column and text to the reason why it cannot be taken; "" where it can."""


class EditModel(QAbstractTableModel):
    """Rows with what was typed over them.

    Signals:
        edited: something was typed, pasted or reset.
    """

    edited = Signal()

    def __init__(self, check: Check, parent: QObject | None = None) -> None:
        """Make it empty; ``check`` is asked for every text that is typed."""
        super().__init__(parent)
        self._check = check
        self.columns: tuple[EditColumn, ...] = ()
        self.lines: tuple[EditRow, ...] = ()
        self.changes: dict[Cell, str] = {}
        self.problems: dict[Cell, str] = {}

    def show(self, columns: Sequence[EditColumn], lines: Sequence[EditRow]) -> None:
        """Show other rows; what was typed is forgotten."""
        self.beginResetModel()
        self.columns, self.lines = tuple(columns), tuple(lines)
        self.changes, self.problems = {}, {}
        self.endResetModel()
        self.edited.emit()

    def put(self, row: int, column: int, text: str) -> bool:
        """Type a text into a cell; whether the cell can be typed into."""
        if not (0 <= row < len(self.lines) and 0 <= column < len(self.columns)):
            return False
        one = self.columns[column]
        if not one.editable:
            return False
        line, tidy = self.lines[row], text.strip()
        cell = (line.id, one.key)
        self.changes.pop(cell, None)
        self.problems.pop(cell, None)
        if tidy != line.texts.get(one.key, ""):
            self.changes[cell] = tidy
            problem = self._check(line.id, one.key, tidy)
            if problem:
                self.problems[cell] = problem
        return True

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        line, key = self.lines[row], self.columns[column].key
        return self.changes.get((line.id, key), line.texts.get(key, ""))

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows and how it is tinted."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        cell = (line.id, column.key)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _NUMBERS if column.numeric else _WORDS
            case Qt.ItemDataRole.ToolTipRole:
                return self.problems.get(cell) or line.notes.get(column.key)
            case Qt.ItemDataRole.ForegroundRole if cell in self.problems:
                return QColor(tokens.ERROR)
            case Qt.ItemDataRole.BackgroundRole:
                return self._tint(cell, line, column)
            case _:
                return None

    def setData(  # noqa: N802 - Qt's name
        self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """What the person typed."""
        if role != Qt.ItemDataRole.EditRole or not self.put(
            index.row(), index.column(), str(value)
        ):
            return False
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def paste(self, row: int, column: int, block: Sequence[Sequence[str]]) -> int:
        """Put a block of cells in, from a cell on; how many cells found no place."""
        lost = 0
        for down, cells in enumerate(block):
            for across, text in enumerate(cells):
                fits = self.put(row + down, column + across, text)
                lost += not fits and bool(text.strip())
        self.tell_all()
        return lost

    def reset(self) -> None:
        """Forget what was typed."""
        self.changes, self.problems = {}, {}
        self.tell_all()

    def tell_all(self) -> None:
        """Have every cell painted anew."""
        if self.lines and self.columns:
            last = self.index(len(self.lines) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Cells of editable columns can be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.columns[index.column()].editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Titles across, numbers down."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            across = orientation == Qt.Orientation.Horizontal
            return _WORDS if across and not self.columns[section].numeric else _NUMBERS
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self.columns[section].title if section < len(self.columns) else None

    def _tint(self, cell: Cell, line: EditRow, column: EditColumn) -> QColor | None:
        if cell in self.problems:
            return QColor(tokens.ERROR_TINT)
        if cell in self.changes:
            return QColor(tokens.PRIMARY_TINT)
        if column.key in line.notes:
            return QColor(tokens.WARN_TINT)
        return None if column.editable else QColor(tokens.ZEBRA)


class EditGrid(QTableView):
    """The grid; Enter goes down, Tab goes across, Ctrl+V pastes, Del empties.

    Signals:
        lost: how many pasted cells found no place.
    """

    lost = Signal(int)

    def __init__(self, name: str, check: Check, parent: QWidget | None = None) -> None:
        """Make it empty; ``name`` is what it is, for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.sheet = EditModel(check, self)
        self._usual: dict[int, int] = {}
        self.setModel(self.sheet)
        self.setItemDelegate(CellDelegate(self))
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(tokens.px(tokens.ROW))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(tokens.px(tokens.TABLE_HEADER))
        self.horizontalHeader().setHighlightSections(False)

    def show_sheet(self, columns: Sequence[EditColumn], lines: Sequence[EditRow]) -> None:
        """Show other rows; what was typed is forgotten."""
        same = self.sheet.columns == tuple(columns)
        self.sheet.show(columns, lines)
        if same:
            return
        width = self.fontMetrics().horizontalAdvance
        for place, column in enumerate(columns):
            usual = max(width("国") * column.width, width(column.title) + tokens.px(4))
            self.setColumnWidth(place, usual + tokens.px(24))
            self._usual[place] = usual + tokens.px(24)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stretching column takes the width that is left, but keeps its own."""
        super().resizeEvent(event)
        self._share_width()

    def changed_texts(self) -> dict[str, dict[str, str]]:
        """What was typed, by row and column."""
        found: dict[str, dict[str, str]] = {}
        for (row, key), text in self.sheet.changes.items():
            found.setdefault(row, {})[key] = text
        return found

    def current_cell(self) -> Cell | None:
        """The cell the person is at."""
        here = self.currentIndex()
        if not here.isValid():
            return None
        return self.sheet.lines[here.row()].id, self.sheet.columns[here.column()].key

    def go_to(self, cell: Cell) -> bool:
        """Put the person at a cell; whether it is there."""
        down = next((n for n, one in enumerate(self.sheet.lines) if one.id == cell[0]), -1)
        across = next((n for n, one in enumerate(self.sheet.columns) if one.key == cell[1]), -1)
        if down < 0 or across < 0:
            return False
        self.setCurrentIndex(self.sheet.index(down, across))
        return True

    def paste(self) -> None:
        """Take the clipboard from the chosen cell on."""
        block = from_tsv(QGuiApplication.clipboard().text())
        start = self.currentIndex()
        if block and start.isValid():
            lost = self.sheet.paste(start.row(), start.column(), block)
            self.lost.emit(lost)

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        places = {(one.row(), one.column()) for one in self.selectedIndexes()}
        rows = sorted({row for row, _ in places})
        across = sorted({column for _, column in places})
        block = [
            [self.sheet.text(row, one) if (row, one) in places else "" for one in across]
            for row in rows
        ]
        if block:
            QGuiApplication.clipboard().setMimeData(as_mime(block))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for one in self.selectedIndexes():
                self.sheet.put(one.row(), one.column(), "")
            self.sheet.tell_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != EditGrid.State.EditingState:  # the editor's Enter comes by here too
                self._go_down()
        else:
            super().keyPressEvent(event)

    def closeEditor(  # noqa: N802 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """After Enter the cell below is next."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down()

    def _share_width(self) -> None:
        stretched = [n for n, one in enumerate(self.sheet.columns) if one.stretch]
        for place in stretched:
            others = sum(self.columnWidth(n) for n in range(len(self.sheet.columns)) if n != place)
            left = self.viewport().width() - others
            self.setColumnWidth(place, max(self._usual.get(place, 0), left))

    def _go_down(self) -> None:
        here = self.currentIndex()
        below = self.sheet.index(here.row() + 1, here.column())
        if below.isValid():
            self.selectionModel().setCurrentIndex(below, _MOVE)
