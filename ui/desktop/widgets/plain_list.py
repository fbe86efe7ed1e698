"""The frame of a page that is one list: search, list, and a card with what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton

from ui.desktop.tasks.session import Session
from ui.desktop.widgets.detail_card import DetailCard, Details
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.source import RowSource, TableColumn
from ui.desktop.widgets.table.view import DataTable


class PlainListPage(Page):
    """Base of the pages with a list and a card; subclasses say what is listed and what it says."""

    empty = ("", "", "inbox")
    """What stands in place of an empty list: a sentence, its button, a drawing."""
    unit = "条"

    def __init__(
        self, session: Session, title: str, name: str, columns: Sequence[TableColumn], hint: str
    ) -> None:
        """Make the page.

        Args:
            session: where it reads and writes.
            title: of the page.
            name: under which its columns are remembered.
            columns: of the list.
            hint: what the search field finds.
        """
        super().__init__(title)
        self.session = session
        self._name = name
        self.search = SearchBox(hint)
        self.table = DataTable(columns, session.preferences, name)
        self.table.setAccessibleName(title)
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一行，这里显示详细信息。")
        self._needs_choice: list[QPushButton] = []
        self.body.addWidget(self.search)
        self.body.addWidget(self.notice)
        self.list_body = ListBody(self.grid, self.card, session.preferences, name)
        self.body.addWidget(self.list_body, 1)
        self.search.searched.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def source(self, query: str) -> RowSource:
        """The rows that hold the query."""
        raise NotImplementedError

    def details(self, identity: str) -> Details | None:
        """What the card says of a row."""
        raise NotImplementedError

    def begin(self) -> None:
        """What the button of an empty list does."""

    def reload(self) -> None:
        """Read the list anew."""
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a row to be shown."""
        if isinstance(argument, str) and argument:
            self.table.choose(argument)
        elif not self.table.current_id() and self.table.table.ids:
            self.table.selectRow(0)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def chosen(self) -> str:
        """The identity of the chosen row, "" for none."""
        return self.table.current_id()

    def add_for_choice(
        self, text: str, action: Callable[[], object], drawing: str = ""
    ) -> QPushButton:
        """Put a button into the card; it waits for a chosen row."""
        found = button(text, action, drawing=drawing)
        self._needs_choice.append(found)
        self.card.foot.addWidget(found)
        return found

    def _show(self, *_: str) -> None:
        query = self.search.text().strip()
        self.table.show_rows(self.source(query))
        count = len(self.table.table.ids)
        self.count.setText(f"找到 {count:,} {self.unit}" if query else f"共 {count:,} {self.unit}")
        if not count and query:
            self.grid.empty.say("没有符合条件的内容。", "清除搜索", self._clear, "search")
        elif not count:
            usual, action, drawing = self.empty
            sentence = self.session.edition.say(f"{self._name}.empty", usual)
            if self.session.edition.hides(f"{self._name}.begin"):
                action = ""
            self.grid.empty.say(sentence, action, self.begin, drawing)
        self.grid.show_table(yes=bool(count))
        self._show_card(self.table.current_id())

    def _clear(self) -> None:
        self.search.reset()
        self._show()

    def _show_card(self, identity: str) -> None:
        found = self.details(identity) if identity else None
        self.card.show_details(found)
        for one in self._needs_choice:
            one.setEnabled(found is not None)
