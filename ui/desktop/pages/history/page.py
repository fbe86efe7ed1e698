"""操作记录: every step, what it changed, and 撤销."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.desktop.pages.history.listing import (
    CHANGE_COLUMNS,
    COLUMNS,
    HistoryListing,
    counts_text,
    when,
)
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable


class HistoryPage(Page):
    """The steps on the left, what the chosen one changed on the right."""

    help_page = "history.md"
    interests = frozenset({"*"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("操作记录")
        self.session = session
        self.listing = HistoryListing(session, self)
        self.search = SearchBox("操作内容、操作人（Ctrl+F）")
        self.table = DataTable(COLUMNS, session.preferences, "history")
        self.table.setAccessibleName("操作记录")
        self.changes = DataTable(CHANGE_COLUMNS, session.preferences, "history_changes")
        self.changes.setAccessibleName("这次操作改了什么")
        self.grid = GridCard(self.table)
        self._title = label("", "heading", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self._undo = button("撤销这次操作", self.undo, drawing="undo-2")
        self.body.addWidget(self.search)
        self.body.addWidget(self.notice)
        body = ListBody(self.grid, self._card(), session.preferences, "history")
        self.body.addWidget(body, 1)
        self.search.searched.connect(self._show)
        self.table.chosen.connect(self._show_step)

    def reload(self) -> None:
        """Read the history anew."""
        self.listing.read()
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a step to be shown."""
        if isinstance(argument, str) and argument:
            self.table.choose(argument)
        elif not self.table.current_id() and self.table.table.ids:
            self.table.selectRow(0)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()

    def undo(self) -> None:
        """Take the chosen step back."""
        if self.table.current_id():
            self.session.undo(self.table.current_id())

    def _card(self) -> QFrame:
        found = QFrame()
        found.setObjectName("card")
        layout = QVBoxLayout(found)
        layout.setContentsMargins(tokens.CARD, tokens.px(14), tokens.CARD, tokens.px(14))
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        layout.addWidget(self.changes, 1)
        layout.addWidget(self._undo)
        return found

    def _show(self, *_: str) -> None:
        self.table.show_rows(self.listing.rows(self.search.text().strip()))
        self.count.setText(f"最近 {self.listing.total:,} 次操作")
        found = bool(self.table.table.ids)
        if not found:
            self.grid.empty.say("还没有操作记录。录入、修改和导入都会记在这里。", drawing="history")
        self.grid.show_table(yes=found)
        self._show_step(self.table.current_id())

    def _show_step(self, operation_id: str) -> None:
        step = self.listing.step(operation_id)
        self._undo.setEnabled(step is not None and step.undoable)
        if step is None:
            self._title.setText("在左边选中一次操作")
            self._facts.setText("这里逐项列出它改了什么。")
            self.changes.show_rows(FixedRows())
            return
        self._title.setText(step.title)
        state = "，已撤销" if step.undone else ""
        self._facts.setText(f"{when(step.at)}　{step.person}{state}\n{counts_text(step)}")
        self.changes.show_rows(self.listing.changed(operation_id))
