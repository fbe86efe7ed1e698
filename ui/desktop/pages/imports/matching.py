"""② 对应列: which sheet brings what, where its header stands, which column is which field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from models.exchange.plans import KIND_TITLES, ImportKind
from ui.desktop.pages.imports.flow import ImportFlow
from ui.desktop.pages.imports.mapping import MappingTable
from ui.desktop.pages.imports.readings import NO_HEADER, SheetReading
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import label, row

NOT_READ = "不导入这张表"
_ITEM = 66
_PLACE = Qt.ItemDataRole.UserRole


class MatchingStep(QWidget):
    """The sheets on the left, the preview of the chosen one with its columns on the right."""

    def __init__(self, flow: ImportFlow) -> None:
        """Show and correct the sheets of ``flow``."""
        super().__init__()
        self._flow = flow
        self.sheets = QListWidget()
        self.sheets.setAccessibleName("文件和工作表")
        self.sheets.setMinimumWidth(tokens.px(210))
        self.sheets.setMaximumWidth(tokens.px(280))
        self.sheets.setWordWrap(True)
        self.kind = QComboBox()
        self.kind.setAccessibleName("这张表的内容")
        for kind, title in KIND_TITLES.items():
            self.kind.addItem(title, kind)
        self.kind.addItem(NOT_READ, None)
        self.header = QSpinBox()
        self.header.setAccessibleName("表头所在的行")
        self.header.setRange(NO_HEADER, 1_048_576)
        self.header.setSpecialValueText("没有表头")
        self.header.setKeyboardTracking(False)
        self.table = MappingTable()
        self._says = label("", "muted", wrap=True)
        self._problem = label("", "fieldError", wrap=True)
        self._lay_out()
        self.sheets.currentRowChanged.connect(self._show_sheet)
        self.kind.activated.connect(self._set_kind)
        self.header.valueChanged.connect(self._set_header)
        self.table.field_chosen.connect(self._set_field)
        self.table.header_chosen.connect(self._set_header)

    def show_state(self) -> None:
        """Show what the flow knows now; the chosen sheet stays chosen."""
        chosen = self._place()
        self.sheets.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.sheets.clear()
        for place, number in self._flow.sheets:
            self.sheets.addItem(self._item(place, number))
        places = self._flow.sheets
        first = next((at for at, one in enumerate(places) if self._flow.sheet(*one).kind), 0)
        self.sheets.setCurrentRow(places.index(chosen) if chosen in places else first)
        self.sheets.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show_sheet()

    def _lay_out(self) -> None:
        left, left_lines = filled_card()
        left_lines.setContentsMargins(*(tokens.px(8),) * 4)
        left_lines.addWidget(self.sheets)
        left.setMaximumWidth(tokens.px(296))
        right, lines = filled_card()
        head = row(
            label("内容", "muted"),
            self.kind,
            tokens.BLOCK,
            label("表头在第", "muted"),
            self.header,
            label("行", "muted"),
            None,
            label("双击一行可把它作为表头", "caption", wrap=True),
        )
        lines.addLayout(head)
        lines.addWidget(self._says)
        lines.addWidget(self._problem)
        lines.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(left)
        layout.addWidget(right, 1)

    def _item(self, place: int, number: int) -> QListWidgetItem:
        file, sheet = self._flow.files[place], self._flow.sheet(place, number)
        name = f"{file.path.name} · {sheet.name}" if sheet.name else file.path.name
        item = QListWidgetItem(f"{name}\n{_brings(sheet)}")
        item.setData(_PLACE, (place, number))
        item.setToolTip(name)
        item.setSizeHint(QSize(0, tokens.px(_ITEM)))
        if sheet.kind is None:
            item.setForeground(QColor(tokens.MUTED))
        return item

    def _place(self) -> tuple[int, int] | None:
        line = self.sheets.currentRow()
        if line < 0:
            return None
        place, number = self.sheets.item(line).data(_PLACE)
        return int(place), int(number)

    def _show_sheet(self, *_: int) -> None:
        place = self._place()
        if place is None:
            return
        sheet = self._flow.sheet(*place)
        self.kind.setCurrentIndex(self.kind.findData(sheet.kind))
        self.header.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.header.setValue(sheet.header_row)
        self.header.setEnabled(sheet.kind is not None)
        self.header.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        unread = "这张表没有读入。若是名册，请在上面选择它的内容。" if sheet.kind is None else ""
        self._says.setText(unread or sheet.notes)
        self._says.setVisible(bool(self._says.text()))
        self._problem.setText(sheet.problem)
        self._problem.setVisible(bool(sheet.problem))
        self.table.show_sheet(sheet)

    def _set_kind(self, *_: int) -> None:
        place, kind = self._place(), self.kind.currentData()
        if place is not None and kind != self._flow.sheet(*place).kind:
            self._flow.set_kind(*place, None if kind is None else ImportKind(kind))

    def _set_header(self, number: int) -> None:
        place = self._place()
        if place is not None and number != self._flow.sheet(*place).header_row:
            self._flow.set_header(*place, number)

    def _set_field(self, index: int, name: str) -> None:
        place = self._place()
        if place is not None and name != self._flow.sheet(*place).columns.get(index, ""):
            self._flow.set_field(*place, index, name)


def _brings(sheet: SheetReading) -> str:
    if sheet.kind is None:
        return "隐藏的工作表，不导入" if sheet.hidden else "不导入"
    how = "已手工指定" if sheet.rows is None else f"{sheet.rows:,} 行"
    return f"{KIND_TITLES[sheet.kind]}，{how}"
