"""设置: general settings and code tables."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.desktop.pages.settings.code_tables import CodeTablesSettings
from ui.desktop.pages.settings.general import GeneralSettings
from ui.desktop.pages.settings.training import TrainingSettings
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page

GENERAL, CODES, TRAINING = "常规", "代码表", "培训与学时"


class SettingsPage(Page):
    """Three tabs."""

    help_page = "settings.md"
    interests = frozenset({"setting", "code_entry"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("设置")
        self.general = GeneralSettings(session)
        self.codes = CodeTablesSettings(session)
        self.training = TrainingSettings(session)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("设置的分类")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        for title, part in (
            (GENERAL, self.general),
            (CODES, self.codes),
            (TRAINING, self.training),
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)

    def shown(self, argument: object = None) -> None:
        """Come into sight; ``"codes"`` shows the code tables."""
        if argument == "codes":
            self.tabs.setCurrentIndex(1)

    def reload(self) -> None:
        """Show what holds now."""
        self.general.show_office()
        self.codes.show_tables()
        self.training.show_settings()
