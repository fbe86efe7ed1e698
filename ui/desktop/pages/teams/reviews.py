"""考核: how the team and its members are judged year by year."""

from __future__ import annotations

from models.teams.kinds import team_rules
from ui.desktop.pages.teams.tab import JOBS, TeamTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.table.source import TableColumn

save_review = Lazy(JOBS, "save_review")
WHOLE = "全团队"
COLUMNS = (
    TableColumn("year", "年度", 4),
    TableColumn("whom", "对象", 10),
    TableColumn("score", "分数", 4, numeric=True),
    TableColumn("grade", "等次", 5),
    TableColumn("remark", "评语", 14, stretch=True),
    TableColumn("decided", "评定", 9),
)


class ReviewsTab(TeamTab):
    """The evaluations of a team."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        super().__init__(session, "考核", COLUMNS, "judged", "还没有考核。")
        self.add("考核…", self.judge, kind="primary")
        self.bar.addStretch(1)

    def judge(self) -> None:
        """Ask whom to evaluate and how."""
        people: dict[str, str] = self.found or {}
        grades = [one.title for one in team_rules().grades]
        sheet = ChooseSheet(
            "年度考核", "分数和等次填一项即可，等次由分数得出；再次考核会替换原来的。", "确定", self
        )
        sheet.add_line("whom", "对象", WHOLE, [WHOLE, *people])
        sheet.add_line("year", "年度", str(self.session.office.store.clock.today().year))
        sheet.add_line("score", "分数")
        sheet.add_line("grade", "等次", offers=grades, hint="、".join(grades))
        sheet.add_line("remark", "评语")
        team = self.team
        self.ask(
            sheet,
            "正在保存考核",
            lambda texts: save_review.bind(team, people.get(texts["whom"], ""), texts),
        )
