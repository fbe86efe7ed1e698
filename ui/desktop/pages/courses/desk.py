"""One course at work: who takes it, who was there, what they did, their scores, their hours."""

from __future__ import annotations

from collections.abc import Collection

from models.training.courses import CourseRow
from ui.desktop.pages.courses.hours import HoursTab
from ui.desktop.pages.courses.people import PeopleTab
from ui.desktop.pages.courses.scores import ScoresTab
from ui.desktop.pages.courses.sign_in import SignInTab
from ui.desktop.pages.courses.tab import DeskTab
from ui.desktop.pages.courses.work import WorkTab
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.desk import Desk

TITLES = ("学员", "签到", "作业与交流", "成绩", "学时")


class CourseDesk(Desk):
    """The desk of a course."""

    def __init__(self, session: Session) -> None:
        """Make it without a course."""
        self.course = ""
        self.parts: tuple[DeskTab, ...] = (
            PeopleTab(session),
            SignInTab(session),
            WorkTab(session),
            ScoresTab(session),
            HoursTab(session),
        )
        super().__init__("课程的各项工作", TITLES, self.parts)

    def show_course(self, row: CourseRow, tone: str, left_out: Collection[str] = ()) -> None:
        """Show a course on the tab that was in sight, without some of the buttons."""
        self.course = row.id
        for part in self.parts:
            part.leave_out(left_out)
        facts = [row.shown["code"], f"{row.shown['year']} 年", f"{row.shown['hours']} 学时"]
        facts += [row.shown[name] for name in ("category", "theme", "level") if row.shown[name]]
        waiting = f"，待办 {row.pending:,}" if row.pending else ""
        facts.append(f"学员 {row.enrolled:,}{waiting}，合格 {row.passed:,}")
        self.say(row.shown["title"], (row.shown["status"], tone), facts)

    def turn(self, place: int) -> None:
        """Bring a tab into sight with the course."""
        super().turn(place)
        if self.course:
            self.parts[place].show_course(self.course)
