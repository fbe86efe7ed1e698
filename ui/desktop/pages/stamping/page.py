"""年度验印: judge a year, clear it school by school, end it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.policies.library import pack_named
from models.stamping.listing import find_run, lines_of
from models.stamping.records import STATE_NAMES, Run
from models.stamping.register import Correction
from ui.desktop.pages.stamping.deeds import Deeds
from ui.desktop.pages.stamping.rows import ALONE, NO_SCHOOL
from ui.desktop.pages.stamping.school import SchoolView
from ui.desktop.pages.stamping.schools import SchoolsView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, clear, pill, row
from ui.desktop.widgets.steps import StepBar

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

find_corrections = Lazy("ui.desktop.pages.stamping.jobs", "find_corrections")
YEARS = 8
STEPS = ("① 核验", "② 按学校清点、验印", "③ 结束本年度")


class StampingPage(Page):
    """One year's stamping."""

    help_page = "stamping.md"
    interests = frozenset({"stamp_run", "stamp_line", "ledger_entry"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("年度验印")
        self.session = session
        self.run: Run | None = None
        self.deeds = Deeds(session, self)
        self.year = QComboBox()
        self.year.setAccessibleName("年度")
        self.steps = StepBar(STEPS)
        self.judge = button("核验", self._judge_all, kind="primary")
        self.end = button("结束本年度…", self._end_or_open)
        self.export = button("导出…", self._export, drawing="file-up")
        self.schools = SchoolsView(session)
        self.school = SchoolView(session.preferences)
        self.nothing = EmptyState()
        self.stack = QStackedWidget()
        self._state = row()
        self._parts = QSplitter()
        self._corrections: dict[str, Correction] = {}
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the run of the chosen year anew."""
        office = self.session.office
        self._offer_years(office.store.clock.today().year)
        self.run = find_run(office, self._year())
        self._say_state()
        run = self.run
        if run is None:
            self.stack.setCurrentWidget(self.nothing)
            return
        self.stack.setCurrentIndex(0)
        self.schools.show_run(run)
        work = find_corrections.bind(run.year, run.id)
        self.session.read("正在核对更正", work, partial(self._corrected, run.id), quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; a year, or the identity of a school to be shown."""
        if isinstance(argument, int):
            self.year.setCurrentIndex(max(0, self.year.findData(argument)))
        elif isinstance(argument, str) and argument:
            self.schools.table.choose(argument)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.schools.filters.search.setFocus()
        self.schools.filters.search.selectAll()

    def next_school(self) -> None:
        """Go to the next school in the list that has somebody to stamp."""
        if not self.schools.go_on():
            self.notice.tell("所有学校都没有可验印而未验印的教师了。", "ok", seconds=tokens.BLOCK)

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.export)
        self.buttons.addWidget(self.end)
        self.buttons.addWidget(self.judge)
        parts = self._parts
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.schools)
        parts.addWidget(self.school)
        state = self.session.preferences.state("splitter/stamping")
        if state.isEmpty() or not parts.restoreState(state):
            parts.setSizes([480, 520])
        parts.splitterMoved.connect(partial(_keep, self.session.preferences, parts))
        body = QWidget()
        inside = QHBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(parts)
        self.stack.addWidget(body)
        self.stack.addWidget(self.nothing)
        line = row(self.year, tokens.GAP, self.steps)
        line.addLayout(self._state)
        self.body.addLayout(line)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.schools.filters)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._year_chosen)
        self.schools.chosen.connect(self._show_school)
        self.schools.hit.connect(self.school.choose)
        school = self.school
        school.stamp_wanted.connect(self.deeds.stamp)
        school.void_wanted.connect(self.deeds.void)
        school.judge_wanted.connect(self._judge_school)
        school.next_wanted.connect(self.next_school)
        school.list_wanted.connect(self._print_list)
        school.register_wanted.connect(self._print_register)

    def _year(self) -> int:
        return int(self.year.currentData())

    def _offer_years(self, now: int) -> None:
        if not self.year.count():
            self.year.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
            for year in range(now, now - YEARS, -1):
                self.year.addItem(f"{year} 年度", year)
            self.year.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag

    def _year_chosen(self, *_: int) -> None:
        self._corrections = {}
        self.reload()

    def _say_state(self) -> None:
        """Say at which step the year is, and what can be done now."""
        run = self.run
        clear(self._state)
        self.schools.filters.setEnabled(run is not None)
        self.end.setEnabled(run is not None)
        self.export.setEnabled(run is not None)
        self.end.setText("重新打开…" if run and run.closed else "结束本年度…")
        self.judge.setText("重新核验" if run else "开始核验")
        self.judge.setProperty("kind", "" if run else "primary")
        self.judge.style().unpolish(self.judge)
        self.judge.style().polish(self.judge)
        self.judge.setEnabled(run is None or not run.closed)
        if run is None:
            self.steps.show_step(0)
            self.count.setText("")
            words = (
                f"{self._year()} 年度还没有核验。核验按当年的规则逐人判定：可验印、不予验印"
                "（写明原因）、待核实。可以反复核验，已验印的不受影响。"
            )
            self.nothing.say(words, "开始核验", self._judge_all, "stamp")
            return
        self.steps.show_step(len(STEPS) if run.closed else 1 if run.ready else 2)
        self._state.addWidget(pill(STATE_NAMES[run.state], "muted" if run.closed else "info"))
        self.count.setText(
            f"可验印 {run.ready:,} · 不予 {run.blocked:,} · 待核实 {run.open:,}"
            f" · 已验印 {run.stamped:,}"
        )
        self.count.setToolTip(f"依据“{_pack_title(self.session.office, run)}”")

    def _show_school(self, key: str) -> None:
        run = self.run
        self.school.setVisible(bool(key) and run is not None)
        if key and run is not None:
            lines = lines_of(self.session.office, run.id, school_id=_school_id(key))
            name = self.schools.name_of(key) or NO_SCHOOL
            self.school.show_lines(name, lines, self._corrections, closed=run.closed)

    def _corrected(self, run_id: str, found: Sequence[Correction]) -> None:
        if self.run is None or self.run.id != run_id:
            return
        self._corrections = {one.line.id: one for one in found}
        if found:
            self.notice.tell(
                f"有 {len(found)} 名已验印教师的台账在验印以后有更正，登记内容与现在不同。",
                "warn",
                "看第一人",
                partial(self._show_line, found[0].line.school_id, found[0].line.id),
            )
        self._show_school(self.schools.table.current_id())

    def _show_line(self, school_id: str, line_id: str) -> None:
        self.schools.filters.clear()
        self.schools.table.choose(school_id or ALONE)
        self.school.choose(line_id)

    def _judge_all(self) -> None:
        self.deeds.judge(self._year())

    def _judge_school(self) -> None:
        self.deeds.judge(self._year(), _school_id(self.schools.table.current_id()))

    def _end_or_open(self) -> None:
        if self.run is not None:
            (self.deeds.open_again if self.run.closed else self.deeds.end)(self.run)

    def _export(self) -> None:
        if self.run is not None:
            self.deeds.export(self.run)

    def _print_list(self) -> None:
        if self.run is not None:
            school_id = _school_id(self.schools.table.current_id())
            self.deeds.print_list(self.run, school_id, self.school.name.text())

    def _print_register(self, ids: Sequence[str]) -> None:
        if self.run is not None:
            self.deeds.print_register(self.run, ids, self.school.name.text())


def _pack_title(office: Office, run: Run) -> str:
    try:
        return pack_named(office, run.pack_id).title
    except OfficeError:
        return run.pack_id


def _keep(preferences: Preferences, parts: QSplitter, *_: int) -> None:
    preferences.set_state("splitter/stamping", parts.saveState())


def _school_id(key: str) -> str:
    return "" if key == ALONE else key
