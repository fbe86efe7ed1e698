"""The search field: asks when typing pauses, never while a Chinese word is being composed."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon

PAUSE = 150
"""Milliseconds without a key until the search runs."""


class SearchBox(QLineEdit):
    """A line to search in.

    Signals:
        searched: the text after typing paused; at once for Enter and Esc.
    """

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        """Make the field with a hint of what it finds."""
        super().__init__(parent)
        self._composing = False
        self._last = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._search)
        self.setPlaceholderText(hint)
        self.setAccessibleName(f"搜索：{hint}")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", tokens.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._search)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hold the search back while a composition is open; search once it is committed."""
        self._composing = bool(event.preeditString())
        if self._composing:
            self._timer.stop()
        super().inputMethodEvent(event)
        if not self._composing and self.text() != self._last:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the field."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._search()
        else:
            super().keyPressEvent(event)

    def reset(self) -> None:
        """Clear the field without asking for a search."""
        self._last = ""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.clear()
        self.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag

    def _typed(self) -> None:
        if not self._composing:
            self._timer.start()

    def _search(self) -> None:
        self._timer.stop()
        if not self._composing and self.text().strip() != self._last:
            self._last = self.text().strip()
            self.searched.emit(self._last)
