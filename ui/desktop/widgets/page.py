"""The frame of every page: title with count, at most three actions, a notice, and the body."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import label


class Page(QWidget):
    """Base of the pages.

    Attributes:
        help_page: the file in resources/help that F1 opens.
        interests: kinds of rows (table names); when one of them changes the page reloads; ``*``
            stands for all kinds.
    Signals:
        selection_told: what the status bar says of the selection.
    """

    selection_told = Signal(str)

    help_page = "index.md"
    interests: frozenset[str] = frozenset()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        """Make the frame with its title."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.title = label(title, "title")
        self.count = label("", "count")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.notice = NoticeBar()
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(tokens.BLOCK)
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        head.addWidget(self.title)
        head.addWidget(self.count, 1)
        head.addLayout(self.buttons)
        self.body = QVBoxLayout(self)
        margin = tokens.PAGE
        self.body.setContentsMargins(margin, tokens.CARD, margin, tokens.BLOCK)
        self.body.setSpacing(tokens.BLOCK)
        self.body.addLayout(head)

    def shown(self, argument: object = None) -> None:
        """Called each time the page comes into sight, with what the caller wants to see of it."""

    def reload(self) -> None:
        """Read the office's data anew."""

    def focus_search(self) -> None:
        """Ctrl+F: go to the page's search field, where it has one."""

    def leave(self) -> bool:
        """Whether the page may be left; a page with unsaved input asks first."""
        return True
