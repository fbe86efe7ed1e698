"""② 对应列: what each column of a table is, as found and as the person corrects it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.pages.imports.checking import KIND_NAMES
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import label, row
from ui.desktop.widgets.small_grid import SmallGrid

if TYPE_CHECKING:
    from models.exchange.reading.tables import FoundTable
    from ui.desktop.pages.imports.jobs import Checked

PASSED_OVER = "（不导入）"
SAMPLES = 3
_JOBS = "ui.desktop.pages.imports.jobs"
lines_of = Lazy(_JOBS, "lines_of")
fields_of = Lazy(_JOBS, "fields_of")
layout_of = Lazy(_JOBS, "layout_of")
guess_layout = Lazy(_JOBS, "guess_layout")
LINE = 40
TITLES = ["列", "表头", "前几行的内容", "对应为"]


class ColumnsStep(QWidget):
    """Shows one table of one file at a time.

    Signals:
        corrected: the file's place, the sheet and its ``Layout``.
    """

    corrected = Signal(int, object, object)

    def __init__(self) -> None:
        """Make the step, empty."""
        super().__init__()
        self._files: list[Checked] = []
        self._tables: list[tuple[int, FoundTable]] = []
        self._combos: dict[int, QComboBox] = {}
        self._table = QComboBox()
        self._table.setAccessibleName("文件和工作表")
        self._kind = QComboBox()
        self._kind.setAccessibleName("内容")
        for kind, name in KIND_NAMES.items():
            self._kind.addItem(name, str(kind))
        self._header = QSpinBox()
        self._header.setAccessibleName("表头所在行")
        self._header.setRange(1, 100)
        self._says = label("", "muted", wrap=True)
        self._grid = SmallGrid("列的对应关系", TITLES, 2, LINE)
        self._lay_out()
        self._table.currentIndexChanged.connect(self._show_table)
        self._kind.activated.connect(self._other_header)
        self._header.editingFinished.connect(self._other_header)

    def show_files(self, files: list[Checked]) -> None:
        """Show the tables of these files; the one in sight stays in sight."""
        place = max(0, self._table.currentIndex())
        self._files = files
        self._tables = [(number, table) for number, one in enumerate(files) for table in one.tables]
        self._table.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self._table.clear()
        for number, table in self._tables:
            sheet = f" · {table.sheet}" if table.sheet else ""
            self._table.addItem(f"{files[number].path.name}{sheet}")
        self._table.setCurrentIndex(min(place, self._table.count() - 1))
        self._table.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show_table()

    def _lay_out(self) -> None:
        frame, inside = filled_card()
        self._table.setMinimumContentsLength(24)
        inside.addLayout(
            row(
                label("工作表", "muted"),
                self._table,
                tokens.BLOCK,
                label("内容", "muted"),
                self._kind,
                tokens.BLOCK,
                label("表头在第", "muted"),
                self._header,
                label("行", "muted"),
                None,
            )  # fmt: skip
        )
        inside.addWidget(self._says)
        head = self._grid.horizontalHeader()
        head.resizeSection(0, tokens.px(60))
        head.resizeSection(1, tokens.px(180))
        head.resizeSection(3, tokens.px(210))
        inside.addWidget(self._grid, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def _show_table(self) -> None:
        """Fill the grid from the table in sight."""
        place = self._table.currentIndex()
        if not 0 <= place < len(self._tables):
            self._grid.setRowCount(0)
            return
        number, table = self._tables[place]
        header_row = table.header_rows[-1]
        self._kind.setCurrentIndex(self._kind.findData(str(table.kind)))
        self._header.setValue(header_row)
        lines = dict(_lines(self._files[number], table.sheet))
        titles = _fields(str(table.kind))
        width = max((len(cells) for cells in lines.values()), default=0)
        self._combos.clear()
        shown = [
            one for one in range(width) if any(len(c) > one and c[one] for c in lines.values())
        ]
        self._grid.setRowCount(len(shown))
        for line, one in enumerate(shown):
            self._fill(line, one, lines, table, titles)
        known = len(table.columns)
        self._says.setText(
            f"已自动认出 {known} 列。{''.join(table.notes)}对应有误时请改正；同样表头的文件下次会自动对应。"
        )

    def _fill(
        self,
        line: int,
        one: int,
        lines: Mapping[int, list[str]],
        table: FoundTable,
        titles: Mapping[str, str],
    ) -> None:
        header = [
            cells[one] for number in table.header_rows if len(cells := lines.get(number, [])) > one
        ]
        after = [
            cells[one]
            for number, cells in lines.items()
            if number > table.header_rows[-1] and len(cells) > one and cells[one]
        ]
        texts = (_letter(one), " ".join(header).replace("\n", ""), "　".join(after[:SAMPLES]))
        self._grid.set_line(line, texts)
        combo = QComboBox()
        combo.setAccessibleName(f"{texts[0]} 列对应为")
        combo.addItem(PASSED_OVER, "")
        for name, title in titles.items():
            combo.addItem(title, name)
        combo.setCurrentIndex(max(0, combo.findData(table.columns.get(one, ""))))
        combo.activated.connect(self._matched(one))
        self._combos[one] = combo
        box = QWidget()
        box.setObjectName("plain")
        inside = row(combo)
        inside.setContentsMargins(tokens.px(4), tokens.px(3), tokens.px(4), tokens.px(3))
        box.setLayout(inside)
        self._grid.setCellWidget(line, 3, box)

    def _matched(self, changed: int) -> Callable[[], None]:
        """A column was matched to a field; the field leaves the column it had before."""

        def slot() -> None:
            field = self._combos[changed].currentData()
            for one, combo in self._combos.items():
                if one != changed and field and combo.currentData() == field:
                    combo.setCurrentIndex(0)
            self._tell()

        return slot

    def _other_header(self) -> None:
        number, table = self._tables[self._table.currentIndex()]
        kind, line = str(self._kind.currentData()), self._header.value()
        if line != table.header_rows[-1] or kind != str(table.kind):
            layout = guess_layout(self._files[number], table.sheet, kind, line)
            self.corrected.emit(number, table.sheet, layout)

    def _tell(self) -> None:
        """Tell the layout as it is matched now."""
        number, table = self._tables[self._table.currentIndex()]
        fields = {one: str(c.currentData()) for one, c in self._combos.items() if c.currentData()}
        layout = layout_of(str(table.kind), fields, table.header_rows[-1])
        self.corrected.emit(number, table.sheet, layout)


def _lines(checked: Checked, sheet: str | None) -> list[tuple[int, list[str]]]:
    found = lines_of(checked, sheet)
    return found if isinstance(found, list) else []


def _fields(kind: str) -> dict[str, str]:
    found = fields_of(kind)
    return found if isinstance(found, dict) else {}


def _letter(index: int) -> str:
    """The spreadsheet's name of a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
