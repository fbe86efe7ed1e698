"""Ranks as lists of results have them: equals share a rank, the next one counts on (1, 1, 3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def ranks(values: Sequence[Fraction | int | None]) -> list[int | None]:
    """The rank of each value, the largest first; None for what has no value.

    >>> ranks([3, 5, 5, None, 1])
    [3, 1, 1, None, 4]
    """
    first: dict[Fraction | int, int] = {}
    known = (value for value in values if value is not None)
    for place, value in enumerate(sorted(known, reverse=True), start=1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in values]
