"""达标: the demands of a period put to everybody, counted in every way, explained for each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from models.verdicts.exemptions import count_waiting
from models.verdicts.overview import By
from ui.desktop.pages.verdicts.asking import ask_for_leave, ask_for_veto
from ui.desktop.pages.verdicts.choices import Choices
from ui.desktop.pages.verdicts.decisions import LeavesView, VetoesView
from ui.desktop.pages.verdicts.groups import GroupsView, OutlookView
from ui.desktop.pages.verdicts.listing import Listing, percent
from ui.desktop.pages.verdicts.measures import DesignationsView, TargetsView
from ui.desktop.pages.verdicts.papers import Papers
from ui.desktop.pages.verdicts.strip import RequirementStrip
from ui.desktop.pages.verdicts.teachers import TeachersView
from ui.desktop.widgets import tokens
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, label, row

if TYPE_CHECKING:
    from models.errors import OfficeError
    from ui.desktop.tasks.boards import Kept
    from ui.desktop.tasks.session import Session

TEACHERS, OUTLOOK, LEAVES, VETOES = "teachers", "outlook", "leaves", "vetoes"
TARGETS, DESIGNATIONS = "targets", "designations"
GROUP_TABS: dict[str, By] = {
    "school": "school", "district": "district", "stage": "stage", "subject": "subject",
    "location": "location",
}  # fmt: skip
TABS = {
    TEACHERS: "教师", "school": "学校", "district": "片", "stage": "学段", "subject": "学科",
    "location": "城乡", OUTLOOK: "预测", TARGETS: "指标", DESIGNATIONS: "认定",
    LEAVES: "减免", VETOES: "否决",
}  # fmt: skip
REQUIREMENT = "requirement:"
LOW = 600
"""Below this page height (of the standard size) the tiles give their room to the list."""


class VerdictsPage(Page):
    """Everybody's verdicts over a period."""

    help_page = "verdicts.md"
    interests = frozenset(
        {
            "teacher", "teacher_period", "ledger_entry", "enrolment", "course", "institution",
            "exemption", "veto", "reported_figure", "own_pack", "policy_use", "code_entry",
            "setting",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("达标")
        self.session = session
        self.listing: Listing | None = None
        self.papers = Papers(session, self)
        self.choices = Choices()
        self.strip = RequirementStrip()
        self.tabs = QTabBar()
        self.teachers = TeachersView(session)
        self.groups = GroupsView(session)
        self.outlook = OutlookView(session)
        self.targets = TargetsView(session)
        self.designations = DesignationsView(session)
        self.leaves = LeavesView(session)
        self.vetoes = VetoesView(session)
        self.nothing = EmptyState()
        self.nothing.say("正在核算……", drawing="clock")
        self.stack = QStackedWidget()
        self._sums = label("", "muted")
        self._pending: str | tuple[By, str, str] | None = None
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Offer what can be chosen, and look at the board again."""
        office = self.session.office
        self.choices.offer(office)
        self.teachers.forget_index()
        waiting = count_waiting(office)
        place = list(TABS).index(LEAVES)
        self.tabs.setTabText(place, TABS[LEAVES] + (f"（{waiting} 待批）" if waiting else ""))
        self._look()

    def shown(self, argument: object = None) -> None:
        """Come into sight, with something to be shown.

        Args:
            argument: a tab's key; ``requirement:ID`` for those who have not met it; the sort, key
                and name of a group for those of it who are behind.
        """
        if isinstance(argument, str) and argument in TABS:
            self.show_tab(argument)
        elif isinstance(argument, (str, tuple)) and argument:
            self._pending = argument
            self.choices.choose_cycle()
            self._show_pending()

    def focus_search(self) -> None:
        """Go to the search field of the list in sight."""
        filters = getattr(self.stack.currentWidget(), "filters", None)
        if filters is None:
            self.show_tab(TEACHERS)
            filters = self.teachers.filters
        filters.search.setFocus()
        filters.search.selectAll()

    def show_tab(self, key: str) -> None:
        """Show one of the lists."""
        self.tabs.setCurrentIndex(list(TABS).index(key))

    @property
    def tab(self) -> str:
        """The key of the list in sight."""
        return list(TABS)[self.tabs.currentIndex()]

    def export(self) -> None:
        """Write a workbook of those shown, else of everybody."""
        if self.listing is not None:
            narrowed = self.tab == TEACHERS and self.teachers.narrowed
            shown = list(self.teachers.table.table.ids) if narrowed else None
            self.papers.export(self.listing, shown)

    def print_chosen(self) -> None:
        """Write a PDF: of the selected teachers, of the chosen group, else of the county."""
        if self.listing is None:
            return
        if self.tab == TEACHERS:
            self.papers.print_teachers(self.listing, self.teachers.table.selected_ids())
        else:
            group = self.groups.chosen() if self.tab in GROUP_TABS else None
            self.papers.print_overview(self.listing, group)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list needs the room of the tiles."""
        self.strip.set_low(low=event.size().height() < tokens.px(LOW))
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName("怎样分组看")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        for title in TABS.values():
            place = self.tabs.addTab(title)
            if title in self.session.edition.leaves_out("verdict tabs"):
                self.tabs.setTabVisible(place, False)  # noqa: FBT003 - Qt's own positional flag
        lists = (self.teachers, self.groups, self.outlook, self.targets, self.designations)
        for view in (*lists, self.leaves, self.vetoes, self.nothing):
            self.stack.addWidget(view)
        self.buttons.addWidget(button("导出工作簿…", self.export, drawing="file-up"))
        self.buttons.addWidget(button("打印 PDF…", self.print_chosen, drawing="printer"))
        self.body.addWidget(self.choices)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.strip)
        self.body.addLayout(row(self.tabs, None, self._sums, self.strip.toggle))
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.choices.changed.connect(self._look)
        self.tabs.currentChanged.connect(self._show)
        self.strip.chosen.connect(self._require)
        self.teachers.requirement_chosen.connect(self.strip.mark)
        file_leave = partial(ask_for_leave, self.session, self)
        put_veto = partial(ask_for_veto, self.session, self)
        self.teachers.leave_wanted.connect(file_leave)
        self.teachers.veto_wanted.connect(put_veto)
        self.teachers.counted.connect(self._tell_count)
        self.groups.opened.connect(self._open_group)
        self.outlook.opened.connect(self._open_teacher)
        self.outlook.cycle_wanted.connect(self.choices.choose_cycle)
        self.leaves.new_wanted.connect(file_leave)
        self.vetoes.new_wanted.connect(put_veto)

    def _look(self) -> None:
        """Have the board looked at on the lane; what is at hand is shown meanwhile."""
        asked = self.choices.asked()
        at_hand = self.session.boards.at_hand(asked)
        if at_hand is not None and self.listing is None:
            self._looked(at_hand)
        self.session.read(
            "正在核算达标情况", self.session.boards.work(asked), self._looked, self._no_rules
        )

    def _looked(self, kept: Kept) -> None:
        if kept.asked != self.choices.asked():
            return  # something else was chosen meanwhile
        self.listing = Listing(self.session.office, kept)
        people, met = kept.counts
        missing = f" · 待核实 {len(kept.open):,}" if kept.open else ""
        share = percent(met, people)
        behind = f" · 未达标 {people - met:,}{missing}"
        self.count.setText(f"{people:,} 人 · 达标 {met:,}（{share}）{behind}")
        self.strip.show_board(kept.board)
        if kept.asked.pack_id:
            title = kept.board.questions.pack.title
            words = f"这是试算：假如按“{title}”评判。不影响验印和已有的结论。"
            self.notice.tell(words, "info", "恢复当时的规则", self.choices.reset_pack)
        elif self.notice.text().startswith("这是试算"):
            self.notice.hide()
        self._show()
        self._show_pending()

    def _show_pending(self) -> None:
        """Show what the caller wanted to see, as soon as the board is there."""
        wanted = self._pending
        if self.listing is None or wanted is None:
            return
        self._pending = None
        if isinstance(wanted, str):
            self._require(wanted.removeprefix(REQUIREMENT))
        else:
            self._open_group(wanted)

    def _no_rules(self, error: OfficeError) -> None:
        self.listing = None
        self.count.setText("")
        self.strip.show_board(None)
        self.nothing.say(
            f"{error.message}{error.hint}",
            "去设置规则",
            lambda: self.session.go.emit("policies", None),
            "scroll-text",
        )
        self._show()

    def _show(self, *_: int) -> None:
        """Show the list of the tab, filled from the board."""
        key, listing = self.tab, self.listing
        self._sums.setText("")
        view: QWidget = self.nothing
        if key == LEAVES:
            view = self.leaves
            self.leaves.show_all()
        elif key == VETOES:
            view = self.vetoes
            self.vetoes.show_all()
        elif listing is not None and key == TEACHERS:
            view = self.teachers
            self.teachers.show_listing(listing)
        elif listing is not None and key == OUTLOOK:
            view = self.outlook
            self.outlook.show_outlook(listing)
        elif listing is not None and key == TARGETS:
            view = self.targets
            self.targets.show_targets(listing)
        elif listing is not None and key == DESIGNATIONS:
            view = self.designations
            self.designations.show_designations(listing)
        elif listing is not None:
            view = self.groups
            self.groups.show_groups(listing, GROUP_TABS[key])
        self.stack.setCurrentWidget(view)

    def _require(self, requirement: str) -> None:
        self.show_tab(TEACHERS)
        self.teachers.require(requirement)

    def _open_group(self, group: tuple[By, str, str]) -> None:
        self.show_tab(TEACHERS)
        self.teachers.narrow(state="behind", group=group)

    def _open_teacher(self, teacher_id: str) -> None:
        self.show_tab(TEACHERS)
        self.teachers.narrow()
        self.teachers.table.choose(teacher_id)

    def _tell_count(self, count: int) -> None:
        if self.tab == TEACHERS:
            self._sums.setText(f"列出 {count:,} 人" if self.teachers.narrowed else "")
