"""One team at work: its people, its plans, its activities, its evaluation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from models.teams.listing import TeamRow
from ui.desktop.pages.teams.activities import ActivitiesTab
from ui.desktop.pages.teams.members import MembersTab
from ui.desktop.pages.teams.plans import PlansTab
from ui.desktop.pages.teams.reviews import ReviewsTab
from ui.desktop.pages.teams.tab import TeamTab
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, clear, label, pill

TITLES = ("成员", "计划", "活动", "考核")


class TeamDesk(QWidget):
    """The desk of a team.

    Signals:
        left: the person wants the list again.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Make it without a team."""
        super().__init__()
        self._title = label("", "name")
        self._facts = label("", "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QHBoxLayout()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("团队的各项工作")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.members = MembersTab(session)
        self.parts: tuple[TeamTab, ...] = (
            self.members,
            PlansTab(session),
            ActivitiesTab(session),
            ReviewsTab(session),
        )
        for title, part in zip(TITLES, self.parts, strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.team = ""
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        head.addWidget(button("返回列表", self.left.emit, drawing="arrow-left"))
        head.addWidget(self._title)
        head.addLayout(self._state)
        head.addWidget(self._facts, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(head)
        lines.addWidget(self.tabs)
        lines.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    def show_team(self, row: TeamRow, state: tuple[str, str]) -> None:
        """Show a team, with its state and tone, on the tab that was in sight."""
        self.team = row.id
        self.members.kind = row.kind
        self._title.setText(row.shown["name"])
        clear(self._state)
        self._state.addWidget(pill(*state))
        facts = [row.shown[name] for name in ("kind", "stage", "subject", "track", "host")]
        self._facts.setText(" · ".join([*(one for one in facts if one), *row.doubts]))
        self._facts.setToolTip(self._facts.text())
        self._turn(self.tabs.currentIndex())

    def _turn(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        if self.team:
            self.parts[place].show_team(self.team)
