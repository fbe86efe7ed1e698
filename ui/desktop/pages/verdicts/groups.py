"""The schools, areas, stages, subjects of a board, and who will miss the cycle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.verdicts.forecast import Outlook, months_passed
from models.verdicts.overview import BY_NAMES, By, Standing
from ui.desktop.pages.verdicts.card import VerdictCard, group_details
from ui.desktop.pages.verdicts.listing import (
    GROUPS,
    NO_KEY,
    OUTLOOKS,
    Listing,
    group_rows,
    outlook_rows,
)
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.table.view import DataTable

_JOBS = "ui.desktop.pages.verdicts.jobs"
groups = Lazy(_JOBS, "groups")
outlook = Lazy(_JOBS, "outlook")


class GroupsView(QWidget):
    """Groups of teachers of one sort.

    Signals:
        opened: the sort, the key and the name of a group whose teachers are wanted.
    """

    opened = Signal(object)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_groups`` fills it."""
        super().__init__()
        self.session = session
        self._listing: Listing | None = None
        self._by: By = "school"
        self._found: dict[str, Standing] = {}
        self.table = DataTable(GROUPS, session.preferences, "verdict-groups")
        self.table.setAccessibleName("各组达标情况")
        self.grid = GridCard(self.table)
        self.filters = FilterRow("名称（Ctrl+F）", {})
        self.card = DetailCard("在左边选中一行，这里显示各项要求的达标人数。")
        self.show_teachers = button("看未达标的教师", self._open, drawing="users")
        self.card.foot.addWidget(self.show_teachers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.filters)
        layout.addWidget(ListBody(self.grid, self.card, session.preferences, "verdict-groups"), 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self._open)

    def show_groups(self, listing: Listing, by: By) -> None:
        """Have the groups counted on the lane, and show them."""
        self._listing, self._by = listing, by
        work = groups.bind(listing.kept, by)
        self.session.read("正在统计", work, partial(self._counted, listing, by), quiet=True)

    def chosen(self) -> Standing | None:
        """The group of the current row."""
        return self._found.get(self.table.current_id())

    def _counted(self, listing: Listing, by: By, found: Sequence[Standing]) -> None:
        if (listing, by) != (self._listing, self._by):
            return
        self._found = {one.key or NO_KEY: one for one in found}
        self._show()

    def _show(self) -> None:
        query = self.filters.query()
        found = [one for one in self._found.values() if query in one.name]
        self.table.show_rows(group_rows(found))
        if found and not self.table.current_id():
            self.table.selectRow(0)
        if query:
            self.grid.empty.say("没有符合条件的内容。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say("名册中还没有要考核的教师。", drawing="users")
        self.grid.show_table(yes=bool(found))
        self._show_card(self.table.current_id())

    def _show_card(self, key: str) -> None:
        group = self._found.get(key)
        self.show_teachers.setEnabled(group is not None)
        if self._listing is not None:
            shown = group and group_details(self._listing, group, BY_NAMES[self._by])
            self.card.show_details(shown)

    def _open(self, *_: str) -> None:
        group = self.chosen()
        if group is not None:
            self.opened.emit((self._by, group.key, group.name))


class OutlookView(QWidget):
    """Who will miss the cycle at the present pace, and what would close the gap.

    Signals:
        cycle_wanted: a year is chosen, and the cycle shall be.
        opened: a teacher whose whole verdict is wanted.
    """

    cycle_wanted = Signal()
    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_outlook`` fills it."""
        super().__init__()
        self.session = session
        self._listing: Listing | None = None
        self._found: Sequence[Outlook] = ()
        self._shown: Sequence[Outlook] = ()
        self.words = label("", "muted", wrap=True)
        self.filters = FilterRow(
            "姓名、学校（Ctrl+F）",
            {"requirement": FilterCombo("要求"), "school": FilterCombo("学校")},
        )
        self.table = DataTable(OUTLOOKS, session.preferences, "verdict-outlook")
        self.table.setAccessibleName("按目前进度将达不到要求的教师")
        self.grid = GridCard(self.table)
        self.card = VerdictCard()
        self.card.foot.addWidget(button("看此人的全部要求", self._open, drawing="users"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.filters)
        layout.addWidget(self.words)
        layout.addWidget(ListBody(self.grid, self.card, session.preferences, "verdict-outlook"), 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self._open)

    def show_outlook(self, listing: Listing) -> None:
        """Have the pace carried on on the lane, and show who will not get there."""
        self._listing = listing
        requirements = [Choice(key, title) for key, title in listing.titles.items()]
        self.filters.filters["requirement"].set_choices(requirements)
        schools = [Choice(key, name) for key, name in listing.present_schools()]
        self.filters.filters["school"].set_choices(schools)
        if listing.board.questions.period.single:
            self._found = ()
            self.words.setText("预测是对整个周期说的；现在选的是一个年度。")
            self._show()
            return
        work = outlook.bind(listing.kept)
        self.session.read("正在预测", work, partial(self._foreseen, listing), quiet=True)

    def _foreseen(self, listing: Listing, found: Sequence[Outlook]) -> None:
        if listing is not self._listing:
            return
        self._found = found
        passed, whole = months_passed(listing.board)
        people = len({one.place for one in found})
        self.words.setText(
            f"周期 {whole} 个月，已过 {passed} 个月。按至今的平均进度，"
            f"到周期末将有 {people:,} 人、{len(found):,} 项达不到要求。"
            "“今后每年”是补上差额每年需要的量。"
        )
        self._show()

    def _show(self) -> None:
        listing = self._listing
        if listing is None:
            return
        values, query = self.filters.values(), self.filters.query()
        people = listing.board.people
        chosen = [
            one
            for one in self._found
            if values.get("requirement", one.requirement) == one.requirement
            and values.get("school", people[one.place].school_id) == people[one.place].school_id
            and (query in people[one.place].name or query in listing.school_of(people[one.place]))
        ]
        self._shown = chosen
        self.table.show_rows(outlook_rows(listing, chosen))
        if listing.board.questions.period.single:
            self.grid.empty.say(
                "预测只看整个周期。", "改看本周期", self.cycle_wanted.emit, "trending-up"
            )
        elif self.filters.active:
            self.grid.empty.say("没有符合条件的教师。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say("按目前进度，没有人会达不到周期的要求。", drawing="circle-check")
        self.grid.show_table(yes=bool(chosen))
        if chosen and not self.table.current_id():
            self.table.selectRow(0)
        self._show_card(self.table.current_id())

    def _show_card(self, number: str) -> None:
        if self._listing is not None:
            self.card.show_place(self._listing, self._person(number))

    def _person(self, number: str) -> str:
        if self._listing is None or not number:
            return ""
        return self._listing.board.people[self._shown[int(number)].place].id

    def _open(self, *_: str) -> None:
        person = self._person(self.table.current_id())
        if person:
            self.opened.emit(person)
