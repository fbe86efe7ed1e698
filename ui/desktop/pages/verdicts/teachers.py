"""The teachers of a board: found, filtered, sorted, each with the verdict beside the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.staff.search import SearchIndex, read_search_index
from models.verdicts.explaining import Verdict
from models.verdicts.overview import BY_NAMES, By
from ui.desktop.pages.verdicts.card import VerdictCard
from ui.desktop.pages.verdicts.listing import (
    STATES,
    TEACHERS,
    Listing,
    TeacherRows,
    Wanted,
)
from ui.desktop.pages.verdicts.sheet import VerdictSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.view import DataTable

explained = Lazy("ui.desktop.pages.verdicts.jobs", "explained")
VETO = "一票否决…"


class TeachersView(QWidget):
    """The list and the card.

    Signals:
        counted: what is shown has changed; how many.
        requirement_chosen: another requirement was chosen in the filters.
        leave_wanted, veto_wanted: file a leave, or a veto, for a teacher.
    """

    counted = Signal(int)
    requirement_chosen = Signal(str)
    leave_wanted = Signal(str)
    veto_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_listing`` fills it."""
        super().__init__()
        self.session = session
        self.listing: Listing | None = None
        self._index: SearchIndex | None = None
        self._group: tuple[By, str, str] | None = None
        self.filters = FilterRow(
            "姓名、拼音首字母、学校（Ctrl+F）",
            {
                "state": FilterCombo("结论", [Choice(key, text) for key, text in STATES.items()]),
                "requirement": FilterCombo("要求"),
                "school": FilterCombo("学校"),
            },
        )
        self.filters.filters["requirement"].setToolTip("只看没有达到某项要求的教师")
        self.group_chip = button("", self._drop_group, kind="link", drawing="x")
        self.group_chip.hide()
        self.table = DataTable(TEACHERS, session.preferences, "verdicts")
        self.table.setAccessibleName("教师达标情况")
        self.grid = GridCard(self.table)
        self.card = VerdictCard()
        self.details = button("逐条明细…", self.open_details)
        self.details.setToolTip("每条要求的出处，计入和不计入的每条记录（回车）")
        self._of_teacher = [self.details]
        for text, wanted in (("减免…", self.leave_wanted), ("否决…", self.veto_wanted)):
            if text not in session.edition.leaves_out("verdicts"):
                self._of_teacher.append(button(text, partial(self._of_chosen, wanted.emit)))
        for one in self._of_teacher:
            self.card.foot.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.filters)
        layout.addWidget(self.group_chip)
        layout.addWidget(ListBody(self.grid, self.card, session.preferences, "verdicts"), 1)
        self.filters.changed.connect(self._filters_changed)
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self.open_details)
        self.table.menu_requested.connect(self._fill_menu)

    def show_listing(self, listing: Listing) -> None:
        """Show another board; what is filtered stays filtered."""
        self.listing = listing
        requirements = [Choice(key, title) for key, title in listing.titles.items()]
        self.filters.filters["requirement"].set_choices(requirements)
        schools = [Choice(key, name) for key, name in listing.present_schools()]
        self.filters.filters["school"].set_choices(schools)
        self.show_rows()

    def forget_index(self) -> None:
        """The register changed: the search is read anew when it is used next."""
        self._index = None

    def narrow(
        self, state: str = "", requirement: str = "", group: tuple[By, str, str] | None = None
    ) -> None:
        """Show only those; a school goes into its filter, any other group gets a line."""
        by_school = group is not None and group[0] == "school"
        school = group[1] if group and by_school else ""
        self._group = None if by_school else group
        self.filters.choose({"state": state, "requirement": requirement, "school": school})

    def require(self, requirement: str) -> None:
        """Show only who has not met that requirement; "" for everybody."""
        combo = self.filters.filters["requirement"]
        combo.setCurrentIndex(max(0, combo.findData(requirement)))

    @property
    def narrowed(self) -> bool:
        """Whether less than everybody is shown."""
        return self.filters.active or self._group is not None

    def show_rows(self) -> None:
        """Show who is asked for."""
        listing = self.listing
        if listing is None:
            return
        query = self.filters.query()
        if query and self._index is None:
            self.session.read("正在准备搜索", _read_index, self._indexed, quiet=True)
            return
        values = self.filters.values()
        wanted = Wanted(
            state=values.get("state", ""),
            requirement=values.get("requirement", ""),
            school=values.get("school", ""),
            group=self._group,
            hits=self._index.find(query) if self._index and query else None,
        )
        places = listing.wanted(wanted)
        self.table.show_rows(TeacherRows(listing, places))
        self._say_empty()
        self.grid.show_table(yes=bool(places))
        if places and not self.table.current_id():
            self.table.selectRow(0)
        else:
            self._show_card(self.table.current_id())
        self.counted.emit(len(places))

    def open_details(self, *_: str) -> None:
        """Open the whole verdict of the chosen teacher."""
        verdict, wanted = self.card.verdict, self.table.current_id()
        if verdict is not None and verdict.person.id == wanted:
            VerdictSheet(verdict, self).open()
        elif wanted:
            self._explain(wanted, lambda found: VerdictSheet(found, self).open())

    def _show_card(self, teacher_id: str) -> None:
        for one in self._of_teacher:
            one.setEnabled(bool(teacher_id))
        if self.listing is not None:
            self.card.show_place(self.listing, teacher_id)
            if teacher_id:
                self._explain(teacher_id, self._explained)

    def _explain(self, teacher_id: str, done: Callable[[Verdict], None]) -> None:
        if self.listing is None:
            return
        work = explained.bind(self.listing.kept.asked, teacher_id)
        self.session.read("正在逐条核算", work, done, self._gone, quiet=True)

    def _explained(self, verdict: Verdict) -> None:
        if verdict.person.id == self.table.current_id():
            self.card.show_verdict(verdict)

    def _gone(self, _error: OfficeError) -> None:
        """Somebody who left meanwhile: the next look at the board takes them out."""

    def _indexed(self, index: SearchIndex) -> None:
        self._index = index
        self.show_rows()

    def _filters_changed(self) -> None:
        self.group_chip.setVisible(self._group is not None)
        if self._group is not None:
            by, _key, name = self._group
            self.group_chip.setText(f" 只看{BY_NAMES[by]}：{name}（点此取消）")
        self.requirement_chosen.emit(self.filters.values().get("requirement", ""))
        self.show_rows()

    def _drop_group(self) -> None:
        self._group = None
        self._filters_changed()

    def _clear(self) -> None:
        self._group = None
        self.filters.choose({})

    def _say_empty(self) -> None:
        if self.narrowed:
            self.grid.empty.say("没有符合条件的教师。", "清除筛选", self._clear, "search")
        else:
            go = partial(self.session.go.emit, "imports", "teachers")
            self.grid.empty.say(
                "名册中还没有要考核的教师。请先导入名册。", "导入 Excel…", go, "users"
            )

    def _fill_menu(self, menu: QMenu) -> None:
        if self.table.current_id():
            menu.addAction("逐条明细…", self.open_details)
            menu.addAction("申报减免…", partial(self._of_chosen, self.leave_wanted.emit))
            if VETO not in self.session.edition.leaves_out("verdicts"):
                menu.addAction(VETO, partial(self._of_chosen, self.veto_wanted.emit))
            menu.addAction("看教师", partial(self._of_chosen, self._show_teacher))

    def _show_teacher(self, teacher_id: str) -> None:
        self.session.go.emit("teachers", teacher_id)

    def _of_chosen(self, action: Callable[[str], object]) -> None:
        if self.table.current_id():
            action(self.table.current_id())


def _read_index(office: Office, _progress: object) -> SearchIndex:
    return read_search_index(office)
