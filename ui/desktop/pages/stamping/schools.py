"""The schools of a run: found by name, by what is left to do, or by a teacher of theirs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.stamping.listing import SchoolCounts, find_lines, school_counts
from models.stamping.records import Run
from ui.desktop.pages.stamping.rows import ALONE, SCHOOLS, school_rows
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.table.view import DataTable

NARROW = {"ready": "还有可验印的", "blocked": "有不予验印的", "done": "全部验印的"}


class SchoolsView(QWidget):
    """The list of schools.

    Signals:
        chosen: the identity of the school in sight (``ALONE`` for those without), "" for none.
        hit: the line of the teacher whose name was searched for.
    """

    chosen = Signal(str)
    hit = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``filters`` is put elsewhere by the page."""
        super().__init__()
        self._session = session
        self._run: Run | None = None
        self._schools: list[SchoolCounts] = []
        self.filters = FilterRow(
            "学校；或教师姓名、编号：为什么没有我（Ctrl+F）",
            {"left": FilterCombo("学校", [Choice(key, text) for key, text in NARROW.items()])},
        )
        self.table = DataTable(SCHOOLS, session.preferences, "stamp-schools")
        self.table.setAccessibleName("各校验印进度")
        self.grid = GridCard(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        self.filters.changed.connect(self._search)
        self.table.chosen.connect(self.chosen)

    def show_run(self, run: Run) -> None:
        """Show the schools of a run."""
        self._run = run
        self._schools = school_counts(self._session.office, run.id)
        self._show()

    def name_of(self, key: str) -> str:
        """The name of a school in the run."""
        school_id = "" if key == ALONE else key
        return next((one.school_name for one in self._schools if one.school_id == school_id), "")

    def go_on(self) -> bool:
        """Go to the next school with somebody to stamp; whether there is one."""
        ids = list(self.table.table.ids)
        place = self.table.currentIndex().row() + 1
        ready = {one.school_id or ALONE for one in self._schools if one.ready}
        found = next((one for one in ids[place:] + ids[:place] if one in ready), "")
        return bool(found) and self.table.choose(found)

    def _search(self) -> None:
        """Narrow the schools; a teacher's name leads to the teacher."""
        line = self._show()
        if line:
            self.hit.emit(line)

    def _show(self) -> str:
        """Show the schools asked for; gives the line of a teacher who was searched for."""
        run, query = self._run, self.filters.query()
        if run is None:
            return ""
        left = self.filters.values().get("left", "")
        named = [one for one in self._schools if query in one.school_name]
        line = ""
        if query and not named:
            hits = find_lines(self._session.office, run.id, query)
            ids = {one.school_id for one in hits}
            named = [one for one in self._schools if one.school_id in ids]
            line = hits[0].id if hits else ""
        shown = [one for one in named if _left(one, left)]
        self.table.show_rows(school_rows(shown))
        self.grid.empty.say("没有符合条件的学校或教师。", "清除筛选", self.filters.clear, "search")
        self.grid.show_table(yes=bool(shown))
        if shown and not self.table.current_id():
            self.table.selectRow(0)
        else:
            self.chosen.emit(self.table.current_id())
        return line


def _left(one: SchoolCounts, wanted: str) -> bool:
    match wanted:
        case "ready":
            return one.ready > 0
        case "blocked":
            return one.blocked + one.open > 0
        case "done":
            return one.stamped == one.teachers
        case _:
            return True
