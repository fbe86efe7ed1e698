"""What stands and what is shown of a row, from its versions alone: the same in every copy.

A version replaces its ancestors. The heads of a unit are the births and the changes of it that no
later one replaces; of several one is shown until a person decides. A row lives as long as any
version of it was seen by no deletion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.store.layouts import FINGERPRINT, GONE, WHOLE

BIRTHS = frozenset({WHOLE, FINGERPRINT})


@dataclass(frozen=True, slots=True)
class Node:
    """A version as it stands in the order of versions.

    Attributes:
        seq: its place of arrival here; parents always have a lower one.
        vid: its name.
        unit: its unit, or ``WHOLE``, ``FINGERPRINT``, ``GONE``.
        parents: the names of the versions it replaces.
        lamport: later than everything its author had seen.
        site: the copy it was made in.
    """

    seq: int
    vid: int
    unit: str
    parents: tuple[int, ...]
    lamport: int
    site: str


Rank = Callable[[str, Node], tuple[int, int, int]]
"""Takes a unit and one of its heads; the head of the highest rank is shown."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row's versions say.

    Attributes:
        lives: whether some version of it was seen by no deletion.
        whole: the birth or revival the row stands on (for a row that is gone: its last one).
        heads: unit to its heads, the one to show first.
        deletions: deletions nothing replaced, the latest to arrive first.
    """

    lives: bool
    whole: Node
    heads: Mapping[str, tuple[Node, ...]]
    deletions: tuple[Node, ...]

    @property
    def contested(self) -> bool:
        """Whether more than one version claims the same thing."""
        return (self.lives and bool(self.deletions)) or any(
            len(heads) > 1 for heads in self.heads.values()
        )


def judge(nodes: Iterable[Node], units: Sequence[str], rank: Rank) -> Verdict | None:
    """The verdict over a row; None if no birth is among its versions."""
    newest_first = sorted(nodes, key=lambda node: -node.seq)
    births = [node for node in newest_first if node.unit in BIRTHS]
    if not births:
        return None
    replaced = _replaced(newest_first, units)
    heads = {
        unit: tuple(
            sorted(
                (
                    node
                    for node in newest_first
                    if unit in _units(node, units) and unit not in replaced.get(node.vid, ())
                ),
                key=lambda node: rank(unit, node),
                reverse=True,
            )
        )
        for unit in units
    }
    leaves = [node for node in newest_first if node.vid not in replaced]
    return Verdict(
        lives=any(node.unit != GONE for node in leaves),
        whole=births[0],
        heads=heads,
        deletions=tuple(node for node in leaves if node.unit == GONE),
    )


def _replaced(newest_first: Iterable[Node], units: Sequence[str]) -> dict[int, frozenset[str]]:
    """The versions that have children, and the units their descendants speak of."""
    found: dict[int, frozenset[str]] = {}
    for node in newest_first:
        speaks = found.get(node.vid, frozenset()) | _units(node, units)
        for parent in node.parents:
            found[parent] = found.get(parent, frozenset()) | speaks
    return found


def _units(node: Node, units: Sequence[str]) -> frozenset[str]:
    if node.unit in BIRTHS:
        return frozenset(units)
    return frozenset() if node.unit == GONE else frozenset({node.unit})
