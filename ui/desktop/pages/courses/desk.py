"""One course at work: who takes it, who was there, what they did, their scores, their hours."""

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

from models.training.courses import CourseRow
from ui.desktop.pages.courses.hours import HoursTab
from ui.desktop.pages.courses.people import PeopleTab
from ui.desktop.pages.courses.scores import ScoresTab
from ui.desktop.pages.courses.sign_in import SignInTab
from ui.desktop.pages.courses.tab import DeskTab
from ui.desktop.pages.courses.work import WorkTab
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, clear, label, pill

TITLES = ("学员", "签到", "作业与交流", "成绩", "学时")


class CourseDesk(QWidget):
    """The desk of a course.

    Signals:
        left: the person wants the list again.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Make it without a course."""
        super().__init__()
        self._title = label("", "name")
        self._facts = label("", "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QHBoxLayout()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("课程的各项工作")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.parts: tuple[DeskTab, ...] = (
            PeopleTab(session),
            SignInTab(session),
            WorkTab(session),
            ScoresTab(session),
            HoursTab(session),
        )
        for title, part in zip(TITLES, self.parts, strict=True):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.course = ""
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

    def show_course(self, row: CourseRow, tone: str) -> None:
        """Show a course on the tab that was in sight."""
        self.course = row.id
        self._title.setText(row.shown["title"])
        clear(self._state)
        self._state.addWidget(pill(row.shown["status"], tone))
        facts = [row.shown["code"], f"{row.shown['year']} 年", f"{row.shown['hours']} 学时"]
        facts += [row.shown[name] for name in ("category", "theme", "level") if row.shown[name]]
        waiting = f"，待办 {row.pending:,}" if row.pending else ""
        facts.append(f"学员 {row.enrolled:,}{waiting}，合格 {row.passed:,}")
        self._facts.setText(" · ".join(facts))
        self._facts.setToolTip(self._facts.text())
        self._turn(self.tabs.currentIndex())

    def _turn(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        if self.course:
            self.parts[place].show_course(self.course)
