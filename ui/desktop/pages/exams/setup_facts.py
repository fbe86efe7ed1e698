"""The terms of an exam as cards of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea

from models.exams.records import ExamTerms
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import Fact
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import boxed, clear, column, label
from ui.desktop.widgets.small_grid import SmallGrid

PART_TITLES = ("科目", "权重%", "满分", "对应课程", "试题")


@dataclass(frozen=True, slots=True)
class FactGroup:
    """A heading and its facts."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class SetUp:
    """How an exam is set up: groups of facts, lines of the parts, the terms themselves."""

    groups: Sequence[FactGroup]
    parts: Sequence[Sequence[str]]
    terms: ExamTerms


class FactCards(QScrollArea):
    """Cards side by side, and the parts below them."""

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("clear")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards = QGridLayout()
        self._cards.setSpacing(tokens.BLOCK)
        self._cards.setColumnStretch(0, 1)
        self._cards.setColumnStretch(1, 1)
        self.setWidget(boxed(self._cards))
        self._cards.setContentsMargins(0, 0, tokens.GAP, 0)

    def show_setup(self, found: SetUp) -> None:
        """Show how an exam is set up."""
        clear(self._cards)
        cards = [_card(group) for group in found.groups]
        for place, pair in enumerate((cards[::2], cards[1::2])):
            self._cards.addLayout(column(*pair, None, gap=tokens.BLOCK), 0, place)
        frame, lines = filled_card()
        lines.addWidget(label("科目与权重", "heading"))
        grid = SmallGrid("科目与权重", PART_TITLES, 3)
        grid.show_lines(found.parts)
        row, head = tokens.px(tokens.ROW), tokens.px(tokens.TABLE_HEADER)
        grid.setFixedHeight(head + row * len(found.parts) + 2)
        lines.addWidget(grid)
        self._cards.addWidget(frame, 1, 0, 1, 2)
        self._cards.setRowStretch(2, 1)


def _card(group: FactGroup) -> QFrame:
    frame, lines = filled_card()
    lines.addWidget(label(group.title, "heading"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.BLOCK)
    grid.setVerticalSpacing(tokens.px(6))
    grid.setColumnMinimumWidth(0, tokens.px(72))
    grid.setColumnStretch(1, 1)
    for place, fact in enumerate(group.facts):
        grid.addWidget(label(fact.title, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
        value = label(fact.value, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, place, 1)
    lines.addLayout(grid)
    lines.addStretch(1)
    return frame
