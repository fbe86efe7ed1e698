"""How parts of forms lie on their sheet, and what moving and pulling them changes; millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from reports.kit.paper import POINTS, SHIFT

ASCENT, DESCENT = 0.88, 0.12
"""Of the size: how far Chinese letters reach above and below their base line."""
SMALLEST = 1.0
"""Millimetres: nothing is pulled smaller."""
EXACT = 2
"""Decimals of a millimetre that are kept."""

Point = tuple[float, float]
Changes = dict[str, Any]


class Rect(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From edge to edge."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def united(self, other: Rect) -> Rect:
        """The smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def shared(self, other: Rect) -> Rect:
        """What both cover; width or height are negative where they lie apart."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, point: Point, reach: float = 0) -> bool:
        """Whether a point lies in it, or nearer than ``reach``."""
        x, y = point
        return (
            self.left - reach <= x <= self.right + reach
            and self.top - reach <= y <= self.bottom + reach
        )

    def touches(self, other: Rect) -> bool:
        """Whether the two have a point in common."""
        shared = self.shared(other)
        return shared.width >= 0 and shared.height >= 0


class Shape(Protocol):
    """How a kind of part lies on the sheet. Parts are pydantic models with the attributes named."""

    def rect(self, part: Any) -> Rect:  # noqa: ANN401 - each shape knows its own parts
        """What it covers."""
        ...

    def anchor(self, part: Any) -> Point:  # noqa: ANN401
        """The point one measures on paper."""
        ...

    def moved(self, part: Any, right: float, down: float) -> Changes:  # noqa: ANN401
        """The attributes that differ after a move."""
        ...

    def marks(self, part: Any) -> tuple[Rect, ...]:  # noqa: ANN401
        """What it is divided into, such as rows and columns."""
        ...

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """The points by which it can be pulled, by names of compass points."""
        ...

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """The attributes that differ after a handle was pulled to a point."""
        ...


def exact(value: float) -> float:
    """A length as it is kept."""
    return round(value, EXACT)


def corners(rect: Rect) -> dict[str, Point]:
    """The eight points around a rectangle by compass."""
    x, y = rect.middle
    return {
        "nw": (rect.left, rect.top),
        "n": (x, rect.top),
        "ne": (rect.right, rect.top),
        "e": (rect.right, y),
        "se": (rect.right, rect.bottom),
        "s": (x, rect.bottom),
        "sw": (rect.left, rect.bottom),
        "w": (rect.left, y),
    }


def stretched(rect: Rect, handle: str, to: Point) -> Rect:
    """A rectangle after one of its eight points was pulled; never smaller than ``SMALLEST``."""
    left, top, right, bottom = rect
    x, y = to
    if "w" in handle:
        left = max(0.0, min(x, right - SMALLEST))
    if "e" in handle:
        right = max(x, left + SMALLEST)
    if "n" in handle:
        top = max(0.0, min(y, bottom - SMALLEST))
    if "s" in handle:
        bottom = max(y, top + SMALLEST)
    return Rect(left, top, right, bottom)


class _Plain:
    """Parts that are one piece."""

    def marks(self, part: Any) -> tuple[Rect, ...]:  # noqa: ANN401
        del part
        return ()


class _Placed(_Plain):
    """Parts with ``x`` and ``y``."""

    def anchor(self, part: Any) -> Point:  # noqa: ANN401
        return part.x, part.y

    def moved(self, part: Any, right: float, down: float) -> Changes:  # noqa: ANN401
        return {"x": exact(part.x + right), "y": exact(part.y + down)}


class BoxShape(_Placed):
    """Upper left corner, width and height."""

    def rect(self, part: Any) -> Rect:  # noqa: ANN401
        """The box."""
        return Rect(part.x, part.y, part.x + part.width, part.y + part.height)

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """All around."""
        return corners(self.rect(part))

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """Place and size."""
        rect = stretched(self.rect(part), handle, to)
        return {
            "x": exact(rect.left),
            "y": exact(rect.top),
            "width": exact(rect.width),
            "height": exact(rect.height),
        }


@dataclass(frozen=True, slots=True)
class SquareShape(_Placed):
    """A square or circle: a corner or the centre, and one length.

    Attributes:
        length: the attribute of its width and height.
        share: how much of it lies left of and above the place: 0 for a corner, 0.5 for a centre.
    """

    length: str = "size"
    share: float = 0.0

    def rect(self, part: Any) -> Rect:  # noqa: ANN401
        """The square around it."""
        length = getattr(part, self.length)
        left, top = part.x - length * self.share, part.y - length * self.share
        return Rect(left, top, left + length, top + length)

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """The four corners."""
        return {name: at for name, at in corners(self.rect(part)).items() if len(name) > 1}

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """The opposite corner stays."""
        rect = self.rect(part)
        pulled = stretched(rect, handle, to)
        length = max(pulled.width, pulled.height)
        left = rect.right - length if "w" in handle else rect.left
        top = rect.bottom - length if "n" in handle else rect.top
        return {
            "x": exact(max(0.0, left) + length * self.share),
            "y": exact(max(0.0, top) + length * self.share),
            self.length: exact(length),
        }


class LineShape(_Plain):
    """Two ends."""

    def rect(self, part: Any) -> Rect:  # noqa: ANN401
        """The rectangle between the ends."""
        (x1, y1), (x2, y2) = part.start, part.end
        return Rect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def anchor(self, part: Any) -> Point:  # noqa: ANN401
        """Its beginning."""
        return part.start

    def moved(self, part: Any, right: float, down: float) -> Changes:  # noqa: ANN401
        """Both ends."""
        return {
            name: (exact(x + right), exact(y + down))
            for name, (x, y) in (("start", part.start), ("end", part.end))
        }

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """The ends."""
        return {"start": part.start, "end": part.end}

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """One end; a line that is nearly straight is made straight."""
        fixed = part.end if handle == "start" else part.start
        x, y = max(0.0, to[0]), max(0.0, to[1])
        if abs(y - fixed[1]) < SMALLEST:
            y = fixed[1]
        elif abs(x - fixed[0]) < SMALLEST:
            x = fixed[0]
        return {handle: (exact(x), exact(y))}


class TextShape(_Placed):
    """A base line, a width, a size of letters and a number of lines."""

    def rect(self, part: Any) -> Rect:  # noqa: ANN401
        """From the top of its first line to the foot of the last there is room for."""
        em = part.size / POINTS
        left = part.x - part.width * SHIFT[part.align]
        more = (part.lines - 1) * part.leading
        first = part.y - (more / 2 if part.middle else 0)
        return Rect(left, first - ASCENT * em, left + part.width, first + more + DESCENT * em)

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """Left and right; below where it may have several lines."""
        found = corners(self.rect(part))
        return {name: found[name] for name in (("w", "e", "s") if part.leading else ("w", "e"))}

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """The width, or how many lines there is room for."""
        if handle == "s":
            room = to[1] - part.y - DESCENT * part.size / POINTS
            room *= 2 if part.middle else 1
            return {"lines": min(60, max(1, round(room / part.leading) + 1))}
        rect = stretched(self.rect(part), handle, to)
        x = rect.left + rect.width * SHIFT[part.align]
        return {"x": exact(x), "width": exact(rect.width)}


class RowsShape:
    """Rows of a register page under each other, each cut into the same columns."""

    def rect(self, part: Any) -> Rect:  # noqa: ANN401
        """From the top of the first row to the foot of the last, over all columns."""
        spans = [self._span(one) for one in part.columns] or [(0.0, SMALLEST)]
        top, _ = self._row(part, 1)
        _, bottom = self._row(part, part.count)
        return Rect(min(left for left, _ in spans), top, max(right for _, right in spans), bottom)

    def anchor(self, part: Any) -> Point:  # noqa: ANN401
        """Where the base line of the first row begins."""
        return self.rect(part).left, part.first_y

    def moved(self, part: Any, right: float, down: float) -> Changes:  # noqa: ANN401
        """The first base line and every column."""
        columns = tuple(one.model_copy(update={"x": exact(one.x + right)}) for one in part.columns)
        return {"first_y": exact(part.first_y + down), "columns": columns}

    def marks(self, part: Any) -> tuple[Rect, ...]:  # noqa: ANN401
        """The cells, row by row."""
        return tuple(
            Rect(left, top, right, bottom)
            for top, bottom in (self._row(part, line) for line in range(1, part.count + 1))
            for left, right in (self._span(one) for one in part.columns)
        )

    def handles(self, part: Any) -> dict[str, Point]:  # noqa: ANN401
        """The sides of each column at the first row; below, the last base line."""
        found: dict[str, Point] = {}
        for number, one in enumerate(part.columns):
            left, right = self._span(one)
            found[f"w{number}"], found[f"e{number}"] = (left, part.first_y), (right, part.first_y)
        if part.count > 1:
            found["s"] = self.rect(part).middle[0], part.y_of(part.count)
        return found

    def pulled(self, part: Any, handle: str, to: Point) -> Changes:  # noqa: ANN401
        """The width of a column, or how far the rows lie apart."""
        if handle == "s":
            return {"pitch": exact(max(SMALLEST, (to[1] - part.first_y) / (part.count - 1)))}
        number = int(handle[1:])
        one = part.columns[number]
        left, right = self._span(one)
        rect = stretched(Rect(left, 0, right, SMALLEST), handle[0], to)
        x = exact(rect.left + rect.width * SHIFT[one.align])
        columns = list(part.columns)
        columns[number] = one.model_copy(update={"x": x, "width": exact(rect.width)})
        return {"columns": tuple(columns)}

    @staticmethod
    def _span(column: Any) -> tuple[float, float]:  # noqa: ANN401
        left = column.x - column.width * SHIFT[column.align]
        return left, left + column.width

    @staticmethod
    def _row(part: Any, line: int) -> tuple[float, float]:  # noqa: ANN401
        em = max((one.size for one in part.columns), default=1) / POINTS
        more = max(((one.lines - 1) * one.leading for one in part.columns), default=0) / 2
        y = part.y_of(line)
        return y - more - ASCENT * em, y + more + DESCENT * em
