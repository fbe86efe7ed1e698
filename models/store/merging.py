"""Taking in what other copies know of rows: union of versions, and what is shown of them.

Merging the same lines again, in another order, or lines long out of date changes nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from models.errors import UserError
from models.progress import Progress
from models.store.booking import Move
from models.store.database import Store
from models.store.entering import GATE, Entry, Gate
from models.store.histories import arrivals
from models.store.history import caption_of, label_of
from models.store.operations import OUTSIDE, OUTSIDE_TITLE, Operation, sealed
from models.store.placing import Placing
from models.store.sealing import Sealed
from models.store.standing import RowKey, Stands
from models.store.wire_lines import Reader

KIND = "sync.merge"
_EVERY = 200
"""Rows between two reports."""
_NOTED = """INSERT INTO merged_row (operation, tbl, row, what) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT DO UPDATE SET what = CASE WHEN excluded.what = '' THEN what ELSE excluded.what END"""
_HOLD_AGAIN = """INSERT OR REPLACE INTO hold (id, tbl, row, reason, sentence, lines)
VALUES (?, ?, ?, ?, ?, ?)"""


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
        rows: the rows of which something new was learnt or that are shown differently, each once.
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
    ``conflicts.held``, and tried again with every merge (what the gate refused: by ``retry_held``).

    Raises:
        UserError: a line is not what ``histories`` writes, contradicts what is known, or lacks a
            version it builds on; nothing was changed then.
        CancelledByUser: the person asked to stop; nothing was changed.
        WorldError: the disk is full.
    """
    telling = progress or Progress()
    rows = Reader().rows(lines)
    with store.operation(KIND, title) as operation:
        entry = Entry(store, gate)
        for count, history in enumerate(rows):
            if count % _EVERY == 0:
                telling.step(count, None, "核对收到的记录")
            entry.admit(history)
        return _merged(store, entry, operation, ())


def retry_held(store: Store, *, title: str, let_pass: Collection[str] = ()) -> MergeResult:
    """Try again what is held: after an upgrade, or rows (``Held.id``) a person lets pass the gate.

    Raises:
        WorldError: the disk is full.
    """
    with store.operation(KIND, title) as operation:
        return _merged(store, Entry(store, None), operation, let_pass)


def _merged(
    store: Store, entry: Entry, operation: Operation, let_pass: Collection[str]
) -> MergeResult:
    _admit_held(store, entry, let_pass)
    stands = Stands(store)
    rows = entry.learned.keys() | set(stands.open_rows())
    _seal_first(store, rows)
    before = arrivals(store)
    versions = entry.enter(operation.id)
    brought = {key: found.brought for key, found in entry.learned.items()}
    placing = Placing(store, Stands(store), brought, before)
    placing.place(rows)
    moves = [move for key, move in placing.moves.items() if key in entry.learned or move.what]
    _note(store, operation, moves)
    found = [*(_told(move) for move in moves), *_held(store, entry)]
    return MergeResult(tuple(found), entry.known, versions, operation.id if moves else "")


def _admit_held(store: Store, entry: Entry, let_pass: Collection[str]) -> None:
    """Let in what waited for something else than the gate, or for a person who lets it pass."""
    for held in store.query(
        "SELECT id, tbl, row, reason, sentence, lines FROM hold ORDER BY rowid"
    ):
        if held["reason"] == GATE and held["id"] not in let_pass:
            continue
        store.execute("DELETE FROM hold WHERE id = ?", (held["id"],))
        try:
            for history in Reader().rows(json.loads(held["lines"])):
                entry.admit_held(history)
        except UserError:
            # One row that proves wrong must not keep all others away for ever.
            if held["id"] in let_pass:
                raise
            store.execute(_HOLD_AGAIN, tuple(held))


def _seal_first(store: Store, rows: Iterable[RowKey]) -> None:
    """Seal what was changed here past the triggers, before anything is written over it."""
    for table, row in rows:
        store.execute("INSERT INTO dirty (tbl, row) VALUES (?, ?)", (table, row))
    at = store.clock.now().isoformat(timespec="seconds")
    aside = Operation(store.ids.new_id(), OUTSIDE, OUTSIDE_TITLE, store.person, at)
    sealed(store.db.conn, store.layouts, aside)


def _note(store: Store, operation: Operation, moves: Iterable[Move]) -> None:
    for move in moves:
        table, row = move.standing.key
        store.execute(_NOTED, (operation.id, table, row, move.what))
        one = Sealed(**{move.what: 1}) if move.what else Sealed()
        operation.taken[table] = operation.taken.get(table, Sealed()).plus(one)


def _told(move: Move) -> Merged:
    tracked = move.standing.tracked
    return Merged(
        table=tracked.table,
        row=move.standing.row,
        label=tracked.label,
        caption=caption_of(tracked, move.wanted or move.present or {}),
        what=move.what,
        conflict=move.standing.disputed(there=move.there),
        held=move.sentence,
    )


def _held(store: Store, entry: Entry) -> Iterator[Merged]:
    for (table, row), sentence in entry.held.items():
        yield Merged(table, row, label_of(store, table), "", "", conflict=False, held=sentence)
