"""The bar above the sheet: steps, parts, order, grid, zoom, values; then what is done with all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from reports.kit.form_parts import PARTS
from ui.desktop.pages.certificates.designer.canvas import STEP, Canvas
from ui.desktop.pages.certificates.designer.edits import ALIGN, SPREAD, Edits
from ui.desktop.pages.certificates.designer.snapping import Rule
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon
from ui.desktop.widgets.parts import button, card, tool

GRIDS = {"不显示网格": 0.0, "网格 1 毫米": 1.0, "网格 5 毫米": 5.0, "网格 10 毫米": 10.0}
ZOOMS = (50, 100, 200, 400)
INCH = 25.4


class Tools(QFrame):
    """The bar; what reaches beyond the sheet is put in by the view."""

    def __init__(self, canvas: Canvas, edits: Edits, values: QWidget) -> None:
        """Make the buttons for a sheet; ``values`` chooses whose values it shows."""
        super().__init__()
        self.setObjectName("plain")
        self._canvas = canvas
        self._edits = edits
        stack = canvas.draft.stack
        self.undo = tool("undo-2", "撤销（Ctrl+Z）", stack.undo)
        self.redo = tool("redo-2", "重做（Ctrl+Y）", stack.redo)
        self.lists = tool("panel-left", "显示或隐藏左边的列表")
        self.lists.setCheckable(True)
        self.lists.setChecked(True)
        self.add = menu_tool("plus", "添加")
        self.order = menu_tool("align-start-vertical", "对齐和等距")
        self.grid = menu_tool("grid-3x3", "网格")
        self.snap = tool("magnet", "靠近其他内容时对齐（按住 Alt 暂不对齐）", self._rule)
        self.snap.setCheckable(True)
        self.snap.setChecked(True)
        self.zoom = menu_tool("", "缩放")
        self.more = menu_tool("ellipsis", "更多")
        self.save = button("保存", kind="primary", drawing="save")
        self._fill_menus()
        self._lay_out(values)
        self._connect()

    def _connect(self) -> None:
        stack = self._canvas.draft.stack
        stack.undoTextChanged.connect(partial(_tell_step, self.undo, "撤销", "Ctrl+Z"))
        stack.redoTextChanged.connect(partial(_tell_step, self.redo, "重做", "Ctrl+Y"))
        stack.canUndoChanged.connect(self.undo.setEnabled)
        stack.canRedoChanged.connect(self.redo.setEnabled)
        self._canvas.viewed.connect(self._tell_zoom)
        self._canvas.draft.chosen_changed.connect(self._offer)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)
        self._offer()

    def add_more(self, items: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """Put things to do into the last menu: text, drawing, action."""
        for text, drawing, action in items:
            _add(self.more.menu(), text, drawing, action)

    def _fill_menus(self) -> None:
        for slot, kind in PARTS.items():
            _add(self.add.menu(), kind.title, kind.drawing, partial(self._put, slot))
        for edge, (text, drawing) in ALIGN.items():
            _add(self.order.menu(), text, drawing, partial(self._edits.align, edge))
        self.order.menu().addSeparator()
        for axis, (text, drawing) in SPREAD.items():
            _add(self.order.menu(), text, drawing, partial(self._edits.spread, axis))
        group = QActionGroup(self.grid)
        for text, size in GRIDS.items():
            action = _add(self.grid.menu(), text, "", partial(self._take_grid, size))
            action.setCheckable(True)
            action.setChecked(size == self._canvas.rule.grid)
            group.addAction(action)
        _add(self.zoom.menu(), "适合窗口", "maximize", self._canvas.fit)
        for percent in ZOOMS:
            _add(self.zoom.menu(), f"{percent}%", "", partial(self._zoom_to, percent))

    def _lay_out(self, values: QWidget) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(2))
        smaller = tool("zoom-out", "缩小（Ctrl+滚轮）", partial(self._zoom_by, 1 / STEP))
        larger = tool("zoom-in", "放大（Ctrl+滚轮）", partial(self._zoom_by, STEP))
        groups = (
            (self.lists,),
            (self.undo, self.redo),
            (self.add, self.order),
            (self.grid, self.snap),
            (smaller, self.zoom, larger),
        )
        for group in groups:
            for one in group:
                layout.addWidget(one)
            layout.addWidget(_bar())
        layout.addStretch(1)
        layout.addWidget(values)
        layout.addWidget(self.more)
        layout.addWidget(self.save)

    def _put(self, slot: str) -> None:
        seen = self._canvas.viewport().rect().center()
        self._edits.add(slot, self._canvas.point_of(seen))
        self._canvas.setFocus()

    def _take_grid(self, size: float) -> None:
        self._canvas.sheet.grid = size
        self._canvas.sheet.update()
        self._canvas.rule = self._canvas.rule._replace(grid=size)

    def _rule(self) -> None:
        reach = Rule().reach if self.snap.isChecked() else 0.0
        self._canvas.rule = self._canvas.rule._replace(reach=reach)

    def _zoom_by(self, factor: float) -> None:
        self._canvas.set_zoom(self._canvas.zoom * factor)

    def _zoom_to(self, percent: int) -> None:
        self._canvas.set_zoom(percent / 100 * self._actual())

    def _actual(self) -> float:
        """Pixels to the millimetre at which the sheet is as large as on paper."""
        return self._canvas.logicalDpiX() / INCH

    def _tell_zoom(self) -> None:
        self.zoom.setText(f"{self._canvas.zoom / self._actual() * 100:.0f}%")

    def _offer(self) -> None:
        self.order.setEnabled(bool(self._canvas.draft.chosen))


def _tell_step(one: QToolButton, word: str, keys: str, step: str) -> None:
    """Say on hover which step would be taken back or done again."""
    one.setToolTip(f"{word}：{step}（{keys}）" if step else f"{word}（{keys}）")


def menu_tool(drawing: str, name: str) -> QToolButton:
    """A small button that opens a menu."""
    found = tool(drawing or "zoom-in", name)
    if not drawing:
        found.setIcon(icon("chevron-down", tokens.MUTED))
        found.setMinimumWidth(tokens.px(52))
        found.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    found.setIconSize(QSize(tokens.px(16), tokens.px(16)))
    found.setMenu(QMenu(found))
    found.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return found


def _add(menu: QMenu, text: str, drawing: str, action: Callable[[], object]) -> QAction:
    found = menu.addAction(text)
    if drawing:
        found.setIcon(icon(drawing, tokens.MUTED))
    found.triggered.connect(action)
    return found


def _bar() -> QFrame:
    found = card("toolBar")
    found.setFixedSize(1, tokens.px(20))
    return found
