"""The windows of collecting: which templates to make, and what a folder brings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from ui.desktop.pages.uploads.collect_shown import FILE_TONES, FILES, file_line
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.small_grid import SmallGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.desktop.pages.uploads.collect_reads import Gathered

WIDTH, HEIGHT = 1060, 580
_WIDTHS = (40, 220, 170, 96, 58, 58, 62, 58)
_CHECKED = Qt.CheckState.Checked
KINDS = {"teachers,records": "教师和培训记录", "teachers": "只要教师", "records": "只要培训记录"}
FULL = {"masked": "遮住中间几位（不改的照原样收）", "full": "写全（含隐私，注意保管）"}
_NAMED = 8


def template_sheet(parent: QWidget, year: int, due: str, schools: Sequence[str]) -> PickSheet:
    """Asks which templates to make."""
    words = "一校一份，里面已有本校教师，能选的做成下拉，其余锁住。下一步选放在哪个文件夹。"
    sheet = PickSheet("生成学校模板", words, "下一步", parent)
    sheet.add_line("year", "年度", str(year))
    sheet.add_choice("kinds", "要学校填什么", KINDS)
    sheet.add_line("due", "请学校交回的日期", due, hint="没有期限的空着")
    sheet.add_line("schools", "学校", offers=schools, hint="空着是所有有教师的学校；几所之间用顿号")
    sheet.add_choice("full", "身份证号、电话、生日", FULL)
    return sheet


class AnswersSheet(Sheet):
    """Every file of the folder with what it is and brings; good ones are ticked.

    Signals:
        agreed: paths to take besides the good ones, and paths to leave out.
    """

    agreed = Signal(object, object)

    def __init__(self, found: Gathered, parent: QWidget) -> None:
        """Show what a folder holds."""
        super().__init__("收学校交回的表", parent, WIDTH)
        self.found = found
        answers = found.answers
        self.about = label(_about(found), wrap=True)
        self.notice = NoticeBar()
        self.grid = SmallGrid("交回的文件", FILES, len(FILES) - 1)
        self.grid.setRowCount(len(answers.files))
        for place, one in enumerate(answers.files):
            self._fill(place)
            item = self.grid.item(place, 3)
            if item is not None:
                item.setForeground(QColor(tokens.TONES[FILE_TONES[one.recognised]].text))
        for place, width in enumerate(_WIDTHS):
            self.grid.setColumnWidth(place, tokens.px(width))
        self.grid.setWordWrap(True)
        self.grid.resizeRowsToContents()
        missing = [one.school for one in answers.missing]
        self.missing = label(_missing(missing), "muted", wrap=True)
        self.missing.setVisible(bool(missing))
        for widget in (self.about, self.notice, self.grid, self.missing):
            self.body.addWidget(widget, 1 if widget is self.grid else 0)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("收下", self._finish, kind="primary")
        self.foot.addWidget(self.action)
        self.grid.itemChanged.connect(self._look)
        self._look()
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def refuse(self, sentence: str) -> None:
        """Say why nothing can be taken."""
        self.notice.tell(sentence, "error")

    def ticked(self) -> list[Path]:
        """The files that shall be taken."""
        return [
            one.path
            for place, one in enumerate(self.found.answers.files)
            if (item := self.grid.item(place, 0)) is not None and item.checkState() is _CHECKED
        ]

    def _fill(self, place: int) -> None:
        one = self.found.answers.files[place]
        tick = QTableWidgetItem()
        readable = one.plan is not None and one.plan.importable
        kept = Qt.ItemFlag.ItemIsEnabled
        tick.setFlags(
            kept | Qt.ItemFlag.ItemIsUserCheckable if readable else Qt.ItemFlag.NoItemFlags
        )
        tick.setCheckState(_CHECKED if one.takeable else Qt.CheckState.Unchecked)
        self.grid.setItem(place, 0, tick)
        for column, text in enumerate(file_line(one, self.found.names), 1):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.grid.setItem(place, column, item)

    def _look(self, *_: object) -> None:
        count = len(self.ticked())
        self.action.setText(f"收下这 {count} 份")
        self.action.setEnabled(bool(count))

    def _finish(self) -> None:
        ticked = set(self.ticked())
        files = self.found.answers.files
        also = [one.path for one in files if not one.takeable and one.path in ticked]
        without = [one.path for one in files if one.takeable and one.path not in ticked]
        self.agreed.emit(also, without)


def _about(found: Gathered) -> str:
    answers = found.answers
    good = sum(one.takeable for one in answers.files)
    words = f"读到 {len(answers.files)} 份，{good} 份可以直接收下"
    odd = len(answers.files) - good
    words += f"，{odd} 份请看说明，确实要收的打勾" if odd else ""
    if answers.questions:
        words += f"；共有 {len(answers.questions)} 处待处理，收下以后列在“待处理”"
    return f"{words}。"


def _missing(schools: Sequence[str]) -> str:
    shown = "、".join(schools[:_NAMED])
    more = f" 等 {len(schools)} 所" if len(schools) > _NAMED else ""
    return f"还没有交的：{shown}{more}。" if schools else ""
