"""学校同步; on a school's file, 和县里交换."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.desktop.pages.sync.conflicts import ConflictsView
from ui.desktop.pages.sync.deeds import SyncDeeds
from ui.desktop.pages.sync.drives import DrivesCard
from ui.desktop.pages.sync.enrolling import EnrolDeeds
from ui.desktop.pages.sync.own import OwnView
from ui.desktop.pages.sync.results import ResultsView
from ui.desktop.pages.sync.schools import LATE, SchoolsView
from ui.desktop.pages.sync.shown import Outcome, Standing
from ui.desktop.pages.sync.troubles import TroubleSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, tab_bar

_JOBS = "ui.desktop.pages.sync.jobs"
read_standing = Lazy(_JOBS, "read_standing")
EXCHANGE, CONFLICTS, RESULTS = range(3)
CONFLICTS_TITLE, RESULTS_TITLE = "待核对的冲突", "上次结果"


class SyncPage(Page):
    """Three tabs: exchange, conflicts, what came of the last reading or writing."""

    help_page = "sync.md"
    interests = frozenset({"*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("学校同步")
        self.session = session
        self._county = not session.edition.hides("sync.schools")
        self.trouble = NoticeBar()
        self.drives = DrivesCard(session.preferences)
        self.schools = SchoolsView(session)
        self.own = OwnView()
        self.conflicts = ConflictsView(session)
        self.results = ResultsView(session)
        self.deeds = SyncDeeds(session, self, self.drives)
        self.enrolling = EnrolDeeds(session, self, self.drives)
        self.tabs = tab_bar("交换、冲突、结果")
        self.stack = QStackedWidget()
        self.write_due = button("写给到期学校", self.deeds.write_due, kind="primary")
        self.read_all = button("读取全部包", self.deeds.read_all, drawing="download")
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read how the exchange stands, and look for drives."""
        self.session.read("正在读取交换情况", read_standing.bind(), self._show, quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; ``"conflicts"`` names a tab, ``"late"`` a choice of schools."""
        if argument == "conflicts":
            self.tabs.setCurrentIndex(CONFLICTS)
        elif argument == LATE:
            self.tabs.setCurrentIndex(EXCHANGE)
            self.schools.show_only(LATE)
        self.deeds.look_for_drives()

    def focus_search(self) -> None:
        """Go to the search field."""
        self.schools.filters.search.setFocus()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what came of a reading or writing."""
        self.results.show_outcome(outcome)
        self.tabs.setTabVisible(RESULTS, True)  # noqa: FBT003 - Qt's own positional flag
        self.tabs.setCurrentIndex(RESULTS)

    def _lay_out(self) -> None:
        exchange = QWidget()
        lines = QVBoxLayout(exchange)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self.trouble)
        lines.addWidget(self.drives)
        for one in (self.schools, self.own):
            lines.addWidget(one, 1)
        (self.own if self._county else self.schools).hide()
        for title, part in (
            ("学校" if self._county else "交换", exchange),
            (CONFLICTS_TITLE, self.conflicts),
            (RESULTS_TITLE, self.results),
        ):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.tabs.setTabVisible(RESULTS, False)  # noqa: FBT003 - Qt's own positional flag
        trouble = button("遇到问题…", partial(self._trouble, ""), drawing="triangle-alert")
        for one in (trouble, self.read_all, self.write_due):
            self.buttons.addWidget(one)
            if not self._county:
                one.hide()
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.drives.refresh.connect(self.deeds.look_for_drives)
        self.own.read.connect(self.deeds.read_all)
        self.own.write.connect(self.deeds.write_due)
        self.own.change_keys.connect(partial(self.enrolling.change_keys, "经办人离职"))
        self.schools.write_one.connect(self.deeds.write_one)
        self.schools.enrol.connect(self._enrol)
        self.schools.trouble.connect(self._trouble)
        self.conflicts.decided.connect(self.deeds.decide)
        self.conflicts.all_decided.connect(self.deeds.decide_all)
        self.conflicts.other_wanted.connect(self.deeds.fill_in)
        self.conflicts.put_aside.connect(self.deeds.put_aside)
        self.deeds.done.connect(self.show_outcome)

    def _show(self, standing: Standing) -> None:
        self.schools.show_standing(standing)
        if standing.own is not None:
            self.own.show_own(standing.own)
        self.conflicts.show_conflicts(standing.conflicts)
        waiting = len(standing.conflicts)
        title = f"{CONFLICTS_TITLE}（{waiting:,}）" if waiting else CONFLICTS_TITLE
        self.tabs.setTabText(CONFLICTS, title)
        if self._county:
            self.count.setText(f"共 {len(standing.schools):,} 所学校，{standing.due:,} 所该写包")
            self.write_due.setEnabled(standing.due > 0)
        if standing.trouble:
            deed = self.enrolling.make_recovery_code
            self.trouble.tell(standing.trouble, "warn", "做恢复码", deed)
        else:
            self.trouble.hide()

    def _enrol(self, school_id: str) -> None:
        self.enrolling.enrol(school_id, self.schools.name_of(school_id))

    def _trouble(self, school_id: str) -> None:
        """Open what to do when something was lost; about a school where one is named."""
        name = self.schools.name_of(school_id)
        TroubleSheet(self, self.enrolling, school_id, name).open()
