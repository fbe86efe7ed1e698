"""培训课程: courses, who takes them, their scores, the hours and certificates they bring."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from models.certificates.issuing import Issued, issue_for_course
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.queries import TeacherFilter, teacher_ids
from models.training.courses import CourseRow, Registered, course_rows, register
from models.training.enrolments import Enrolled, enrol
from models.training.posting import PostedCourse, post_results
from models.training.scoring import Scored
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.saving import TABLES, ask_for_file
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("code", "代码", 6),
    TableColumn("title", "课程名称", 18, stretch=True),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("enrolled", "报名", 4, numeric=True),
    TableColumn("marked", "有成绩", 5, numeric=True),
    TableColumn("passed", "合格", 4, numeric=True),
)
FACTS = {
    "organizer": "举办单位", "start_date": "开始日期", "end_date": "结束日期",
    "pass_mark": "合格线",
}  # fmt: skip
EMPTY = "还没有培训课程。登记一门课程后，就可以报名、录成绩、记学时、发证。"

record_scores = Lazy("ui.desktop.pages.courses.jobs", "record_scores")


class CoursesPage(Page):
    """The courses of the office."""

    help_page = "courses.md"
    interests = frozenset({"course", "enrolment", "ledger_entry", "certificate"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("培训课程")
        self.session = session
        self._all: dict[str, CourseRow] = {}
        self.table = DataTable(COLUMNS, session.preferences, "courses")
        self.table.setAccessibleName("培训课程")
        self.filters = FilterRow("课程名称、代码（Ctrl+F）", {})
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一门课程，这里可以报名、录成绩、记学时、发证。")
        self.actions.addWidget(button("登记课程…", self.new_course, kind="primary", drawing="plus"))
        for text, action in (
            ("报名…", self.enrol),
            ("成绩…", self.record_scores),
            ("记学时", self.post),
            ("发证", self.issue),
        ):
            self.card.foot.addWidget(button(text, action))
        self.body.addWidget(self.filters)
        self.body.addWidget(self.notice)
        self.body.addWidget(ListBody(self.grid, self.card, session.preferences, "courses"), 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read the courses anew."""
        self._all = {row.id: row for row in course_rows(self.session.office)}
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a course to be chosen."""
        if isinstance(argument, str):
            self.table.choose(argument)
        self.table.setFocus()

    def find(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()

    def new_course(self) -> None:
        """Ask for a course's title, year, hours and days, and register it."""
        today = self.session.office.store.clock.today()
        sheet = ChooseSheet("登记课程", "学分不填时按当年的规定折算。", "登记", self)
        sheet.add_line("title", "课程名称")
        sheet.add_line("year", "培训年度", str(today.year))
        sheet.add_line("hours", "学时", hint="如 15")
        sheet.add_line("credits", "学分（可不填）")
        modes = [one.name for one in self.session.office.codes["training_mode"]]
        sheet.add_line("mode", "培训形式", offers=modes, hint="如 集中")
        sheet.add_line("start_date", "开始日期（可不填）", hint="如 2026-07-20")
        sheet.add_line("end_date", "结束日期（可不填）")

        def done(texts: dict[str, str]) -> None:
            def work(office: Office, _progress: Progress) -> Registered:
                return register(office, _values(office, texts))

            self._write("正在登记课程", work, self._registered, sheet)

        sheet.ask(done)

    def enrol(self) -> None:
        """Ask for a school and enrol all of its teachers in the chosen course."""
        course = self._chosen()
        if course is None:
            return
        schools = {row.shown["name"]: row.id for row in institution_rows(self.session.office)}
        sheet = ChooseSheet("报名", f"“{course.shown['title']}”：整校报名。", "报名", self)
        sheet.add_line("school", "学校", offers=list(schools), hint="输入学校名称中的几个字")

        def done(texts: dict[str, str]) -> None:
            school = schools.get(texts["school"])
            if school is None:
                sheet.refuse(f"机构名录中没有“{texts['school']}”，请从列表中选择。")
                return

            def work(office: Office, _progress: Progress) -> Enrolled:
                wanted = teacher_ids(office, TeacherFilter(equal={"school_id": school}))
                return enrol(office, course.id, wanted)

            self._write("正在报名", work, self._enrolled, sheet)

        sheet.ask(done)

    def record_scores(self) -> None:
        """Ask for a score sheet and take the scores of the chosen course from it."""
        course = self._chosen()
        chosen = course and ask_for_file(self, "选择成绩表", TABLES)
        if course and chosen:
            self.session.write("正在录入成绩", record_scores.bind(course.id, chosen), self._scored)

    def post(self) -> None:
        """Enter the hours of everybody who passed the chosen course."""
        course = self._chosen()
        if course is not None:
            self.session.write(
                "正在登记学时",
                lambda office, _progress: post_results(office, course.id),
                self._posted,
            )

    def issue(self) -> None:
        """Issue certificates to everybody who passed the chosen course."""
        course = self._chosen()
        if course is not None:
            self.session.write(
                "正在发证",
                lambda office, _progress: issue_for_course(office, course.id),
                self._issued,
            )

    def _write(
        self,
        title: str,
        work: Callable[[Office, Progress], Any],
        on_done: Callable[[Any], None],
        sheet: ChooseSheet,
    ) -> None:
        """Have something written; the sheet stays with the reason where it is refused."""

        def done(result: object) -> None:
            sheet.accept()
            on_done(result)

        self.session.write(title, work, done, lambda error: sheet.refuse(error.sentence))

    def _registered(self, found: Registered) -> None:
        alike = f"。名称相近的课程：{'、'.join(found.alike)}，请看是否同一本" if found.alike else ""
        self.session.told.emit(f"已登记课程 {found.code}{alike}。", "ok")

    def _enrolled(self, done: Enrolled) -> None:
        self.session.undo_offered.emit(
            f"报名 {done.enrolled} 人，原已报名 {done.known} 人", done.operation.id
        )

    def _scored(self, done: Scored) -> None:
        self.session.undo_offered.emit(
            f"录入成绩 {done.recorded} 人，不变 {done.unchanged} 人", done.operation.id
        )

    def _posted(self, done: PostedCourse) -> None:
        self.session.undo_offered.emit(
            f"登记学时 {done.posted} 人，先前已登记 {done.before} 人，未合格 {done.not_passed} 人",
            done.operation.id,
        )

    def _issued(self, done: Issued) -> None:
        self.session.told.emit(
            f"发证 {len(done.certificates)} 本，先前已发 {done.before} 本。请到“证书打印”打印。",
            "ok",
        )

    def _chosen(self) -> CourseRow | None:
        return self._all.get(self.table.current_id())

    def _show(self) -> None:
        query = self.filters.query()
        rows = [
            TableRow(row.id, _texts(row))
            for row in self._all.values()
            if not query or query in row.shown["title"] or query in row.shown["code"]
        ]
        self.table.show_rows(FixedRows(rows))
        self.count.setText(
            f"共 {len(self._all):,} 门" + (f"，筛选后 {len(rows):,} 门" if query else "")
        )
        if not self._all:
            self.grid.empty.say(EMPTY, "登记课程…", self.new_course, "book-open")
        elif not rows:
            self.grid.empty.say("没有符合条件的课程。", "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(rows))
        self._show_card(self.table.current_id())

    def _show_card(self, course_id: str) -> None:
        row = self._all.get(course_id)
        self.card.show_details(_details(row) if row else None)


def _texts(row: CourseRow) -> dict[str, str]:
    counts = {"enrolled": row.enrolled, "marked": row.marked, "passed": row.passed}
    return {**row.shown, **{name: str(count) for name, count in counts.items()}}


def _details(row: CourseRow) -> Details:
    facts = [Fact(title, row.shown[key]) for key, title in FACTS.items() if row.shown.get(key)]
    facts += [
        Fact("", "学员"),
        Fact("报名", f"{row.enrolled} 人"),
        Fact("有成绩", f"{row.marked} 人"),
        Fact("合格", f"{row.passed} 人"),
    ]
    return Details(row.shown["code"], row.shown["title"], facts=facts)


def _values(office: Office, texts: dict[str, str]) -> dict[str, Any]:
    """The texts of the form as a course is registered with.

    Raises:
        UserError: something that is no number, or a form of training nobody knows.
    """
    mode = office.codes["training_mode"].find(texts["mode"]) if texts["mode"] else None
    if texts["mode"] and mode is None:
        raise UserError("courses.mode", f"没有“{texts['mode']}”这种培训形式。", "请从列表中选择。")
    return {
        "title": texts["title"],
        "year": _number(int, texts["year"], "培训年度"),
        "hours": _number(Decimal, texts["hours"], "学时"),
        "credits": _number(Decimal, texts["credits"], "学分") if texts["credits"] else None,
        "mode": mode.code if mode else None,
        "organizer": office.identity.name,
        "start_date": texts["start_date"] or None,
        "end_date": texts["end_date"] or None,
    }


def _number(kind: Callable[[str], int | Decimal], text: str, title: str) -> int | Decimal:
    try:
        return kind(text)
    except (ValueError, InvalidOperation) as error:
        raise UserError("courses.number", f"{title}“{text}”不是数。", "请填写数字。") from error
