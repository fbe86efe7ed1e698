"""Inserting many rows without paying for a trigger on each.

A trigger makes SQLite keep, for each single INSERT, a copy of every page it touches, in case the
statement has to be taken back halfway; that doubles the cost of an import. So a large insert
suspends the marking trigger inside a savepoint and marks its rows afterwards in one statement:
they are those with a rowid above the highest one before. Either all of it happens or none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from sqlite_utils import Database

from models.store import triggers
from models.store.sql import compose, marks, name, names
from models.store.tracking import Tracked

FEW = 200
"""Up to so many rows the trigger marks them; below that, suspending it would cost more."""


def insert(
    db: Database,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    tracked: Tracked | None,
) -> int:
    """Insert rows into a table (``tracked`` if it is journalled); how many there were."""
    statement = compose(
        "INSERT INTO {table} ({columns}) VALUES ({marks})",
        table=name(table),
        columns=names(columns),
        marks=marks(len(columns)),
    )
    remaining = iter(rows)
    first = list(islice(remaining, FEW + 1))
    every = chain(first, remaining)
    with db.atomic():
        if tracked is None or len(first) <= FEW:
            return db.conn.executemany(statement, every).rowcount
        return _unwatched(db.conn, tracked, statement, every)


def _unwatched(
    connection: sqlite3.Connection, tracked: Tracked, statement: str, rows: Iterable[Sequence[Any]]
) -> int:
    trigger = triggers.insert_trigger(tracked)
    table = name(tracked.table)
    highest = connection.execute(
        compose("SELECT coalesce(max(rowid), 0) FROM {table}", table=table)
    ).fetchone()[0]
    connection.execute(compose("DROP TRIGGER {trigger}", trigger=name(trigger.name)))
    count = connection.executemany(statement, rows).rowcount
    connection.execute(
        compose(
            "INSERT INTO dirty (tbl, row) SELECT ?, id FROM {table} WHERE rowid > ?", table=table
        ),
        (tracked.table, highest),
    )
    connection.execute(trigger.text)
    return count
