"""What a tracked table must look like for the journal to keep it faithfully."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from models.store.sql import compose, text
from models.store.tracking import Tracked


def check_shapes(connection: sqlite3.Connection, tracked: Iterable[Tracked]) -> None:
    """Refuse a registration that does not fit its table: a mistake in the program.

    Raises:
        ValueError: the table is missing, not STRICT, WITHOUT ROWID, has REAL, BLOB or ANY columns,
            lacks ``id TEXT PRIMARY KEY``, or its units do not name every other column once.
    """
    kinds = connection.execute("PRAGMA table_list").fetchall()
    # A WITHOUT ROWID table (row[4]) could not mark an import by its row numbers.
    strict = {row[1]: bool(row[5]) and not row[4] for row in kinds}
    for table in tracked:
        faults = _faults(connection, table, strict)
        if faults:
            raise ValueError(f"{table.table}: {'; '.join(faults)}")


def _faults(connection: sqlite3.Connection, table: Tracked, strict: dict[str, bool]) -> list[str]:
    if table.table not in strict:
        return ["no such table"]
    info = connection.execute(
        compose("PRAGMA table_info({table})", table=text(table.table))
    ).fetchall()
    columns = {row[1]: row[2] for row in info}
    keys = [row[1] for row in info if row[5]]
    named = sorted(table.columns)
    faults = [] if strict[table.table] else ["not STRICT, or WITHOUT ROWID"]
    if keys != ["id"] or columns.get("id") != "TEXT":
        faults.append("must have id TEXT PRIMARY KEY")
    unfit = sorted(
        column for column, kind in columns.items() if kind not in {"TEXT", "INTEGER", "INT"}
    )
    if unfit:
        faults.append(f"only TEXT and INTEGER can be journalled: {unfit}")
    if named != sorted(columns.keys() - {"id"}):
        faults.append(f"units name {named}, the table has {sorted(columns.keys() - {'id'})}")
    return faults
