"""Taking in what other copies know of rows: union of versions, and what is shown of them.

Merging the same lines again, in another order, or lines long out of date changes nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.progress import Progress
from models.store.database import Store
from models.store.wire import RowHistory

KIND = "sync.merge"

Gate = Callable[[RowHistory], str]
"""Takes a row with the versions unknown here only; "" admits it, anything else is the Chinese
reason it is put on hold for, whole and unread."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging did to one row.

    Attributes:
        table, row: which.
        label, caption: what the office calls such rows, and this one.
        what: ``"inserted"``, ``"changed"``, ``"deleted"``, or ``""`` where the shown values stay.
        conflict: whether something of the row now waits for a person.
        held: why the row, or its newest state, could not be shown ("" if it is).
    """

    table: str
    row: str
    label: str
    caption: str
    what: str
    conflict: bool
    held: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What merging a set of lines did.

    Attributes:
        rows: the rows of which something new was learnt, each once.
        known: rows of which everything was known already.
        versions: versions that were new here.
        operation: the operation in this copy's history that the new ones arrived by ("" if
            nothing was new).
    """

    rows: tuple[Merged, ...]
    known: int
    versions: int
    operation: str

    @property
    def changes(self) -> int:
        """How many rows are shown differently now."""
        return sum(bool(one.what) for one in self.rows)

    @property
    def conflicts(self) -> int:
        """How many of them now wait for a person."""
        return sum(one.conflict for one in self.rows)


def merge(
    store: Store,
    lines: Iterable[str],
    *,
    title: str,
    gate: Gate | None = None,
    progress: Progress | None = None,
) -> MergeResult:
    """Merge lines that ``histories`` made in another copy, as one operation.

    Called inside a running operation it joins it (keep receipts in the same transaction); call it
    before that operation writes to journalled tables. What was changed here past the triggers on
    the rows concerned is sealed first. What cannot be shown (its parent is missing, a UNIQUE rule
    is in the way, a table or column of a newer program, the gate refuses) is held, listed by
    ``conflicts.held``, and tried again with every merge.

    Raises:
        UserError: a line is not what ``histories`` writes, contradicts what is known, or lacks a
            version it builds on; nothing was changed then.
        CancelledByUser: the person asked to stop; nothing was changed.
        WorldError: the disk is full.
    """
    raise NotImplementedError


def retry_held(store: Store, *, title: str, gate: Gate | None = None) -> MergeResult:
    """Try again what is on hold: after an upgrade, or once a person let it pass by ``gate``."""
    raise NotImplementedError
