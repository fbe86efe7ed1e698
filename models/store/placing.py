"""Bringing rows to what their versions say, as far as references and UNIQUE rules allow.

A row that another one needs stays although it was deleted elsewhere, and waits for a person. What
cannot stand at all is left to the journal and noted in ``unplaced``; the table keeps what it had.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from models.store.database import Store
from models.store.going import Reference, references
from models.store.layouts import GONE
from models.store.sql import compose, joined, marks, name, names
from models.store.standing import RowKey, Standing, Stands
from models.store.wire import Value
from models.store.wire_lines import json_line

ORPHAN = "orphan"
CLASH = "clash"
_ORPHAN = "它所属的“{label}”本机没有，等收到以后自动补上。"
_CLASH = "与本机已有的另一条记录重复，或不合规定，不能同时存在。"

_HEAD = "INSERT INTO head (row, tbl, unit, seq) VALUES (?, ?, ?, ?)"
_RIVAL = "INSERT OR IGNORE INTO rival (row, tbl, unit, seq) VALUES (?, ?, ?, ?)"
_UNPLACED = (
    "INSERT INTO unplaced (row, tbl, absent, reason, sentence, vals) VALUES (?, ?, ?, ?, ?, ?)"
)
_PUT_OFF = "SELECT vals FROM unplaced WHERE row = ? AND tbl = ?"
# A row that keeps an older state stands on the newest of the versions that were here before.
_PIN = """INSERT OR IGNORE INTO head (row, tbl, unit, seq) SELECT :row, :tbl, '*', max(v.seq)
FROM version v JOIN layout l ON l.id = v.layout
WHERE v.row = :row AND l.tbl = :tbl AND l.unit IN ('*', '#', '-') AND v.seq <= :before"""


@dataclass(slots=True)
class Move:
    """One row on its way to what its versions say.

    Attributes:
        standing: what they say.
        present: column to value as it is in its table; None if it is not.
        wanted: as it should be; None if it should not be there.
        reason, sentence: why it could not be brought there ("" if it was).
    """

    standing: Standing
    present: dict[str, Value] | None
    wanted: dict[str, Value] | None
    reason: str = ""
    sentence: str = ""

    @property
    def there(self) -> bool:
        """Whether the row is in its table in the end."""
        return (self.present if self.reason else self.wanted) is not None

    @property
    def what(self) -> str:
        """``inserted``, ``changed``, ``deleted`` or "" for a row that stays as it was."""
        if self.reason or not self.differs:
            return ""
        if self.present is None:
            return "inserted"
        return "deleted" if self.wanted is None else "changed"

    @property
    def differs(self) -> bool:
        """Whether the row is not yet what it should be."""
        if self.present is None or self.wanted is None:
            return self.present is not self.wanted
        return any(self.present[column] != value for column, value in self.wanted.items())


@dataclass(slots=True)
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
    _keys: dict[str, list[Reference]] = field(default_factory=dict[str, list[Reference]])

    def place(self, rows: Iterable[RowKey]) -> None:
        """Bring the rows, and those they need, to what their versions say."""
        for reference in references(self.store):
            self._keys.setdefault(reference.child, []).append(reference)
        order = {table: place for place, table in enumerate(self.store.tracked)}
        for key in sorted(rows, key=lambda key: (order[key[0]], key[1])):
            self._look_at(key)
        self._write_all({key: move for key, move in self.moves.items() if _to_write(move)})
        self._remove()
        for move in self.moves.values():
            self._note(move)

    def _look_at(self, key: RowKey) -> Move | None:
        """The row as it is and as it should be; None if the journal does not know it."""
        standing = self.stands.of(*key)
        if standing is None:
            return None
        move = Move(standing, self._present(key), None)
        if standing.verdict.lives:
            move.wanted = self._wanted(move)
        self.moves[key] = move
        return move

    def _present(self, key: RowKey) -> dict[str, Value] | None:
        statement = compose(
            "SELECT {columns} FROM {table} WHERE id = ?",
            columns=names(self.store.tracked[key[0]].columns),
            table=name(key[0]),
        )
        found = self.store.one(statement, (key[1],))
        return dict(found) if found else None

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
        wanted: dict[str, Value] = {}
        for unit, heads in standing.verdict.heads.items():
            wanted |= standing.of(unit, heads[0])
        return wanted

    # ------------------------------------------------------------------ writing

    def _write_all(self, pending: dict[RowKey, Move]) -> None:
        while pending:
            self._round(pending)

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
        for reference in self._keys.get(move.standing.tracked.table, []):
            target = (reference.target, str(self._refers(move, reference)))
            if self._refers(move, reference) is None or self._is_there(target):
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

    def _is_there(self, key: RowKey) -> bool:
        statement = compose("SELECT 1 FROM {table} WHERE id = ?", table=name(key[0]))
        return self.store.value(statement, (key[1],)) is not None

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
            self._delete(move.standing.key)
        else:
            self._update(move.standing.key, move.present)

    def _write(self, move: Move) -> None:
        assert move.wanted is not None
        try:
            if move.present is None:
                self._insert(move.standing.key, move.wanted)
            else:
                self._update(move.standing.key, move.wanted)
        except sqlite3.IntegrityError:
            move.reason, move.sentence = CLASH, _CLASH

    def _insert(self, key: RowKey, values: Mapping[str, Value]) -> None:
        statement = compose(
            "INSERT INTO {table} (id, {columns}) VALUES (?, {marks})",
            table=name(key[0]),
            columns=names(values),
            marks=marks(len(values)),
        )
        self.store.execute(statement, (key[1], *values.values()))

    def _update(self, key: RowKey, values: Mapping[str, Value]) -> None:
        assignments = joined(compose("{column} = ?", column=name(column)) for column in values)
        statement = compose(
            "UPDATE {table} SET {assignments} WHERE id = ?",
            table=name(key[0]),
            assignments=assignments,
        )
        self.store.execute(statement, (*values.values(), key[1]))

    def _delete(self, key: RowKey) -> None:
        self.store.execute(compose("DELETE FROM {table} WHERE id = ?", table=name(key[0])), key[1:])

    # ------------------------------------------------------------------ taking away

    @cached_property
    def _inward(self) -> dict[str, list[Reference]]:
        inward: dict[str, list[Reference]] = {}
        for keys in self._keys.values():
            for reference in keys:
                inward.setdefault(reference.target, []).append(reference)
        return inward

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
            self._delete(key)

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

    # ------------------------------------------------------------------ bookkeeping

    def _note(self, move: Move) -> None:
        """Let the journal say which version is shown, and which are beside it."""
        table, row = move.standing.key
        self.store.execute("DELETE FROM unplaced WHERE row = ? AND tbl = ?", (row, table))
        if move.reason:
            absent = int(move.present is None)
            vals = json_line(move.wanted) if move.standing.tracked.append_only else None
            self.store.execute(_UNPLACED, (row, table, absent, move.reason, move.sentence, vals))
            if not absent:
                self.store.execute(_PIN, {"row": row, "tbl": table, "before": self.before})
            return
        self.store.execute("DELETE FROM head WHERE row = ? AND tbl = ?", (row, table))
        self.store.execute("DELETE FROM rival WHERE row = ? AND tbl = ?", (row, table))
        heads, rivals = books(move.standing, there=move.there)
        for unit, seq in sorted(heads):
            self.store.execute(_HEAD, (row, table, unit, seq))
        for unit, seq in sorted(rivals):
            self.store.execute(_RIVAL, (row, table, unit, seq))


def books(standing: Standing, *, there: bool) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """What ``head`` and ``rival`` must hold of a row that is (or is not) in its table."""
    verdict = standing.verdict
    if not there:
        return set(), {("-", node.seq) for node in verdict.deletions[1:]}
    heads = {
        (unit, found[0].seq) for unit, found in verdict.heads.items() if found[0] != verdict.whole
    }
    nodes = [one.node for one in standing.versions.values()]
    if any(node.unit == GONE and node.seq > verdict.whole.seq for node in nodes):
        heads.add(("*", verdict.whole.seq))
    rivals = {(unit, node.seq) for unit, found in verdict.heads.items() for node in found[1:]}
    return heads, rivals | {("-", node.seq) for node in verdict.deletions}


def _to_write(move: Move) -> bool:
    return move.wanted is not None and move.differs
