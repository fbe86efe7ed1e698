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

    An entry that says what another one said is nothing new: a reversal that was taken back leaves
    such a one.

    Args:
        frozen: the year's lines as they were stamped.
        now: the year's lines as the ledger has them now.
        entered: what stands in the booklet of that year.
    """
    ever = [one.facts for one in entered if not one.takes_back]
    back = {one.facts["entry_id"] for one in entered if one.takes_back}
    register = beyond(frozen, ever)
    standing = [one for one in (*ever, *register) if one["entry_id"] not in back]
    return Due(tuple(register), tuple(beyond(now, standing)), tuple(beyond(standing, now)))


def beyond(lines: Sequence[Facts], have: Iterable[Facts]) -> list[Facts]:
    """The lines that are more than what one has: the same entry counts first, then the same words.

    Each of those one has stands for one line.
    """
    spare = {one["entry_id"]: one for one in have}
    others = [one for one in lines if spare.pop(one["entry_id"], None) is None]
    left = Counter(said(one) for one in spare.values())
    found: list[Facts] = []
    for one in others:
        key = said(one)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(one)
    return found


def said(facts: Facts) -> Said:
    """What a line says, whatever entry it came from."""
    return tuple(sorted((name, value) for name, value in facts.items() if name != "entry_id"))
