"""The cards of the designer: the lists at the left, and how all stands beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.pages.certificates.designer.listing import FormsList, PartsList
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import boxed, button, card, column, row

LEFT, RIGHT = 172, 250
"""Pixels of the standard size."""
_WIDTHS = "designer/widths"


class Lists(QFrame):
    """The forms and the parts, one of the two in sight."""

    def __init__(self, forms: FormsList, parts: PartsList) -> None:
        """Frame two lists."""
        super().__init__()
        self.setObjectName("card")
        self.new = button("新样式", drawing="plus")
        self.new.setMenu(QMenu(self.new))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.addTab("样式")
        self.tabs.addTab("内容")
        stack = QStackedWidget()
        foot = boxed(row(self.new, None), "gridBar", tokens.px(6))
        stack.addWidget(boxed(column(forms, foot, gap=0)))
        stack.addWidget(parts)
        self.tabs.currentChanged.connect(stack.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(boxed(row(tokens.px(8), self.tabs, None)))
        layout.addWidget(stack, 1)
        self.setMinimumWidth(tokens.px(120))

    def offer(self, items: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Put ways to a new form into the menu of the button."""
        for text, action in items:
            self.new.menu().addAction(text).triggered.connect(partial(_call, action))


def side_by_side(
    preferences: Preferences, left: QWidget, middle: QWidget, right: QWidget
) -> QSplitter:
    """The three, of which the middle one takes the room; their widths are remembered."""
    found = QSplitter(Qt.Orientation.Horizontal)
    found.setHandleWidth(tokens.px(8))
    for part in (left, middle, right):
        found.addWidget(part)
    found.setStretchFactor(1, 1)
    found.setSizes([tokens.px(LEFT), tokens.px(640), tokens.px(RIGHT)])
    found.restoreState(preferences.state(_WIDTHS))
    found.splitterMoved.connect(lambda: preferences.set_state(_WIDTHS, found.saveState()))
    return found


def framed(widget: QWidget) -> QFrame:
    """A widget in a card."""
    found = card()
    layout = QVBoxLayout(found)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.addWidget(widget)
    return found


def _call(action: Callable[[], object], *_signal: object) -> None:
    action()
