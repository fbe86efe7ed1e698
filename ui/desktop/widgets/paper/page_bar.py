"""The bar below the pages: which page, words to find, the pre-printed sheet, the zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit

from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.pages_view import FIT_PAGE, FIT_WIDTH, STEP, PagesView
from ui.desktop.widgets.parts import label, tool
from ui.desktop.widgets.search_box import SearchBox

FITS = {FIT_PAGE: "整页", FIT_WIDTH: "适合宽度"}
PERCENTS = (50, 75, 100, 125, 150, 200, 300, 400)


class PageBar(QFrame):
    """Turns the pages of a view and says where it is.

    Signals:
        looked_for: words to find, from the next page on.
        background_wanted: whether the pre-printed sheet is to be seen.
    """

    looked_for = Signal(str)
    background_wanted = Signal(bool)

    def __init__(self, view: PagesView, count: int, *, background: bool) -> None:
        """Serve a view of so many pages."""
        super().__init__()
        self.setObjectName("pageBar")
        self._view = view
        self._count = count
        self.number = QLineEdit("1")
        self.total = label(f"/ {count:,} 页", "muted")
        self.search = SearchBox("在文件里找")
        self.background = QCheckBox("显示底图（不打印）")
        self.zoom = QComboBox()
        self._previous = tool("chevron-left", "上一页（PageUp）", self._back)
        self._next = tool("chevron-right", "下一页（PageDown）", self._on)
        self._dress(background=background)
        self._lay_out()
        self._connect()

    def show_page(self, page: int) -> None:
        """Say which page (from 0) is looked at."""
        self.number.setText(str(page + 1))
        self._previous.setEnabled(page > 0)
        self._next.setEnabled(page + 1 < self._count)

    def show_zoom(self, factor: float) -> None:
        """Say at which factor."""
        how = FITS.get(self._view.fit)
        self.zoom.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.zoom.setEditText(how or f"{factor * 100:.0f} %")
        self.zoom.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.zoom.setToolTip(f"{factor * 100:.0f} %　Ctrl+滚轮缩放")

    def _dress(self, *, background: bool) -> None:
        self.number.setAccessibleName("页码")
        self.number.setToolTip("写页码，按回车跳转")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setValidator(QIntValidator(1, self._count, self))
        self.number.setFixedWidth(tokens.px(26 + 9 * len(str(self._count))))
        self.search.setMaximumWidth(tokens.px(220))
        self.search.setToolTip("按回车找下一处")
        self.background.setChecked(background)
        self.background.setVisible(background)
        self.zoom.setEditable(True)
        self.zoom.setAccessibleName("缩放")
        self.zoom.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zoom.setFixedWidth(tokens.px(112))
        for how, text in FITS.items():
            self.zoom.addItem(text, how)
        for percent in PERCENTS:
            self.zoom.addItem(f"{percent} %", percent / 100)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.BLOCK, tokens.px(6), tokens.BLOCK, tokens.px(6))
        layout.setSpacing(tokens.px(6))
        for one in (self._previous, label("第", "muted"), self.number, self.total, self._next):
            layout.addWidget(one)
        layout.addSpacing(tokens.BLOCK)
        layout.addWidget(self.search, 1)
        layout.addStretch(1)
        layout.addWidget(self.background)
        layout.addSpacing(tokens.GAP)
        for one in (
            tool("minus", "缩小（Ctrl+-）", self._smaller),
            self.zoom,
            tool("plus", "放大（Ctrl++）", self._larger),
        ):
            layout.addWidget(one)

    def _connect(self) -> None:
        self.number.returnPressed.connect(self._jump)
        self.search.returnPressed.connect(self._look)
        self.background.toggled.connect(self.background_wanted)
        self.zoom.activated.connect(self._zoom_chosen)
        line = self.zoom.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._zoom_typed)

    def _back(self) -> None:
        self._view.turn_to(self._view.page - 1)

    def _on(self) -> None:
        self._view.turn_to(self._view.page + 1)

    def _smaller(self) -> None:
        self._view.zoom_by(1 / STEP)

    def _larger(self) -> None:
        self._view.zoom_by(STEP)

    def _jump(self) -> None:
        text = self.number.text()
        self._view.turn_to(int(text) - 1 if text.isdecimal() else self._view.page)
        self._view.setFocus()

    def _look(self) -> None:
        if self.search.text().strip():
            self.looked_for.emit(self.search.text())

    def _zoom_chosen(self, place: int) -> None:
        chosen = self.zoom.itemData(place)
        if isinstance(chosen, float):
            self._view.zoom_to(chosen)
        else:
            self._view.fit_to(str(chosen))
        self._view.setFocus()

    def _zoom_typed(self) -> None:
        typed = self.zoom.currentText().replace("%", "").strip()
        if typed.isdecimal():
            self._view.zoom_to(int(typed) / 100)
            self._view.setFocus()
        else:
            self.show_zoom(self._view.factor)
