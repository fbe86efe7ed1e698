"""The frame of the page's tabs: each reads when it is in sight and says how much it shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens


class View(QWidget):
    """Base of the tabs.

    Signals:
        counted: what stands beside the page's title.
    """

    counted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(tokens.BLOCK)

    def reload(self) -> None:
        """Read it anew, beside the window."""
        raise NotImplementedError

    def focus_search(self) -> None:
        """Go to where something is searched."""

    def show_one(self, what: str) -> None:
        """Show one of its things, by name."""

    def leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return True
