"""The bar that shows where in the wizard the person is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import label, picture, set_tone

STEPS = ("① 选文件", "② 对应列", "③ 检查", "④ 完成")


class StepBar(QWidget):
    """Four steps; those behind are done, the present one stands out."""

    def __init__(self) -> None:
        """Make the bar at the first step."""
        super().__init__()
        self._labels: list[QLabel] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        for place, text in enumerate(STEPS):
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
        self.setAccessibleName(f"第 {now + 1} 步，共 {len(STEPS)} 步：{STEPS[now]}")
