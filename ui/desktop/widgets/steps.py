"""The bar that shows at which step of a longer work the person is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import label, picture, set_tone


class StepBar(QWidget):
    """Steps; those behind are done, the present one stands out."""

    def __init__(self, steps: Sequence[str]) -> None:
        """Make the bar at the first of these steps."""
        super().__init__()
        self._steps = tuple(steps)
        self._labels: list[QLabel] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for place, text in enumerate(self._steps):
            if place:
                layout.addWidget(picture("chevron-right", tokens.BORDER, 14))
            one = label(text, "step")
            self._labels.append(one)
            layout.addWidget(one)
        layout.addStretch(1)
        self.show_step(0)

    def show_step(self, now: int) -> None:
        """Mark the present step."""
        for place, one in enumerate(self._labels):
            set_tone(one, "now" if place == now else "done" if place < now else "", "state")
        now = min(now, len(self._steps) - 1)
        self.setAccessibleName(f"第 {now + 1} 步，共 {len(self._steps)} 步：{self._steps[now]}")
