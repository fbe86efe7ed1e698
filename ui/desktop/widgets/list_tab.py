"""A tab of a desk: buttons above a list, and a sentence between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable


class ListTab(QWidget):
    """Base of such tabs; what is read and shown is theirs to say."""

    def __init__(
        self, session: Session, title: str, columns: Sequence[TableColumn], key: str, empty: str
    ) -> None:
        """Make it empty.

        Args:
            session: where it reads and writes.
            title: of the tab.
            columns: of its list.
            key: under which the widths of the columns are remembered.
            empty: what stands in place of an empty list.
        """
        super().__init__()
        self.session = session
        self.table = DataTable(columns, session.preferences, key)
        self.table.setAccessibleName(title)
        self.grid = GridCard(self.table)
        self.grid.empty.say(empty, drawing="users")
        self.note = label("", "muted", wrap=True)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(tokens.GAP)
        self._needs_choice: list[QPushButton] = []
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(tokens.BLOCK)
        self.lines.addLayout(self.bar)
        self.lines.addWidget(self.note)
        self.lines.addWidget(self.grid, 1)
        self.table.selection_count.connect(self._selected)

    def show_lines(self, rows: Sequence[TableRow], note: str) -> None:
        """Show lines, and the sentence above them."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        self._selected(len(self.table.selected_ids()))

    def add(
        self,
        text: str,
        action: Callable[[], object],
        *,
        chosen: bool = False,
        kind: str = "",
        drawing: str = "",
    ) -> QPushButton:
        """Put a button above the list; one for ``chosen`` lines waits for a selection."""
        found = button(text, action, kind=kind, drawing=drawing)
        self.bar.addWidget(found)
        if chosen:
            found.setEnabled(False)
            self._needs_choice.append(found)
        return found

    def write(
        self, title: str, work: OfficeWork, done: Callable[[Any], None] | None = None
    ) -> None:
        """Have something changed; what was done can be taken back."""
        self.session.write(title, work, done or self.offer_undo)

    def offer_undo(self, done: Any) -> None:  # noqa: ANN401 - any result with an operation
        """Say what was done and offer to take it back."""
        offer_undo(self.session, done)

    def _selected(self, count: int) -> None:
        for one in self._needs_choice:
            one.setEnabled(count > 0)
