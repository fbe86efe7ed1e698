"""计划: what the team wants to do in a term, its approval, and what of it was done."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.errors import OfficeError
from models.store.operations import Operation
from models.teams.kinds import team_rules
from models.teams.plans import Plan, write_items
from models.training.school_terms import term_name, term_of
from ui.desktop.pages.teams.tab import JOBS, TeamTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.parts import column, label
from ui.desktop.widgets.table.source import TableColumn

save_plan = Lazy(JOBS, "save_plan")
step_plans = Lazy(JOBS, "step_plans")
COLUMNS = (
    TableColumn("term", "学期", 11),
    TableColumn("state", "状态", 5),
    TableColumn("goals", "目标", 12, stretch=True),
    TableColumn("items", "内容", 14),
    TableColumn("progress", "已办/计划", 12),
    TableColumn("opinion", "意见", 8),
)
_HIGH = 130


class PlanSheet(ChooseSheet):
    """Asks for a plan: its term, its goals, and its lines."""

    def __init__(self, parent: QWidget, term: str, goals: str, items: str) -> None:
        """Show what there is of it."""
        kinds = "、".join(one.title for one in team_rules().activities)
        explained = f"每行一项：活动种类、次数、内容，如“专题讲座 2 新课标解读”。种类有{kinds}。"
        super().__init__("工作计划", explained, "保存", parent, 560)
        self.add_line("term", "学期", term, hint="如 2025-2026学年第一学期")
        self.add_line("goals", "目标", goals)
        self.items = QPlainTextEdit(items)
        self.items.setAccessibleName("内容")
        self.items.setFixedHeight(tokens.px(_HIGH))
        self.body.addLayout(column(label("内容", "caption"), self.items, gap=tokens.px(4)))

    def texts(self) -> dict[str, str]:
        """What was typed, by key."""
        return {**super().texts(), "items": self.items.toPlainText()}


class PlansTab(TeamTab):
    """The plans of a team."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        super().__init__(session, "计划", COLUMNS, "term_plans", "还没有工作计划。")
        self.add("写计划…", self.begin, kind="primary")
        self.add("修改…", self.change, chosen=True)
        self.add("提交", self.submit, chosen=True)
        self.add("批准…", self.approve, chosen=True)
        self.add("退回…", self.send_back, chosen=True)
        self.bar.addStretch(1)

    def begin(self) -> None:
        """Ask for a new plan."""
        self._write(
            PlanSheet(self, term_name(term_of(self.session.office.store.clock.today())), "", "")
        )

    def change(self) -> None:
        """Show the chosen plan to be changed."""
        found: dict[str, Plan] = self.found
        one = found[self.table.selected_ids()[0]]
        self._write(PlanSheet(self, one.term_name, one.goals, write_items(one.items)))

    def submit(self) -> None:
        """Hand the chosen plans in."""
        self.write("正在提交", step_plans.bind(self.table.selected_ids(), "submit", ""))

    def approve(self) -> None:
        """Ask for the words of an approval."""
        self._step("批准计划", "意见", "同意", "approve")

    def send_back(self) -> None:
        """Ask why the chosen plans go back."""
        self._step("退回计划", "原因", "", "return")

    def _step(self, title: str, asked: str, text: str, step: str) -> None:
        ids = self.table.selected_ids()
        sheet = ChooseSheet(title, f"选中的 {len(ids)} 份计划。", "确定", self)
        sheet.add_line("words", asked, text)
        self.ask(sheet, f"正在{title}", lambda texts: step_plans.bind(ids, step, texts["words"]))

    def _write(self, sheet: PlanSheet) -> None:
        team = self.team

        def answered(texts: dict[str, str]) -> None:
            self.session.write("正在保存计划", save_plan.bind(team, texts), finished, refused)

        def finished(operation: Operation) -> None:
            sheet.accept()
            self.offer_undo(operation)

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        sheet.ask(answered)
