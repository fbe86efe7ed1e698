"""A matrix as a block of a flow: cells whose state is seen at once, their figures inside.

A hole is dark with white letters, what is there is white, what does not concern anybody is grey:
the shades say the same on a black and white print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.kit.breaking import break_lines
from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.paper import POINTS, Align, Pen
from reports.kit.setting import BASE_LINE
from reports.kit.table import GRID, HEAD_FILL, SECTION_FILL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

BODY, HEAD = Pen(Role.SONG, 9), Pen(Role.HEI, 9)
LEADING = 1.35 * BODY.size / POINTS
PAD = 1.1  # millimetres above and below the lines of a cell, and left and right of them
LABEL = 26.0  # millimetres of the column of row titles


class Tone(StrEnum):
    """What a cell says at a glance."""

    PLAIN = "plain"  # it is there
    HOLE = "hole"  # it is missing
    NONE = "none"  # it concerns nobody


FILLS = {Tone.HOLE: "#9C2B2B", Tone.NONE: "#F1F2F4"}
WHITE = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell: its words, and what it says at a glance."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class _Look:
    """Widths of the columns in millimetres, the label's first."""

    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: for each cell its lines and tone."""

    look: _Look
    cells: tuple[tuple[tuple[str, ...], Tone], ...]
    head: bool = False

    @property
    def height(self) -> float:
        """By the cell with the most lines."""
        return max(len(lines) for lines, _ in self.cells) * LEADING + 2 * PAD

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Fill, text, then the grid over it."""
        left = x
        for place, (width, (lines, tone)) in enumerate(
            zip(self.look.widths, self.cells, strict=True)
        ):
            label = place == 0 or self.head
            fill = HEAD_FILL if self.head else SECTION_FILL if label else FILLS.get(tone)
            if fill:
                paper.fill(x, y, width, self.height, fill)
            pen = HEAD if label or tone is Tone.HOLE else BODY
            if tone is Tone.HOLE and not label:
                pen = replace(pen, colour=WHITE)
            top = y + (self.height - len(lines) * LEADING) / 2
            for number, line in enumerate(lines):
                base = top + (number + BASE_LINE) * LEADING
                paper.text(x + width / 2, base, line, pen, align=Align.CENTER)
            x += width
        paper.cells((left, y), self.look.widths, self.height, GRID)


def matrix(
    titles: Sequence[str],
    rows: Sequence[tuple[str, Sequence[MatrixCell]]],
    fonts: Fonts,
    width: float,
) -> Block:
    """A matrix as wide as ``width`` millimetres, its head repeated on every page.

    Args:
        titles: of the column of row titles, and of each column.
        rows: title and cells of each row.
        fonts: to measure with.
        width: of the matrix.
    """
    share = (width - LABEL) / max(1, len(titles) - 1)
    look = _Look((LABEL, *[share] * (len(titles) - 1)))

    def line(texts: Sequence[tuple[str, Tone]], *, head: bool = False) -> _Line:
        cells = tuple(
            (_lines(text, fonts, one), tone)
            for (text, tone), one in zip(texts, look.widths, strict=True)
        )
        return _Line(look, cells, head)

    return Block(
        tuple(
            line([(title, Tone.PLAIN), *((one.text, one.tone) for one in cells)])
            for title, cells in rows
        ),
        head=line([(title, Tone.PLAIN) for title in titles], head=True),
    )


def _lines(text: str, fonts: Fonts, width: float) -> tuple[str, ...]:
    found: list[str] = []
    room = (width - 2 * PAD) * POINTS
    for part in text.split("\n"):
        advances = fonts.advances(part, HEAD.role, HEAD.size)
        found += [part[one.start : one.end] for one in break_lines(part, advances, room)] or [""]
    return tuple(found)
