"""培训: the list of courses, a card of the chosen one, and its desk."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from models.entities.describe import columns
from models.sync.birth import born_elsewhere
from models.training.axes import axes
from models.training.course import Course
from models.training.course_names import title_key
from models.training.courses import CourseRow, course_rows, read
from models.training.events import events_of
from ui.desktop.pages.courses.deeds import CourseDeeds
from ui.desktop.pages.courses.desk import CourseDesk
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import Details, Fact, Meter
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.columns import table_columns
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

OTHERS = "courses of others"
"""In editions: what is left out for a training that another copy of the data registered."""
STATE = TableColumn("state", "状态", 5)
PEOPLE = (
    TableColumn("enrolled", "学员", 3, numeric=True),
    TableColumn("pending", "待办", 3, numeric=True),
    TableColumn("passed", "合格", 3, numeric=True),
)
IN_THE_CARD = frozenset({"credits", "category", "level", "organizer", "start_date", "end_date"})
TONES = {"进行中": "ok", "计划中": "info", "待批准": "warn", "未申报": "info", "退回": "error"}
TABLES = frozenset(
    {
        "course", "course_quota", "course_alias", "enrolment", "ledger_entry", "certificate",
        "course_session", "attendance", "gate_evidence", "course_component", "component_mark",
        "trainer_body", "setting",
    }
)  # fmt: skip


class CoursesPage(PlainListPage):
    """The list of courses, or the desk of one."""

    help_page = "courses.md"
    interests = TABLES
    empty = (
        "还没有培训。登记后可以报名、签到、录成绩、记学时、发证书。",
        "新增培训…",
        "book-open",
    )
    unit = "门"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        described = table_columns(Course, stretch="title", elsewhere=IN_THE_CARD)
        super().__init__(
            session, "培训", "courses", [*described, STATE, *PEOPLE], "名称、编号、单位（Ctrl+F）"
        )
        self._rows: dict[str, CourseRow] = {}
        self._others: frozenset[str] = frozenset()
        self.deeds = CourseDeeds(session, self, self._chosen_row)
        self.desk = CourseDesk(session)
        self.desk.hide()
        self.body.addWidget(self.desk, 1)
        self.desk.left.connect(self.close_desk)
        self._list_buttons = [
            button("导出…", self.deeds.export, drawing="file-up"),
            button("导入课程…", self.deeds.import_list, drawing="file-down"),
            button("新增培训", self.begin, kind="primary", drawing="plus"),
        ]
        if not session.edition.hides("courses.bodies"):
            bodies = button("培训机构…", self.deeds.bodies, drawing="school")
            self._list_buttons.insert(0, bodies)
        for one in self._list_buttons:
            self.buttons.addWidget(one)
        self.add_for_choice("打开", self.open_desk, "book-open")
        self._change = self.add_for_choice("修改…", self.deeds.edit)
        self._more = self.add_for_choice("办理…", self._show_menu)
        self.table.opened.connect(self.open_desk)
        self.table.edit_requested.connect(self._edit)
        self.table.menu_requested.connect(self._fill_menu)

    def reload(self) -> None:
        """Read the list anew, and the desk where one is open."""
        super().reload()
        if self.desk.course and not self.desk.isHidden():
            row = self._rows.get(self.desk.course)
            if row is None:
                self.close_desk()
            else:
                self.desk.show_course(row, _tone(row), self._left_out(row.id))

    def source(self, query: str) -> FixedRows:
        """The courses whose title, code or organiser holds the query."""
        found = course_rows(self.session.office)
        self._rows = {row.id: row for row in found}
        if self.session.edition.leaves_out(OTHERS):
            self._others = born_elsewhere(self.session.office, "course")
        wanted = title_key(query) if query else ""
        return FixedRows([_row(row) for row in found if wanted in title_key(_searched(row))])

    def details(self, identity: str) -> Details | None:
        """The course's facts, how far it is, and what was decided."""
        row = self._rows.get(identity)
        if row is None:
            return None
        described = columns(Course)
        facts = [
            Fact(described[name].title, text)
            for name, text in row.shown.items()
            if text and name in described and name != "title"
        ]
        facts += [
            Fact(title, row.shown[name])
            for name, title in (("filed_by", "申报单位"), ("project", "所属项目"))
            if row.shown[name]
        ]
        sides = axes(read(self.session.office, identity))
        facts += [Fact("分类", "、".join(sides.values()))] if sides else []
        return Details(
            row.shown["title"],
            f"有 {row.classes} 个班的项目" if row.classes else "",
            _state(row),
            _tone(row),
            facts,
            "进度",
            _meters(row),
            self._decisions(identity),
        )

    def begin(self) -> None:
        """Open the form of a new course."""
        self.deeds.new()

    def open_desk(self, identity: str = "") -> None:
        """Show the desk of a course, the chosen one where none is named."""
        row = self._rows.get(identity or self.chosen())
        if row is not None:
            self._turn(desk=True)
            self.desk.show_course(row, _tone(row), self._left_out(row.id))

    def close_desk(self) -> None:
        """Show the list again."""
        self._turn(desk=False)
        self.table.setFocus()

    def _turn(self, *, desk: bool) -> None:
        self.desk.setVisible(desk)
        for one in (self.search, self.list_body, self.count, *self._list_buttons):
            one.setVisible(not desk)

    def _edit(self, _identity: str) -> None:
        if not self._change.isHidden():
            self.deeds.edit()

    def _show_card(self, identity: str) -> None:
        super()._show_card(identity)
        left_out = self._left_out(identity)
        for one in (self._change, self._more):
            one.setVisible(one.text().strip() not in left_out)

    def _fill_menu(self, menu: QMenu) -> None:
        if not self._more.isHidden():
            self.deeds.fill_menu(menu)

    def _left_out(self, course_id: str) -> frozenset[str]:
        """The words of the buttons that the edition leaves out for a course."""
        edition = self.session.edition
        others = edition.leaves_out(OTHERS) if course_id in self._others else frozenset[str]()
        return edition.leaves_out("courses") | others

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.deeds.fill_menu(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _chosen_row(self) -> CourseRow | None:
        return self._rows.get(self.chosen())

    def _decisions(self, identity: str) -> list[Fact]:
        decided = [
            Fact(
                one.at[:10], "，".join(part for part in (one.what, one.person, one.opinion) if part)
            )
            for one in events_of(self.session.office, identity)
        ]
        return [Fact("", "办理经过"), *decided] if decided else []


def _searched(row: CourseRow) -> str:
    return " ".join(row.shown[name] for name in ("code", "title", "organizer", "operator"))


def _state(row: CourseRow) -> str:
    return row.shown["status"] if row.approval == "approved" else row.shown["approval"]


def _tone(row: CourseRow) -> str:
    return TONES.get(_state(row), "muted")


def _meters(row: CourseRow) -> list[Meter]:
    people = max(row.enrolled, 1)
    return [
        Meter("有成绩", f"{row.marked:,}/{row.enrolled:,}", row.marked / people),
        Meter("合格", f"{row.passed:,}/{row.enrolled:,}", row.passed / people),
    ]


def _row(row: CourseRow) -> TableRow:
    people = {"enrolled": row.enrolled, "pending": row.pending, "passed": row.passed}
    counts = {name: f"{count:,}" if count else "" for name, count in people.items()}
    return TableRow(row.id, {**row.shown, **counts, "state": _state(row)}, {"state": _tone(row)})
