"""Who was at an activity of a team, as a window: trainers and participants with their hours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from models.errors import OfficeError
from models.store.operations import Operation
from models.teams.activities import ActivityRow
from models.teams.kinds import PART_NAMES
from ui.desktop.pages.teams.tab import JOBS, READS
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import ask_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.saving import TABLES, ask_for_file
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

attending = Lazy(READS, "attending")
add_people = Lazy(JOBS, "add_people")
add_own = Lazy(JOBS, "add_own")
add_audience = Lazy(JOBS, "add_audience")
take_list = Lazy(JOBS, "take_list")
remove_people = Lazy(JOBS, "remove_people")
COLUMNS = (
    TableColumn("part", "方式", 4),
    TableColumn("teacher_no", "编号", 7),
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 12, stretch=True),
    TableColumn("hours", "学时", 4, numeric=True),
)
WIDTH, HEIGHT = 780, 460


class PeopleSheet(Sheet):
    """The people of one activity with what can be done."""

    def __init__(self, session: Session, parent: QWidget, activity_id: str) -> None:
        """Make the window; it reads beside it."""
        super().__init__("活动人员", parent, WIDTH)
        self._session = session
        self.activity = activity_id
        self.about = label("", "muted", wrap=True)
        self.notice = NoticeBar()
        self.table = DataTable(COLUMNS, session.preferences, "team_people")
        self.table.setAccessibleName("活动人员")
        self.grid = GridCard(self.table)
        self.grid.empty.say("还没有登记人员。", drawing="users")
        deeds = (
            button("增加…", self.add, kind="primary"),
            button("本团队培训者", self.add_own),
            button("服务对象", self.add_audience),
            button("从工作簿…", self.take_list),
            button("移除", self.remove),
        )
        self.body.addWidget(self.about)
        self.body.addWidget(self.notice)
        self.body.addLayout(row(*deeds, None))
        self.body.addWidget(self.grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.accept))
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))
        self.fill()

    def fill(self) -> None:
        """Read the list anew, beside the window."""
        self._session.read("正在读取", attending.bind(self.activity), self._filled, quiet=True)

    def add(self) -> None:
        """Ask who was there."""
        sheet = ChooseSheet("增加人员", "填教师编号或姓名，几人之间用顿号。", "增加", self)
        sheet.add_line("teachers", "教师")
        names = list(PART_NAMES.values())
        sheet.add_line("part", "参加方式", PART_NAMES["participant"], names)
        sheet.add_line("hours", "学时", hint="不填按活动折算")
        activity = self.activity
        ask_and_write(
            self._session,
            sheet,
            "正在登记人员",
            lambda texts: add_people.bind(activity, texts),
            self._done,
        )

    def add_own(self) -> None:
        """Note the trainers of the team as trainers."""
        self._write(add_own.bind(self.activity))

    def add_audience(self) -> None:
        """Note everybody the team is for as participants."""
        self._write(add_audience.bind(self.activity))

    def take_list(self) -> None:
        """Ask for a workbook with the people."""
        path = ask_for_file(self, "选择签到表", TABLES)
        if path is not None:
            self._write(take_list.bind(self.activity, path))

    def remove(self) -> None:
        """Take the chosen people off."""
        self._write(remove_people.bind(self.activity, self.table.selected_ids()))

    def _write(self, work: OfficeWork) -> None:
        self._session.write("正在登记人员", work, self._done, self._refused)

    def _done(self, operation: Operation) -> None:
        self.notice.tell(f"已完成：{operation.title}", "ok", seconds=6)
        self.fill()

    def _refused(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")

    def _filled(self, found: tuple[ActivityRow, Sequence[TableRow]]) -> None:
        activity, rows = found
        course = "；参加者的学时由所属课程登记" if activity.course_id else ""
        self.about.setText(f"{activity.held_on} {activity.kind_title}：{activity.topic}{course}")
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
