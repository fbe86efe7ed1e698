"""One operation: one transaction, one line of history, one step of undo."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from models.store import sealing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator

    from models.store.database import Store

    Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

_RECORD = """INSERT INTO operation
(no, id, kind, title, person, at, site, lamport, counts, detail, undoes)
VALUES (:no, :id, :kind, :title, :person, :at, :site,
(SELECT coalesce(max(lamport), 0) + 1 FROM operation), :counts, :detail, :undoes)"""
_UNDONE = "UPDATE operation SET undone_by = :by WHERE id = :undoes"
# What the undone operation had itself undone stands again.
_REDONE = """UPDATE operation SET undone_by = NULL
WHERE id = (SELECT undoes FROM operation WHERE id = :undoes)"""


@dataclass(frozen=True, slots=True)
class Changed:
    """What an operation changed.

    Attributes:
        kinds: the tables with at least one row inserted, changed or deleted.
        count: how many rows, over all tables.
    """

    kinds: frozenset[str] = frozenset()
    count: int = 0


@dataclass(slots=True)
class Operation:
    """A running or finished operation.

    Attributes:
        id: its identity; empty history has none of it if nothing was changed.
        kind: what sort of thing was done: ``"staff.register"``.
        title: what the history calls it, in Chinese.
        undoes: the operation it takes back, if it is an undo.
        detail: whatever the use case wants kept with it (plain JSON values, no personal data).
        changed: what it changed; filled in when it ends.
    """

    id: str
    kind: str
    title: str
    undoes: str | None = None
    detail: dict[str, Json] = field(default_factory=dict[str, "Json"])
    changed: Changed = field(default_factory=Changed)


@contextmanager
def performed(store: Store, operation: Operation) -> Generator[None]:
    """Run a block as one transaction and seal what it changed.

    The file is read-only between operations, so that nothing can be written past the journal.
    """
    connection = store.db.conn
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            operation.changed = _sealed(store, operation)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA query_only = ON")


def _sealed(store: Store, operation: Operation) -> Changed:
    """Seal every table with marks as versions of the operation, and record the operation."""
    connection = store.db.conn
    number = connection.execute("SELECT coalesce(max(no), 0) + 1 FROM operation").fetchone()[0]
    counts = _seal_marked(store, connection, number)
    if counts:
        _record(store, operation, number, counts)
    total = sum(sealed.total for sealed in counts.values())
    return Changed(frozenset(counts), total)


def _seal_marked(
    store: Store, connection: sqlite3.Connection, number: int
) -> dict[str, sealing.Sealed]:
    counts: dict[str, sealing.Sealed] = {}
    marked = [row[0] for row in connection.execute("SELECT DISTINCT tbl FROM dirty ORDER BY tbl")]
    for table in marked:
        if table in store.layouts:
            sealing.touch(connection, store.layouts[table])
            counts[table] = sealing.seal(connection, store.layouts[table], number)
    if marked:
        connection.execute("DELETE FROM touched")
        connection.execute("DELETE FROM dirty")
    return {table: sealed for table, sealed in counts.items() if sealed.total}


def _record(
    store: Store, operation: Operation, number: int, counts: dict[str, sealing.Sealed]
) -> None:
    connection = store.db.conn
    given = {
        "no": number,
        "id": operation.id,
        "kind": operation.kind,
        "title": operation.title,
        "person": store.person,
        "at": store.clock.now().isoformat(timespec="seconds"),
        "site": store.site,
        "counts": _json({table: asdict(sealed) for table, sealed in counts.items()}),
        "detail": _json(operation.detail),
        "undoes": operation.undoes,
    }
    connection.execute(_RECORD, given)
    if operation.undoes:
        connection.execute(_UNDONE, {"by": operation.id, "undoes": operation.undoes})
        connection.execute(_REDONE, {"undoes": operation.undoes})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
