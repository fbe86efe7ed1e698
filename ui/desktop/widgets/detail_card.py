"""The detail card: a name, its state, facts in lines, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import clear, column, label, pill, rule


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: a title and a value; an empty title makes the value a heading."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Meter:
    """A title, a value as text, and how full its bar is (0 to 1)."""

    title: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Details:
    """What the card shows.

    Attributes:
        name: large, on top.
        below: one line below it.
        state: a short state beside the name, "" for none.
        tone: its tone.
        facts: the lines.
        measured: heading of the bars.
        meters: the bars, below the first facts.
        later: lines below the bars.
    """

    name: str
    below: str = ""
    state: str = ""
    tone: str = "muted"
    facts: Sequence[Fact] = ()
    measured: str = ""
    meters: Sequence[Meter] = ()
    later: Sequence[Fact] = ()


class DetailCard(QFrame):
    """Shows ``Details``; the page puts its buttons into ``foot``, a picture into ``side``."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        """Make the card; ``hint`` stands in it while nothing is chosen."""
        super().__init__(parent)
        self.setObjectName("card")
        self._hint = label(hint, "muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = label("", "name", wrap=True)
        self._state_row = QHBoxLayout()
        self._below = label("", "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.px(9))
        self.extra = QVBoxLayout()
        self.extra.setSpacing(tokens.GAP)
        self.side = QVBoxLayout()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(tokens.GAP)
        self._content = QWidget()
        self._content.setObjectName("plain")
        self._lay_out()
        self.show_details(None)

    def show_details(self, details: Details | None) -> None:
        """Show something, or the hint for None."""
        self._content.setVisible(details is not None)
        self._hint.setVisible(details is None)
        if details is None:
            return
        self._name.setText(details.name)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._below.setText(details.below)
        self._below.setVisible(bool(details.below))
        clear(self._state_row)
        if details.state:
            self._state_row.addWidget(pill(details.state, details.tone))
        clear(self._lines)
        self._fill(details.facts)
        if details.meters:
            self._lines.addSpacing(tokens.px(4))
            self._lines.addWidget(label(details.measured, "heading"))
        for meter in details.meters:
            self._measure(meter)
        self._fill(details.later)
        self._lines.addStretch(1)

    def _measure(self, meter: Meter) -> None:
        """A line with a title and a value, and a bar below it."""
        head = QHBoxLayout()
        head.addWidget(label(meter.title, "muted"), 1)
        head.addWidget(label(meter.value))
        bar = QProgressBar()
        bar.setRange(0, 1000)
        bar.setValue(round(meter.share * 1000))
        bar.setTextVisible(False)
        bar.setProperty("tone", "ok" if meter.share >= 1 else "")
        bar.setAccessibleName(f"{meter.title}：{meter.value}")
        self._lines.addLayout(head)
        self._lines.addWidget(bar)

    def _fill(self, facts: Sequence[Fact]) -> None:
        grid: QGridLayout | None = None
        for fact in facts:
            if not fact.title:
                self._lines.addSpacing(tokens.px(4))
                self._lines.addWidget(rule())
                self._lines.addWidget(label(fact.value, "heading"))
                grid = None
                continue
            if grid is None:
                grid = QGridLayout()
                grid.setHorizontalSpacing(tokens.BLOCK)
                grid.setVerticalSpacing(tokens.px(8))
                grid.setColumnMinimumWidth(0, tokens.px(72))
                grid.setColumnStretch(1, 1)
                self._lines.addLayout(grid)
            place = grid.rowCount()
            grid.addWidget(label(fact.title, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_value(fact), place, 1)

    def _top(self, head: QHBoxLayout) -> QHBoxLayout:
        """Name and state with the line below them, and the picture beside them."""
        found = QHBoxLayout()
        found.setSpacing(tokens.BLOCK)
        found.addLayout(column(head, self._below, None, gap=tokens.px(10)), 1)
        found.addLayout(self.side)
        return found

    def _scrolled(self) -> QScrollArea:
        """The lines, and what pages put below them."""
        inner = QWidget()
        inner.setObjectName("scrollBody")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, tokens.px(4), 0)
        lines.addLayout(self._lines)
        lines.addLayout(self.extra)
        lines.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.px(10))
        head.addWidget(self._name, 1)
        head.addLayout(self._state_row)
        content = QVBoxLayout(self._content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(tokens.px(10))
        content.addLayout(self._top(head))
        content.addWidget(self._scrolled(), 1)
        content.addLayout(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.CARD, tokens.px(14), tokens.CARD, tokens.px(14))
        outer.addWidget(self._hint, 1)
        outer.addWidget(self._content, 1)


def _value(fact: Fact) -> QLabel:
    found = label(fact.value, wrap=True)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    found.setAccessibleName(f"{fact.title}：{fact.value}")
    return found
