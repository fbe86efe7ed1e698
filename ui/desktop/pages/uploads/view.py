"""The frame of the page's tabs: each reads when it is in sight and says how much it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.tabbed_page import TabView


class View(TabView):
    """Base of the tabs."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(tokens.BLOCK)

    def show_one(self, what: str) -> None:
        """Show one of its things, by name."""

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the page, as if they had been chosen here."""

    def leave(self) -> bool:
        """Whether nothing typed would be lost."""
        return True
