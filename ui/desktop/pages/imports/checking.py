"""③ 检查: what would become of every row, filtered by fate, with place, value and reason."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from models.staff.institutions import institution_rows
from ui.desktop.pages.imports.flow import ImportFlow
from ui.desktop.pages.imports.outcomes import (
    ALL,
    CHIP_TONES,
    COLUMNS,
    FILTERS,
    CheckRows,
    Line,
    details_of,
    lines_of,
)
from ui.desktop.pages.imports.readings import Checked, CheckedFile, counts_of
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.view import DataTable

NAME = "import_check"
CARD = 280


class CheckingStep(QWidget):
    """Counts that filter, the lines of the check, and the card of the chosen one."""

    def __init__(self, flow: ImportFlow, session: Session) -> None:
        """Show the check of ``flow``."""
        super().__init__()
        self._flow = flow
        self._session = session
        self._checked: Checked | None = None
        self._lines: list[Line] = []
        self._rows = CheckRows(())
        self._schools: dict[str, str] = {}
        self._wanted = ALL
        self.known = NoticeBar()
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._make_chips()
        self.file = FilterCombo("文件")
        self.file.currentIndexChanged.connect(self._show_files)
        self.search = SearchBox("姓名、行号、原因")
        self.search.searched.connect(self._show)
        self.table = DataTable(COLUMNS, session.preferences, NAME)
        self.table.setAccessibleName("检查结果")
        self.table.chosen.connect(self._show_card)
        self.card = DetailCard("在左边选中一行，这里逐项显示它的问题和改动。")
        self.grid = GridCard(self.table)
        self._lay_out()

    @property
    def files(self) -> list[CheckedFile]:
        """The files in sight: all of them, or the one chosen."""
        if self._checked is None:
            return []
        chosen = self.file.value()
        return [one for place, one in enumerate(self._checked.files) if chosen in ("", str(place))]

    def show_state(self) -> None:
        """Show what the flow knows now."""
        checked = self._flow.checked
        if checked is None or checked is self._checked:
            return
        self._checked = checked
        office = self._session.office
        self._schools = {one.id: one.shown["name"] for one in institution_rows(office)}
        names = [Choice(str(at), one.plan.path.name) for at, one in enumerate(checked.files)]
        self.file.reset()
        self.file.set_choices(names)
        self.file.setVisible(len(names) > 1)
        self.search.reset()
        self._wanted = ALL
        self._tell_message(checked)
        self._show_files()

    def want(self, fate: str) -> None:
        """Show the rows with that fate only."""
        self._wanted = fate
        self._show()

    def _make_chips(self) -> None:
        for key, word, _ in FILTERS:
            chip = button(word, partial(self.want, key))
            chip.setObjectName("chip")
            chip.setProperty("tone", CHIP_TONES.get(key, ""))
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.chips[key] = chip

    def _lay_out(self) -> None:
        self.file.setMinimumWidth(tokens.px(84))
        self.search.setMinimumWidth(tokens.px(90))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        head = row(*self.chips.values())
        head.addStretch(1)
        head.addWidget(self.file, 1)
        head.addWidget(self.search, 1)
        layout.addLayout(head)
        layout.addWidget(self.known)
        body = ListBody(self.grid, self.card, self._session.preferences, NAME)
        if self._session.preferences.state(f"splitter/{NAME}").isEmpty():
            body.setSizes([10_000, tokens.px(CARD)])
        layout.addWidget(body, 1)

    def _tell_message(self, checked: Checked) -> None:
        """Say what the files as a whole have to tell; a known one can be taken anew."""
        known = [one for one in checked.files if one.plan.known_since]
        told = "".join(dict.fromkeys(one.plan.message for one in checked.files))
        if known:
            again = partial(self._flow.check, again=True)
            self.known.tell(told, "warn", "仍然重新导入", again)
        elif told:
            self.known.tell(told, "info")
        else:
            self.known.hide()

    def _show_files(self, *_: int) -> None:
        files = self.files
        counts = counts_of(files)
        for key, word, name in FILTERS:
            count = getattr(counts, name)
            chip = self.chips[key]
            chip.setText(f"{word} {count:,}")
            chip.setAccessibleName(chip.text())
            chip.setEnabled(bool(count) or key == ALL)
        if not self.chips[self._wanted].isEnabled():
            self._wanted = ALL
        self._lines = lines_of(files)
        self._show()

    def _show(self, *_: str) -> None:
        self.chips[self._wanted].setChecked(True)
        self._rows = CheckRows(self._lines, self._wanted, self.search.text().strip())
        self.table.show_rows(self._rows)
        found = bool(self.table.table.ids)
        if not found:
            self.grid.empty.say("没有符合条件的行。", "显示全部", self._show_all, "search")
        self.grid.show_table(yes=found)
        self._show_card(self.table.current_id())

    def _show_all(self) -> None:
        self.search.reset()
        self.want(ALL)

    def _show_card(self, identity: str) -> None:
        shown = identity and identity in self.table.table.ids
        self.card.show_details(
            details_of(self._rows.line(identity), self._session.office, self._schools)
            if shown
            else None
        )
