"""辅导团队: the list of teams, a card of the chosen one, its desk; coverage and workload."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QMenu, QWidget

from models.teams.kinds import team_rules
from models.teams.listing import TeamRow, served_schools, taught_courses, team_rows
from ui.desktop.pages.teams.coverage import CoverageView
from ui.desktop.pages.teams.deeds import TeamDeeds
from ui.desktop.pages.teams.desk import TeamDesk
from ui.desktop.pages.teams.loads import LoadsView
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import Details, Fact
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.plain_list import PlainListPage
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

COLUMNS = (
    TableColumn("name", "名称", 13, stretch=True),
    TableColumn("kind", "种类", 7, listed=False),
    TableColumn("stage", "学段", 4),
    TableColumn("subject", "学科", 6),
    TableColumn("track", "方式", 4),
    TableColumn("host", "所在校", 11, listed=False),
    TableColumn("leaders", "负责的人", 6),
    TableColumn("members", "成员", 3, numeric=True),
    TableColumn("activities", "活动", 3, numeric=True),
    TableColumn("state", "状态", 5),
)
TABLES = frozenset(
    {
        "team", "team_member", "team_school", "team_course", "team_plan", "team_activity",
        "activity_person", "team_review", "teacher", "institution", "course", "ledger_entry",
    }
)  # fmt: skip
FACTS = ("kind", "stage", "subject", "track", "host", "starts_on", "ends_on", "remark")
TITLES = ("种类", "学段", "学科", "培训方式", "所在校", "组建日期", "任期至", "备注")


class TeamsPage(PlainListPage):
    """The list of teams, the desk of one, or a view of all."""

    help_page = "teams.md"
    interests = TABLES
    empty = ("还没有团队。组建后登记成员、计划、活动和学时。", "组建团队…", "blocks")
    unit = "个"

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        hint = "名称、种类、学科、所在校、负责的人（Ctrl+F）"
        super().__init__(session, "辅导团队", "teams", COLUMNS, hint)
        self._rows: dict[str, TeamRow] = {}
        self.deeds = TeamDeeds(session, self, self._chosen_row)
        self.desk = TeamDesk(session)
        self.coverage = CoverageView(session)
        self.loads = LoadsView(session)
        self._views: tuple[QWidget, ...] = (self.desk, self.coverage, self.loads)
        for view in (self.desk, self.coverage, self.loads):
            view.hide()
            view.left.connect(self.show_list)
            self.body.addWidget(view, 1)
        self.coverage.fill.connect(self.deeds.fill)
        self.loads.opened.connect(self._open_teacher)
        self._list_buttons = [
            button("工作量", self.show_loads, drawing="chart-bar"),
            button("覆盖情况", self.show_coverage, drawing="grid-3x3"),
            button("组建团队", self.begin, kind="primary", drawing="plus"),
        ]
        if session.edition.hides("teams.begin"):
            self._list_buttons = []
        for one in self._list_buttons:
            self.buttons.addWidget(one)
        self.add_for_choice("打开", self.open_desk, "book-open")
        self._change = self.add_for_choice("修改…", self.deeds.edit)
        self._more = self.add_for_choice("办理…", self._show_menu)
        for one in (self._change, self._more):
            one.setVisible(one.text().strip() not in session.edition.leaves_out("teams"))
        self.table.opened.connect(self.open_desk)
        self.table.edit_requested.connect(self._edit)
        self.table.menu_requested.connect(self._fill_menu)

    def reload(self) -> None:
        """Read the list anew, and the view in its place where one is open."""
        super().reload()
        if not self.coverage.isHidden():
            self.coverage.reload()
        if not self.loads.isHidden():
            self.loads.reload()
        if not self.desk.isHidden():
            row = self._rows.get(self.desk.team)
            if row is None:
                self.show_list()
            else:
                self.desk.show_team(row, _state(row))

    def source(self, query: str) -> FixedRows:
        """The teams that hold the query."""
        self._rows = {row.id: row for row in self._teams()}
        found = self._teams(query) if query else self._rows.values()
        return FixedRows([_row(row) for row in found])

    def details(self, identity: str) -> Details | None:
        """The team's facts, whom it serves, and what is not as the rules ask."""
        row = self._rows.get(identity)
        if row is None:
            return None
        office = self.session.office
        facts = [Fact(title, row.shown[name]) for name, title in zip(FACTS, TITLES, strict=True)]
        facts += [
            Fact("负责的人", "、".join(row.leaders)),
            Fact("服务学校", "、".join(served_schools(office, row.id).values())),
            Fact("负责课程", "、".join(taught_courses(office, row.id).values())),
        ]
        if row.ended_on:
            facts.append(Fact("结束", f"{row.ended_on}，{row.ended_because}"))
        later = [Fact("", "需要处理"), *(Fact(f"{n}", one) for n, one in enumerate(row.doubts, 1))]
        kind = team_rules().kind(row.kind)
        if kind.quote:
            quoted = [Fact("", "依据"), Fact(kind.clause, f"“{kind.quote}”")]
            later = [*(later if row.doubts else []), *quoted]
        elif not row.doubts:
            later = []
        known = [one for one in facts if one.value]
        return Details(row.shown["name"], "", *_state(row), known, later=later)

    def begin(self) -> None:
        """Open the form of a new team."""
        self.deeds.new()

    def open_desk(self, identity: str = "") -> None:
        """Show the desk of a team, the chosen one where none is named."""
        row = self._rows.get(identity or self.chosen())
        if row is not None:
            self._turn(self.desk)
            self.desk.show_team(row, _state(row))

    def show_coverage(self) -> None:
        """Show where teams are missing."""
        self._turn(self.coverage)
        self.coverage.reload()

    def show_loads(self) -> None:
        """Show what the trainers did."""
        self._turn(self.loads)
        self.loads.reload()

    def show_list(self) -> None:
        """Show the list again."""
        self._turn(None)
        self.table.setFocus()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a team, or ``coverage``."""
        if argument == "coverage":
            self.show_coverage()
        else:
            super().shown(argument)

    def _teams(self, query: str = "") -> list[TeamRow]:
        """The teams; a copy that has a part of their members finds no fault with them."""
        found = team_rows(self.session.office, query)
        if self.session.edition.hides("teams.doubts"):
            return [replace(one, doubts=()) for one in found]
        return list(found)

    def _turn(self, view: QWidget | None) -> None:
        for one in self._views:
            one.setVisible(one is view)
        for one in (self.search, self.list_body, self.count, *self._list_buttons):
            one.setVisible(view is None)

    def _edit(self, _identity: str) -> None:
        if not self._change.isHidden():
            self.deeds.edit()

    def _fill_menu(self, menu: QMenu) -> None:
        if not self._more.isHidden():
            self.deeds.fill_menu(menu)

    def _open_teacher(self, teacher_id: str) -> None:
        self.session.go.emit("teachers", teacher_id)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.deeds.fill_menu(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _chosen_row(self) -> TeamRow | None:
        return self._rows.get(self.chosen())


def _state(row: TeamRow) -> tuple[str, str]:
    """The state of a team and its tone."""
    if row.ended_on:
        return "已结束", "muted"
    return ("需处理", "warn") if row.doubts else ("在任", "ok")


def _row(row: TeamRow) -> TableRow:
    state, tone = _state(row)
    texts = {
        **row.shown,
        "leaders": "、".join(row.leaders),
        "members": str(row.members or ""),
        "activities": str(row.activities or ""),
        "state": state,
    }
    return TableRow(
        row.id, texts, {"state": tone}, {"state": "；".join(row.doubts)} if row.doubts else {}
    )
