"""One school of a run: its teachers with state and reason, and what can be done with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from models.stamping.records import StampLine
from models.stamping.register import Correction
from ui.desktop.pages.stamping.rows import (
    CORRECTED,
    TEACHERS,
    counted,
    line_details,
    line_row,
    state_of,
)
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.dialogs import Answer, Sheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, clear, label, row, set_tone
from ui.desktop.widgets.stamp_tones import STAMP_TONES
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

LOW = 430
"""Below this height (of the standard size) the card gives its room to the list."""


class SchoolView(QWidget):
    """The chosen school.

    Signals:
        stamp_wanted, void_wanted: the identities of lines.
        judge_wanted, next_wanted, list_wanted: judge this school anew; go to the next one; print
            its list.
        register_wanted: print the register lines of those lines.
    """

    stamp_wanted = Signal(object)
    void_wanted = Signal(object)
    judge_wanted = Signal()
    next_wanted = Signal()
    list_wanted = Signal()
    register_wanted = Signal(object)

    def __init__(self, preferences: Preferences) -> None:
        """Make it empty."""
        super().__init__()
        self.name = label("", "name")
        self.chips = QButtonGroup(self)
        self.chips.setExclusive(False)
        self._chip_row = row()
        self.table = DataTable(TEACHERS, preferences, "stamp-lines")
        self.table.setAccessibleName("本校教师的验印状态和原因")
        self.grid = GridCard(self.table)
        self.card = DetailCard("选中一名教师，这里说明为什么可以、为什么不可以。")
        self.all_ready = button("本校全部验印", self._stamp_all, kind="primary", drawing="stamp")
        self.stamp_chosen = button("验印选中", self._stamp_chosen)
        self.void_chosen = button("作废…", self._void_chosen)
        self.judge_again = button("重新核验本校", self.judge_wanted.emit, drawing="refresh-cw")
        self.print_list = button("打印清单…", self.list_wanted.emit, drawing="printer")
        self.print_register = button("打印登记…", self._print_register)
        self.next_school = button("下一所", self.next_wanted.emit, kind="link")
        self._lines: dict[str, StampLine] = {}
        self._corrections: Mapping[str, Correction] = {}
        self._state = ""
        self._closed = False
        self._lay_out()
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._look)
        self.table.opened.connect(self.open_card)
        self.table.menu_requested.connect(self._fill_menu)

    def show_lines(
        self,
        name: str,
        lines: Sequence[StampLine],
        corrections: Mapping[str, Correction],
        *,
        closed: bool,
    ) -> None:
        """Show a school's lines; ``corrections`` by line."""
        self.name.setText(name)
        self._lines = {line.id: line for line in lines}
        self._corrections = corrections
        self._closed = closed
        states = {*counted(lines), *([CORRECTED] if self._corrected else [])}
        if self._state not in states:
            self._state = ""
        self._make_chips(lines)
        self._show_rows()

    def choose(self, line_id: str) -> None:
        """Show one line, whatever state was filtered by."""
        if self._state:
            self._state = ""
            self._make_chips(list(self._lines.values()))
            self._show_rows()
        self.table.choose(line_id)

    def ready_ids(self) -> list[str]:
        """The lines that can be stamped as they are."""
        return [line.id for line in self._lines.values() if line.ready]

    def open_card(self, *_: str) -> None:
        """Open all that is known of the chosen line as a window."""
        line = self._lines.get(self.table.current_id())
        if line is None:
            return
        sheet = Sheet(f"{line.name} 验印说明", self)
        card = DetailCard("")
        card.setMinimumHeight(tokens.px(320))
        card.show_details(line_details(line, self._corrections.get(line.id)))
        sheet.body.addWidget(card, 1)
        sheet.foot.addStretch(1)
        sheet.add_answer(Answer("关闭", kind="primary"))
        sheet.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the list needs the room of the card."""
        self.card.setVisible(event.size().height() >= tokens.px(LOW))
        super().resizeEvent(event)

    @property
    def _corrected(self) -> Collection[str]:
        return [one for one in self._corrections if one in self._lines]

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.grid)
        parts.addWidget(self.card)
        parts.setSizes([tokens.px(290), tokens.px(190)])
        self.grid.setMinimumHeight(tokens.px(150))
        self.card.setMinimumHeight(tokens.px(120))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addLayout(row(self.name, None, self.next_school))
        layout.addLayout(self._chip_row)
        layout.addWidget(parts, 1)
        layout.addLayout(row(self.all_ready, self.stamp_chosen, self.void_chosen, None))
        layout.addLayout(row(self.judge_again, self.print_list, self.print_register, None))

    def _make_chips(self, lines: Sequence[StampLine]) -> None:
        clear(self._chip_row)
        for one in self.chips.buttons():
            self.chips.removeButton(one)
        found = counted(lines)
        self._add_chip("", f"全部 {len(lines)}", "muted")
        for state, tone in STAMP_TONES.items():
            if found.get(state):
                self._add_chip(state, f"{state} {found[state]}", tone)
        if self._corrected:
            self._add_chip(CORRECTED, f"有更正 {len(self._corrected)}", "warn")
        self._chip_row.addStretch(1)

    def _add_chip(self, state: str, text: str, tone: str) -> None:
        chip = QPushButton(text)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setAutoDefault(False)
        chip.setAccessibleName(f"只看{text}")
        chip.setChecked(state == self._state)
        set_tone(chip, tone)
        chip.clicked.connect(self._chip_action(state))
        self.chips.addButton(chip)
        self._chip_row.addWidget(chip)

    def _chip_action(self, state: str):  # noqa: ANN202 - a slot
        def slot() -> None:
            self._state = state
            self._make_chips(list(self._lines.values()))
            self._show_rows()

        return slot

    def _show_rows(self) -> None:
        corrected = self._corrected
        shown = [
            line
            for line in self._lines.values()
            if self._state in ("", state_of(line, corrected), line.state)
        ]
        values = {line.id: {"hours": float(line.hours)} for line in shown}
        self.table.show_rows(FixedRows([line_row(line, corrected) for line in shown], values))
        self.grid.empty.say("这所学校没有要验印的教师。", drawing="users")
        self.grid.show_table(yes=bool(shown))
        if shown and not self.table.current_id():
            self.table.selectRow(0)
        self._show_card(self.table.current_id())
        self._look()

    def _show_card(self, line_id: str) -> None:
        line = self._lines.get(line_id)
        shown = line and line_details(line, self._corrections.get(line_id))
        self.card.show_details(shown)

    def _chosen(self) -> list[StampLine]:
        return [self._lines[one] for one in self.table.selected_ids() if one in self._lines]

    def _look(self, *_: int) -> None:
        """Say what can be done now."""
        ready, chosen = len(self.ready_ids()), self._chosen()
        self.all_ready.setText(f" 本校全部验印（{ready} 人）" if ready else " 本校全部验印")
        self.all_ready.setEnabled(bool(ready) and not self._closed)
        able = [line for line in chosen if line.state == "可验印"]
        self.stamp_chosen.setText(f"验印选中（{len(able)} 人）" if len(able) > 1 else "验印选中")
        self.stamp_chosen.setEnabled(bool(able) and not self._closed)
        self.void_chosen.setEnabled(any(line.stamped for line in chosen))
        self.judge_again.setEnabled(bool(self._lines) and not self._closed)
        self.print_list.setEnabled(bool(self._lines))
        self.print_register.setEnabled(any(line.stamped for line in self._lines.values()))

    def _stamp_all(self) -> None:
        self.stamp_wanted.emit(self.ready_ids())

    def _stamp_chosen(self) -> None:
        self.stamp_wanted.emit([line.id for line in self._chosen() if line.state == "可验印"])

    def _void_chosen(self) -> None:
        self.void_wanted.emit([line.id for line in self._chosen() if line.stamped])

    def _print_register(self) -> None:
        chosen = [line.id for line in self._chosen() if line.stamped]
        every = [line.id for line in self._lines.values() if line.stamped]
        self.register_wanted.emit(chosen if len(chosen) > 1 else every)

    def _fill_menu(self, menu: QMenu) -> None:
        if self.table.current_id():
            menu.addAction("为什么…", self.open_card)
        if self.stamp_chosen.isEnabled():
            menu.addAction(self.stamp_chosen.text(), self._stamp_chosen)
        if self.void_chosen.isEnabled():
            menu.addAction("作废…", self._void_chosen)
