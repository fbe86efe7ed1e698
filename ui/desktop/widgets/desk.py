"""The desk of one thing: its name and state above tabs, a way back to the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, clear, label, pill, tab_bar


class Desk(QWidget):
    """Base of the desks; a subclass fills a tab when it comes into sight.

    Attributes:
        head: the line with the name; a subclass may put a button at its end.
    Signals:
        left: the person wants the list again.
    """

    left = Signal()

    def __init__(self, about: str, titles: Sequence[str], parts: Sequence[QWidget]) -> None:
        """Make it without anything to show.

        Args:
            about: what the tabs are, for screen readers.
            titles: of the tabs.
            parts: what stands under them.
        """
        super().__init__()
        self._title = label("", "name")
        self._facts = label("", "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QHBoxLayout()
        self.tabs = tab_bar(about)
        self.stack = QStackedWidget()
        for title, part in zip(titles, parts, strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.head = QHBoxLayout()
        self.head.setSpacing(tokens.BLOCK)
        self.head.addWidget(button("返回列表", self.left.emit, drawing="arrow-left"))
        self.head.addWidget(self._title)
        self.head.addLayout(self._state)
        self.head.addWidget(self._facts, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(self.head)
        lines.addWidget(self.tabs)
        lines.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self.turn)

    def say(self, title: str, state: tuple[str, str], facts: Sequence[str]) -> None:
        """Show a name, a state with its tone, and facts; then the tab that was in sight."""
        self._title.setText(title)
        clear(self._state)
        self._state.addWidget(pill(*state))
        self._facts.setText(" · ".join(facts))
        self._facts.setToolTip(self._facts.text())
        self.turn(self.tabs.currentIndex())

    def turn(self, place: int) -> None:
        """Bring a tab into sight."""
        self.stack.setCurrentIndex(place)
