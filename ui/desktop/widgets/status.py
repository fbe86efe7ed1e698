"""The status bar: what is selected, when it was saved and backed up, where the data lie."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon
from ui.desktop.widgets.parts import set_tone


class StatusBar(QStatusBar):
    """The selection on the left, the state of the data on the right; each part can be clicked.

    Signals:
        clicked: the key of a part.
    """

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, empty."""
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(tokens.px(8), 0, tokens.px(8), 0)
        self._selection = QLabel()
        self._selection.setObjectName("status")
        self.addWidget(self._selection, 1)
        self._parts: dict[str, QPushButton] = {}

    def say_selection(self, text: str) -> None:
        """Show what is selected."""
        self._selection.setText(text)

    def say(self, key: str, text: str, hint: str = "", tone: str = "") -> None:
        """Show a part on the right; a new key adds one.

        Args:
            key: which part.
            text: what it says; "" hides it.
            hint: its tooltip.
            tone: ``warn`` or ``error`` where the person should look.
        """
        part = self._parts.get(key) or self._add(key)
        part.setText(text)
        part.setVisible(bool(text))
        part.setToolTip(hint)
        part.setAccessibleName(text)
        set_tone(part, tone)
        part.setIcon(icon("triangle-alert", tokens.TONES[tone].text, 14) if tone else QIcon())

    def text(self, key: str) -> str:
        """What a part says."""
        return self._parts[key].text() if key in self._parts else ""

    def _add(self, key: str) -> QPushButton:
        part = QPushButton()
        part.setObjectName("status")
        part.setFlat(True)
        part.setProperty("key", key)
        part.clicked.connect(self._tell)
        self._parts[key] = part
        self.addPermanentWidget(part)
        return part

    def _tell(self) -> None:
        self.clicked.emit(str(self.sender().property("key")))
