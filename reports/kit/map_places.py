"""Where the dots of a map-like picture stand, and which of their names find room: pure geometry.

Places that are known are kept in their proportions; dots too near each other are pushed apart.
Where places are not known, the dots of the inner group stand on a small ring and the others on
an ellipse around it, neighbours in the order given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

ROUNDS = 300
INNER, OUTER = 0.42, 0.94  # of half the room: where the two rings are
EVEN = 1e-6


@dataclass(frozen=True, slots=True)
class Field:
    """The room for the picture.

    Attributes:
        width, height: in millimetres.
        edge: kept free around the dots.
        apart: the least distance between two dots.
    """

    width: float
    height: float
    edge: float
    apart: float


def mapped(places: Mapping[str, Point], field: Field) -> dict[str, Point]:
    """Points for places given as longitude and latitude, north above, none nearer than allowed."""
    if not places:
        return {}
    middle = sum(north for _, north in places.values()) / len(places)
    shrink = cos(radians(middle))
    flat = {key: (east * shrink, -north) for key, (east, north) in places.items()}
    left, top = (min(axis) for axis in zip(*flat.values(), strict=True))
    right, bottom = (max(axis) for axis in zip(*flat.values(), strict=True))
    room = (field.width - 2 * field.edge, field.height - 2 * field.edge)
    scale = min(_ratio(room[0], right - left), _ratio(room[1], bottom - top))
    shift = (
        (field.width - (right - left) * scale) / 2 - left * scale,
        (field.height - (bottom - top) * scale) / 2 - top * scale,
    )
    points = {key: (x * scale + shift[0], y * scale + shift[1]) for key, (x, y) in flat.items()}
    return _apart(points, field)


def ringed(inner: Sequence[str], outer: Sequence[str], field: Field) -> dict[str, Point]:
    """Points for dots whose places are not known: one group within the other."""
    points = {**_ring(outer, field, OUTER), **_ring(inner, field, INNER if len(inner) > 1 else 0)}
    return _apart(points, field)


def labelled(
    points: Mapping[str, Point], widths: Mapping[str, float], height: float, field: Field
) -> dict[str, Point]:
    """Upper left corners for the names that find room beside their dots; the others fall out.

    Args:
        points: of the dots.
        widths: of the names.
        height: of a name.
        field: the room; no name stands over another, over a dot or out of it.
    """
    radius = field.apart / 2
    dots = [(x - radius, y - radius, x + radius, y + radius) for x, y in points.values()]
    taken: list[Box] = []
    found: dict[str, Point] = {}
    for key, (x, y) in points.items():
        width = widths.get(key, 0.0)
        for left, top in _beside(x, y, width, height, radius + 0.6):
            box = (left, top, left + width, top + height)
            if _inside(box, field) and not any(_meet(box, other) for other in [*dots, *taken]):
                taken.append(box)
                found[key] = (left, top)
                break
    return found


def _beside(x: float, y: float, width: float, height: float, off: float) -> list[Point]:
    """Corners to try: right, left, below, above, then the four slanting ones."""
    right, left, middle = x + off, x - off - width, x - width / 2
    level, below, above = y - height / 2, y + off, y - off - height
    return [
        (right, level), (left, level), (middle, below), (middle, above),
        (right, below), (right, above), (left, below), (left, above),
    ]  # fmt: skip


def _inside(box: Box, field: Field) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= field.width and box[3] <= field.height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _ratio(room: float, span: float) -> float:
    """The scale at which a span fills the room; a span of nothing sets no limit but a plain one."""
    return room / span if span > EVEN else room


def _ring(keys: Sequence[str], field: Field, share: float) -> dict[str, Point]:
    """Evenly around the middle, the first at the top, clockwise."""
    across, down = field.width / 2 - field.edge, field.height / 2 - field.edge
    return {
        key: (
            field.width / 2 + share * across * sin(2 * pi * place / len(keys)),
            field.height / 2 - share * down * cos(2 * pi * place / len(keys)),
        )
        for place, key in enumerate(keys)
    }


def _apart(points: Mapping[str, Point], field: Field) -> dict[str, Point]:
    """The same points pushed apart until none is too near another, or there is no room for it."""
    keys = list(points)
    found = [_kept(point, field) for point in points.values()]
    for _ in range(ROUNDS):
        moved = False
        for one in range(len(found)):
            for other in range(one + 1, len(found)):
                moved |= _push(found, one, other, field)
        if not moved:
            break
    return dict(zip(keys, found, strict=True))


def _push(found: list[Point], one: int, other: int, field: Field) -> bool:
    """Move two points from each other where they are too near; whether they were."""
    (x, y), (u, v) = found[one], found[other]
    far = hypot(u - x, v - y)
    lack = field.apart - far
    if lack <= EVEN:
        return False
    if far > EVEN:
        step = ((u - x) / far, (v - y) / far)
    else:  # the same place: each pair its own direction, always the same one
        turn = 2.4 * (one + other)
        step = (cos(turn), sin(turn))
    half = lack / 2 + EVEN
    found[one] = _kept((x - step[0] * half, y - step[1] * half), field)
    found[other] = _kept((u + step[0] * half, v + step[1] * half), field)
    return True


def _kept(point: Point, field: Field) -> Point:
    """The point within the room."""
    return (
        min(max(point[0], field.edge), field.width - field.edge),
        min(max(point[1], field.edge), field.height - field.edge),
    )
