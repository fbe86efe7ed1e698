"""The schools of a collection: who has answered, who is missing, what is open at each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desktop.pages.uploads.collect_shown import (
    SCHOOLS,
    school_details,
    school_row,
    school_state,
)
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.collecting.standing import SchoolStanding
    from ui.desktop.pages.uploads.collect_reads import Collected
    from ui.desktop.tasks.session import Session

EMPTY = "还没有发过学校模板。生成以后发给没有本程序的学校，用 Excel 或 WPS 填好交回，一次读入。"
STATES = ("逾期未交", "未交", "有要改的", "已退回", "要看一眼", "收齐")


class SchoolsPart(QWidget):
    """The list of schools, those that have not answered first."""

    def __init__(
        self, session: Session, make: Callable[[], object], give_back: Callable[[str], object]
    ) -> None:
        """Make it empty.

        Args:
            session: where widths are remembered and other pages are opened.
            make: begins to make templates.
            give_back: gives the bad rows of a school back.
        """
        super().__init__()
        self._session = session
        self._schools: dict[str, SchoolStanding] = {}
        states = [Choice(one, one) for one in STATES]
        self.filters = FilterRow("学校（Ctrl+F）", {"state": FilterCombo("情况", states)})
        self.table = DataTable(SCHOOLS, session.preferences, "collect_schools")
        self.table.setAccessibleName("各校交表情况")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一所学校，这里显示它交了什么。")
        self._make, self._give_back = make, give_back
        self._school = button("看学校", self._to_school)
        self._return = button("退回要改的行…", self._return_one)
        self.card.foot.addWidget(self._return)
        self.card.foot.addWidget(self._school)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self.filters)
        lines.addWidget(ListBody(self.grid, self.card, session.preferences, "collect_schools"), 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def show_collected(self, found: Collected) -> None:
        """Show the schools of a collection."""
        self._schools = {one.school_id: one for one in found.schools}
        self.filters.setVisible(found.round is not None)
        self._show()

    def _show(self) -> None:
        words, state = self.filters.query(), self.filters.values().get("state", "")
        rows = [
            school_row(one)
            for one in self._schools.values()
            if words in one.school and (not state or school_state(one)[0] == state)
        ]
        self.table.show_rows(FixedRows(rows, numbers_of(SCHOOLS, rows)))
        self.grid.show_table(yes=bool(rows))
        if self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的学校。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say(EMPTY, "生成学校模板…", self._make, "inbox")
        self._show_card()

    def _show_card(self, *_: object) -> None:
        one = self._schools.get(self.table.current_id())
        self.card.show_details(school_details(one) if one else None)
        self._return.setEnabled(one is not None and bool(one.refused))
        self._school.setEnabled(one is not None)

    def _to_school(self) -> None:
        self._session.go.emit("institutions", self.table.current_id())

    def _return_one(self) -> None:
        self._give_back(self.table.current_id())
