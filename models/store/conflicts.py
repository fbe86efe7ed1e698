"""What waits for a person after merging: listed from the versions, closed by a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.store.database import Store
from models.store.operations import Operation
from models.store.wire import Author, Value

EDITED = "edited"
"""A unit was changed differently in two copies."""
DELETED = "deleted"
"""A row was deleted in one copy and changed in another; it lives until a person decides."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the states a conflict stands between.

    Attributes:
        vid: the version, for ``resolve``.
        values: column to value; empty where this side deleted the row.
        author: who did it, where, and when by that copy's clock.
        mine: whether it was done in this copy.
        shown: whether it is what is shown meanwhile.
    """

    vid: int
    values: Mapping[str, Value]
    author: Author
    mine: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more states of one unit, or of a row's being there, that nobody decided between.

    Attributes:
        id: 12 hexadecimal digits, the same in every copy as long as row and unit are.
        kind: ``EDITED`` or ``DELETED``.
        table, label, row, caption: the row, and what the office calls it.
        unit: the merge unit; ``"-"`` for ``DELETED``.
        base: column to value before they parted; empty if that is unknown.
        sides: the states, the shown one first; each value once.
    """

    id: str
    kind: str
    table: str
    label: str
    row: str
    caption: str
    unit: str
    base: Mapping[str, Value]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A row that was received and cannot be shown.

    Attributes:
        id: for asking about it.
        table, label, row, caption: the row; the caption is from its newest version.
        reason: ``"orphan"``, ``"clash"``, ``"gate"``, ``"newer"``, ``"altered"``.
        sentence: what is in the way, in Chinese.
    """

    id: str
    table: str
    label: str
    row: str
    caption: str
    reason: str
    sentence: str


def conflicts(store: Store, *, table: str | None = None, row: str | None = None) -> list[Conflict]:
    """Every open conflict, by table and row; of one table or row only if given."""
    raise NotImplementedError


def count_conflicts(store: Store) -> int:
    """How many conflicts are open."""
    raise NotImplementedError


def resolve(store: Store, conflict_id: str, vid: int, *, title: str = "") -> Operation:
    """Decide an open conflict for one of its sides; the decision travels with the next package.

    The decision replaces all sides in every copy. It can be undone, which is another decision.

    Raises:
        UserError: no such open conflict or side; rows refer to the one to be deleted.
    """
    raise NotImplementedError


def held(store: Store) -> list[Held]:
    """Everything that was received and cannot be shown, the oldest first."""
    raise NotImplementedError
