"""考试抽签: the list of exams with a card, and the desk of one with its seven steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.exams.overview import Overview
from models.exams.records import KIND_NAMES, Exam
from models.policies.rules import rules_on
from ui.desktop.pages.exams.desk import ExamDesk
from ui.desktop.pages.exams.exam_sheet import ExamSheet
from ui.desktop.pages.exams.sequence import NUMERALS, next_step, steps_of, what_next
from ui.desktop.pages.exams.terms import write_share
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow, numbers_of

if TYPE_CHECKING:
    from ui.desktop.pages.exams.loads import Listing

save_new = Lazy("ui.desktop.pages.exams.jobs", "save_new")
listing = Lazy("ui.desktop.pages.exams.loads", "listing")
COLUMNS = (
    TableColumn("code", "编号", 8),
    TableColumn("name", "考试名称", 18, stretch=True),
    TableColumn("kind", "类别", 4),
    TableColumn("held_on", "日期", 7),
    TableColumn("pool", "名单", 4, numeric=True),
    TableColumn("people", "考生", 4, numeric=True),
    TableColumn("marked", "成绩", 4, numeric=True),
    TableColumn("state", "下一步", 7),
)
TABLES = frozenset(
    {
        "exam", "exam_frame", "exam_draw", "exam_pick", "exam_part", "exam_item",
        "exam_exclusion", "exam_room", "examinee", "exam_mark", "exam_correction", "exam_award",
        "enrolment", "course_component", "component_mark", "ledger_entry", "veto", "setting",
    }
)  # fmt: skip


class ExamsPage(PlainListPage):
    """The exams, or the desk of one."""

    help_page = "exams.md"
    interests = TABLES
    empty = (
        "还没有考试。新建后按七步办理：名单、抽签、考场、成绩、结果，直到登记学时。",
        "新建考试…",
        "shuffle",
    )
    unit = "场"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__(session, "考试抽签", "exams", COLUMNS, "考试名称、编号（Ctrl+F）")
        self._exams: dict[str, Exam] = {}
        self._figures: dict[str, Overview] = {}
        self._read = False
        self._wanted = ""
        self.new = button("新建考试", self.begin, kind="primary", drawing="plus")
        self.buttons.addWidget(self.new)
        self.desk = ExamDesk(session)
        self.desk.hide()
        self.body.addWidget(self.desk, 1)
        self.desk.left.connect(self._left)
        self.add_for_choice("打开", self.open_desk, "arrow-right")
        self.table.opened.connect(self.open_desk)

    def reload(self) -> None:
        """Read the list anew beside the window, and the desk where one is open."""
        self.session.read("正在读取", listing, self._read_back, quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is the exam whose desk is to be shown."""
        super().shown(argument)
        if isinstance(argument, str) and argument:
            self._open_when_read(argument)

    def source(self, query: str) -> FixedRows:
        """The exams whose name or code holds the query."""
        self.table.fit_anew()
        asked = query.casefold()
        rows = [
            self._row(one)
            for one in self._exams.values()
            if asked in one.name.casefold() or asked in one.code.casefold()
        ]
        return FixedRows(rows, numbers_of(COLUMNS, rows))

    def details(self, identity: str) -> Details | None:
        """What each step has come to, and what is next."""
        exam = self._exams.get(identity)
        if exam is None:
            return None
        now = self._now(exam)
        steps = steps_of(now)
        facts = [
            Fact(f"{NUMERALS[place]} {one.title}", f"{'✓ ' if one.done else ''}{one.words}")
            for place, one in enumerate(steps)
        ]
        done = all(one.done for one in steps)
        state = "已办完" if done else steps[next_step(now)].title
        return Details(exam.name, what_next(now), state, "ok" if done else "info", facts)

    def begin(self) -> None:
        """Open the form of a new exam; it begins with the rules in force."""
        office = self.session.office
        today = office.store.clock.today()
        rule = rules_on(office, today).sampling
        texts = {
            "year": str(today.year),
            "code": f"CK{today.year}-{len(self._exams) + 1}",
            "base": rule.base,
            "strata": ",".join(rule.strata),
            "fraction": write_share(rule.fraction),
            "rounding": rule.rounding,
            "kind": "sample",
            "drawn_before": "equal",
        }
        sheet = ExamSheet(office, "新建考试", self, texts)

        def save(said: dict[str, str]) -> None:
            self.session.write("正在新建", save_new.bind(said), saved, sheet.refuse)

        def saved(done: tuple[Exam, object]) -> None:
            sheet.accept()
            self._open_when_read(done[0].id)

        sheet.ask(save)

    def open_desk(self, identity: str = "") -> None:
        """Show the desk of an exam, the chosen one where none is named."""
        wanted = identity or self.chosen()
        other = self.desk.exam_id not in ("", wanted)
        if wanted in self._exams and (not other or self.desk.may_leave()):
            self._turn(desk=True)
            self._show_desk(wanted)

    def leave(self) -> bool:
        """Whether the page may be left; marks that were typed and not saved are asked about."""
        return self.desk.isHidden() or self.desk.may_leave()

    def close_desk(self) -> None:
        """Show the list again."""
        self._turn(desk=False)
        self.desk.exam_id = ""
        self.table.setFocus()

    def _open_when_read(self, identity: str) -> None:
        """Open a desk now or, where the exam is not listed yet, with the list."""
        if identity in self._exams:
            self.table.choose(identity)
            self.open_desk(identity)
        else:
            self._wanted = identity

    def _read_back(self, found: Listing) -> None:
        self._exams, self._figures = found
        self._show()
        if not self._read:
            self._read = True
            super().shown()
        wanted, self._wanted = self._wanted, ""
        if wanted in self._exams:
            self._open_when_read(wanted)
        elif self.desk.exam_id in self._exams:
            self._show_desk(self.desk.exam_id)
        elif self.desk.exam_id:
            self._gone()

    def _gone(self) -> None:
        """The exam on the desk was removed, or its making was taken back."""
        lost = self.desk.forget()
        self.close_desk()
        if lost:
            words = f"这场考试已经不在（被删除或撤销），没有保存的 {lost:,} 处成绩没有写入。"
            self.session.told.emit(words, "warn")

    def _left(self) -> None:
        if self.desk.may_leave():
            self.close_desk()

    def _show_desk(self, identity: str) -> None:
        exam = self._exams[identity]
        self.desk.show_exam(exam, self._now(exam))

    def _turn(self, *, desk: bool) -> None:
        self.desk.setVisible(desk)
        for one in (self.title, self.count, self.new, self.search, self.list_body):
            one.setVisible(not desk)

    def _now(self, exam: Exam) -> Overview:
        return self._figures.get(exam.id, Overview())

    def _row(self, exam: Exam) -> TableRow:
        now = self._now(exam)
        steps = steps_of(now)
        done = all(one.done for one in steps)
        texts = {
            "code": exam.code,
            "name": exam.name,
            "kind": KIND_NAMES[exam.session.kind],
            "held_on": exam.session.held_on or "",
            "pool": "" if now.pool is None else f"{now.pool:,}",
            "people": f"{now.people or now.drawn:,}" if now.people or now.drawn else "",
            "marked": f"{now.marked:,}" if now.marked else "",
            "state": "已办完" if done else steps[next_step(now)].title,
        }
        return TableRow(exam.id, texts, {"state": "ok" if done else "info"})
