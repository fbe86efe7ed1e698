"""Bringing rows to what their versions say, as far as references and UNIQUE rules allow.

A row that another one needs stays although it was deleted elsewhere, and waits for a person. What
cannot stand at all is left to the journal and noted in ``unplaced``; the table keeps what it had.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.store import rows
from models.store.booking import Move, note
from models.store.database import Store
from models.store.going import Reference, references
from models.store.sql import compose, name
from models.store.standing import RowKey, Stands
from models.store.wire import Value

ORPHAN = "orphan"
CLASH = "clash"
_ORPHAN = "它所属的“{label}”本机没有，等收到以后自动补上。"
_CLASH = "与本机已有的另一条记录重复，或不合规定，不能同时存在。"


_PUT_OFF = "SELECT vals FROM unplaced WHERE row = ? AND tbl = ?"


@dataclass
class Placing:
    """Places the rows of one merge.

    Attributes:
        store: the office's file; an operation is running.
        stands: what stands of each row.
        brought: values of append-only rows, which are in no version.
        before: the newest version that was here before this merge.
        moves: every row looked at.
    """

    store: Store
    stands: Stands
    brought: Mapping[RowKey, Mapping[str, Value]]
    before: int
    moves: dict[RowKey, Move] = field(default_factory=dict[RowKey, Move])
    _outward: dict[str, list[Reference]] = field(default_factory=dict[str, list[Reference]])
    _inward: dict[str, list[Reference]] = field(default_factory=dict[str, list[Reference]])
    _removed: set[RowKey] = field(default_factory=set[RowKey])

    def place(self, keys: Iterable[RowKey]) -> None:
        """Bring the rows, and those they need, to what their versions say."""
        for reference in references(self.store):
            self._outward.setdefault(reference.child, []).append(reference)
            self._inward.setdefault(reference.target, []).append(reference)
        order = {table: place for place, table in enumerate(self.store.tracked)}
        for key in sorted(keys, key=lambda key: (order[key[0]], key[1])):
            self._look_at(key)
        self._write_all({key: move for key, move in self.moves.items() if _to_write(move)})
        self._remove()
        self._write_again()
        for move in self.moves.values():
            note(self.store, move, self.before)

    def _look_at(self, key: RowKey) -> Move | None:
        """The row as it is and as it should be; None if the journal does not know it."""
        standing = self.stands.of(*key)
        if standing is None:
            return None
        move = Move(standing, rows.present(self.store, key), None)
        if standing.verdict.lives:
            move.wanted = self._wanted(move)
        self.moves[key] = move
        return move

    def _entered(self, key: RowKey) -> dict[str, Value] | None:
        """The values of an append-only row that is not in its table; None if nobody has them."""
        brought = self.brought.get(key)
        if brought:
            return dict(brought)
        put_off = self.store.value(_PUT_OFF, (key[1], key[0]))
        return json.loads(put_off) if put_off else None

    def _wanted(self, move: Move) -> dict[str, Value] | None:
        standing = move.standing
        if standing.tracked.append_only:
            return move.present or self._entered(standing.key)
        return standing.shown()

    # ------------------------------------------------------------------ writing

    def _write_all(self, pending: dict[RowKey, Move]) -> None:
        while pending:
            self._round(pending)

    def _write_again(self) -> None:
        """Try again what clashed, for what was written or removed since may have made room."""
        stuck = self._stuck()
        while any(move.reason == CLASH for move in stuck.values()):
            for move in stuck.values():
                move.reason = move.sentence = ""
            self._write_all(dict(stuck))
            before, stuck = len(stuck), self._stuck()
            if len(stuck) == before:
                return

    def _stuck(self) -> dict[RowKey, Move]:
        return {key: move for key, move in self.moves.items() if move.reason}

    def _round(self, pending: dict[RowKey, Move]) -> None:
        """Write every row whose references are there; a circle of references is written whole."""
        written = False
        for key, move in list(pending.items()):
            waiting = self._waiting(move, pending)
            if move.reason:
                del pending[key]
                written = True
            elif not waiting:
                self._write(move)
                del pending[key]
                written = True
        if not written:
            circle = list(pending.values())
            pending.clear()
            self._write_circle(circle)

    def _waiting(self, move: Move, pending: dict[RowKey, Move]) -> bool:
        """Whether a row it refers to is still to be written; one that never will be is noted."""
        waiting = False
        for reference in self._outward.get(move.standing.tracked.table, []):
            target = (reference.target, str(self._refers(move, reference)))
            if self._refers(move, reference) is None or rows.is_there(self.store, target):
                continue
            if target in pending or self._brought_back(target, pending):
                waiting = True
                continue
            move.reason = ORPHAN
            move.sentence = _ORPHAN.format(label=self._label(reference.target))
        return waiting

    def _refers(self, move: Move, reference: Reference) -> Value:
        return (move.wanted or {}).get(reference.column)

    def _label(self, table: str) -> str:
        return self.store.tracked[table].label if table in self.store.tracked else table

    def _brought_back(self, key: RowKey, pending: dict[RowKey, Move]) -> bool:
        """Bring back a row that was deleted, because another one needs it."""
        if key[0] not in self.store.tracked or (key in self.moves and self.moves[key].reason):
            return False
        move = self.moves.get(key) or self._look_at(key)
        if move is None or move.standing.verdict.lives:
            return False
        move.wanted = self._wanted(move)
        if move.wanted is None:
            return False
        pending[key] = move
        return True

    def _write_circle(self, circle: list[Move]) -> None:
        for move in circle:
            self._write(move)
        lost = True
        while lost:
            lost = False
            for move in circle:
                if not move.reason and self._waiting(move, {}) | bool(move.reason):
                    self._take_out(move)
                    lost = True

    def _take_out(self, move: Move) -> None:
        """Take back what was just written of a row of a circle that could not be closed."""
        if move.present is None:
            rows.delete(self.store, move.standing.key)
        else:
            rows.update(self.store, move.standing.key, move.present)

    def _write(self, move: Move) -> None:
        assert move.wanted is not None
        try:
            if move.present is None or move.standing.key in self._removed:
                rows.insert(self.store, move.standing.key, move.wanted)
            else:
                rows.update(self.store, move.standing.key, move.wanted)
        except sqlite3.IntegrityError:
            move.reason, move.sentence = CLASH, _CLASH

    # ------------------------------------------------------------------ taking away

    def _remove(self) -> None:
        """Delete the rows that are gone, but for those that others need."""
        going = {
            key: move
            for key, move in self.moves.items()
            if move.wanted is None and move.present is not None
        }
        while needed := [key for key in going if self._needed(key, going)]:
            staying = {key: going.pop(key) for key in needed}
            for move in staying.values():
                move.wanted = self._wanted(move)
            self._write_all({key: move for key, move in staying.items() if _to_write(move)})
        for key in going:
            rows.delete(self.store, key)
            self._removed.add(key)

    def _needed(self, key: RowKey, going: Mapping[RowKey, Move]) -> bool:
        for reference in self._inward.get(key[0], []):
            statement = compose(
                "SELECT id FROM {child} WHERE {column} = ?",
                child=name(reference.child),
                column=name(reference.column),
            )
            found = self.store.tuples(statement, (key[1],))
            if any((reference.child, row[0]) not in going for row in found):
                return True
        return False


def _to_write(move: Move) -> bool:
    return move.wanted is not None and move.differs
