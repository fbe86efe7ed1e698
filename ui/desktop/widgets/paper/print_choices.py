"""What a person chooses before printing: printer, tray, pages, copies, sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from models.errors import UserError
from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.page_numbers import parse_pages
from ui.desktop.widgets.paper.printers import Duplex, Printer
from ui.desktop.widgets.parts import button, column, label, padded, row

MOST_COPIES = 999


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the choice is about.

    Attributes:
        count: how many pages there are.
        page: the one that is looked at, from 1.
        wide: whether it lies on its side.
        begin_at: from which page an earlier print is to be gone on with; 1 for none.
        trial: whether one sheet is tried first by default.
    """

    count: int
    page: int = 1
    wide: bool = False
    begin_at: int = 1
    trial: bool = False


class PrintChoices(QWidget):
    """The form of the print window.

    Signals:
        printer_changed, tray_changed: another one was chosen.
        calibrate_wanted: the person wants to put the tray right.
    """

    printer_changed = Signal(str)
    tray_changed = Signal()
    calibrate_wanted = Signal()

    def __init__(self, occasion: Occasion) -> None:
        """Make the form."""
        super().__init__()
        self._occasion = occasion
        self._printers: dict[str, Printer] = {}
        self.printer = QComboBox()
        self.tray = QComboBox()
        self.calibration = label("", "muted", wrap=True)
        self.calibrate = button("校准…", self.calibrate_wanted.emit, kind="link", drawing="ruler")
        self.all = QRadioButton(f"全部（{occasion.count:,} 页）")
        self.current = QRadioButton(f"当前页（第 {occasion.page:,} 页）")
        self.range = QRadioButton("这些页")
        self.pages = QLineEdit()
        self.onward = QRadioButton("从第")
        self.start = QLineEdit(str(occasion.begin_at))
        self.copies = QSpinBox()
        self.duplex = QComboBox()
        self.long_edge = QCheckBox("纸的长边先进打印机")
        self.trial = QCheckBox("先试打一张，看好了再打其余的")
        self._dress()
        self._lay_out()
        self._connect()

    def offer_printers(self, printers: Sequence[Printer], chosen: str) -> None:
        """Offer the printers of this computer; the one used last is chosen."""
        self._printers = {one.name: one for one in printers}
        self.printer.clear()
        for one in printers:
            self.printer.addItem(
                f"{one.name}（{one.trouble}）" if one.trouble else one.name, one.name
            )
        self.printer.setCurrentIndex(max(0, self.printer.findData(chosen)))
        self._tell_printer()

    def offer_trays(self, trays: Sequence[str], chosen: str) -> None:
        """Offer the trays of the printer."""
        self.tray.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.tray.clear()
        self.tray.addItems(list(trays))
        self.tray.setCurrentIndex(max(0, self.tray.findText(chosen)))
        self.tray.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.tray_changed.emit()

    def chosen_printer(self) -> str:
        """Its name; "" where there is none."""
        return str(self.printer.currentData() or "")

    def chosen_duplex(self) -> Duplex:
        """Which sides."""
        return Duplex(self.duplex.currentText())

    def chosen_pages(self) -> tuple[int, ...]:
        """The pages to print.

        Raises:
            UserError: pages that are not there.
        """
        count = self._occasion.count
        if self.current.isChecked():
            return (self._occasion.page,)
        if self.range.isChecked():
            return parse_pages(self.pages.text(), count)
        if self.onward.isChecked():
            start = self.start.text()
            if not start.isdecimal():
                raise UserError("print.pages", "没有写从第几页继续。", "请填一个页码。")
            return parse_pages(f"{start}-", count)
        return tuple(range(1, count + 1))

    def _dress(self) -> None:
        occasion = self._occasion
        for editor, name in (
            (self.printer, "打印机"),
            (self.tray, "纸盒"),
            (self.pages, "要打印的页"),
            (self.start, "从第几页继续"),
            (self.copies, "份数"),
            (self.duplex, "单双面"),
        ):
            editor.setAccessibleName(name)
        self.pages.setPlaceholderText("如 1-3,5")
        self.start.setValidator(QIntValidator(1, occasion.count, self))
        self.start.setFixedWidth(tokens.px(70))
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setFixedWidth(tokens.px(90))
        padded(self.copies)
        self.long_edge.setVisible(occasion.wide)
        self.trial.setChecked(occasion.trial)
        self.trial.setVisible(occasion.count > 1)
        (self.onward if occasion.begin_at > 1 else self.all).setChecked(True)
        for one in (self.onward, self.start):
            one.setEnabled(occasion.count > 1)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.BLOCK)
        grid.setVerticalSpacing(tokens.px(10))
        grid.setColumnMinimumWidth(0, tokens.px(72))
        grid.setColumnStretch(1, 1)
        pages = column(
            row(self.all, tokens.BLOCK, self.current, None),
            row(self.range, self.pages),
            row(self.onward, self.start, label("页继续，打到最后"), None),
            gap=tokens.px(6),
        )
        lines = (
            ("打印机", self.printer),
            ("纸盒", self.tray),
            ("校准", row(self.calibration, None, self.calibrate)),
            ("打印哪些", pages),
            ("份数", row(self.copies, tokens.CARD, self.duplex, None)),
        )
        for place, (title, part) in enumerate(lines):
            grid.addWidget(label(title, "muted"), place, 0)
            if isinstance(part, QWidget):
                grid.addWidget(part, place, 1)
            else:
                grid.addLayout(part, place, 1)
        grid.addWidget(self.long_edge, len(lines), 1)
        grid.addWidget(self.trial, len(lines) + 1, 1)

    def _connect(self) -> None:
        self.printer.currentIndexChanged.connect(self._tell_printer)
        self.tray.currentIndexChanged.connect(self._tell_tray)
        self.long_edge.toggled.connect(self._tell_tray)
        self.pages.textEdited.connect(self._range_meant)
        self.start.textEdited.connect(self._onward_meant)

    def _range_meant(self, _text: str) -> None:
        self.range.setChecked(True)

    def _onward_meant(self, _text: str) -> None:
        self.onward.setChecked(True)

    def _tell_tray(self, *_: object) -> None:
        self.tray_changed.emit()

    def _tell_printer(self, *_: object) -> None:
        name = self.chosen_printer()
        if name:
            known = self._printers[name]
            self.duplex.clear()
            sides = Duplex if known.duplex else (Duplex.OFF,)
            self.duplex.addItems([one.value for one in sides])
            self.printer_changed.emit(name)
