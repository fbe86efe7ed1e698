"""A tab of a team's desk: buttons above a list, read beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import ask_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

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


class TeamTab(QWidget):
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
        super().__init__()
        self.session = session
        self.team = ""
        self.found: Any = None
        self.table = DataTable(columns, session.preferences, f"team_{title}")
        self.table.setAccessibleName(title)
        self.grid = GridCard(self.table)
        self.grid.empty.say(empty, drawing="users")
        self.note = label("", "muted", wrap=True)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(tokens.GAP)
        self._load = Lazy(READS, load)
        self._needs_choice: list[QPushButton] = []
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(self.bar)
        lines.addWidget(self.note)
        lines.addWidget(self.grid, 1)
        self.table.selection_count.connect(self._selected)

    def show_team(self, team_id: str) -> None:
        """Show a team."""
        if team_id != self.team:
            self.team = team_id
            self.table.show_rows(FixedRows())
        work = self._load.bind(team_id)
        self.session.read("正在读取", work, self._loaded, quiet=True)

    def add(
        self, text: str, action: Callable[[], object], *, chosen: bool = False, kind: str = ""
    ) -> QPushButton:
        """Put a button above the list; one for ``chosen`` lines waits for a selection.

        A button that the edition leaves out is made and not shown.
        """
        found = button(text, action, kind=kind)
        if text in self.session.edition.leaves_out("teams"):
            return found
        self.bar.addWidget(found)
        if chosen:
            found.setEnabled(False)
            self._needs_choice.append(found)
        return found

    def ask(
        self, sheet: ChooseSheet, title: str, work: Callable[[dict[str, str]], OfficeWork]
    ) -> None:
        """Ask, write, and stay open with the reason where the office refuses."""
        ask_and_write(self.session, sheet, title, work)

    def write(
        self, title: str, work: OfficeWork, done: Callable[[Any], None] | None = None
    ) -> None:
        """Have something changed; what was done can be taken back."""
        self.session.write(title, work, done or self.offer_undo)

    def offer_undo(self, operation: Any) -> None:  # noqa: ANN401 - any result of a job
        """Say what was done and offer to take it back."""
        offer_undo(self.session, operation)

    def _loaded(self, loaded: Loaded) -> None:
        if loaded.team_id != self.team:
            return
        self.found = loaded.found
        self.note.setText(loaded.note)
        self.note.setVisible(bool(loaded.note))
        self.table.show_rows(FixedRows(loaded.rows))
        self.grid.show_table(yes=bool(loaded.rows))
        self._selected(len(self.table.selected_ids()))

    def _selected(self, count: int) -> None:
        for one in self._needs_choice:
            one.setEnabled(count > 0)
