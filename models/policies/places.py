"""Where in a pack's text something stands: the line of a place such as the third requirement."""

from __future__ import annotations

import re
from collections.abc import Sequence

Place = tuple[str | int, ...]
_LIST = re.compile(r"\s*\[\[\s*([\w.\-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


def lines_of(text: str) -> dict[Place, int]:
    """Place to line, counted from 1, of every table and every key that begins a line."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    here: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if listed := _LIST.match(line):
            outer = _resolved(listed[1].split("."), counts)
            counts[outer] = counts.get(outer, -1) + 1
            here = (*outer, counts[outer])
            found.setdefault(outer, number)
            found.setdefault(here, number)
        elif table := _TABLE.match(line):
            here = _resolved(table[1].split("."), counts, whole=True)
            found.setdefault(here, number)
        elif key := _KEY.match(line):
            place = here
            for part in key[1].split("."):
                place = (*place, part)
                found.setdefault(place, number)
    return found


def line_of(text: str, place: Sequence[str | int]) -> int:
    """The line of the innermost part of a place that begins a line; 0 where none does."""
    known = lines_of(text)
    for length in range(len(place), 0, -1):
        if line := known.get(tuple(place[:length])):
            return line
    return 0


def _resolved(names: Sequence[str], counts: dict[Place, int], *, whole: bool = False) -> Place:
    """Names as a place: within a list the last one so far is meant."""
    place: Place = ()
    for depth, name in enumerate(names, 1):
        place = (*place, name)
        if place in counts and (whole or depth < len(names)):
            place = (*place, counts[place])
    return place
