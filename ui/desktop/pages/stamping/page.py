"""年度验印: judge a year, clear it school by school, end it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QStackedWidget, QWidget

from models.errors import OfficeError
from models.policies.library import pack_named
from models.stamping.listing import (
    SchoolCounts,
    find_lines,
    find_run,
    lines_of,
    school_counts,
)
from models.stamping.records import STATE_NAMES, Run
from models.stamping.register import Correction
from ui.desktop.pages.stamping.rows import ALONE, NO_SCHOOL, SCHOOLS, school_rows
from ui.desktop.pages.stamping.school import SchoolView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, clear, pill, row
from ui.desktop.widgets.saving import PDF, ask_where_to
from ui.desktop.widgets.steps import StepBar
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.stamping.running import Stamped
    from ui.desktop.tasks.session import Session

_JOBS = "ui.desktop.pages.stamping.jobs"
run_year = Lazy(_JOBS, "run_year")
stamp = Lazy(_JOBS, "stamp")
void = Lazy(_JOBS, "void")
close_run = Lazy(_JOBS, "close_run")
reopen_run = Lazy(_JOBS, "reopen_run")
find_corrections = Lazy(_JOBS, "find_corrections")
print_list = Lazy(_JOBS, "print_list")
print_register = Lazy(_JOBS, "print_register")
YEARS = 8
STEPS = ("① 核验", "② 按学校清点、验印", "③ 结束本年度")
NARROW = {"ready": "还有可验印的", "blocked": "有不予验印的", "done": "全部验印的"}


class StampingPage(Page):
    """One year's stamping."""

    help_page = "stamping.md"
    interests = frozenset({"stamp_run", "stamp_line", "ledger_entry"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("年度验印")
        self.session = session
        self.run: Run | None = None
        self.year = QComboBox()
        self.year.setAccessibleName("年度")
        self.steps = StepBar(STEPS)
        self._state = row()
        self.judge = button("核验", self.judge_all, kind="primary")
        self.end = button("结束本年度…", self.end_or_open)
        self.filters = FilterRow(
            "学校；或教师姓名、编号：为什么没有我（Ctrl+F）",
            {"left": FilterCombo("学校", [Choice(key, text) for key, text in NARROW.items()])},
        )
        self.table = DataTable(SCHOOLS, session.preferences, "stamp-schools")
        self.table.setAccessibleName("各校验印进度")
        self.grid = GridCard(self.table)
        self.school = SchoolView(session.preferences)
        self.nothing = EmptyState()
        self.stack = QStackedWidget()
        self._parts = QSplitter()
        self._schools: list[SchoolCounts] = []
        self._corrections: dict[str, Correction] = {}
        self._hit = ""
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        """Read the run of the chosen year anew."""
        office = self.session.office
        self._offer_years(office.store.clock.today().year)
        self.run = find_run(office, self._year())
        run = self.run
        self._schools = school_counts(office, run.id) if run else []
        self._say_state()
        if run is None:
            self.stack.setCurrentWidget(self.nothing)
            return
        self.stack.setCurrentIndex(0)
        self._show_schools()
        work = find_corrections.bind(run.year, run.id)
        self.session.read("正在核对更正", work, partial(self._corrected, run.id), quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; a year, or the identity of a school to be shown."""
        if isinstance(argument, int):
            self.year.setCurrentIndex(max(0, self.year.findData(argument)))
        elif isinstance(argument, str) and argument:
            self.table.choose(argument)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def judge_all(self) -> None:
        """Judge the year for everybody; what is stamped stays."""
        self._judge(None)

    def end_or_open(self) -> None:
        """End the year after a question, or open it again with a reason."""
        run = self.run
        if run is None:
            return
        if run.closed:
            self._open_again(run)
            return
        left = f"还有 {run.ready:,} 人可验印而没有验印。" if run.ready else ""
        ask(
            self,
            f"结束 {run.year} 年度验印？",
            f"{left}已验印 {run.stamped:,} 人，不予验印 {run.blocked:,} 人，待核实 {run.open:,} 人。"
            "结束以后不能再验印；需要补办时可以写明原因重新打开。",
            (
                Answer("取消"),
                Answer(
                    "结束本年度",
                    lambda: self._write("正在保存", close_run.bind(run.id), "本年度验印已结束"),
                    "primary",
                ),
            ),
            "warn" if left else "info",
        )

    def next_school(self) -> None:
        """Go to the next school in the list that has somebody to stamp."""
        ids = list(self.table.table.ids)
        place = self.table.currentIndex().row() + 1
        ready = {one.school_id or ALONE for one in self._schools if one.ready}
        found = next((one for one in ids[place:] + ids[:place] if one in ready), "")
        if found:
            self.table.choose(found)
        else:
            self.notice.tell("所有学校都没有可验印而未验印的教师了。", "ok", seconds=tokens.BLOCK)

    def _lay_out(self) -> None:
        self.buttons.addWidget(self.end)
        self.buttons.addWidget(self.judge)
        parts = self._parts
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.grid)
        parts.addWidget(self.school)
        state = self.session.preferences.state("splitter/stamping")
        if state.isEmpty() or not parts.restoreState(state):
            parts.setSizes([450, 550])
        parts.splitterMoved.connect(self._keep_widths)
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
        self.body.addWidget(self.filters)
        self.body.addWidget(self.stack, 1)

    def _keep_widths(self, *_: int) -> None:
        self.session.preferences.set_state("splitter/stamping", self._parts.saveState())

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(self._year_chosen)
        self.filters.changed.connect(self._search)
        self.table.chosen.connect(self._show_school)
        school = self.school
        school.stamp_wanted.connect(self._stamp)
        school.void_wanted.connect(self._void)
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
        run = self.run
        clear(self._state)
        self.filters.setEnabled(run is not None)
        self.end.setEnabled(run is not None)
        self.end.setText("重新打开…" if run and run.closed else "结束本年度…")
        self.judge.setText("重新核验" if run else "开始核验")
        self.judge.setProperty("kind", "" if run else "primary")
        self.judge.style().polish(self.judge)
        self.judge.setEnabled(run is None or not run.closed)
        if run is None:
            self.steps.show_step(0)
            self.count.setText("")
            self.nothing.say(
                f"{self._year()} 年度还没有核验。核验按当年的规则逐人判定：可验印、不予验印"
                "（写明原因）、待核实。可以反复核验，已验印的不受影响。",
                "开始核验",
                self.judge_all,
                "stamp",
            )
            return
        self.steps.show_step(3 if run.closed else 2 if not run.ready else 1)
        self._state.addWidget(pill(STATE_NAMES[run.state], "muted" if run.closed else "info"))
        self.count.setText(
            f"可验印 {run.ready:,} · 不予 {run.blocked:,} · 待核实 {run.open:,}"
            f" · 已验印 {run.stamped:,}"
        )
        self.count.setToolTip(f"依据“{self._pack_title(run)}”")

    def _pack_title(self, run: Run) -> str:
        try:
            return pack_named(self.session.office, run.pack_id).title
        except OfficeError:
            return run.pack_id

    def _search(self) -> None:
        """Narrow the schools; a teacher's name leads to the teacher."""
        self._show_schools()
        if self._hit:
            self.school.choose(self._hit)

    def _show_schools(self) -> None:
        run, query = self.run, self.filters.query()
        if run is None:
            return
        left = self.filters.values().get("left", "")
        named = [one for one in self._schools if query in one.school_name]
        self._hit = ""
        if query and not named:
            hits = find_lines(self.session.office, run.id, query)
            ids = {line.school_id for line in hits}
            named = [one for one in self._schools if one.school_id in ids]
            self._hit = hits[0].id if hits else ""
        shown = [one for one in named if _left(one, left)]
        self.table.show_rows(school_rows(shown))
        self.grid.empty.say("没有符合条件的学校或教师。", "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(shown))
        if shown and not self.table.current_id():
            self.table.selectRow(0)
        self._show_school(self.table.current_id())

    def _show_school(self, key: str) -> None:
        run = self.run
        self.school.setVisible(bool(key) and run is not None)
        if not key or run is None:
            return
        school_id = "" if key == ALONE else key
        lines = lines_of(self.session.office, run.id, school_id=school_id)
        name = next((one.school_name for one in self._schools if one.school_id == school_id), "")
        self.school.show_lines(name or NO_SCHOOL, lines, self._corrections, closed=run.closed)

    def _judge(self, school_id: str | None) -> None:
        work = run_year.bind(self._year(), school_id)
        self.session.write(
            f"正在核验 {self._year()} 年度", work, self._judged, self._not_judged
        )

    def _judge_school(self) -> None:
        key = self.table.current_id()
        self._judge(key if key != ALONE else None)

    def _judged(self, made: Stamped) -> None:
        run = made.run
        self.notice.tell(
            f"核验完成：可验印 {run.ready:,} 人，不予验印 {run.blocked:,} 人，"
            f"待核实 {run.open:,} 人，已验印 {run.stamped:,} 人。",
            "ok",
        )

    def _not_judged(self, error: OfficeError) -> None:
        go = partial(self.session.go.emit, "policies", None)
        rules = error.code.startswith("policy.")
        self.notice.tell(error.sentence, "warn", "去设置规则" if rules else "", go)

    def _stamp(self, ids: Sequence[str]) -> None:
        if ids:
            self._write("正在验印", stamp.bind(list(ids)), f"已验印 {len(ids)} 人")

    def _void(self, ids: Sequence[str]) -> None:
        self._ask_reason(
            "作废验印",
            f"将作废 {len(ids)} 人的验印。记录和原因保留；重新核验后可以再验印。",
            "作废",
            lambda reason: self._write(
                "正在作废", void.bind(list(ids), reason), f"已作废 {len(ids)} 人的验印"
            ),
        )

    def _open_again(self, run: Run) -> None:
        self._ask_reason(
            f"重新打开 {run.year} 年度",
            "原来验印的都保留。原因留在记录里。",
            "重新打开",
            lambda reason: self._write(
                "正在保存", reopen_run.bind(run.id, reason), f"已重新打开 {run.year} 年度"
            ),
        )

    def _ask_reason(self, title: str, words: str, action: str, then: object) -> None:
        sheet = ChooseSheet(title, words, action, self)
        sheet.add_line("reason", "原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            then(texts["reason"])  # type: ignore[operator]

        sheet.ask(done)

    def _write(self, title: str, work: object, words: str) -> None:
        def done(made: Stamped) -> None:
            self.session.undo_offered.emit(words, made.operation.id)

        self.session.write(title, work, done)  # type: ignore[arg-type]

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
        self._show_school(self.table.current_id())

    def _show_line(self, school_id: str, line_id: str) -> None:
        self.filters.clear()
        self.table.choose(school_id or ALONE)
        self.school.choose(line_id)

    def _print_list(self) -> None:
        self._print("验印清单", lambda run, out: print_list.bind(run.id, self._school_id(), out))

    def _print_register(self, ids: Sequence[str]) -> None:
        self._print("登记页", lambda run, out: print_register.bind(run.id, list(ids), out))

    def _school_id(self) -> str:
        key = self.table.current_id()
        return "" if key == ALONE else key

    def _print(self, what: str, bound: object) -> None:
        run = self.run
        if run is None:
            return
        out = ask_where_to(self, f"{run.year}年度{what}-{self.school.name.text()}.pdf", PDF)
        if out is not None:
            self.session.read("正在生成", bound(run, out), self._written)  # type: ignore[operator]

    def _written(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self.notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)


def _left(one: SchoolCounts, wanted: str) -> bool:
    match wanted:
        case "ready":
            return one.ready > 0
        case "blocked":
            return one.blocked + one.open > 0
        case "done":
            return one.stamped == one.teachers
        case _:
            return True
