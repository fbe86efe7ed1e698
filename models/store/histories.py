"""Taking rows out for another copy, each with the whole of its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from models.store.database import Store
from models.store.layouts import FINGERPRINT, GONE, Layout, load
from models.store.sql import compose, name, names
from models.store.standing import RowKey
from models.store.wire import Author, RowHistory, Spoken, Value
from models.store.wire_lines import Writer

_SINCE = """SELECT DISTINCT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
WHERE v.seq > ? ORDER BY l.tbl, v.row"""
# From the rows asked for to their versions, never through all versions there are.
_OF_ROWS = """SELECT v.row, v.vid, v.layout, v.parents, v.vals, v.operation
FROM json_each(:rows) j CROSS JOIN version v ON v.row = j.value
WHERE v.layout IN (SELECT id FROM layout WHERE tbl = :tbl) ORDER BY j.key, v.seq"""
_NAMES = """SELECT v.row, v.vid, v.parents FROM json_each(:rows) j
CROSS JOIN version v ON v.row = j.value
WHERE v.layout IN (SELECT id FROM layout WHERE tbl = :tbl) ORDER BY j.key"""
_ENTERED = "SELECT id, {columns} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
_UNPLACED = "SELECT vals FROM unplaced WHERE row = ? AND tbl = ?"
_AUTHOR = """SELECT id, kind, title, person, at, site, lamport, counts, detail, undoes
FROM operation WHERE no = ?"""
_AT_ONCE = 500
"""Rows asked for in one statement."""


def arrivals(store: Store) -> int:
    """How many versions ever arrived or were made here; a place for ``rows_since``.

    Local and falls back with a restored backup: never to be compared with another copy's.
    """
    return store.value("SELECT coalesce(max(seq), 0) FROM version")


def rows_since(store: Store, arrival: int) -> Iterator[RowKey]:
    """Every row that got a version after that many arrivals, by table and identity.

    Deleted rows and rows that are held are among them. ``scanning.scan`` comes first: a change
    made outside this program has no version before it.
    """
    for row in store.query(_SINCE, (arrival,)):
        yield row[0], row[1]


def histories(store: Store, rows: Iterable[RowKey]) -> Iterator[str]:
    """The rows with all their versions as lines (see ``wire``), without line ends.

    Rows the journal does not know are passed over. Reads lazily: the rows of one call must be
    taken out within one reading transaction (``store.db.atomic()``) if the file may change.
    """
    lines: list[str] = []
    writer = Writer(lines.append)
    read = _Reading(store)
    for table, some in _in_parts(rows):
        for history in read.some(table, some):
            if history.versions:
                writer.write(history)
            yield from lines
            lines.clear()


def history_of(store: Store, table: str, row: str) -> RowHistory:
    """A row with all its versions; none of them if the journal does not know it."""
    (found,) = _Reading(store).some(table, [row])
    return found


def author_of(store: Store, operation: int) -> Author:
    """Who made the operation of that number, and when."""
    found: sqlite3.Row | None = store.one(_AUTHOR, (operation,))
    assert found is not None, "a version without its operation"
    fields = dict(found)
    return Author(
        **{**fields, "counts": json.loads(found["counts"]), "detail": json.loads(found["detail"])}
    )


def digest(store: Store, rows: Iterable[RowKey]) -> str:
    """64 hexadecimal digits that are equal in two copies that know the same of these rows.

    It speaks of the newest versions, not of what is shown; the order of the rows is no matter.
    """
    total = sha256()
    for table, some in _in_parts(sorted(rows)):
        leaves = _leaves(store, table, some)
        for row in some:
            if row in leaves:
                total.update(json.dumps([table, row, *sorted(leaves[row])]).encode())
    return total.hexdigest()


def _leaves(store: Store, table: str, rows: Sequence[str]) -> dict[str, set[int]]:
    """The versions of each row that no other version of it replaced."""
    found: dict[str, set[int]] = {}
    replaced: dict[str, set[int]] = {}
    for row, vid, parents in store.tuples(_NAMES, {"rows": json.dumps(rows), "tbl": table}):
        found.setdefault(row, set()).add(vid)
        if parents:
            replaced.setdefault(row, set()).update(json.loads(parents))
    for row, vids in replaced.items():
        found[row] -= vids
    return {row: vids for row, vids in found.items() if vids}


def _in_parts(rows: Iterable[RowKey]) -> Iterator[tuple[str, list[str]]]:
    """The rows in their order, as many of one table together as one statement asks for."""
    for table, keys in groupby(rows, key=itemgetter(0)):
        of_table = map(itemgetter(1), keys)
        while some := list(islice(of_table, _AT_ONCE)):
            yield table, some


class _Reading:
    """Reads histories, asking for each layout and author once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.layouts = {layout.id: layout for layout in load(store.db.conn)}
        self.groups: dict[int, tuple[tuple[str, ...], ...]] = {}
        self.authors: dict[int, Author] = {}

    def some(self, table: str, rows: Sequence[str]) -> Iterator[RowHistory]:
        """Rows of one table with all their versions, in the order asked for."""
        found: dict[str, list[tuple[Any, ...]]] = {row: [] for row in rows}
        given = {"rows": json.dumps(list(found)), "tbl": table}
        for row, *version in self.store.tuples(_OF_ROWS, given):
            found[row].append(tuple(version))
        entered = _Entered(self.store, table, list(found))
        for row in rows:
            versions = tuple(self._spoken(row, one, entered) for one in found[row])
            yield RowHistory(table, row, versions)

    def _spoken(self, row: str, version: tuple[Any, ...], entered: _Entered) -> Spoken:
        vid, layout_id, parents, vals, operation = version
        layout = self.layouts[layout_id]
        groups = self._groups(layout)
        stamp = ""
        if layout.unit == GONE:
            values: dict[str, Value] = {}
        elif layout.unit == FINGERPRINT:
            values, stamp = entered.values(layout, row), vals
        else:
            values = layout.decoded(vals)
        if operation not in self.authors:
            self.authors[operation] = author_of(self.store, operation)
        author = self.authors[operation]
        known = tuple(json.loads(parents)) if parents else ()
        return Spoken(vid, tuple(dict.fromkeys(known)), layout.unit, groups, values, stamp, author)

    def _groups(self, layout: Layout) -> tuple[tuple[str, ...], ...]:
        if layout.id not in self.groups:
            groups = () if layout.unit == GONE else tuple(map(tuple, layout.groups))
            self.groups[layout.id] = groups
        return self.groups[layout.id]


class _Entered:
    """The values of append-only rows, asked for once for each form they were sealed with."""

    def __init__(self, store: Store, table: str, rows: Sequence[str]) -> None:
        self._store = store
        self._table = table
        self._rows = json.dumps(rows)
        self._found: dict[int, dict[str, dict[str, Value]]] = {}

    def values(self, layout: Layout, row: str) -> dict[str, Value]:
        """Those in its table, or those that could not be placed."""
        if layout.id not in self._found:
            self._found[layout.id] = self._read(layout)
        found = self._found[layout.id].get(row)
        if found is not None:
            return found
        vals = self._store.value(_UNPLACED, (row, self._table))
        return {**dict.fromkeys(layout.columns), **json.loads(vals or "{}")}

    def _read(self, layout: Layout) -> dict[str, dict[str, Value]]:
        columns = layout.columns
        statement = compose(_ENTERED, columns=names(columns), table=name(self._table))
        rows = self._store.tuples(statement, (self._rows,))
        return {row: dict(zip(columns, cells, strict=True)) for row, *cells in rows}
