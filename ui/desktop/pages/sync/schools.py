"""The county's side: the drives, the schools with how the exchange with each stands, and a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.desktop.pages.sync.shown import (
    ENROLLED,
    NOT_ENROLLED,
    SCHOOL_COLUMNS,
    SchoolLine,
    Standing,
    school_row,
)
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

DUE, LATE, TORN, MISSING, OUT = "due", "late", "conflicts", "missing", "out"
WANTED: Mapping[str, tuple[str, Callable[[SchoolLine], bool]]] = {
    DUE: ("该写包的", lambda one: one.due),
    LATE: ("好久没交换的", lambda one: one.late),
    TORN: ("有冲突的", lambda one: one.conflicts > 0),
    MISSING: ("缺包的", lambda one: bool(one.missing)),
    OUT: ("还没注册的", lambda one: one.state == NOT_ENROLLED),
}
EMPTY = "还没有学校。先导入机构名录，再给学校注册。"


class SchoolsView(QWidget):
    """The table of the schools.

    Signals:
        write_one: write a package for a school.
        enrol: open a school's exchange, or open it anew.
        trouble: something is wrong with a school.
    """

    write_one = Signal(str)
    enrol = Signal(str)
    trouble = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``show_standing`` fills it."""
        super().__init__()
        self._session = session
        self._lines: dict[str, SchoolLine] = {}
        self.filters = FilterRow(
            "学校名称（Ctrl+F）",
            {"state": FilterCombo("交换", [Choice(key, WANTED[key][0]) for key in WANTED])},
        )
        self.table = DataTable(SCHOOL_COLUMNS, session.preferences, "sync_schools")
        self.table.setAccessibleName("学校")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一所学校，这里显示和它的来往。")
        self._enrol = self._for_one("注册学校…", self.enrol.emit)
        self._write = self._for_one("写给它…", self.write_one.emit)
        self._trouble = self._for_one("遇到问题…", self.trouble.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.filters)
        body = ListBody(self.grid, self.card, session.preferences, "sync_schools")
        layout.addWidget(body, 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def show_standing(self, standing: Standing) -> None:
        """Show the schools as they stand."""
        self._lines = {one.id: one for one in standing.schools}
        self._show()

    def show_only(self, state: str) -> None:
        """Show the schools of one of the states that the filter offers."""
        combo = self.filters.filters["state"]
        combo.setCurrentIndex(max(0, combo.findData(state)))

    def chosen(self) -> SchoolLine | None:
        """The chosen school."""
        return self._lines.get(self.table.current_id())

    def name_of(self, school_id: str) -> str:
        """What a school is called."""
        found = self._lines.get(school_id)
        return found.name if found else ""

    def is_enrolled(self, school_id: str) -> bool:
        """Whether a school was enrolled once, so that enrolling it is doing it anew."""
        found = self._lines.get(school_id)
        return found is not None and found.state != NOT_ENROLLED

    def _for_one(self, text: str, tell: Callable[[str], object]) -> QPushButton:
        found = button(text, lambda: tell(self.table.current_id()))
        self.card.foot.addWidget(found)
        return found

    def _show(self) -> None:
        query = self.filters.query().strip()
        state = self.filters.values().get("state", "")
        wanted = WANTED[state][1] if state in WANTED else None
        rows = [
            school_row(one)
            for one in self._lines.values()
            if query in one.name and (wanted is None or wanted(one))
        ]
        self.table.show_rows(FixedRows(rows, numbers_of(SCHOOL_COLUMNS, rows)))
        if not self._lines:
            go = self._session.go.emit
            self.grid.empty.say(EMPTY, "导入 Excel…", lambda: go("imports", "files"), "school")
        elif not rows:
            self.grid.empty.say("没有这样的学校。", "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(rows))
        self._show_card(self.table.current_id())

    def _show_card(self, school_id: str) -> None:
        one = self._lines.get(school_id)
        self.card.show_details(_details(one) if one else None)
        for found in (self._enrol, self._write, self._trouble):
            found.setEnabled(one is not None)
        self._enrol.setVisible(one is None or one.state == NOT_ENROLLED)
        self._write.setVisible(one is not None and one.state != NOT_ENROLLED)
        self._trouble.setVisible(one is not None and one.state != NOT_ENROLLED)


def _details(one: SchoolLine) -> Details:
    facts = [
        Fact("最近收到", one.received or "还没有"),
        Fact("最近写出", one.sent or "还没有"),
        Fact("几天没交换", "" if one.days is None else f"{one.days:,} 天"),
        Fact("缺包", one.missing),
        Fact("冲突", f"{one.conflicts:,} 处待核对" if one.conflicts else ""),
        Fact("待写出", "有改动还没有送到" if one.waiting and one.state == ENROLLED else ""),
    ]
    later = [Fact("", "需要处理"), *(Fact(f"{n}", text) for n, text in enumerate(one.warnings, 1))]
    row = school_row(one)
    return Details(
        one.name,
        "",
        one.state,
        row.tones["state"],
        [fact for fact in facts if fact.value] if one.state != NOT_ENROLLED else [],
        later=later if one.warnings else [],
    )
