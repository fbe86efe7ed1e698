"""The fields of the calibration window: which sheet, what was measured, the correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from models.office.printers import FARTHEST, LARGEST, SMALLEST, Crosses, Point, Tray, paper_name
from reports.kit.paper import Size
from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.calibration_picture import EXAGGERATED, CalibrationPicture
from ui.desktop.widgets.paper.printers import Printer
from ui.desktop.widgets.paper.tray_words import say_shift
from ui.desktop.widgets.parts import button, column, label, padded, row, rule

SHEETS = (
    ("A4 竖放", Size(210, 297)),
    ("A4 横放", Size(297, 210)),
    ("证书内页", Size(130, 184)),
    ("16 开", Size(184, 260)),
    ("A3 横放", Size(420, 297)),
)
OWN = "自定义"
_HUNDRED = Decimal(100)


class CalibrationFields(QWidget):
    """What the window asks.

    Signals:
        printer_changed: another printer was chosen.
        sheet_changed: another size of sheet.
    """

    printer_changed = Signal(str)
    sheet_changed = Signal()

    def __init__(self, tray: Tray) -> None:
        """Show a tray as it is now."""
        super().__init__()
        self._tray = tray
        self.printer = QComboBox()
        self.trays = QComboBox()
        self.sheet = QComboBox()
        self.width_mm = _spin("纸宽", 30, 500, 1, " mm")
        self.height_mm = _spin("纸高", 30, 700, 1, " mm")
        self.every = QCheckBox("这个纸盒的各种纸都按此校正")
        self.print_sheet = button("打印校准页", kind="primary", drawing="printer")
        self.near_x = _spin("左上十字离左边", 0, 500, 0.1, " mm")
        self.near_y = _spin("左上十字离上边", 0, 700, 0.1, " mm")
        self.far_x = _spin("右下十字离左边", 0, 500, 0.1, " mm")
        self.far_y = _spin("右下十字离上边", 0, 700, 0.1, " mm")
        self._near_wanted = label("", "caption")
        self._far_wanted = label("", "caption")
        self.work_out = button("算出校正值", drawing="calculator")
        far = float(FARTHEST)
        low, high = float(SMALLEST) * 100, float(LARGEST) * 100
        self.right = _spin("右偏", -far, far, 0.1, " mm", 2)
        self.down = _spin("下偏", -far, far, 0.1, " mm", 2)
        self.wider = _spin("横向缩放", low, high, 0.05, " %", 2)
        self.taller = _spin("纵向缩放", low, high, 0.05, " %", 2)
        self.picture = CalibrationPicture()
        self._said = label("", "caption", wrap=True)
        self._fill()
        self._lay_out()
        self._connect()

    def offer_printers(self, printers: Sequence[Printer]) -> None:
        """Offer the printers of this computer; the tray's own is kept even where it is away."""
        names = [one.name for one in printers]
        own = self._tray.printer
        if own and own not in names:
            names.insert(0, own)
        self.printer.clear()
        self.printer.addItems(names)
        self.printer.setCurrentIndex(max(0, self.printer.findText(own)))

    def offer_trays(self, trays: Sequence[str]) -> None:
        """Offer the trays of the printer."""
        names = list(trays)
        if self._tray.tray and self._tray.tray not in names:
            names.insert(0, self._tray.tray)
        self.trays.clear()
        self.trays.addItems(names)
        self.trays.setCurrentIndex(max(0, self.trays.findText(self._tray.tray)))

    def begin_with(self, paper: str) -> None:
        """Choose a sheet by its name."""
        names = [paper_name(*size) for _, size in SHEETS]
        self.sheet.setCurrentIndex(names.index(paper) if paper in names else len(SHEETS))
        self.width_mm.setValue(_size_of(paper).width)
        self.height_mm.setValue(_size_of(paper).height)
        self._allow_own()

    def sheet_size(self) -> Size:
        """The sheet."""
        return Size(self.width_mm.value(), self.height_mm.value())

    def tray(self) -> Tray:
        """The tray with the correction as it stands in the fields."""
        return replace(
            self._tray,
            printer=self.printer.currentText() or self._tray.printer,
            tray=self.trays.currentText() or self._tray.tray,
            paper="" if self.every.isChecked() else paper_name(*self.sheet_size()),
            right=_value(self.right),
            down=_value(self.down),
            wider=_value(self.wider) / _HUNDRED,
            taller=_value(self.taller) / _HUNDRED,
        )

    def measured(self) -> Crosses:
        """Where the person says the crosses stand."""
        return Crosses(
            Point(_value(self.near_x), _value(self.near_y)),
            Point(_value(self.far_x), _value(self.far_y)),
        )

    def show_wanted(self, wanted: Crosses) -> None:
        """Say where the crosses should stand, and begin the measuring there."""
        for point, across, down, said in (
            (wanted.near, self.near_x, self.near_y, self._near_wanted),
            (wanted.far, self.far_x, self.far_y, self._far_wanted),
        ):
            if point is not None:
                across.setValue(float(point.x))
                down.setValue(float(point.y))
                said.setText(f"应为 {point.x:.1f}，{point.y:.1f}")
        self._draw()

    def show_correction(self, tray: Tray) -> None:
        """Show shift and scale."""
        for box, value in (
            (self.right, tray.right),
            (self.down, tray.down),
            (self.wider, tray.wider * _HUNDRED),
            (self.taller, tray.taller * _HUNDRED),
        ):
            box.setValue(float(value))
        self._draw()

    def _fill(self) -> None:
        for box, name in (
            (self.printer, "打印机"),
            (self.trays, "纸盒"),
            (self.sheet, "纸张"),
        ):
            box.setAccessibleName(name)
        self.offer_printers(())
        self.offer_trays(())
        for name, size in SHEETS:
            self.sheet.addItem(f"{name}　{paper_name(*size)}", size)
        self.sheet.addItem(OWN, None)
        self.begin_with(self._tray.paper or paper_name(*SHEETS[0][1]))
        self.every.setChecked(bool(self._tray.measured_on) and not self._tray.paper)
        self.show_correction(self._tray)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(tokens.px(10))
        left.addWidget(label("① 选纸盒和纸，打一张校准页", "heading"))
        left.addLayout(row(self.printer, self.trays))
        left.addLayout(row(self.sheet, self.width_mm, label("×"), self.height_mm))
        left.addLayout(row(self.every, None, self.print_sheet))
        left.addWidget(rule())
        left.addWidget(label("② 用尺量十字中心到纸边（毫米）", "heading"))
        left.addLayout(self._measures())
        left.addWidget(rule())
        left.addWidget(label("③ 校正值（会量的人可以直接填）", "heading"))
        left.addLayout(self._corrections())
        left.addStretch(1)
        caption = f"虚线是现在的位置，蓝线是校正后的位置（放大 {EXAGGERATED} 倍）。"
        right = column(
            self.picture, self._said, label(caption, "caption", wrap=True), gap=tokens.px(6)
        )
        right.setStretch(0, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.PAGE)
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)
        self.printer.setMinimumWidth(tokens.px(150))

    def _measures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(tokens.px(6))
        for place, (title, across, down, said) in enumerate(
            (
                ("左上十字", self.near_x, self.near_y, self._near_wanted),
                ("右下十字", self.far_x, self.far_y, self._far_wanted),
            )
        ):
            grid.addWidget(label(title), place, 0)
            grid.addWidget(label("离左边", "muted"), place, 1)
            grid.addWidget(across, place, 2)
            grid.addWidget(label("离上边", "muted"), place, 3)
            grid.addWidget(down, place, 4)
            grid.addWidget(said, place, 5)
        grid.addWidget(self.work_out, 2, 4, 1, 2)
        return grid

    def _corrections(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(tokens.px(6))
        for place, (title, box, title2, box2) in enumerate(
            (
                ("右偏", self.right, "横向缩放", self.wider),
                ("下偏", self.down, "纵向缩放", self.taller),
            )
        ):
            grid.addWidget(label(title, "muted"), place, 0)
            grid.addWidget(box, place, 1)
            grid.addWidget(label(title2, "muted"), place, 2)
            grid.addWidget(box2, place, 3)
        hint = "右偏、下偏是把字往右、往下移多少；要往左、往上移就填负数。"
        grid.addWidget(label(hint, "caption", wrap=True), 2, 0, 1, 4)
        return grid

    def _connect(self) -> None:
        self.printer.currentTextChanged.connect(self.printer_changed)
        self.sheet.currentIndexChanged.connect(self._sheet_chosen)
        for box in (self.width_mm, self.height_mm):
            box.valueChanged.connect(self._size_changed)
        for box in (self.right, self.down, self.wider, self.taller):
            box.valueChanged.connect(self._draw)

    def _sheet_chosen(self, _place: int) -> None:
        size = self.sheet.currentData()
        self._allow_own()
        if size is not None:
            with QSignalBlocker(self.width_mm), QSignalBlocker(self.height_mm):
                self.width_mm.setValue(size[0])
                self.height_mm.setValue(size[1])
            self._size_changed()

    def _allow_own(self) -> None:
        for box in (self.width_mm, self.height_mm):
            box.setEnabled(self.sheet.currentData() is None)

    def _size_changed(self, *_: float) -> None:
        self.sheet_changed.emit()
        self._draw()

    def _draw(self, *_: float) -> None:
        tray = self.tray()
        self.picture.show_tray(tray, self.sheet_size())
        self._said.setText(f"整页{say_shift(tray)}" if not tray.plain else "没有校正")


def _spin(
    name: str, low: float, high: float, step: float, unit: str, digits: int = 1
) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setAccessibleName(name)
    box.setDecimals(digits)
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setSuffix(unit)
    box.setMinimumWidth(tokens.px(96))
    padded(box)
    return box


def _value(box: QDoubleSpinBox) -> Decimal:
    """What the box shows, to its last digit."""
    return Decimal(f"{box.value():.{box.decimals()}f}")


def _size_of(paper: str) -> Size:
    """The sheet a name of ``paper_name`` tells."""
    width, _, height = paper.removesuffix(" mm").partition("×")
    return Size(float(width), float(height))
