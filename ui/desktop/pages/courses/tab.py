"""A tab of a course's desk: buttons above a list of its people, read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QMenu, QPushButton

from models.training.enrolments import Participant
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_until_clear
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_tab import ListTab
from ui.desktop.widgets.parts import without_arguments
from ui.desktop.widgets.saving import TABLES, WORKBOOK, ask_for_file, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

write_sheet = Lazy("ui.desktop.pages.courses.jobs", "write_sheet")
_Answer = TypeVar("_Answer")
NAME = TableColumn("name", "姓名", 6)
NUMBER = TableColumn("teacher_no", "编号", 7)
SCHOOL = TableColumn("school", "学校", 12, stretch=True)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tab shows of a course.

    Attributes:
        course_id: which course.
        title: its title, for names of files.
        rows: the lines; the identity of a line is the enrolment.
        people: enrolment to person.
        note: one sentence above the list.
    """

    course_id: str
    title: str
    rows: Sequence[TableRow]
    people: Mapping[str, Participant] = field(default_factory=dict[str, Participant])
    note: str = ""


class DeskTab(ListTab):
    """Base of the tabs."""

    def __init__(
        self, session: Session, title: str, columns: Sequence[TableColumn], load: Lazy, empty: str
    ) -> None:
        """Make it empty.

        Args:
            session: where it reads and writes.
            title: of the tab.
            columns: of its list.
            load: reads what it shows; gives a ``Loaded``.
            empty: what stands in place of an empty list.
        """
        super().__init__(session, title, columns, f"course_{title}", empty)
        self.course = ""
        self.course_title = ""
        self.people: Mapping[str, Participant] = {}
        self._load = load
        self._deeds: dict[str, QPushButton] = {}

    def show_course(self, course_id: str) -> None:
        """Show a course."""
        if course_id != self.course:
            self.course = course_id
            self.table.show_rows(FixedRows())
        self.reload()

    def reload(self) -> None:
        """Read the course anew, beside the window."""
        if self.course:
            work = self._load.bind(self.course)
            self.session.read("正在读取", work, self._loaded, quiet=True)

    def fill(self, loaded: Loaded) -> None:
        """Show what was read."""
        self.people = loaded.people
        self.course_title = loaded.title
        self.show_lines(loaded.rows, loaded.note)

    def add(
        self,
        text: str,
        action: Callable[[], object],
        *,
        chosen: bool = False,
        kind: str = "",
        drawing: str = "",
    ) -> QPushButton:
        """Put a button above the list, which ``leave_out`` knows by its words."""
        found = super().add(text, action, chosen=chosen, kind=kind, drawing=drawing)
        self._deeds[text] = found
        return found

    def leave_out(self, texts: Collection[str]) -> None:
        """Show the buttons above the list without some of them, named by their words."""
        for text, one in self._deeds.items():
            one.setVisible(text not in texts)

    def add_menu(
        self, text: str, items: Mapping[str, Callable[[], object]], *, chosen: bool = False
    ) -> QPushButton:
        """Put a button with a menu above the list."""
        found = self.add(text, _nothing, chosen=chosen, drawing="chevron-down")
        menu = QMenu(found)
        for title, action in items.items():
            menu.addAction(title, without_arguments(action))
        found.setMenu(menu)
        return found

    def chosen_ids(self) -> list[str]:
        """The selected enrolments."""
        return self.table.selected_ids()

    def chosen_teachers(self) -> list[str]:
        """The selected people."""
        return [self.people[one].teacher_id for one in self.chosen_ids()]

    def ask(
        self,
        sheet: ChooseSheet,
        understand: Callable[[dict[str, str]], _Answer],
        then: Callable[[_Answer], object],
    ) -> None:
        """Ask with a sheet, which stays open with the reason while the answer makes no sense."""
        ask_until_clear(sheet, understand, then)

    def export(self, what: str, words: str) -> None:
        """Ask where a sheet of the course goes, and write it."""
        out = ask_where_to(self, f"{self.course_title}-{words}.xlsx", WORKBOOK)
        if out is not None:
            work = write_sheet.bind(self.course, what, out)
            self.session.read(f"正在写{words}", work, self._exported)

    def take(self, words: str, job: Lazy) -> None:
        """Ask for a filled sheet and take it in."""
        path = ask_for_file(self, f"选择{words}", TABLES)
        if path is not None:
            self.write(f"正在收{words}", job.bind(self.course, path))

    def _exported(self, path: Path) -> None:
        self.session.told.emit(f"已写出 {path}", "ok")

    def _loaded(self, loaded: Loaded) -> None:
        if loaded.course_id == self.course:
            self.fill(loaded)


def _nothing() -> None:
    """What a button with a menu does by itself."""
