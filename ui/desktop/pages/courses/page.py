"""培训课程: the list of courses; beside it who takes one and what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from models.entities.describe import columns
from models.staff.institutions import institution_rows
from models.training.course import Course
from models.training.courses import CourseRow, course_rows
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import Filled, FormSheet
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

if TYPE_CHECKING:
    from models.certificates.issuing import Issued
    from models.training.courses import Registered
    from models.training.enrolments import Enrolled
    from models.training.posting import PostedCourse
    from models.training.scoring import Scored

_JOBS = "ui.desktop.pages.courses.jobs"
check_course = Lazy(_JOBS, "check_course")
enter_course = Lazy(_JOBS, "enter_course")
enrol_school = Lazy(_JOBS, "enrol_school")
take_scores = Lazy(_JOBS, "take_scores")
post = Lazy(_JOBS, "post")
issue = Lazy(_JOBS, "issue")
PEOPLE = (
    TableColumn("enrolled", "报名", 3, numeric=True),
    TableColumn("marked", "有成绩", 3, numeric=True),
    TableColumn("passed", "合格", 3, numeric=True),
)
SHEETS = "成绩表 (*.xlsx *.xls *.et *.ods *.csv);;所有文件 (*)"
IN_THE_CARD = frozenset({"credits", "mode", "level", "organizer", "start_date", "end_date"})
TONES = {"进行中": "ok", "计划中": "info"}


class CoursesPage(PlainListPage):
    """The list of courses."""

    help_page = "courses.md"
    interests = frozenset({"course", "enrolment", "score", "ledger_entry", "certificate"})
    empty = (
        "还没有培训课程。登记课程后可以报名、录成绩、记学时、发证书。",
        "新增课程…",
        "book-open",
    )
    unit = "门"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        described = table_columns(Course, stretch="title", elsewhere=IN_THE_CARD)
        super().__init__(
            session, "培训课程", "courses", [*described, *PEOPLE], "课程名称、编号（Ctrl+F）"
        )
        self._rows: dict[str, CourseRow] = {}
        self.buttons.addWidget(button("新增课程", self.begin, kind="primary", drawing="plus"))
        self.add_for_choice("报名…", self.enrol)
        self.add_for_choice("录成绩…", self.take_scores)
        self.add_for_choice("记学时", self.post)
        self.add_for_choice("发证", self.issue)

    def source(self, query: str) -> FixedRows:
        """The courses whose title or code holds the query."""
        found = course_rows(self.session.office, None, query)
        self._rows = {row.id: row for row in found}
        return FixedRows([_row(row) for row in found])

    def details(self, identity: str) -> Details | None:
        """The course's facts and how far it is."""
        row = self._rows.get(identity)
        if row is None:
            return None
        described = columns(Course)
        status = row.shown.get("status", "")
        facts = [
            Fact(described[name].title, text)
            for name, text in row.shown.items()
            if text and name in described and name != "title"
        ]
        progress = [
            Fact("", "进度"),
            Fact("报名", f"{row.enrolled:,} 人"),
            Fact("有成绩", f"{row.marked:,} 人"),
            Fact("合格", f"{row.passed:,} 人"),
        ]
        tone = TONES.get(status, "muted")
        return Details(row.shown["title"], "", status, tone, [*facts, *progress])

    def begin(self) -> None:
        """Open the form of a new course."""
        office = self.session.office
        plan = form_plan(
            Course,
            {"row": "课程"},
            office.codes,
            [],
            lambda texts: check_course(office, texts),  # type: ignore[arg-type, return-value]
        )
        sheet = FormSheet("新增课程", plan, self)
        sheet.begin({"year": str(office.store.clock.today().year)})

        def save(filled: Filled) -> None:
            work = enter_course.bind(filled.checked.texts)
            self.session.write("正在保存", work, saved, sheet.refused)

        def saved(registered: Registered) -> None:
            sheet.saved("已保存")
            self.session.undo_offered.emit("已新增课程", registered.operation.id)

        sheet.filled.connect(save)
        sheet.open()

    def enrol(self) -> None:
        """Ask whose teachers take the course."""
        course = self.chosen()
        schools = {row.shown["name"]: row.id for row in institution_rows(self.session.office)}
        stages = {
            one.name: one.code for one in self.session.office.codes["stage"] if not one.hidden
        }
        sheet = ChooseSheet("报名", "按学校、学段选择参训教师；都不填表示全部教师。", "报名", self)
        sheet.add_line("school", "学校", offers=list(schools), hint="输入学校名称中的几个字")
        sheet.add_line("stage", "学段", offers=list(stages), hint="如 初中")

        def enrol_them(texts: dict[str, str]) -> None:
            school, stage = texts["school"], texts["stage"]
            if (school and school not in schools) or (stage and stage not in stages):
                sheet.refuse("请从列表中选择学校和学段。")
                return
            sheet.accept()
            wanted = {"school_id": schools.get(school, ""), "stage": stages.get(stage, "")}
            self.session.write("正在报名", enrol_school.bind(course, wanted), self._enrolled)

        sheet.ask(enrol_them)

    def take_scores(self) -> None:
        """Ask for a workbook with results."""
        name, _ = QFileDialog.getOpenFileName(self, "选择成绩表", "", SHEETS)
        if name:
            work = take_scores.bind(self.chosen(), Path(name))
            self.session.write("正在录入成绩", work, self._scored)

    def post(self) -> None:
        """Enter the hours of those who passed."""
        self.session.write("正在登记学时", post.bind(self.chosen()), self._posted)

    def issue(self) -> None:
        """Issue certificates to those who passed."""
        self.session.write("正在发证", issue.bind(self.chosen()), self._issued)

    def _enrolled(self, done: Enrolled) -> None:
        words = f"已报名 {done.enrolled:,} 人" + (
            f"，原已报名 {done.known:,} 人" if done.known else ""
        )
        self.session.undo_offered.emit(words, done.operation.id)

    def _scored(self, done: Scored) -> None:
        self.session.undo_offered.emit(f"已{done.operation.title}", done.operation.id)

    def _posted(self, done: PostedCourse) -> None:
        words = f"已为 {done.posted:,} 人登记学时"
        words += f"，{done.before:,} 人先前已登记" if done.before else ""
        words += f"，{done.not_passed:,} 人未合格" if done.not_passed else ""
        self.session.undo_offered.emit(words, done.operation.id)

    def _issued(self, done: Issued) -> None:
        words = f"已发证 {len(done.certificates):,} 本" + (
            f"，{done.before:,} 人先前已有证" if done.before else ""
        )
        self.session.undo_offered.emit(f"{words}；可在“证书打印”中打印", done.operation.id)


def _row(row: CourseRow) -> TableRow:
    people = {"enrolled": row.enrolled, "marked": row.marked, "passed": row.passed}
    return TableRow(row.id, {**row.shown, **{name: f"{count:,}" for name, count in people.items()}})
