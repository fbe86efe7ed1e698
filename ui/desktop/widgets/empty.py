"""What stands in place of an empty list: one sentence and one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import pixmap
from ui.desktop.widgets.parts import button, label


class EmptyState(QWidget):
    """A drawing, a sentence, a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = label("", "muted", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button: QPushButton = button("", self._act)
        self._button.hide()
        self._on_click: Callable[[], object] | None = None
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addSpacing(tokens.GAP)
        layout.addWidget(self._text)
        layout.addSpacing(tokens.GAP)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)

    def say(
        self,
        text: str,
        action: str = "",
        on_click: Callable[[], object] | None = None,
        drawing: str = "inbox",
    ) -> None:
        """Set the sentence and the button."""
        self._picture.setPixmap(pixmap(drawing, tokens.SCROLL_HOVER, tokens.px(44)))
        self._text.setText(text)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self._on_click = on_click

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    @property
    def action(self) -> QPushButton:
        """The button."""
        return self._button

    def _act(self) -> None:
        if self._on_click is not None:
            self._on_click()
