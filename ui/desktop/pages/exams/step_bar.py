"""The seven steps as buttons: each says its state, the one that comes next stands out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.desktop.pages.exams.sequence import NUMERALS, TITLES, Step
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import set_tone


class StepButtons(QWidget):
    """The sequence across the desk.

    Signals:
        chosen: the place of the step the person wants to see.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        """Make the buttons; ``show_steps`` fills them."""
        super().__init__()
        self.setAccessibleName("考试的各个步骤")
        self.buttons: list[QPushButton] = []
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(6))
        for place, title in enumerate(TITLES):
            one = QPushButton(f"{NUMERALS[place]} {title}")
            one.setProperty("kind", "step")
            one.setCheckable(True)
            one.setAutoDefault(False)
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            group.addButton(one, place)
            layout.addWidget(one, 1)
            self.buttons.append(one)
        group.idClicked.connect(self.chosen)

    def show_steps(self, steps: Sequence[Step], following: int) -> None:
        """Show the states; ``following`` is the step that comes next."""
        for place, (one, step) in enumerate(zip(self.buttons, steps, strict=True)):
            mark = "✓" if step.done else NUMERALS[place]
            one.setText(f"{mark} {step.title}\n{step.words}")
            state = "完成" if step.done else "下一步" if place == following else ""
            one.setAccessibleName(f"第 {place + 1} 步 {step.title}：{step.words} {state}".strip())
            one.setToolTip("" if step.open else "先做前面的步骤")
            tone = "done" if step.done else "next" if place == following else ""
            set_tone(one, tone or ("" if step.open else "later"), "state")

    def turn_to(self, place: int) -> None:
        """Mark the step in sight without telling."""
        self.buttons[place].setChecked(True)
