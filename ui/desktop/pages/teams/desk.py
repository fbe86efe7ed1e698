"""One team at work: its people, its plans, its activities, its evaluation."""

from __future__ import annotations

from models.teams.listing import TeamRow
from ui.desktop.pages.teams.activities import ActivitiesTab
from ui.desktop.pages.teams.members import MembersTab
from ui.desktop.pages.teams.plans import PlansTab
from ui.desktop.pages.teams.reviews import ReviewsTab
from ui.desktop.pages.teams.tab import TeamTab
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.desk import Desk

TITLES = ("成员", "计划", "活动", "考核")


class TeamDesk(Desk):
    """The desk of a team."""

    def __init__(self, session: Session) -> None:
        """Make it without a team."""
        self.team = ""
        self.members = MembersTab(session)
        self.parts: tuple[TeamTab, ...] = (
            self.members,
            PlansTab(session),
            ActivitiesTab(session),
            ReviewsTab(session),
        )
        super().__init__("团队的各项工作", TITLES, self.parts)
        for place, title in enumerate(TITLES):
            if title in session.edition.leaves_out("team tabs"):
                self.tabs.setTabVisible(place, False)  # noqa: FBT003 - Qt's own positional flag

    def show_team(self, row: TeamRow, state: tuple[str, str]) -> None:
        """Show a team, with its state and tone, on the tab that was in sight."""
        self.team = row.id
        self.members.kind = row.kind
        facts = [row.shown[name] for name in ("kind", "stage", "subject", "track", "host")]
        self.say(row.shown["name"], state, [*(one for one in facts if one), *row.doubts])

    def turn(self, place: int) -> None:
        """Bring a tab into sight with the team."""
        super().turn(place)
        if self.team:
            self.parts[place].show_team(self.team)
