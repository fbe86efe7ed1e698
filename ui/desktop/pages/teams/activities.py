"""活动: what the team did, who was there, and the hours it brings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from models.office.forms import check_form
from models.teams.activities import ActivityRow
from models.teams.kinds import team_rules
from models.teams.records import Activity
from ui.desktop.pages.teams.people import PeopleSheet
from ui.desktop.pages.teams.tab import JOBS, TeamTab
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import form_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet
from ui.desktop.widgets.table.source import TableColumn

if TYPE_CHECKING:
    from models.teams.posting import PostedActivities

save_activity = Lazy(JOBS, "save_activity")
remove_activity = Lazy(JOBS, "remove_activity")
post = Lazy(JOBS, "post")
take_back = Lazy(JOBS, "take_back")
COLUMNS = (
    TableColumn("held_on", "日期", 6),
    TableColumn("kind", "种类", 5),
    TableColumn("topic", "主题", 14, stretch=True),
    TableColumn("measure", "学时或数量", 6),
    TableColumn("place", "地点", 8),
    TableColumn("trainers", "主讲", 3, numeric=True),
    TableColumn("participants", "参加", 3, numeric=True),
    TableColumn("posted", "学时入账", 6),
)
HEADINGS = {"row": "活动"}


class ActivitiesTab(TeamTab):
    """The activities of a team."""

    def __init__(self, session: Session) -> None:
        """Make the tab."""
        super().__init__(session, "活动", COLUMNS, "held", "还没有活动。")
        self.add("登记活动…", self.begin, kind="primary")
        self.add("修改…", self.change, chosen=True)
        self.add("人员…", self.people, chosen=True)
        self.add("记学时", self.post)
        self.add("撤回学时…", self.take_back, chosen=True)
        self.add("删除", self.remove, chosen=True)
        self.bar.addStretch(1)
        if "人员…" not in session.edition.leaves_out("teams"):
            self.table.opened.connect(self.people)

    def begin(self) -> None:
        """Open the form of a new activity."""
        today = self.session.office.store.clock.today().isoformat()
        self._form("登记活动", "", {"held_on": today})

    def change(self) -> None:
        """Open the form of the chosen activity."""
        one = self._chosen()
        texts = {name: getattr(one, name) for name in ("topic", "held_on", "until", "place")}
        texts |= {"kind": one.kind_title, "evidence": one.evidence, "remark": one.remark}
        texts |= {
            name: "" if value is None else f"{value:f}" if name == "hours" else str(value)
            for name, value in (("hours", one.hours), ("amount", one.amount))
        }
        if one.course_id:
            texts["course"] = one.course_code
        self._form("修改活动", one.id, texts)

    def people(self, *_: str) -> None:
        """Show who was at the chosen activity."""
        PeopleSheet(self.session, self, self._chosen().id).open()

    def post(self) -> None:
        """Enter the hours of the chosen activities, or of all that are not in the ledger."""
        found: dict[str, ActivityRow] = self.found or {}
        ids = self.table.selected_ids()
        if len(ids) <= 1:
            ids = [one.id for one in found.values() if not one.posted_on] or ids
        self.write("正在登记学时", post.bind(ids), self._posted)

    def take_back(self) -> None:
        """Ask why the hours of the chosen activity are taken back."""
        one = self._chosen()
        sheet = ChooseSheet(
            "撤回学时", f"“{one.topic}”的学时冲销后可以修改、再登记。", "撤回", self
        )
        sheet.add_line("reason", "原因")
        self.ask(sheet, "正在撤回学时", lambda texts: take_back.bind(one.id, texts))

    def remove(self) -> None:
        """Take the chosen activity out again."""
        self.write("正在删除", remove_activity.bind(self._chosen().id))

    def _form(self, title: str, activity_id: str, texts: dict[str, str]) -> None:
        office = self.session.office
        plan = form_plan(
            Activity, HEADINGS, office.codes, [], partial(check_form, office, Activity)
        )
        kinds = [one.title for one in team_rules().activities]
        plan = replace(plan, offers={**plan.offers, "kind": kinds})
        sheet = FormSheet(title, plan, self)
        sheet.begin(texts)
        work = partial(save_activity.bind, self.team, activity_id)
        form_and_write(self.session, sheet, lambda filled: work(filled.checked.texts))

    def _posted(self, done: PostedActivities) -> None:
        words = f"已登记学时 {done.posted:,} 人次"
        words += f"，{done.before:,} 人次先前已登记" if done.before else ""
        words += f"，{done.nothing:,} 人次没有学时" if done.nothing else ""
        if done.elsewhere:
            named = "、".join(done.elsewhere[:3])
            words += f"；{named}等 {len(done.elsewhere)} 人已从别处登记过，没有重复计"
        words += "。" + "".join(done.told)
        if done.operation.changed.count:
            self.session.undo_offered.emit(words, done.operation.id)
        else:
            self.session.told.emit(words, "info")

    def _chosen(self) -> ActivityRow:
        found: dict[str, ActivityRow] = self.found
        return found[self.table.selected_ids()[0]]
