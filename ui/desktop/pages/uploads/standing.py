"""上报: the forms of a year, what is due, sent, accepted and refused; the desk to build one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from ui.desktop.pages.uploads.desk import BuildDesk
from ui.desktop.pages.uploads.returning import take_result
from ui.desktop.pages.uploads.shown import STANDINGS, standing_details, standing_row
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.uploads.sent import Standing
    from ui.desktop.pages.uploads.reads import OfYear
    from ui.desktop.tasks.session import Session

of_year = Lazy("ui.desktop.pages.uploads.reads", "of_year")


class StandingView(View):
    """The list of a year's forms, and the desk in its place while one is built."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self._forms: dict[str, Standing] = {}
        self._year = 0
        self.years = QComboBox()
        self.years.setAccessibleName("年度")
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(STANDINGS, session.preferences, "upload_standings")
        self.table.setAccessibleName("上报表的办理情况")
        self.grid = GridCard(self.table)
        self.grid.empty.say("没有上报表。", drawing="upload")
        self.card = DetailCard("在左边选中一张上报表，这里显示办到哪一步。")
        self.desk = BuildDesk(session)
        self.stack = QStackedWidget()
        self._lay_out()
        self.years.currentIndexChanged.connect(self._turn)
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self.build)
        self.desk.left.connect(self.show_list)

    def reload(self) -> None:
        """Read the year in sight, and check anew what is on the desk."""
        work = of_year.bind(self._year)
        self.session.read("正在读取上报情况", work, self._filled, quiet=True)
        if self.building:
            self.desk.reload()

    @property
    def building(self) -> bool:
        """Whether the desk is in sight."""
        return self.stack.currentWidget() is self.desk

    def build(self, name: str = "") -> None:
        """Open the desk of a form; the chosen one where none is named."""
        one = self._forms.get(name or self.table.current_id())
        if one is not None:
            years = [int(self.years.itemData(n)) for n in range(self.years.count())]
            self.stack.setCurrentWidget(self.desk)
            self.desk.begin(one.name, one.title, self._year, years)

    def show_list(self) -> None:
        """Come back from the desk."""
        self.stack.setCurrentIndex(0)
        self.reload()

    def show_one(self, what: str) -> None:
        """Choose a form by its name."""
        self.stack.setCurrentIndex(0)
        self.table.choose(what)

    def focus_search(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _lay_out(self) -> None:
        go = self.session.go.emit
        self._build = button("生成…", self.build, kind="primary", drawing="file-up")
        self._return = button("登记结果…", self._take_result)
        self._edit = button("改上报表…", lambda: go("uploads", ("forms", self.table.current_id())))
        for one in (self._build, self._return, self._edit):
            self.card.foot.addWidget(one)
        first = QWidget()
        lines = QVBoxLayout(first)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        returned = button("登记上级的结果…", partial(take_result, self.session, self),
                          drawing="file-down")  # fmt: skip
        own = button("用上级的空表做上报表…", partial(go, "uploads", ("forms", "")),
                     drawing="file-spreadsheet")  # fmt: skip
        lines.addLayout(row(label("年度", "muted"), self.years, returned, own, None))
        lines.addWidget(self.figures)
        body = ListBody(self.grid, self.card, self.session.preferences, "upload_standings")
        lines.addWidget(body, 1)
        self.stack.addWidget(first)
        self.stack.addWidget(self.desk)
        self.lines.addWidget(self.stack, 1)

    def _turn(self, *_: int) -> None:
        self._year = int(self.years.currentData())
        self.reload()

    def _filled(self, found: OfYear) -> None:
        self._year = found.year
        self._forms = {one.name: one for one in found.standings}
        self.years.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.years.clear()
        for one in found.years:
            self.years.addItem(f"{one} 年", one)
        self.years.setCurrentIndex(self.years.findData(found.year))
        self.years.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        rows = [standing_row(one) for one in found.standings]
        self.table.show_rows(FixedRows(rows, numbers_of(STANDINGS, rows)))
        self.grid.show_table(yes=bool(rows))
        if rows and not self.table.current_id():
            self.table.selectRow(0)
        self.figures.setText(_figures(found))
        sent = sum(bool(one.files) for one in found.standings)
        self.counted.emit(f"{found.year} 年 {len(rows)} 张表，已生成 {sent} 张")
        self._show_card(self.table.current_id())

    def _show_card(self, name: str) -> None:
        one = self._forms.get(name)
        self.card.show_details(standing_details(one, self._year) if one else None)
        self._build.setEnabled(one is not None)
        self._edit.setEnabled(one is not None)
        self._return.setEnabled(one is not None and bool(one.files))

    def _take_result(self) -> None:
        take_result(self.session, self, self.table.current_id())


def _figures(found: OfYear) -> str:
    """What is to be done first, in a sentence."""
    refused = sum(one.refused for one in found.standings)
    unsent = sum(not file.sent_on for one in found.standings for file in one.files)
    overdue = [one.title for one in found.standings if one.overdue]
    told: list[str] = []
    if overdue:
        told.append(f"已过期还没有生成：{'、'.join(overdue)}")
    if refused:
        told.append(f"被退回 {refused:,} 条，改正后选“只报新增和变动”再报")
    if unsent:
        told.append(f"生成后还没有登记送出的文件 {unsent} 份")
    return "；".join(told) + "。" if told else "选一张表，点“生成…”先检查，改好再写文件。"
