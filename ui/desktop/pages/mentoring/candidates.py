"""Who else could lead a mentee: a window with everybody's reasons, the best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from models.mentoring.explaining import Candidate
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "师傅", 6),
    TableColumn("school", "单位", 13),
    TableColumn("title", "称号", 8),
    TableColumn("load", "已带/名额", 5),
    TableColumn("cost", "代价", 4, numeric=True),
    TableColumn("why", "理由；不合要求的写明冲突", 20, stretch=True),
)


class CandidateSheet(Sheet):
    """The window."""

    def __init__(
        self,
        session: Session,
        mentee: str,
        found: Sequence[Candidate],
        parent: QWidget,
        on_chosen: Callable[[Candidate], object],
    ) -> None:
        """Show who could lead a mentee; ``on_chosen`` is told who shall."""
        super().__init__(f"{mentee}改由谁带", parent, 860)
        self._found = {one.mentor.id: one for one in found}
        self._on_chosen = on_chosen
        fit = sum(1 for one in found if not one.conflicts)
        words = f"合乎要求的 {fit} 人排在前面，代价小的在先；选了以后这一对固定，重新匹配不再改动。"
        self.search = SearchBox("姓名、单位")
        self.table = DataTable(COLUMNS, session.preferences, "pair_candidates")
        self.table.setAccessibleName("可带的师傅")
        self.table.setMinimumHeight(tokens.px(320))
        grid = GridCard(self.table)
        grid.show_table(yes=True)
        self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("由他带", self._choose, kind="primary")
        self.foot.addWidget(self.action)
        self.search.searched.connect(self._show)
        self.table.opened.connect(self._choose)
        self._show()

    def _show(self, *_: str) -> None:
        query = self.search.text().strip()
        rows = [_row(one) for one in self._found.values()]
        shown = [one for one in rows if not query or any(query in t for t in one.texts.values())]
        values = {one: {"cost": float(found.cost)} for one, found in self._found.items()}
        self.table.show_rows(FixedRows(shown, values))
        if shown:
            self.table.selectRow(0)
        self.action.setEnabled(bool(shown))

    def _choose(self, *_: str) -> None:
        found = self._found.get(self.table.current_id())
        if found is not None:
            self.accept()
            self._on_chosen(found)


def _row(one: Candidate) -> TableRow:
    mentor = one.mentor
    texts = {
        "name": mentor.name,
        "school": mentor.school.name,
        "title": mentor.title or "没有称号",
        "load": f"{one.led}/{mentor.room}",
        "cost": str(one.cost),
        "why": "；".join(one.conflicts) or " · ".join(one.why),
    }
    return TableRow(mentor.id, texts, {"why": "warn"} if one.conflicts else {})
