"""One operation: one transaction, one line of history, one step of undo."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from models.errors import UserError
from models.store import sealing
from models.store.layouts import Layouts
from models.store.sealing import Sealed
from models.store.trouble import told

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]

_RECORD = """INSERT INTO operation
(no, id, kind, title, person, at, site, lamport, counts, detail, undoes)
VALUES (:no, :id, :kind, :title, :person, :at,
(SELECT value FROM fact WHERE name = 'site'),
(SELECT min(coalesce(max(lamport), 0) + 1, :latest) FROM operation), :counts, :detail, :undoes)"""

_NUL = "SELECT vals FROM version WHERE operation = :operation AND instr(vals, '\\u0000')"

LATEST = 2**52
"""The highest Lamport number: no office counts so far. One that heard a forged number stays here,
for nobody reads a higher one."""
OUTSIDE = "store.outside"
"""The kind of the operation that seals what was changed past this program."""
OUTSIDE_TITLE = "在本程序之外的改动"


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
        id: its identity; nothing in the history bears it if nothing was changed.
        kind: what sort of thing was done: ``"staff.register"``.
        title: what the history calls it, in Chinese.
        person: who did it.
        at: when, ISO with the time zone.
        undoes: the operation it takes back, if it is an undo.
        detail: whatever the use case wants kept with it (plain JSON values, no personal data).
        changed: what it changed; filled in when it ends.
        taken: rows changed to what versions already say, by table, beside those it seals.
    """

    id: str
    kind: str
    title: str
    person: str
    at: str
    undoes: str | None = None
    detail: dict[str, Json] = field(default_factory=dict[str, "Json"])
    changed: Changed = field(default_factory=Changed)
    taken: dict[str, Sealed] = field(default_factory=dict[str, Sealed])


@contextmanager
def performed(
    connection: sqlite3.Connection, layouts: Mapping[str, Layouts], operation: Operation, path: Path
) -> Generator[None]:
    """Run a block as one transaction and seal what it changed.

    The file is read-only between operations, so that nothing can be written past the journal.

    Raises:
        WorldError: the disk is full, the file cannot be written; nothing was changed then.
    """
    connection.execute("PRAGMA query_only = OFF")
    try:
        with told(path):
            connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        try:
            yield
            with told(path):
                operation.changed = sealed(connection, layouts, operation)
                connection.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA query_only = ON")


def next_number(connection: sqlite3.Connection) -> int:
    """The number the running operation gets when it is recorded."""
    return connection.execute("SELECT coalesce(max(no), 0) + 1 FROM operation").fetchone()[0]


def sealed(
    connection: sqlite3.Connection, layouts: Mapping[str, Layouts], operation: Operation
) -> Changed:
    """Seal every marked row as a version of the operation, and record the operation."""
    number = next_number(connection)
    counts = _seal_marked(connection, layouts, number)
    for table, taken in operation.taken.items():
        counts[table] = taken.plus(counts.get(table, Sealed()))
    if counts:
        _refuse_nul(connection, number)
        _record(connection, operation, number, counts)
    return Changed(frozenset(counts), sum(sealed.total for sealed in counts.values()))


def _seal_marked(
    connection: sqlite3.Connection, layouts: Mapping[str, Layouts], number: int
) -> dict[str, Sealed]:
    marked = [row[0] for row in connection.execute("SELECT DISTINCT tbl FROM dirty ORDER BY tbl")]
    counts: dict[str, Sealed] = {}
    for table in marked:
        if table in layouts:
            sealing.touch(connection, layouts[table])
            counts[table] = sealing.seal(connection, layouts[table], number)
    if marked:
        connection.execute("DELETE FROM touched")
        connection.execute("DELETE FROM dirty")
    return {table: sealed for table, sealed in counts.items() if sealed.total}


def _refuse_nul(connection: sqlite3.Connection, number: int) -> None:
    """A NUL character ends a text early in some of SQLite's functions: an undo would lose its rest.

    Raises:
        UserError: a text of the operation holds one.
    """
    rows = connection.execute(_NUL, {"operation": number}).fetchall()
    # The search also finds the harmless text that merely spells the escape.
    texts = [text for row in rows for text in _texts(json.loads(row[0]))]
    bad = next((text for text in texts if "\0" in text), None)
    if bad is not None:
        raise UserError(
            "store.nul_character",
            f"文字“{bad.replace(chr(0), '□')[:40]}”里有不能保存的空字符（□处）。",
            "请删去这个字符后再保存；它多半来自损坏的文件。",
        )


def _texts(values: Json) -> list[str]:
    if isinstance(values, list):
        return [text for value in values for text in _texts(value)]
    return [values] if isinstance(values, str) else []


def _record(
    connection: sqlite3.Connection, operation: Operation, number: int, counts: dict[str, Sealed]
) -> None:
    connection.execute(
        _RECORD,
        {
            "no": number,
            "id": operation.id,
            "kind": operation.kind,
            "title": operation.title,
            "person": operation.person,
            "at": operation.at,
            "counts": _json({table: asdict(sealed) for table, sealed in counts.items()}),
            "detail": _json(operation.detail),
            "undoes": operation.undoes,
            "latest": LATEST,
        },
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
