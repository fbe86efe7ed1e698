"""Leaving out what all names of a list say alike, so that what tells them apart is seen."""

from __future__ import annotations

from collections.abc import Sequence

_PLACES = "市县区州旗"


def shared_letters(names: Sequence[str]) -> int:
    """How many letters all names begin with that say only the county: 桦甸市; 0 for none."""
    known = [name for name in names if name]
    if len(known) < 2:
        return 0
    found = 0
    for place, letters in enumerate(zip(*known, strict=False), start=1):
        if len(set(letters)) > 1:
            break
        if letters[0] in _PLACES:
            found = place
    return found
