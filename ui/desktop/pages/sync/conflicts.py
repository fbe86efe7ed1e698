"""What two sides have changed differently: the list, and the chosen one side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from ui.desktop.pages.sync.shown import CONFLICT_COLUMNS, ConflictLine, Side, conflict_row
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.parts import button, clear, label, pill, row
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

NONE = "没有待核对的冲突。两边都改了同一栏、改得不一样时，会在这里等您选定。"
UNTRUSTED = "（对方电脑时间）"
NOTHING = "（空）"
EXPLAINED = "两个值都留着；选定以后，决定随下一个包送到对方，还可以撤销。"


class ConflictsView(QWidget):
    """The list above, the sides below.

    Signals:
        decided: identity of the conflict and the key of the side that was taken.
        all_decided: what is shown now shall stay, everywhere.
        other_wanted: a ``ConflictLine`` of which neither side is right.
        put_aside: identity of what was received and shall not be let in.
    """

    decided = Signal(str, str)
    all_decided = Signal()
    other_wanted = Signal(object)
    put_aside = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``show_conflicts`` fills it."""
        super().__init__()
        self._lines: dict[str, ConflictLine] = {}
        self.table = DataTable(CONFLICT_COLUMNS, session.preferences, "sync_conflicts")
        self.table.setAccessibleName("待核对的冲突")
        self.grid = GridCard(self.table)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(tokens.BLOCK)
        self._title = label("", "heading", wrap=True)
        self._before = label("", "muted", wrap=True)
        self._below = _scrolling(self._lay_out())
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.grid)
        parts.addWidget(self._below)
        parts.setSizes([2_000, 3_000])  # shares; the splitter gives out what room it has
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts)
        self.table.chosen.connect(self._show)

    def show_conflicts(self, conflicts: Sequence[ConflictLine]) -> None:
        """List what waits; the first is shown until another is chosen."""
        self._lines = {one.id: one for one in conflicts}
        self.table.show_rows(FixedRows([conflict_row(one) for one in conflicts]))
        self.grid.empty.say(NONE, drawing="circle-check")
        self.grid.show_table(yes=bool(conflicts))
        self._below.setVisible(bool(conflicts))
        if conflicts and not self.table.current_id():
            self.table.selectRow(0)
        self._show(self.table.current_id())

    def _show(self, identity: str) -> None:
        clear(self._sides)
        found = self._lines.get(identity)
        if found is None:
            return
        self._title.setText(f"{found.kind}　{found.record}　{found.field}")
        before = "　".join(f"{title}：{value or NOTHING}" for title, value in found.before)
        self._before.setText(f"改之前　{before}" if before else "")
        self._before.setVisible(bool(before))
        self._other.setVisible(bool(found.row))
        differing = _differing(found.sides)
        for side in found.sides:
            self._sides.addWidget(self._side(found, side, differing), 1)

    def _side(self, conflict: ConflictLine, side: Side, differing: frozenset[str]) -> QFrame:
        frame, inside = filled_card()
        head = row(label(side.site, "heading"), None)
        if side.shown:
            head.addWidget(pill("现在用的", "info"))
        inside.addLayout(head)
        for title, value in side.values:
            look = "name" if title in differing else "plain"
            line = row(label(title, "muted"), label(value or NOTHING, look, wrap=True))
            line.setStretch(1, 1)
            inside.addLayout(line)
        when = side.at + ("" if side.trusted else UNTRUSTED)
        inside.addWidget(label("　".join(one for one in (side.person, when) if one), "caption"))
        inside.addStretch(1)
        words = "采用" if len(conflict.sides) == 1 else f"用{side.site}的"
        take = button(words, partial(self.decided.emit, conflict.id, side.key))
        take.setAccessibleName(f"{words}：{_words(side)}")
        buttons = row(take)
        if conflict.held:
            buttons.addWidget(button("不采用…", partial(self.put_aside.emit, conflict.id)))
        buttons.addStretch(1)
        inside.addLayout(buttons)
        return frame

    def _want_other(self) -> None:
        found = self._lines.get(self.table.current_id())
        if found is not None:
            self.other_wanted.emit(found)

    def _lay_out(self) -> QWidget:
        body = QWidget()
        body.setObjectName("clear")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self._title)
        layout.addWidget(self._before)
        layout.addLayout(self._sides, 1)
        self._other = button("都不对，自己填…", self._want_other, drawing="pencil")
        every = button("都用现在用的…", self.all_decided.emit, drawing="list-checks")
        foot = row(label(EXPLAINED, "caption", wrap=True), self._other, every)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        return body


def _differing(sides: Sequence[Side]) -> frozenset[str]:
    """The fields in which the sides are not alike."""
    found: dict[str, set[str]] = {}
    for side in sides:
        for title, value in side.values:
            found.setdefault(title, set()).add(value)
    return frozenset(title for title, values in found.items() if len(values) > 1)


def _words(side: Side) -> str:
    return "，".join(f"{title} {value or NOTHING}" for title, value in side.values)


def _scrolling(body: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName("clear")
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
