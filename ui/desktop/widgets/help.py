"""The help: short pages that lie beside the program and need no network."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from resources import path
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, card

FIRST_PAGE = "index.md"


class HelpWindow(Sheet):
    """Shows a page of resources/help; links lead to the others."""

    def __init__(self, parent: QWidget, page: str = FIRST_PAGE, edition: str = "") -> None:
        """Open at a page; what an edition of the program says of it goes before."""
        super().__init__("帮助", parent, 640)
        self._folder = edition
        self.setModal(False)
        self._text = QTextBrowser()
        self._text.setAccessibleName("帮助内容")
        self._text.setOpenLinks(False)
        self._text.setOpenExternalLinks(False)
        self._text.anchorClicked.connect(self._follow)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(tokens.px(8), tokens.px(4), 1, tokens.px(4))
        inside.addWidget(self._text)
        self.body.addWidget(frame, 1)
        self.foot.addWidget(button("目录", self._contents, drawing="list-checks"))
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.accept, kind="primary"))
        self.resize(tokens.px(700), tokens.px(560))
        self.turn_to(page)

    def turn_to(self, page: str) -> None:
        """Show another page; the first where there is none of that name."""
        pages = path("help")
        ways = (pages / self._folder / page, pages / page, pages / self._folder / FIRST_PAGE)
        file = next((one for one in ways if one.is_file()), pages / FIRST_PAGE)
        self._text.setMarkdown(file.read_text(encoding="utf-8"))

    def text(self) -> str:
        """What the page says."""
        return self._text.toPlainText()

    def _follow(self, link: QUrl) -> None:
        self.turn_to(link.fileName())

    def _contents(self) -> None:
        self.turn_to(FIRST_PAGE)
