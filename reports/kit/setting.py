"""Paragraphs set into lines: measured once, drawn wherever the page wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.breaking import break_lines, spread
from reports.kit.flow import Block, Gap
from reports.kit.paper import POINTS, Align, Pen

if TYPE_CHECKING:
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

BASE_LINE = 0.80  # of the leading: where the letters stand in their line
FULLEST = 0.12  # of the size: the widest extra space when a line is filled


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text in a flow.

    Attributes:
        text: the words.
        pen: how they are written.
        height: the leading in millimetres.
        x: where the line stands to the left margin, by ``align``.
        align: what ``x`` means.
    """

    text: str
    pen: Pen
    height: float
    x: float = 0.0
    align: Align = Align.LEFT

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Write the line."""
        paper.text(x + self.x, y + self.height * BASE_LINE, self.text, self.pen, align=self.align)


def leading(pen: Pen, factor: float = 1.5) -> float:
    """The height of a line written with ``pen``, in millimetres."""
    return pen.size * factor / POINTS


def wrapped(
    text: str, pen: Pen, fonts: Fonts, width: float, *, indent: float = 0
) -> list[TextLine]:
    """A paragraph as lines of at most ``width`` millimetres.

    Args:
        text: the paragraph, without line ends.
        pen: how it is written.
        fonts: to measure with.
        width: of a line in millimetres.
        indent: of the first line, in characters.
    """
    advances = [value / POINTS for value in fonts.advances(text, pen.role, pen.size)]
    first = indent * pen.size / POINTS
    lines = break_lines(text, advances, width, indent=first)
    return [
        TextLine(
            text[line.start : line.end],
            _filling(pen, spread(line, width - (0 if at else first), most=FULLEST * pen.size)),
            leading(pen),
            0 if at else first,
        )
        for at, line in enumerate(lines)
    ]


def _filling(pen: Pen, millimetres: float) -> Pen:
    return Pen(pen.role, pen.size, pen.colour, millimetres * POINTS) if millimetres else pen


def paragraph(
    text: str, pen: Pen, fonts: Fonts, width: float, *, indent: float = 2, bound: bool = False
) -> Block:
    """A paragraph of running text with its first line indented, as a block.

    ``bound`` keeps it on one page with the beginning of what follows.
    """
    lines = tuple(wrapped(text, pen, fonts, width, indent=indent))
    return Block(lines, bound=frozenset(range(len(lines))) if bound else frozenset())


def heading(text: str, pen: Pen, *, before: float = 4, after: float = 1.5) -> Block:
    """A heading that stays with what follows it; ``before`` and ``after`` in millimetres."""
    pieces = (Gap(before), TextLine(text, pen, leading(pen)), Gap(after))
    return Block(pieces, bound=frozenset(range(len(pieces))))


def centred(text: str, pen: Pen, width: float) -> TextLine:
    """A line in the middle of ``width`` millimetres."""
    return TextLine(text, pen, leading(pen), width / 2, Align.CENTER)


@dataclass(frozen=True, slots=True)
class Signatures:
    """Labels with a line to sign on, side by side.

    Attributes:
        labels: ``主抽人``.
        width: of them all together, in millimetres.
        height: of the row.
    """

    labels: tuple[str, ...]
    width: float
    height: float = 14

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Write the labels, each followed by its line."""
        share = self.width / len(self.labels)
        base = y + self.height - 3
        for label in self.labels:
            words = f"{label}："
            paper.text(x, base, words, SIGNING)
            start = x + paper.width(words, SIGNING) + 1
            paper.line((start, base + 1), (x + share - 6, base + 1))
            x += share


SIGNING = Pen(size=10.5)
