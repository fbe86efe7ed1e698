"""How trainings and hours are handled here: approval, steps, closed years."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from models.office.settings import read_settings
from models.training.claims import STEPS_SETTING
from models.training.courses import APPROVAL_SETTING
from models.training.entries import CLOSED_SETTING
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, label, row

save_settings = Lazy("ui.desktop.pages.settings.jobs", "save_settings")
STEPS = {
    "": "录入后直接入账",
    "approve": "录入 → 审核",
    "approve,verify": "录入 → 审核 → 验证",
}
WIDTH = 720


class TrainingSettings(QWidget):
    """One card."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_settings`` fills it."""
        super().__init__()
        self._session = session
        self.approval = QCheckBox("本单位登记的培训也要批准后才能报名（学校的计划总要批准）")
        self.steps = QComboBox()
        self.closed = QLineEdit()
        for value, text in STEPS.items():
            self.steps.addItem(text, value)
        self.closed.setPlaceholderText("年度，如 2024；留空为不封账")
        frame, inside = filled_card()
        frame.setMaximumWidth(tokens.px(WIDTH))
        inside.addWidget(label("培训与学时", "heading"))
        inside.addWidget(self.approval)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BLOCK)
        grid.setVerticalSpacing(tokens.px(10))
        grid.setColumnMinimumWidth(0, tokens.px(100))
        asked: tuple[tuple[str, QWidget], ...] = (
            ("学时入账步骤", self.steps),
            ("封账到哪一年", self.closed),
        )
        for place, (title, editor) in enumerate(asked):
            editor.setAccessibleName(title)
            grid.addWidget(label(title, "muted"), place, 0)
            grid.addWidget(editor, place, 1)
        inside.addLayout(grid)
        explained = (
            "审核人、验证人不能是录入人（操作人在“常规”中填写）。封账的年度不能再登记或冲销学时。"
        )
        inside.addWidget(label(explained, "caption", wrap=True))
        inside.addLayout(row(None, button("保存", self.save, kind="primary")))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(frame)
        lines.addStretch(1)

    def show_settings(self) -> None:
        """Show what holds now."""
        known = read_settings(self._session.office.store)
        self.approval.setChecked(known.get(APPROVAL_SETTING) == "yes")
        self.steps.setCurrentIndex(max(0, self.steps.findData(known.get(STEPS_SETTING, ""))))
        self.closed.setText(known.get(CLOSED_SETTING, ""))

    def save(self) -> None:
        """Keep what was chosen."""
        year = self.closed.text().strip()
        if year and not (year.isdecimal() and len(year) == len("2024")):
            self._session.told.emit("封账年度要写四位年份，如 2024；不封账的留空。", "error")
            return
        values = {
            APPROVAL_SETTING: "yes" if self.approval.isChecked() else "no",
            STEPS_SETTING: str(self.steps.currentData()),
            CLOSED_SETTING: year,
        }
        self._session.write("正在保存", save_settings.bind(values), self._saved)

    def _saved(self, _result: object) -> None:
        self._session.told.emit("设置已保存。", "ok")
