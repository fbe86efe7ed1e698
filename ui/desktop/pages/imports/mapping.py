"""The preview of a sheet: above each column stands what it means, and can be changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QTableWidget, QTableWidgetItem, QWidget

from ui.desktop.pages.imports.readings import SheetReading, fields_of
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import set_tone

NOT_USED = "（不导入）"
_COLUMN = 128
_CHOICES = 20


class FieldCombo(QComboBox):
    """Chooses a field; the wheel scrolls the preview and never changes the choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the table."""
        event.ignore()


class MappingTable(QTableWidget):
    """Shows a ``SheetReading``: letters across, the sheet's own row numbers down.

    Signals:
        field_chosen: a column index and a field, "" for none.
        header_chosen: the number of a row that was double-clicked.
    """

    field_chosen = Signal(int, str)
    header_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._shown: SheetReading | None = None
        self.setAccessibleName("文件内容预览")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(tokens.px(tokens.ROW))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setDefaultSectionSize(tokens.px(_COLUMN))
        self.horizontalHeader().setFixedHeight(tokens.px(tokens.TABLE_HEADER))
        self.cellDoubleClicked.connect(self._ask_header)
        self.verticalHeader().sectionDoubleClicked.connect(self._ask_header)

    def combo(self, index: int) -> QComboBox:
        """The choice above a column."""
        found = self.cellWidget(0, index)
        assert isinstance(found, QComboBox)  # row 0 holds nothing else
        return found

    def show_sheet(self, sheet: SheetReading) -> None:
        """Show a sheet; the place in sight stays where the same sheet is shown anew."""
        same = self._shown is not None and self._shown.preview is sheet.preview
        place = self.horizontalScrollBar().value() if same else 0
        if not same or self._shown is None or self._shown.kind is not sheet.kind:
            self._fill(sheet)
        self._shown = sheet
        self._look(sheet)
        self.horizontalScrollBar().setValue(place)

    def _fill(self, sheet: SheetReading) -> None:
        self.clear()
        self.setColumnCount(sheet.width)
        self.setRowCount(len(sheet.preview) + 1)
        self.setHorizontalHeaderLabels([_letter(index) for index in range(sheet.width)])
        numbers = [str(number) for number, _ in sheet.preview]
        self.setVerticalHeaderLabels(["对应", *numbers])
        self.setRowHeight(0, tokens.px(42))
        for index in range(sheet.width):
            self.setCellWidget(0, index, self._combo(sheet, index))
        for place, (_, cells) in enumerate(sheet.preview, start=1):
            for index in range(sheet.width):
                text = cells[index] if index < len(cells) else ""
                self.setItem(place, index, QTableWidgetItem(text.replace("\n", " ")))

    def _combo(self, sheet: SheetReading, index: int) -> FieldCombo:
        found = FieldCombo()
        found.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        found.setMaxVisibleItems(_CHOICES)
        found.setAccessibleName(f"{_letter(index)} 列对应")
        found.addItem(NOT_USED, "")
        if sheet.kind is not None:
            for name, column in fields_of(sheet.kind).items():
                found.addItem(column.title, name)
        found.setEnabled(sheet.kind is not None)
        found.view().setMinimumWidth(found.view().sizeHintForColumn(0) + tokens.px(40))
        found.activated.connect(partial(self._tell_field, index))
        return found

    def _look(self, sheet: SheetReading) -> None:
        """Set the choices and colours: header bold on its tint, what is not read muted."""
        for index in range(sheet.width):
            combo, name = self.combo(index), sheet.columns.get(index, "")
            combo.setCurrentIndex(max(0, combo.findData(name)))
            set_tone(combo, "true" if name else "false", "filtering")
        for place, (number, _) in enumerate(sheet.preview, start=1):
            for index in range(sheet.width):
                _dress(self.item(place, index), sheet, number, index)

    def _tell_field(self, index: int, choice: int) -> None:
        self.field_chosen.emit(index, str(self.combo(index).itemData(choice)))

    def _ask_header(self, place: int, _column: int = 0) -> None:
        if self._shown is not None and place > 0:
            self.header_chosen.emit(self._shown.preview[place - 1][0])

    def changeEvent(self, event: QEvent) -> None:
        """Rows follow the font size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.verticalHeader().setDefaultSectionSize(tokens.px(tokens.ROW))


def _dress(item: QTableWidgetItem | None, sheet: SheetReading, number: int, index: int) -> None:
    if item is None:
        return
    is_header = sheet.kind is not None and number == sheet.header_row
    read = sheet.kind is not None and number > sheet.header_row and index in sheet.columns
    font = QFont(item.font())
    font.setBold(is_header)
    item.setFont(font)
    item.setBackground(QBrush(QColor(tokens.PRIMARY_TINT)) if is_header else QBrush())
    item.setForeground(QColor(tokens.TEXT if read or is_header else tokens.MUTED))
    item.setToolTip(item.text())


def _letter(index: int) -> str:
    """The letter of a column by its index from 0, as spreadsheets name it."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
