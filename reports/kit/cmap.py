"""Which characters a font file has a glyph for, read from its table without loading the font.

Layout: OpenType specification 1.9, "cmap", formats 4 and 12. It lets every font of a computer be
asked for one rare character; loading them all to ask would take minutes.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reports.kit import sfnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.kit.sfnt import Face

FULL = ((3, 10), (0, 6), (0, 4))
"""The tables (platform, encoding) that hold characters of all planes."""

BASIC = ((3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""The tables for characters up to U+FFFF only."""


class Stretch(NamedTuple):
    """Code points from ``first`` to ``last``, both included."""

    first: int
    last: int


class Charset:
    """A set of code points as stretches: small, and quick to ask and to count."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Join stretches given in any order."""
        self.stretches = tuple(_joined(sorted(Stretch(*one) for one in stretches)))
        self._firsts = [one.first for one in self.stretches]

    def __contains__(self, code: int) -> bool:
        at = bisect_right(self._firsts, code)
        return at > 0 and code <= self.stretches[at - 1].last

    def __len__(self) -> int:
        return sum(one.last - one.first + 1 for one in self.stretches)

    def __or__(self, other: Charset) -> Charset:
        return Charset([*self.stretches, *other.stretches])

    def __and__(self, other: Charset) -> Charset:
        return Charset(
            (max(mine.first, its.first), min(mine.last, its.last))
            for mine in self.stretches
            for its in other._touching(mine)
        )

    def _touching(self, wanted: Stretch) -> Iterator[Stretch]:
        start = max(bisect_right(self._firsts, wanted.first) - 1, 0)
        for at in range(start, len(self.stretches)):
            one = self.stretches[at]
            if one.first > wanted.last:
                return
            if one.last >= wanted.first:
                yield one


def charset(face: Face) -> Charset:
    """The characters of a face; none where its table is damaged or of an old kind."""
    try:
        table = sfnt.table(face, "cmap")
        at = _best(table)
        return Charset(() if at is None else _stretches(table, at))
    except (OSError, struct.error, LookupError):
        return Charset(())


def _joined(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Stretches in order, those that touch made one."""
    if not stretches:
        return
    now = stretches[0]
    for _, one in pairwise(stretches):
        if one.first <= now.last + 1:
            now = Stretch(now.first, max(now.last, one.last))
        else:
            yield now
            now = one
    yield now


def _best(table: bytes) -> int | None:
    """Where the fullest table of a kind known here begins."""
    (count,) = struct.unpack_from(">2xH", table)
    records = (struct.unpack_from(">HHL", table, 4 + 8 * at) for at in range(count))
    places = {(platform, encoding): place for platform, encoding, place in records}
    return next((places[key] for key in (*FULL, *BASIC) if key in places), None)


def _stretches(table: bytes, at: int) -> Iterator[tuple[int, int]]:
    (kind,) = struct.unpack_from(">H", table, at)
    if kind == 12:
        (count,) = struct.unpack_from(">L", table, at + 12)
        for place in range(count):
            first, last, glyph = struct.unpack_from(">LLL", table, at + 16 + 12 * place)
            yield first + (glyph == 0), last
    elif kind == 4:
        yield from _segments(table, at)


def _segments(table: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The stretches of a format 4 table, glyph 0 left out."""
    (double,) = struct.unpack_from(">H", table, at + 6)
    for place in range(0, double, 2):
        end_at = at + 14 + place
        (last,) = struct.unpack_from(">H", table, end_at)
        (first,) = struct.unpack_from(">H", table, end_at + 2 + double)
        offset_at = end_at + 2 + 3 * double
        (offset,) = struct.unpack_from(">H", table, offset_at)
        last = min(last, 0xFFFE)  # 0xFFFF only ends the table
        if first > last:
            continue
        if offset == 0:
            yield first, last
            continue
        count = last - first + 1
        glyphs = struct.unpack_from(f">{count}H", table, offset_at + offset)
        yield from ((first + at, first + at) for at, glyph in enumerate(glyphs) if glyph)
