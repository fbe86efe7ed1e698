"""Drawn backgrounds of certificates: lines, the 回纹 band, the place of the seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit.forms import FrameKind
from reports.kit.paper import POINTS, Align, Pen, Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.kit.forms import FormFrame, SealArea
    from reports.kit.paper import Paper

Point = tuple[float, float]

COIL: tuple[Point, ...] = (
    (0, 6),
    (0, 0),
    (6, 0),
    (6, 6),
    (1.5, 6),
    (1.5, 1.5),
    (4.5, 1.5),
    (4.5, 4.5),
    (3, 4.5),
    (3, 3),
)
"""One 回 of the band as a line on a square of 6 by 6."""

COIL_SIDE = 6
COIL_SHARE = 0.62  # of the band's breadth
PITCH = 1.18  # of the coil: from one to the next
HEAVY, FINE, HAIR = 0.9, 0.3, 0.25  # millimetres


def draw(paper: Paper, size: Size, frame: FormFrame) -> None:
    """Draw the background of a sheet."""
    if frame.kind is FrameKind.NONE:
        return
    _lines(paper, size, frame)
    if frame.kind is FrameKind.MEANDER:
        _band(paper, size, frame)


def _lines(paper: Paper, size: Size, frame: FormFrame) -> None:
    """Around the band a heavy line with a fine one outside, inside it a fine pair."""
    inner = frame.margin + frame.band
    _rectangle(paper, size, frame.margin - 1.4, FINE, frame.colour)
    _rectangle(paper, size, frame.margin, HEAVY, frame.colour)
    _rectangle(paper, size, inner, FINE, frame.colour)
    _rectangle(paper, size, inner + 1.1, HAIR, frame.accent)


def _rectangle(paper: Paper, size: Size, inset: float, thickness: float, colour: str) -> None:
    inside = Size(size.width - 2 * inset, size.height - 2 * inset)
    paper.frame((inset, inset), inside, thickness=thickness, colour=colour)


def _band(paper: Paper, size: Size, frame: FormFrame) -> None:
    """Coils all the way round, evenly spaced, one in each corner, every second mirrored."""
    coil = frame.band * COIL_SHARE
    inset = frame.margin + frame.band / 2  # the middle of the band
    for number, centre in enumerate(_around(size, inset, coil * PITCH)):
        points = [_on_coil(point, centre, coil, mirrored=number % 2 == 1) for point in COIL]
        paper.path(points, thickness=coil / 12, colour=frame.accent)


def _around(size: Size, inset: float, pitch: float) -> Iterator[Point]:
    """The middles of the coils, clockwise from the upper left corner."""
    right, bottom = size.width - inset, size.height - inset
    across = _even((right - inset) / pitch)
    down = _even((bottom - inset) / pitch)
    for step in range(across):
        yield inset + (right - inset) * step / across, inset
    for step in range(down):
        yield right, inset + (bottom - inset) * step / down
    for step in range(across):
        yield right - (right - inset) * step / across, bottom
    for step in range(down):
        yield inset, bottom - (bottom - inset) * step / down


def _even(number: float) -> int:
    """The even number nearest, so that mirrored coils alternate all the way round."""
    return 2 * round(number / 2)


def _on_coil(point: Point, centre: Point, coil: float, *, mirrored: bool) -> Point:
    scale = coil / COIL_SIDE
    x = (COIL_SIDE - point[0] if mirrored else point[0]) - COIL_SIDE / 2
    return centre[0] + x * scale, centre[1] + (point[1] - COIL_SIDE / 2) * scale


def draw_seal(paper: Paper, seal: SealArea) -> None:
    """Draw the ring that shows where the seal goes."""
    paper.ring((seal.x, seal.y), seal.diameter / 2, thickness=HAIR, colour=seal.colour)
    if seal.text:
        pen = Pen(size=9, colour=seal.colour, tracking=3)
        paper.text(seal.x, seal.y + 9 * 0.35 / POINTS, seal.text, pen, align=Align.CENTER)
