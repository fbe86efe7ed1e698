"""Taking rows out for another copy, each with the whole of its history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from models.store.database import Store
from models.store.layouts import FINGERPRINT, GONE, Layout, load
from models.store.sql import compose, name, names
from models.store.standing import RowKey
from models.store.wire import Author, RowHistory, Spoken, Value
from models.store.wire_lines import Writer

_SINCE = """SELECT DISTINCT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
WHERE v.seq > ? ORDER BY l.tbl, v.row"""
_OF_ROW = """SELECT v.vid, v.layout, v.parents, v.vals, v.operation FROM version v
WHERE v.row = :row AND v.layout IN (SELECT id FROM layout WHERE tbl = :tbl) ORDER BY v.seq"""
_LEAVES = """SELECT v.vid FROM version v
WHERE v.row = :row AND v.layout IN (SELECT id FROM layout WHERE tbl = :tbl)
AND v.vid NOT IN (SELECT j.value FROM version c JOIN json_each(c.parents) j WHERE c.row = :row
  AND c.layout IN (SELECT id FROM layout WHERE tbl = :tbl))
ORDER BY v.vid"""
_AUTHOR = """SELECT id, kind, title, person, at, site, lamport, counts, detail, undoes
FROM operation WHERE no = ?"""


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
    for table, row in rows:
        history = read.history(table, row)
        if history.versions:
            writer.write(history)
        yield from lines
        lines.clear()


def history_of(store: Store, table: str, row: str) -> RowHistory:
    """A row with all its versions; none of them if the journal does not know it."""
    return _Reading(store).history(table, row)


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
    for table, row in sorted(rows):
        leaves = store.tuples(_LEAVES, {"row": row, "tbl": table})
        if leaves:
            total.update(json.dumps([table, row, *(leaf[0] for leaf in leaves)]).encode())
    return total.hexdigest()


class _Reading:
    """Reads histories, asking for each layout and author once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.layouts = {layout.id: layout for layout in load(store.db.conn)}
        self.authors: dict[int, Author] = {}

    def history(self, table: str, row: str) -> RowHistory:
        """A row with all its versions."""
        versions = self.store.tuples(_OF_ROW, {"row": row, "tbl": table})
        return RowHistory(table, row, tuple(self._spoken(table, row, one) for one in versions))

    def _spoken(self, table: str, row: str, version: tuple[Any, ...]) -> Spoken:
        vid, layout_id, parents, vals, operation = version
        layout = self.layouts[layout_id]
        groups = () if layout.unit == GONE else tuple(map(tuple, layout.groups))
        values, stamp = self._values(layout, table, row, vals)
        if operation not in self.authors:
            self.authors[operation] = author_of(self.store, operation)
        author = self.authors[operation]
        known = tuple(json.loads(parents)) if parents else ()
        return Spoken(vid, tuple(dict.fromkeys(known)), layout.unit, groups, values, stamp, author)

    def _values(
        self, layout: Layout, table: str, row: str, vals: str
    ) -> tuple[dict[str, Value], str]:
        if layout.unit == GONE:
            return {}, ""
        if layout.unit == FINGERPRINT:
            return _present(self.store, layout, table, row), vals
        return layout.decoded(vals), ""


def _present(store: Store, layout: Layout, table: str, row: str) -> dict[str, Value]:
    """The values of an append-only row: those of its table, or those that could not be placed."""
    statement = compose(
        "SELECT {columns} FROM {table} WHERE id = ?",
        columns=names(layout.columns),
        table=name(table),
    )
    found = store.one(statement, (row,))
    if found:
        return dict(found)
    vals = store.value("SELECT vals FROM unplaced WHERE row = ? AND tbl = ?", (row, table))
    return {**dict.fromkeys(layout.columns), **json.loads(vals or "{}")}
