"""What is still to be entered into a booklet for a year. No database, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]
"""A register line as it was frozen: ``entry_id`` and what the line says."""

Said = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A line that stands in the booklet, or is about to: what it says, or takes back."""

    facts: Facts
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be entered, in this order.

    Attributes:
        register: lines frozen by the stamp that never stood in the booklet.
        added: lines that came into the ledger since.
        removed: lines of the booklet that the ledger took back since.
    """

    register: tuple[Facts, ...]
    added: tuple[Facts, ...]
    removed: tuple[Facts, ...]


def due(frozen: Sequence[Facts], now: Sequence[Facts], entered: Sequence[Entered]) -> Due:
    """What the booklet lacks to say what the stamp froze and what the ledger says since.

    Lines are told apart by what they say, not by their entry: a reversal that was taken back
    leaves another entry that says the same.

    Args:
        frozen: the year's lines as they were stamped.
        now: the year's lines as the ledger has them now.
        entered: what stands in the booklet of that year.
    """
    ever = Counter(said(one.facts) for one in entered if not one.takes_back)
    back = Counter(said(one.facts) for one in entered if one.takes_back)
    register = _beyond(frozen, ever)
    standing = ever + Counter(map(said, register))
    standing.subtract(back)
    known = {said(one.facts): one.facts for one in entered}
    known.update((said(one), one) for one in register)
    wrong = standing - Counter(map(said, now))
    return Due(
        tuple(register),
        tuple(_beyond(now, standing)),
        tuple(known[one] for one in wrong.elements()),
    )


def said(facts: Facts) -> Said:
    """What a line says, whatever entry it came from."""
    return tuple(sorted((name, value) for name, value in facts.items() if name != "entry_id"))


def _beyond(lines: Iterable[Facts], have: Counter[Said]) -> list[Facts]:
    """The lines that are more than what one has, each of those counted once."""
    left = Counter(have)
    found: list[Facts] = []
    for one in lines:
        key = said(one)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(one)
    return found
