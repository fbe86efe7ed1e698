"""签到: the sessions of a course and who was there, by hand or by workbook."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QComboBox

from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training import sessions
from models.training.sessions import PRESENCE_NAMES, CourseSession, Presence
from ui.desktop.pages.courses.tab import NAME, NUMBER, SCHOOL, DeskTab, Loaded
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.answers import amount_of, day_of
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

take_sign_in = Lazy("ui.desktop.pages.courses.jobs", "take_sign_in_sheet")
load_attendance = Lazy("ui.desktop.pages.courses.loads", "attendance")
COLUMNS = (
    NUMBER,
    NAME,
    SCHOOL,
    TableColumn("presence", "本次", 5),
    TableColumn("there", "到课", 5, numeric=True),
)


class SignInTab(DeskTab):
    """Who was at the sessions."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        super().__init__(session, "签到", COLUMNS, load_attendance, "还没有学员。")
        self.sessions = QComboBox()
        self.sessions.setAccessibleName("课次")
        self.sessions.setMinimumWidth(tokens.px(210))
        self.bar.addWidget(self.sessions)
        self.add("登记上课…", self.add_session, kind="primary")
        self.add("全到", self.all_present)
        states = {name: partial(self.mark, state) for state, name in PRESENCE_NAMES.items()}
        self.marks = self.add_menu("选中的记为", states, chosen=True)
        self.bar.addStretch(1)
        self.add("删除课次", self.remove_session)
        self.add_menu(
            "签到表",
            {
                "导出签到表…": partial(self.export, "sign-in", "签到表"),
                "收回签到表…": partial(self.take, "签到表", take_sign_in),
            },
        )
        self.sessions.currentIndexChanged.connect(self._choose)
        self._filling = False

    def reload(self) -> None:
        """Read the course anew, beside the window."""
        if self.course:
            shown = str(self.sessions.currentData() or "")
            work = load_attendance.bind(self.course, shown)
            self.session.read("正在读取", work, self._read, quiet=True)

    def add_session(self) -> None:
        """Ask when the course met."""
        sheet = ChooseSheet("登记上课", "日期须在课程的起止日期之内。", "登记", self)
        sheet.add_line("day", "日期", self.session.office.store.clock.today().isoformat())
        sheet.add_line("topic", "内容")
        sheet.add_line("hours", "学时", hint="不填的各次同等计算")

        course = self.course

        def understand(texts: dict[str, str]) -> tuple[str, Decimal | None, str]:
            day = day_of(self.session.office, texts["day"])
            return day, amount_of(texts["hours"]), texts["topic"]

        def then(said: tuple[str, Decimal | None, str]) -> None:
            day, hours, topic = said

            def work(office: Office, _progress: Progress) -> Operation:
                return sessions.add_session(office, course, day, topic, hours)

            self.write("正在登记上课", work)

        self.ask(sheet, understand, then)

    def all_present(self) -> None:
        """Everybody came to the session shown."""
        course, shown = self.course, str(self.sessions.currentData() or "")
        if not shown:
            self.session.told.emit("还没有登记上课，请先“登记上课…”。", "warn")
            return

        def work(office: Office, _progress: Progress) -> Operation:
            return sessions.all_present(office, course, shown)

        self.write("正在签到", work)

    def mark(self, state: Presence) -> None:
        """Note how the chosen people came to the session shown."""
        course, shown = self.course, str(self.sessions.currentData() or "")
        states: dict[str, Presence] = dict.fromkeys(self.chosen_ids(), state)
        if not shown:
            self.session.told.emit("还没有登记上课，请先“登记上课…”。", "warn")
            return

        def work(office: Office, _progress: Progress) -> Operation:
            return sessions.note_attendance(office, course, {shown: states})

        self.write("正在签到", work)

    def remove_session(self) -> None:
        """Take the session shown out again."""
        shown = str(self.sessions.currentData() or "")
        if shown:

            def work(office: Office, _progress: Progress) -> Operation:
                return sessions.remove_session(office, shown)

            self.write("正在删除课次", work)

    def _read(self, found: tuple[Loaded, list[CourseSession], str]) -> None:
        loaded, listed, shown = found
        if loaded.course_id != self.course:
            return
        self._filling = True
        self.sessions.clear()
        for one in listed:
            self.sessions.addItem(_words(one), one.id)
        self.sessions.setCurrentIndex(max(0, self.sessions.findData(shown)))
        self._filling = False
        self.fill(loaded)

    def _choose(self, _index: int) -> None:
        if not self._filling:
            self.reload()


def _words(one: CourseSession) -> str:
    topic = f" {one.topic}" if one.topic else ""
    return f"{one.title}{topic}（到 {one.there}）"
