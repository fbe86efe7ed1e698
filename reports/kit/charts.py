"""Plain charts as blocks of a flow: bars across, bars of shares with their legend, columns.

Every bar has its figure in words beside it, and shades differ in darkness, so that a black and
white print says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.flow import Block
from reports.kit.paper import POINTS, Align, Pen, Size
from reports.kit.setting import BASE_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

DARK, MIDDLE, LIGHT = "#2F5D8C", "#F0B64A", "#E4E8ED"
"""Shades in falling darkness: reached, in question, not reached."""

WORDS = Pen(size=9)
ROW = 5.6  # millimetres
THICK = 3.4
EDGE = "#7A8593"
GAP = 2.0  # between label, bar and figure
COLUMN_CHART, COLUMN = 46.0, 0.56  # height in millimetres; breadth of a bar in its share
WIDEST_LABEL = 0.34  # of the chart


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how long it is, and its figure in words."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """A bar cut into shares.

    Attributes:
        label: what it stands for.
        parts: one amount for each shade of the chart, in its order.
        text: the figure beside it.
    """

    label: str
    parts: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where label, bar and figure stand in every row, in millimetres."""

    label: float
    bar: float
    width: float


@dataclass(frozen=True, slots=True)
class _BarRow:
    """A label, its stretches of colour and the figure behind the bar's end or the frame."""

    frame: _Frame
    label: str
    stretches: tuple[tuple[float, str], ...]
    text: str
    framed: bool
    height: float = ROW

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Label right-aligned, bar, figure."""
        base = y + self.height * 0.5 + WORDS.size * 0.36 / POINTS
        paper.text(x + self.frame.label, base, self.label, WORDS, align=Align.RIGHT)
        left = x + self.frame.label + GAP
        top = y + (self.height - THICK) / 2
        at = left
        for length, colour in self.stretches:
            if length > 0:
                paper.fill(at, top, length, THICK, colour)
            at += length
        if self.framed:
            paper.frame((left, top), Size(self.frame.bar, THICK), thickness=0.1, colour=EDGE)
            at = left + self.frame.bar
        paper.text(at + GAP, base, self.text, WORDS)


@dataclass(frozen=True, slots=True)
class _Legend:
    """What the shades mean, in one line."""

    start: float
    names: tuple[tuple[str, str], ...]
    height: float = ROW + 1

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """A square and its name for each shade."""
        at = x + self.start
        base = y + self.height * BASE_LINE - 0.6
        for name, colour in self.names:
            paper.fill(at, base - 2.6, 3, 3, colour)
            paper.frame((at, base - 2.6), Size(3, 3), thickness=0.1, colour=EDGE)
            paper.text(at + 4, base, name, WORDS)
            at += 4 + paper.width(name, WORDS) + 6


def bars(rows: Sequence[Bar], fonts: Fonts, width: float, *, colour: str = DARK) -> Block:
    """Horizontal bars, the longest as long as the chart allows.

    Args:
        rows: from top to bottom; a value below 0 is drawn as 0.
        fonts: to measure with.
        width: of the chart in millimetres.
        colour: of the bars.
    """
    frame = _frame([(one.label, one.text) for one in rows], fonts, width)
    most = max((one.value for one in rows), default=0) or 1
    return Block(
        tuple(
            _BarRow(
                frame,
                _cut(one.label, fonts, frame.label),
                ((max(one.value, 0) / most * frame.bar, colour),),
                one.text,
                framed=False,
            )
            for one in rows
        ),
        whole=True,
    )


def shares(
    rows: Sequence[Share], shades: Sequence[tuple[str, str]], fonts: Fonts, width: float
) -> Block:
    """Bars of the same length, each cut by its shares.

    Args:
        rows: from top to bottom.
        shades: name and colour of each part, in the order of the parts.
        fonts: to measure with.
        width: of the chart in millimetres.
    """
    frame = _frame([(one.label, one.text) for one in rows], fonts, width)
    pieces = [
        _BarRow(
            frame,
            _cut(one.label, fonts, frame.label),
            tuple(
                (amount / (sum(one.parts) or 1) * frame.bar, colour)
                for amount, (_, colour) in zip(one.parts, shades, strict=True)
            ),
            one.text,
            framed=True,
        )
        for one in rows
    ]
    legend = _Legend(frame.label + GAP, tuple(shades))
    return Block((legend, *pieces), bound=frozenset({0}), whole=len(pieces) <= 20)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Upright bars side by side, the figure on top of each, its label below."""

    rows: tuple[Bar, ...]
    width: float
    colour: str
    height: float = COLUMN_CHART

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """The base line, then bar by bar."""
        line = 1.35 * WORDS.size / POINTS
        base, room = y + self.height - line - 1, self.height - 2 * line - 2
        most = max((one.value for one in self.rows), default=0) or 1
        share = self.width / max(1, len(self.rows))
        for number, one in enumerate(self.rows):
            middle = x + (number + 0.5) * share
            high = max(one.value, 0) / most * room
            if high > 0:
                left = middle - share * COLUMN / 2
                paper.fill(left, base - high, share * COLUMN, high, self.colour)
            paper.text(middle, base - high - 1, one.text, WORDS, align=Align.CENTER)
            paper.text(middle, base + line - 0.4, one.label, WORDS, align=Align.CENTER)
        paper.line((x, base), (x + self.width, base), colour=EDGE)


def columns(rows: Sequence[Bar], width: float, *, colour: str = DARK) -> Block:
    """Upright bars for a course of time, such as the months of a year.

    Args:
        rows: from left to right, with short labels; a value below 0 is drawn as 0.
        width: of the chart in millimetres.
        colour: of the bars.
    """
    return Block((_Columns(tuple(rows), width, colour),), whole=True)


def _frame(words: Sequence[tuple[str, str]], fonts: Fonts, width: float) -> _Frame:
    """Room for the longest label and figure; what is left is the bar's."""
    label = max((_wide(one, fonts) for one, _ in words), default=0)
    text = max((_wide(one, fonts) for _, one in words), default=0)
    label = min(label, width * WIDEST_LABEL)
    return _Frame(label, width - label - text - 2 * GAP, width)


def _wide(text: str, fonts: Fonts) -> float:
    return fonts.width(text, WORDS.role, WORDS.size) / POINTS


def _cut(label: str, fonts: Fonts, room: float) -> str:
    """The label, its middle replaced by … where it is too long."""
    if _wide(label, fonts) <= room + 0.01:
        return label
    kept = len(label)
    while kept > 2:
        kept -= 1
        head, tail = label[: (kept + 1) // 2], label[-(kept // 2) :]
        if _wide(f"{head}…{tail}", fonts) <= room:
            return f"{head}…{tail}"
    return label[:1]
