"""What counties' workbooks hold, seen before they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.small_grid import SmallGrid

if TYPE_CHECKING:
    from models.uploads.counties import CountyFile
    from ui.desktop.pages.uploads.county_jobs import CountyFiles

WIDTH, HEIGHT = 900, 440
TITLES = ("文件", "县", "上报表", "年度", "行数", "说明")
_WIDTHS = (190, 110, 150, 56, 56)
_TOLD = 3


class CountySheet(Sheet):
    """The files line by line; those that can be taken are.

    Signals:
        taken: those that can be taken shall be.
    """

    taken = Signal()

    def __init__(self, found: CountyFiles, parent: QWidget) -> None:
        """Show what was read."""
        super().__init__("收县里报来的表", parent, WIDTH)
        self.good = [one for one in found.files if not one.trouble]
        bad = len(found.files) - len(self.good) + len(found.unread)
        words = f"可以收 {len(self.good)} 份"
        words += f"，不能收的 {bad} 份；认不出是哪个县的，在文件名里写上县名再读" if bad else ""
        self.notice = NoticeBar()
        self.grid = SmallGrid("县里报来的表", TITLES, len(TITLES) - 1)
        lines = [
            *map(_line, found.files),
            *((name, "", "", "", "", why) for name, why in found.unread),
        ]
        self.grid.show_lines(lines)
        for place in range(len(lines)):
            told = self.grid.item(place, len(TITLES) - 1)
            refused = place >= len(found.files) or bool(found.files[place].trouble)
            if refused and told is not None:
                told.setForeground(QColor(tokens.ERROR))
        for place, width in enumerate(_WIDTHS):
            self.grid.setColumnWidth(place, tokens.px(width))
        self.grid.setWordWrap(True)
        self.grid.resizeRowsToContents()
        self.body.addWidget(label(f"{words}。同一个县同一年的，新的代替旧的。", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button(f"收下这 {len(self.good)} 份", self.taken.emit, kind="primary")
        self.action.setEnabled(bool(self.good))
        self.foot.addWidget(self.action)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def refuse(self, sentence: str) -> None:
        """Say why they cannot be taken."""
        self.notice.tell(sentence, "error")


def _line(one: CountyFile) -> tuple[str, ...]:
    told = [one.trouble] if one.trouble else list(one.problems[:_TOLD])
    if len(one.problems) > _TOLD:
        told.append(f"共 {len(one.problems)} 处")
    if one.replaces:
        told.append(f"代替 {one.replaces} 收的")
    title = one.form.title if one.form else ""
    year = str(one.year or "")
    return one.path.name, one.county, title, year, str(one.rows or ""), "；".join(told)
