"""The setting of the exchange: after how many days a school is late."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSpinBox

from models.sync.late import SETTING, late_days
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, label, row

save_settings = Lazy("ui.desktop.pages.settings.jobs", "save_settings")
MOST = 366


class ExchangeSettings:
    """The card and what stands in it."""

    def __init__(self, session: Session) -> None:
        """Make the card; ``show_days`` fills it."""
        self._session = session
        self.days = QSpinBox()
        self.days.setRange(1, MOST)
        self.days.setSuffix(" 天")
        self.days.setAccessibleName("多少天没有交换就提醒")
        self.save_button = button("保存提醒天数", self.save)
        self.card = self._card()

    def show_days(self) -> None:
        """Show what holds now."""
        self.days.setValue(late_days(self._session.office))
        self.save_button.setEnabled(not self._session.read_only)

    def save(self) -> None:
        """Keep it."""
        work = save_settings.bind({SETTING: str(self.days.value())})
        self._session.write("正在保存", work, self._saved)

    def _saved(self, _result: object) -> None:
        self._session.told.emit(f"已保存：学校 {self.days.value()} 天没有交换就提醒。", "ok")

    def _card(self) -> QFrame:
        frame, inside = filled_card()
        inside.addWidget(label("学校同步", "heading"))
        line = row(label("学校多少天没有交换就提醒", "muted"), self.days, None, self.save_button)
        inside.addLayout(line)
        return frame
