"""成员: who is in the team in which role, from when to when."""

from __future__ import annotations

from models.teams.kinds import team_rules
from models.teams.listing import MemberRow
from ui.desktop.pages.teams.tab import JOBS, TeamTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

add_members = Lazy(JOBS, "add_members")
change_role = Lazy(JOBS, "change_role")
end_members = Lazy(JOBS, "end_members")
COLUMNS = (
    TableColumn("role", "身份", 6),
    TableColumn("name", "姓名", 5),
    TableColumn("teacher_no", "编号", 7),
    TableColumn("school", "学校", 11, stretch=True),
    TableColumn("backbone", "骨干级别", 7),
    TableColumn("title", "职称", 6),
    TableColumn("starts_on", "任职", 6),
    TableColumn("ends_on", "离任", 6),
    TableColumn("remark", "说明", 12),
)
_EXCEPTION = "不合规定而确需担任的才填"


class MembersTab(TeamTab):
    """The people of a team."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        super().__init__(session, "成员", COLUMNS, "members", "还没有成员。")
        self.kind = ""
        self.add("增加成员…", self.join, kind="primary")
        self.add("改任…", self.change, chosen=True)
        self.add("离任…", self.end, chosen=True)
        self.bar.addStretch(1)

    def join(self) -> None:
        """Ask who comes in."""
        sheet = ChooseSheet("增加成员", "填教师编号或姓名，几人之间用顿号。", "增加", self)
        sheet.add_line("teachers", "教师")
        self._ask_role(sheet)
        team = self.team
        self.ask(sheet, "正在增加成员", lambda texts: add_members.bind(team, texts))

    def change(self) -> None:
        """Ask which role the chosen member gets."""
        one = self._chosen()
        name, title = one.shown["name"], one.role_title
        sheet = ChooseSheet("改任", f"{name}现任{title}；原来的任职同时结束。", "改任", self)
        self._ask_role(sheet)
        kind = self.kind
        self.ask(sheet, "正在改任", lambda texts: change_role.bind(one.id, kind, texts))

    def end(self) -> None:
        """Ask when and why the chosen members leave."""
        ids = self.table.selected_ids()
        sheet = ChooseSheet("离任", f"选中的 {len(ids)} 人离任，任职记录保留。", "离任", self)
        sheet.add_line("day", "离任日期", self._today())
        sheet.add_line("reason", "原因", hint="如：期满、调出")
        self.ask(sheet, "正在办理离任", lambda texts: end_members.bind(ids, texts))

    def _ask_role(self, sheet: ChooseSheet) -> None:
        roles = [role.title for role in team_rules().roles_of(self.kind).values()]
        sheet.add_line("role", "身份", offers=roles, hint="、".join(roles))
        sheet.add_line("day", "任职日期", self._today())
        sheet.add_line("exception", "特例的理由", hint=_EXCEPTION)

    def _today(self) -> str:
        return self.session.office.store.clock.today().isoformat()

    def _chosen(self) -> MemberRow:
        found: dict[str, MemberRow] = self.found
        return found[self.table.selected_ids()[0]]
