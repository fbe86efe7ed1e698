"""What a list of recommendations brings, seen before it is taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label

WIDTH, HEIGHT = 640, 420

if TYPE_CHECKING:
    from models.exchange.nomination_list import NominationList


class ListSheet(Sheet):
    """How many are recommended, and every line that cannot be taken.

    Signals:
        taken: those who can be recommended shall be.
    """

    taken = Signal()

    def __init__(self, name: str, found: NominationList, parent: QWidget) -> None:
        """Show what a workbook of that name brings."""
        super().__init__("推荐名单", parent, WIDTH)
        count, bad = len(found.nominees), len(found.problems)
        words = f"“{name}”：可以推荐 {count} 人"
        words += f"，不能采用的 {bad} 行" if bad else ""
        self.about = label(f"{words}。", wrap=True)
        self.notice = NoticeBar()
        self.lines = QListWidget()
        self.lines.setAccessibleName("不能采用的行")
        self.lines.addItems([*found.problems, *(f"{one}（已照收）" for one in found.told)])
        self.lines.setVisible(bool(found.problems or found.told))
        self.body.addWidget(self.about)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.lines, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button(f"推荐这 {count} 人", self.taken.emit, kind="primary")
        self.action.setEnabled(bool(count))
        self.foot.addWidget(self.action)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT if found.problems or found.told else 160))

    def refuse(self, sentence: str) -> None:
        """Say why the list cannot be taken."""
        self.notice.tell(sentence, "error")
