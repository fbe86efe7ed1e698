"""设置: general settings, code tables, trainings, fonts, printers."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from ui.desktop.pages.settings.code_tables import CodeTablesSettings
from ui.desktop.pages.settings.fonts import FontSettings
from ui.desktop.pages.settings.general import GeneralSettings
from ui.desktop.pages.settings.printers import PrinterSettings
from ui.desktop.pages.settings.training import TrainingSettings
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import tab_bar

GENERAL, CODES, TRAINING, FONTS, PRINTERS = "常规", "代码表", "培训与学时", "字体", "打印机"
SHOWN_BY: dict[object, int] = {"codes": 1, "fonts": 3, "printers": 4}


class SettingsPage(Page):
    """A tab for each matter."""

    help_page = "settings.md"
    interests = frozenset({"setting", "code_entry", "printer_tray", "glyph_image"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("设置")
        self.general = GeneralSettings(session)
        self.codes = CodeTablesSettings(session)
        self.training = TrainingSettings(session)
        self.fonts = FontSettings(session)
        self.printers = PrinterSettings(session)
        self.tabs = tab_bar("设置的分类")
        self.stack = QStackedWidget()
        for title, part in (
            (GENERAL, self.general),
            (CODES, self.codes),
            (TRAINING, self.training),
            (FONTS, self.fonts),
            (PRINTERS, self.printers),
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.tabs.setTabVisible(2, not session.edition.hides("settings.training"))
        self.tabs.currentChanged.connect(self._turn_to)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)

    def shown(self, argument: object = None) -> None:
        """Come into sight; ``"codes"``, ``"fonts"`` and ``"printers"`` name a tab."""
        if argument in SHOWN_BY:
            self.tabs.setCurrentIndex(SHOWN_BY[argument])

    def reload(self) -> None:
        """Show what holds now."""
        self.general.show_office()
        self.codes.show_tables()
        self.training.show_settings()
        self.printers.show_trays()
        if self.stack.currentWidget() is self.fonts:
            self.fonts.show_fonts()

    def _turn_to(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        if self.stack.currentWidget() is self.fonts:
            self.fonts.show_fonts()
