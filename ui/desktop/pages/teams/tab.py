"""A tab of a team's desk: buttons above a list, read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPushButton

from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import ask_and_write
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_tab import ListTab
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow

READS = "ui.desktop.pages.teams.reads"
JOBS = "ui.desktop.pages.teams.jobs"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tab shows of a team.

    Attributes:
        team_id: which team.
        rows: the lines.
        note: one sentence above the list.
        found: what the lines were made of, for the deeds of the tab.
    """

    team_id: str
    rows: Sequence[TableRow]
    note: str = ""
    found: Any = None


class TeamTab(ListTab):
    """Base of the tabs."""

    def __init__(
        self, session: Session, title: str, columns: Sequence[TableColumn], load: str, empty: str
    ) -> None:
        """Make it empty.

        Args:
            session: where it reads and writes.
            title: of the tab.
            columns: of its list.
            load: the function of ``reads`` that gives a ``Loaded``.
            empty: what stands in place of an empty list.
        """
        super().__init__(session, title, columns, f"team_{title}", empty)
        self.team = ""
        self.found: Any = None
        self._load = Lazy(READS, load)

    def show_team(self, team_id: str) -> None:
        """Show a team."""
        if team_id != self.team:
            self.team = team_id
            self.table.show_rows(FixedRows())
        work = self._load.bind(team_id)
        self.session.read("正在读取", work, self._loaded, quiet=True)

    def add(
        self,
        text: str,
        action: Callable[[], object],
        *,
        chosen: bool = False,
        kind: str = "",
        drawing: str = "",
    ) -> QPushButton:
        """Put a button above the list; one that the edition leaves out is made and not shown."""
        if text in self.session.edition.leaves_out("teams"):
            return button(text, action, kind=kind, drawing=drawing)
        return super().add(text, action, chosen=chosen, kind=kind, drawing=drawing)

    def ask(
        self, sheet: ChooseSheet, title: str, work: Callable[[dict[str, str]], OfficeWork]
    ) -> None:
        """Ask, write, and stay open with the reason where the office refuses."""
        ask_and_write(self.session, sheet, title, work)

    def _loaded(self, loaded: Loaded) -> None:
        if loaded.team_id != self.team:
            return
        self.found = loaded.found
        self.show_lines(loaded.rows, loaded.note)
