"""A small window that asks for texts, and for choices among what there is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.parts import column, label


class PickSheet(ChooseSheet):
    """``ChooseSheet`` with fields in which one of a few is chosen."""

    def __init__(self, title: str, explanation: str, action: str, parent: QWidget) -> None:
        """Make the window; ``action`` is what its main button says."""
        super().__init__(title, explanation, action, parent)
        self._choices: dict[str, QComboBox] = {}

    def add_choice(
        self, key: str, title: str, choices: Mapping[str, str], chosen: str = ""
    ) -> QComboBox:
        """Ask for one of ``choices``: value to what is shown."""
        box = QComboBox()
        box.setAccessibleName(title)
        for value, text in choices.items():
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        caption = label(title, "caption")
        caption.setBuddy(box)
        self.body.addLayout(column(caption, box, gap=tokens.px(4)))
        self._choices[key] = box
        return box

    def texts(self) -> dict[str, str]:
        """What was chosen and typed, by key."""
        chosen = {key: str(box.currentData()) for key, box in self._choices.items()}
        return chosen | super().texts()
