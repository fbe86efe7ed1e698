"""The row of steps: each a button with how far it is; all can be gone to at any time."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.desktop.pages.mentoring.shown import STEPS, StepFigure
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import picture, set_tone


class StepRail(QWidget):
    """The steps of a programme.

    Signals:
        chosen: the key of the step that was clicked.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        """Make the row at its first step."""
        super().__init__()
        self.setAccessibleName("结对工程的九个步骤")
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(2))
        for place, (key, title) in enumerate(STEPS):
            if place:
                layout.addWidget(picture("chevron-right", tokens.BORDER, 12))
            one = self._button(key, title)
            layout.addWidget(one, 1)
        self.show_step(STEPS[0][0])

    def show_step(self, key: str) -> None:
        """Mark the step in sight."""
        self.buttons[key].setChecked(True)

    def show_figures(self, figures: Mapping[str, StepFigure]) -> None:
        """Say how far each step is."""
        for place, (key, title) in enumerate(STEPS, start=1):
            figure = figures.get(key, StepFigure("", done=False))
            one = self.buttons[key]
            mark = "✓ " if figure.done else f"{place} "
            one.setText(f"{mark}{title}\n{figure.text}")
            set_tone(one, "done" if figure.done else "", "state")
            told = f"第 {place} 步 {title}：{figure.text}{'，已完成' if figure.done else ''}"
            one.setAccessibleName(told)
            one.setToolTip(told)

    def _button(self, key: str, title: str) -> QPushButton:
        found = QPushButton(title)
        found.setObjectName("stepButton")
        found.setCheckable(True)
        found.setAutoDefault(False)
        found.setFixedHeight(tokens.px(46))
        found.setMinimumWidth(tokens.px(72))
        found.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        found.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(found)
        self.buttons[key] = found
        return found
