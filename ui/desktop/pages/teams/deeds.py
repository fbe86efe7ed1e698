"""What can be done with teams from their list: form, end, schools and courses, papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.office.forms import check_form
from models.staff.institutions import institution_names
from models.teams.coverage import covering_kinds
from models.teams.kinds import team_rules
from models.teams.listing import TeamRow, served_schools, taught_courses
from models.teams.records import Team
from models.training.courses import read
from ui.desktop.pages.teams.tab import JOBS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write, form_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import FormSheet

save_team = Lazy(JOBS, "save_team")
fill_place = Lazy(JOBS, "fill_place")
end_team = Lazy(JOBS, "end_team")
set_schools = Lazy(JOBS, "set_schools")
set_courses = Lazy(JOBS, "set_courses")
HEADINGS = {"row": "团队"}


class TeamDeeds(QObject):
    """Acts on the team chosen in the list."""

    def __init__(
        self, session: Session, page: QWidget, chosen: Callable[[], TeamRow | None]
    ) -> None:
        """Serve a page; ``chosen`` gives the team in question."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._chosen = chosen

    def new(self) -> None:
        """Open the form of a new team."""
        self._form("组建团队", "", {"starts_on": self._today()})

    def edit(self) -> None:
        """Open the form of the chosen team."""
        row = self._chosen()
        if row is not None:
            self._form("修改团队", row.id, row.shown)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen team."""
        row = self._chosen()
        if row is None:
            return
        menu.addAction("服务学校…", self._schools)
        menu.addAction("负责课程…", self._courses)
        menu.addSeparator()
        menu.addAction("打印工作手册", partial(self._print, "team-book"))
        menu.addAction("打印名册", partial(self._print, "team-register"))
        if not row.ended_on:
            menu.addSeparator()
            menu.addAction("结束团队…", self._end)

    def fill(self, place: Mapping[str, str], leader: str) -> None:
        """Ask how an empty place shall be filled.

        Args:
            place: what is known of the team's form.
            leader: number of the teacher proposed to lead it, "" for nobody.
        """
        codes = self._session.office.codes
        stage, track = codes["stage"].find(place["stage"]), codes["track"].find(place["track"])
        kinds = [
            one.title
            for one in covering_kinds(stage.code if stage else "", track.code if track else "")
        ]
        words = f"{place['stage']}{place['subject']}"
        named = f"（{place['track']}）" if place["track"] else ""
        sheet = ChooseSheet("组建团队", f"补上{words}{named}的空缺。", "组建", self._page)
        sheet.add_line("kind", "团队种类", kinds[0] if kinds else "", kinds)
        sheet.add_line("name", "名称", f"{words}{named}{(kinds or ['团队'])[0]}")
        schools = sorted(institution_names(self._session.office).values())
        sheet.add_line("host", "所在校", place["host"], schools)
        sheet.add_line("leader", "负责的人（编号或姓名）", leader)
        sheet.add_line("exception", "特例的理由", hint="不合规定而确需担任的才填")
        sheet.add_line("starts_on", "组建日期", self._today())

        def work(texts: dict[str, str]) -> Callable[..., object]:
            form = {
                **place,
                **{name: texts[name] for name in ("kind", "name", "host", "starts_on")},
            }
            return fill_place.bind(form, texts["leader"], texts["exception"])

        ask_and_write(self._session, sheet, "正在组建", work)

    def _form(self, title: str, team_id: str, texts: Mapping[str, str]) -> None:
        office = self._session.office
        schools = sorted(institution_names(office).values())
        plan = form_plan(Team, HEADINGS, office.codes, schools, partial(check_form, office, Team))
        kinds = [one.title for one in team_rules().kinds]
        sheet = FormSheet(title, replace(plan, offers={**plan.offers, "kind": kinds}), self._page)
        sheet.begin(texts)

        form_and_write(
            self._session, sheet, lambda filled: save_team.bind(team_id, filled.checked.texts)
        )

    def _end(self) -> None:
        row = self._chosen()
        if row is None:
            return
        words = f"{row.shown['name']}的 {row.members} 人同时离任，记录都保留。"
        sheet = ChooseSheet("结束团队", words, "结束", self._page)
        sheet.add_line("day", "结束日期", self._today())
        sheet.add_line("reason", "原因", hint="如：任期届满")
        ask_and_write(self._session, sheet, "正在办理", lambda texts: end_team.bind(row.id, texts))

    def _schools(self) -> None:
        row = self._chosen()
        if row is None:
            return
        known = "、".join(served_schools(self._session.office, row.id).values())
        sheet = ChooseSheet(
            "服务学校", "写学校名称或简称，几所之间用顿号；不写的不再服务。", "确定", self._page
        )
        sheet.add_line("names", "学校", known)
        ask_and_write(
            self._session, sheet, "正在保存", lambda texts: set_schools.bind(row.id, texts)
        )

    def _courses(self) -> None:
        row = self._chosen()
        if row is None:
            return
        office = self._session.office
        codes = [str(read(office, one)["code"]) for one in taught_courses(office, row.id)]
        sheet = ChooseSheet(
            "负责课程", "写课程编号，几门之间用顿号；不写的不再负责。", "确定", self._page
        )
        sheet.add_line("names", "课程编号", "、".join(codes), hint="如 2025-001")
        ask_and_write(
            self._session, sheet, "正在保存", lambda texts: set_courses.bind(row.id, texts)
        )

    def _print(self, paper: str) -> None:
        self._session.go.emit("reports", paper)

    def _today(self) -> str:
        return self._session.office.store.clock.today().isoformat()
