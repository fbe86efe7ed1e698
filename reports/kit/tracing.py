"""The outline of a black-and-white picture as polygons, fine enough for print."""

from __future__ import annotations

from collections import defaultdict
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Point = tuple[float, float]
Corner = tuple[int, int]
Steps = dict[Corner, list[Corner]]

SLACK = 0.55
"""How far, in dots, a polygon may leave the staircase it stands for: less than its steps."""


def polygons(rows: list[bytes], slack: float = SLACK) -> list[list[Point]]:
    """The borders of the ink, with the ink at the right hand of each.

    Args:
        rows: the picture from its top, one byte a dot: 1 ink, 0 paper.
        slack: how far a line may be from the border, in dots.

    Returns:
        Closed polygons in dots from the upper left corner; inner borders run the other way round.
    """
    steps = _steps(rows)
    return [slim for loop in _loops(steps) if len(slim := _simplified(_middles(loop), slack)) > 2]


def _steps(rows: list[bytes]) -> Steps:
    """The edges between ink and paper, from corner to corner of dots."""
    width = len(rows[0])
    blank = bytes(width)
    steps: Steps = defaultdict(list)
    for y, (above, below) in enumerate(zip([blank, *rows], [*rows, blank], strict=True)):
        for x in _differences(above, below):
            start, end = (x, y), (x + 1, y)
            if below[x]:
                steps[start].append(end)
            else:
                steps[end].append(start)
    for y, row in enumerate(rows):
        for x in _differences(b"\0" + row, row + b"\0"):
            start, end = (x, y), (x, y + 1)
            if x < width and row[x]:
                steps[end].append(start)
            else:
                steps[start].append(end)
    return steps


def _differences(one: bytes, other: bytes) -> Iterator[int]:
    """Where two rows of dots differ; whole rows at once, for most dots do not."""
    found = (int.from_bytes(one) ^ int.from_bytes(other)).to_bytes(len(one))
    at = found.find(1)
    while at >= 0:
        yield at
        at = found.find(1, at + 1)


def _loops(steps: Steps) -> Iterator[list[Corner]]:
    """The edges joined to closed ways."""
    while steps:
        start = at = next(iter(steps))
        loop: list[Corner] = []
        while True:
            loop.append(at)
            ways = steps[at]
            following = ways.pop()
            if not ways:
                del steps[at]
            at = following
            if at == start:
                break
        yield loop


def _middles(loop: list[Corner]) -> list[Point]:
    """The middles of the edges: a slope's staircase becomes a straight line."""
    ends = [*loop[1:], loop[0]]
    return [((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in zip(loop, ends, strict=True)]


def _simplified(points: list[Point], slack: float) -> list[Point]:
    """The polygon without the points that lie within ``slack`` of the line through the others.

    After Ramer, Douglas and Peucker; the loop is opened at its first point and the one farthest
    from it.
    """
    first = points[0]
    far = max(range(len(points)), key=lambda at: _apart(points[at], first))
    ring = [*points, first]
    kept = {0, far}
    open_ends = [(0, far), (far, len(ring) - 1)]
    while open_ends:
        start, end = open_ends.pop()
        off, at = _farthest(ring, start, end)
        if off > slack:
            kept.add(at)
            open_ends += [(start, at), (at, end)]
    return [ring[at] for at in sorted(kept)]


def _farthest(ring: list[Point], start: int, end: int) -> tuple[float, int]:
    """How far the point between two others is from their line that is farthest, and its place."""
    (x, y), (u, v) = ring[start], ring[end]
    across, down = u - x, v - y
    length = hypot(across, down) or 1.0
    best, place = -1.0, start
    for at in range(start + 1, end):
        one = ring[at]
        off = abs(across * (one[1] - y) - down * (one[0] - x)) / length
        if off > best:
            best, place = off, at
    return best, place


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
