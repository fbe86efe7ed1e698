"""操作记录: every step, what it changed, and 撤销."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from models.store.history import OperationSummary
from ui.desktop.pages.history.listing import (
    CHANGE_COLUMNS,
    COLUMNS,
    ROWS,
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

UNDO, REDO = "撤销这次操作", "恢复这次操作"
EMPTY = "还没有操作记录。录入、修改和导入都会记在这里。"
CARD = 480
WIDEST = 760


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
        self._limit = ROWS
        self.more_button = button("再显示一些", self.show_more, kind="link")
        self.undo_button = button(UNDO, self.undo, drawing="undo-2")
        self.body.addWidget(self.search)
        self.body.addWidget(self.notice)
        card = self._card()
        body = ListBody(self.grid, card, session.preferences, "history")
        card.setMinimumWidth(tokens.px(CARD))
        card.setMaximumWidth(tokens.px(WIDEST))
        if session.preferences.state("splitter/history").isEmpty():
            body.setSizes([10_000, tokens.px(CARD)])
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
        """Take the chosen step back, or do it again where it was taken back."""
        step = self.listing.step(self.table.current_id())
        target = step and (self.listing.undoing(step) or step)
        if target is not None:
            self.session.undo(target.id)

    def show_more(self) -> None:
        """Show more of what the chosen step changed."""
        self._limit += ROWS
        self._show_changes(self.table.current_id())

    def _card(self) -> QFrame:
        found = QFrame()
        found.setObjectName("card")
        layout = QVBoxLayout(found)
        layout.setContentsMargins(tokens.CARD, tokens.px(14), tokens.CARD, tokens.px(14))
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        layout.addWidget(self.changes, 1)
        layout.addWidget(self.more_button)
        layout.addWidget(self.undo_button)
        return found

    def _show(self, *_: str) -> None:
        self.table.show_rows(self.listing.rows(self.search.text().strip()))
        self.count.setText(f"最近 {self.listing.total:,} 次操作")
        found = bool(self.table.table.ids)
        if not self.listing.total:
            sentence = self.session.edition.say("history.empty", EMPTY)
            self.grid.empty.say(sentence, drawing="history")
        elif not found:
            self.grid.empty.say("没有符合条件的操作。", "清除搜索", self._clear, "search")
        self.grid.show_table(yes=found)
        self._show_step(self.table.current_id())

    def _clear(self) -> None:
        self.search.reset()
        self._show()

    def _show_step(self, operation_id: str) -> None:
        step = self.listing.step(operation_id)
        self._limit = ROWS
        self._offer_undo(step)
        if step is None:
            self._title.setText("在左边选中一次操作")
            self._facts.setText("这里逐项列出它改了什么。")
            self.changes.show_rows(FixedRows())
            self.more_button.hide()
            return
        self._title.setText(step.title)
        state = "，已撤销" if step.undone else ""
        self._facts.setText(f"{when(step.at)}　{step.person}{state}\n{counts_text(step)}")
        self._show_changes(operation_id)

    def _show_changes(self, operation_id: str) -> None:
        rows, more = self.listing.changed(operation_id, self._limit)
        self.changes.show_rows(rows)
        self.more_button.setVisible(more)

    def _offer_undo(self, step: OperationSummary | None) -> None:
        """Say what the button does with a step: take it back, or do it again."""
        again = self.listing.undoing(step) if step else None
        words = REDO if again else UNDO
        can = again.undoable if again else step is not None and step.undoable
        self.undo_button.setText(words)
        self.undo_button.setAccessibleName(words)
        self.undo_button.setEnabled(can and not self.session.read_only)
        fixed = step is not None and not can and not step.undone
        self.undo_button.setToolTip("这类操作不能撤销" if fixed else "")
