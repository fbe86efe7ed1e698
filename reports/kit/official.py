"""The page of official papers (GB/T 9704-2012): its measures, and text set on its grid.

A page holds 22 lines of 28 characters. 28 characters of 3 号 (16 points) are 2 mm wider than the
版心 of 156 mm, so every character is followed by a little less than nothing (-0.2 points); the type
keeps its size and no line breaks at 27.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.kit.breaking import break_lines
from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.paper import POINTS, Align, Pen, Size
from resources import path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.breaking import Line
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

STANDARD = "official/gbt9704.toml"
ASCENT = 0.86  # of the size: how far a Chinese character reaches above its base line
MIDDLE = 0.37  # of the size: how far its middle stands above it


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """The sheet, the 版心 on it in millimetres, and its grid."""

    width: float
    height: float
    top: float
    left: float
    text_width: float
    text_height: float
    lines: int
    characters: int

    @property
    def pitch(self) -> float:
        """From one line to the next, in millimetres."""
        return self.text_height / self.lines

    @property
    def character(self) -> float:
        """From one character to the next, in millimetres."""
        return self.text_width / self.characters

    @property
    def bottom(self) -> float:
        """The lower edge of the 版心 from the upper edge of the sheet."""
        return self.top + self.text_height

    @property
    def right(self) -> float:
        """The right edge of the 版心 from the left edge of the sheet."""
        return self.left + self.text_width


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes of type in points."""

    body: float
    title: float
    small: float


@dataclass(frozen=True, slots=True)
class HeadMeasures:
    """The red head: mark, number, line; lengths from the upper edge of the 版心."""

    mark_top: float
    mark_largest: float
    mark_smallest: float
    mark_width: float
    blank_lines: float
    number_gap: float
    rule: float
    after_lines: float
    red: str


@dataclass(frozen=True, slots=True)
class SignatureMeasures:
    """Where office and day stand at the end, in characters and lines."""

    sealed_indent: float
    plain_indent: float
    blank_lines: int


@dataclass(frozen=True, slots=True)
class ImprintMeasures:
    """The lines of the 版记 and the text between them."""

    thick: float
    thin: float
    indent: float
    leading: float


@dataclass(frozen=True, slots=True)
class NumberMeasures:
    """Where the page number stands."""

    below: float
    indent: float


@dataclass(frozen=True, slots=True)
class Geometry:
    """All measures of the standard, read from data."""

    page: PageMeasures
    type: TypeSizes
    head: HeadMeasures
    signature: SignatureMeasures
    imprint: ImprintMeasures
    number: NumberMeasures

    @property
    def sheet(self) -> Size:
        """The sheet of paper."""
        return Size(self.page.width, self.page.height)

    def pen(self, role: Role = Role.FANG) -> Pen:
        """How running text is written, so that a line holds its number of characters."""
        tracking = self.page.character * POINTS - self.type.body
        return Pen(role, self.type.body, tracking=tracking)


def read_geometry(name: str = STANDARD) -> Geometry:
    """The measures that stand in a file of the resources; a wrong or missing one is a bug."""
    raw = tomllib.loads(path(name).read_text(encoding="utf-8"))
    return Geometry(
        page=PageMeasures(**raw["page"]),
        type=TypeSizes(**raw["type"]),
        head=HeadMeasures(**raw["head"]),
        signature=SignatureMeasures(**raw["signature"]),
        imprint=ImprintMeasures(**raw["imprint"]),
        number=NumberMeasures(**raw["number"]),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph in one typeface."""

    text: str
    role: Role = Role.FANG


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line on the grid.

    Attributes:
        spans: its text.
        pen: size, colour and tracking; the typeface comes from the spans.
        height: of the line in millimetres.
        x: where it stands to the left margin, by ``align``.
        align: what ``x`` means.
    """

    spans: tuple[Span, ...]
    pen: Pen
    height: float
    x: float = 0.0
    align: Align = Align.LEFT

    @property
    def text(self) -> str:
        """The words of the line."""
        return "".join(one.text for one in self.spans)

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Write the spans one after another, in the middle of the line's height."""
        base = y + self.height / 2 + MIDDLE * self.pen.size / POINTS
        if self.align is not Align.LEFT:
            pen = replace(self.pen, role=self.spans[0].role)
            paper.text(x + self.x, base, self.text, pen, align=self.align)
            return
        at = x + self.x
        for span in self.spans:
            pen = replace(self.pen, role=span.role)
            paper.text(at, base, span.text, pen)
            at += paper.width(span.text, pen) + pen.tracking / POINTS


@dataclass(frozen=True, slots=True)
class Indent:
    """How far lines begin inside the 版心, in characters: the first one and the others."""

    first: float = 2
    rest: float = 0
    right: float = 0


def paragraph(
    spans: Sequence[Span],
    geometry: Geometry,
    fonts: Fonts,
    indent: Indent | None = None,
    *,
    bound: bool = False,
) -> Block:
    """A paragraph on the grid.

    Args:
        spans: its text, without line ends.
        geometry: the measures of the page.
        fonts: to measure with.
        indent: two characters for the first line where left out.
        bound: whether it must not be parted from what follows.
    """
    lines = tuple(set_lines(spans, geometry, fonts, indent or Indent()))
    return Block(lines, bound=frozenset(range(len(lines))) if bound else frozenset())


def set_lines(
    spans: Sequence[Span],
    geometry: Geometry,
    fonts: Fonts,
    indent: Indent,
    small: Pen | None = None,
) -> list[GridLine]:
    """A paragraph as lines; ``small`` sets it in a size of its own, its indents in its own ems."""
    pen = small or geometry.pen()
    em = small.size / POINTS if small else geometry.page.character
    height = small.size * geometry.imprint.leading / POINTS if small else geometry.page.pitch
    text = "".join(one.text for one in spans)
    advances = _advances(spans, pen, fonts)
    width = geometry.page.text_width - (indent.rest + indent.right) * em
    lines = break_lines(text, advances, width + 0.01, indent=(indent.first - indent.rest) * em)
    found: list[GridLine] = []
    for number, line in enumerate(lines):
        start = indent.rest if number else indent.first
        room = geometry.page.text_width - (start + indent.right) * em
        tracking = pen.tracking + _extra(line, advances, room) * POINTS
        cut = _between(spans, line.start, line.end)
        found.append(GridLine(cut, replace(pen, tracking=tracking), height, start * em))
    return found


def _advances(spans: Sequence[Span], pen: Pen, fonts: Fonts) -> list[float]:
    """The way from each character to the next, in millimetres."""
    return [
        (value + pen.tracking) / POINTS
        for span in spans
        for value in fonts.advances(span.text, span.role, pen.size)
    ]


FULLEST = 0.25  # of a character: the widest extra space when a line is filled


def _extra(line: Line, advances: Sequence[float], room: float) -> float:
    """What each gap of a line is wider, so that it ends at the margin; 0 for a last line."""
    gaps = line.end - line.start - 1
    lacking = room - sum(advances[line.start : line.end])
    if line.last or gaps < 1 or lacking <= 0:
        return 0.0
    extra = lacking / gaps
    return extra if extra <= FULLEST * max(advances[line.start : line.end]) else 0.0


def _between(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """What of the spans stands between two places of their common text."""
    found: list[Span] = []
    at = 0
    for span in spans:
        text = span.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(Span(text, span.role))
        at += len(span.text)
    return tuple(found)


def centred(text: str, geometry: Geometry, role: Role, size: float) -> GridLine:
    """A line in the middle of the 版心, as high as a line of the grid."""
    middle = geometry.page.text_width / 2
    return GridLine((Span(text, role),), Pen(role, size), geometry.page.pitch, middle, Align.CENTER)
