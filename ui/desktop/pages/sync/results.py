"""What came of the last reading or writing: each package, and every record that was changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.desktop.pages.sync.shown import (
    CHANGE_COLUMNS,
    PACKAGE_COLUMNS,
    Outcome,
    change_row,
    package_row,
)
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import boxed, column, label
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

NOTHING = "还没有读或写过包。读完以后，每一条改动的记录都列在这里。"
NO_CHANGES = "没有一条记录因此改变。"


class ResultsView(QWidget):
    """Two lists below each other."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``show_outcome`` fills it."""
        super().__init__()
        self.notice = NoticeBar()
        self.packages = DataTable(PACKAGE_COLUMNS, session.preferences, "sync_packages")
        self.packages.setAccessibleName("读写的包")
        self.changes = DataTable(CHANGE_COLUMNS, session.preferences, "sync_changes")
        self.changes.setAccessibleName("改动的记录")
        self.package_grid = GridCard(self.packages)
        self.change_grid = GridCard(self.changes)
        self.heading = label("改动的记录", "heading")
        self._below = boxed(column(self.heading, self.change_grid))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.package_grid)
        parts.addWidget(self._below)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.notice)
        layout.addWidget(parts, 1)
        self._below.hide()
        self.package_grid.empty.say(NOTHING, drawing="inbox")
        self.package_grid.show_table(yes=False)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what came of it."""
        self.notice.tell(outcome.title, outcome.tone)
        packages = [package_row(place, one) for place, one in enumerate(outcome.packages)]
        self.packages.show_rows(FixedRows(packages, numbers_of(PACKAGE_COLUMNS, packages)))
        self.package_grid.show_table(yes=bool(packages))
        if not packages:
            self.package_grid.empty.say(outcome.title, drawing="inbox")
        changes = [change_row(place, one) for place, one in enumerate(outcome.changes)]
        self.changes.show_rows(FixedRows(changes))
        self.heading.setText(f"改动的记录（{len(changes):,}）")
        self.change_grid.empty.say(NO_CHANGES, drawing="circle-check")
        self.change_grid.show_table(yes=bool(changes))
        self._below.setVisible(not outcome.wrote)
