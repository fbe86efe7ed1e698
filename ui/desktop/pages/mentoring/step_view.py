"""A step of a programme: what it is for, what can be done, a list, and a card beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from models.errors import UserError
from ui.desktop.pages.mentoring.papers import Papers
from ui.desktop.pages.mentoring.shown import Shown
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import ask_until_clear, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row, set_tone, without_arguments
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

_Answer = TypeVar("_Answer")
PEOPLE = (
    TableColumn("mentor", "师傅", 6),
    TableColumn("mentor_school", "师傅单位", 9),
    TableColumn("mentee", "徒弟", 6),
    TableColumn("mentee_school", "徒弟单位", 10),
    TableColumn("subject", "学科", 5, listed=False),
)
"""The columns that lists of pairs share."""


@dataclass(frozen=True, slots=True)
class StepInfo:
    """What a step is.

    Attributes:
        key: of the step; its list is remembered under it.
        about: one sentence of what is to be done.
        empty: what stands in place of an empty list.
        load: reads what it shows; gives a ``Shown``.
        columns: of its list.
    """

    key: str
    about: str
    empty: str
    load: Lazy
    columns: Sequence[TableColumn]


class StepView(QWidget):
    """Base of the steps; subclasses put their buttons into the bar."""

    def __init__(self, session: Session, info: StepInfo, table: DataTable | None = None) -> None:
        """Make it empty; ``table`` where the list is more than a list."""
        super().__init__()
        self.session = session
        self.info = info
        self.programme = ""
        self.shown = Shown("", ())
        self.papers = Papers(session, self)
        self.table = table or DataTable(info.columns, session.preferences, f"pairs_{info.key}")
        self.table.setAccessibleName(info.about)
        self.grid = GridCard(self.table)
        self.grid.empty.say(info.empty, drawing="users")
        self.card = DetailCard("在左边选中一行，这里显示详细信息。")
        self.note = label("", "note", wrap=True)
        self.search = SearchBox("姓名、学校")
        self.bar = QHBoxLayout()
        self.bar.setSpacing(tokens.GAP)
        self.general = button("总的情况", self.show_general, kind="link")
        self._needs_choice: list[QPushButton] = []
        self._lay_out()
        self.table.selection_count.connect(self._selected)
        self.table.chosen.connect(self._show_card)
        self.table.menu_requested.connect(self.fill_menu)
        self.search.searched.connect(self._show_rows)

    def show_programme(self, programme_id: str) -> None:
        """Show a programme."""
        if programme_id != self.programme:
            self.programme = programme_id
            self.table.show_rows(FixedRows())
        self.reload()

    def reload(self) -> None:
        """Read the step anew, beside the window."""
        if self.programme:
            work = self.info.load.bind(self.programme)
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
        """Put a button above the list; one for ``chosen`` lines waits for a selection.

        A button that the edition leaves out is made and not shown.
        """
        found = button(text, without_arguments(action), kind=kind, drawing=drawing)
        if text in self.session.edition.leaves_out("mentoring"):
            return found
        if chosen:
            found.setEnabled(False)
            self._needs_choice.append(found)
        self.bar.addWidget(found)
        return found

    def finish_bar(self) -> None:
        """Put the search field behind the buttons."""
        self.bar.addStretch(1)
        self.search.setMinimumWidth(tokens.px(90))
        self.search.setMaximumWidth(tokens.px(200))
        self.bar.addWidget(self.search)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen lines: what the buttons for them say."""
        for one in self._needs_choice:
            if one.isEnabled():
                menu.addAction(one.text().strip(), one.click)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def chosen_ids(self) -> list[str]:
        """The chosen lines."""
        return self.table.selected_ids()

    def write(
        self, title: str, work: OfficeWork, done: Callable[[Any], None] | None = None
    ) -> None:
        """Have something changed; what was done can be taken back."""
        self.session.write(title, work, done or self.offer_undo)

    def offer_undo(self, done: Any) -> None:  # noqa: ANN401 - any result with an operation
        """Say what was done and offer to take it back."""
        offer_undo(self.session, done)

    def ask(
        self,
        sheet: ChooseSheet,
        understand: Callable[[dict[str, str]], _Answer],
        then: Callable[[_Answer], object],
    ) -> None:
        """Ask with a sheet, which stays open with the reason while the answer makes no sense."""
        ask_until_clear(sheet, understand, then)

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.GAP)
        lines.addWidget(label(self.info.about, "muted", wrap=True))
        lines.addLayout(self.bar)
        said = row(self.note, self.general)
        said.setStretchFactor(self.note, 1)
        lines.addLayout(said)
        key = f"pairs_{self.info.key}"
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, key), 1)

    def _loaded(self, shown: Shown) -> None:
        if shown.programme_id == self.programme:
            self.shown = shown
            self.note.setText(shown.note)
            set_tone(self.note, shown.tone)
            self._show_rows()

    def _show_rows(self, *_: str) -> None:
        query = self.search.text().strip()
        rows = [one for one in self.shown.rows if _holds(one, query)]
        self.table.show_rows(FixedRows(rows, self.shown.values))
        self.grid.show_table(yes=bool(rows))
        general = self.shown.general
        if general is not None:
            self.general.setText(general.name)
            self.general.setAccessibleName(general.name)
        self._show_card(self.table.current_id())
        self._selected(len(self.table.selected_ids()))

    def show_general(self) -> None:
        """Let the lines go, so that the card says how the whole stands."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self._show_card("")

    def _show_card(self, identity: str) -> None:
        chosen = self.shown.cards.get(identity)
        self.card.show_details(chosen or self.shown.general)
        self.general.setVisible(bool(chosen and self.shown.general))

    def _selected(self, count: int) -> None:
        for one in self._needs_choice:
            one.setEnabled(count > 0)


def _holds(row: TableRow, query: str) -> bool:
    return not query or any(query in text for text in row.texts.values())


def needed(texts: dict[str, str], **wanted: str) -> dict[str, str]:
    """The texts, if those wanted are there: key to what the field is called.

    Raises:
        UserError: one is missing.
    """
    missing = [title for key, title in wanted.items() if not texts[key]]
    if missing:
        raise UserError("form", f"请填写{'、'.join(missing)}。", "")
    return texts
