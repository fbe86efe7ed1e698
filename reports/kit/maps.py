"""A map-like picture as a piece of a flow: dots with numbers and names, lines between them.

Dots of two kinds differ in form and in darkness, so that a black and white print says the same;
a line is the thicker the more it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.map_places import Field, labelled, mapped, ringed
from reports.kit.paper import POINTS, Align, Pen, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.fonts import Fonts
    from reports.kit.map_places import Point
    from reports.kit.paper import Paper

INNER, OUTER, LINE, EDGE = "#2F5D8C", "#F0B64A", "#8FA9C4", "#C9D1DA"
RADIUS = 2.3  # millimetres
APART = 2 * RADIUS + 0.8
NUMBER = Pen(Role.HEI, 7, "#FFFFFF")
DARK_NUMBER = Pen(Role.HEI, 7)
NAME = Pen(Role.SONG, 8)
LEGEND = Pen(Role.SONG, 9)
HIGH = 3.2  # of a name
FOOT = 7.0
THINNEST, THICKER, THICKEST = 0.25, 0.25, 2.2


@dataclass(frozen=True, slots=True)
class Dot:
    """One place of the picture.

    Attributes:
        key: what links name it by.
        name: beside it, where there is room.
        inner: of which kind: town schools are the inner ones.
        at: longitude and latitude, None where not known.
    """

    key: str
    name: str
    inner: bool
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two dots; ``weight`` is what it stands for."""

    start: str
    end: str
    weight: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole picture.

    Attributes:
        dots: numbered in this order from 1.
        links: between them.
        inner, outer, link: what the legend says of dots and lines.
    """

    dots: tuple[Dot, ...]
    links: tuple[Link, ...]
    inner: str
    outer: str
    link: str

    @property
    def placed(self) -> bool:
        """Whether every dot stands where it is in the world."""
        return bool(self.dots) and all(one.at is not None for one in self.dots)


@dataclass(frozen=True, slots=True)
class _Map:
    """The picture as a piece; points are known when it is made."""

    picture: Picture
    points: dict[str, Point]
    names: dict[str, Point]
    field: Field
    height: float

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Frame, lines, dots with their numbers, names, legend."""
        field = self.field
        paper.frame((x, y), Size(field.width, field.height), thickness=0.15, colour=EDGE)
        for link in self.picture.links:
            (a, b), (c, d) = self.points[link.start], self.points[link.end]
            thick = min(THICKEST, THINNEST + THICKER * (link.weight - 1))
            paper.line((x + a, y + b), (x + c, y + d), thickness=thick, colour=LINE)
        for number, dot in enumerate(self.picture.dots, start=1):
            left, top = self.points[dot.key]
            _draw_dot(paper, (x + left, y + top), number, inner=dot.inner)
            corner = self.names.get(dot.key)
            if corner is not None:
                at = (x + corner[0], y + corner[1])
                paper.fill(*at, paper.width(dot.name, NAME), HIGH, "#FFFFFF")
                paper.text(at[0], at[1] + HIGH * 0.8, dot.name, NAME)
        self._legend(paper, x, y + field.height + FOOT / 2)

    def _legend(self, paper: Paper, x: float, middle: float) -> None:
        base = middle + LEGEND.size * 0.36 / POINTS
        at = x + RADIUS
        for words, inner in ((self.picture.inner, True), (self.picture.outer, False)):
            _shape(paper, (at, middle), RADIUS * 0.8, inner=inner)
            paper.text(at + RADIUS + 1, base, words, LEGEND)
            at += RADIUS + 1 + paper.width(words, LEGEND) + 8
        paper.line((at, middle), (at + 8, middle), thickness=1, colour=LINE)
        paper.text(at + 9.5, base, self.picture.link, LEGEND)


def picture_block(picture: Picture, fonts: Fonts, width: float, height: float) -> Block:
    """A picture with its legend, in one piece.

    Args:
        picture: what it shows.
        fonts: to measure the names with.
        width: of the framed part, in millimetres.
        height: of the framed part, in millimetres.
    """
    field = Field(width, height, APART, APART)
    if picture.placed:
        points = mapped({one.key: one.at for one in picture.dots if one.at}, field)
    else:
        inner = [one.key for one in picture.dots if one.inner]
        points = ringed(inner, [one.key for one in picture.dots if not one.inner], field)
    widths = {
        one.key: fonts.width(one.name, NAME.role, NAME.size) / POINTS + 0.4 for one in picture.dots
    }
    names = labelled(points, widths, HIGH, field)
    return Block((_Map(picture, points, names, field, height + FOOT),), whole=True)


def _draw_dot(paper: Paper, centre: tuple[float, float], number: int, *, inner: bool) -> None:
    _shape(paper, centre, RADIUS, inner=inner)
    pen = NUMBER if inner else DARK_NUMBER
    base = centre[1] + pen.size * 0.36 / POINTS
    paper.text(centre[0], base, str(number), pen, align=Align.CENTER)


def _shape(paper: Paper, centre: tuple[float, float], radius: float, *, inner: bool) -> None:
    """A full circle, or a full square with an edge."""
    if inner:
        paper.ring(centre, radius / 2, thickness=radius, colour=INNER)
        return
    side = radius * 1.8
    corner = (centre[0] - side / 2, centre[1] - side / 2)
    paper.fill(*corner, side, side, OUTER)
    paper.frame(corner, Size(side, side), thickness=0.15, colour="#8A6A1A")


def numbered(picture: Picture) -> Sequence[tuple[int, Dot]]:
    """The dots with their numbers, for the list below the picture."""
    return tuple(enumerate(picture.dots, start=1))
