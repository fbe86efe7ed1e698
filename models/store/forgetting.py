"""Letting go of rows that are another copy's business now, and of all that is known of them here.

No deletion is recorded, for nobody deleted anything: the rows live on where they belong, and come
back whole if they return.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from models.store.database import Store
from models.store.histories import RowKey
from models.store.sql import compose, joined, name, text
from models.store.wire_lines import json_line

_GUARDS = """SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'
AND tbl_name IN ('version', {tables})"""
_DELETE_ROWS = "DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(:rows))"
_DELETE_VERSIONS = """DELETE FROM version WHERE row IN (SELECT value FROM json_each(:rows))
AND layout IN (SELECT id FROM layout WHERE tbl = :tbl)"""
_DELETE_OF = """DELETE FROM {table} WHERE row IN (SELECT value FROM json_each(:rows))
AND tbl = :tbl"""
_BESIDE = ("head", "rival", "unplaced", "dirty", "hold")


def forget(store: Store, rows: Iterable[RowKey]) -> int:
    """Let go of rows inside the running operation; how many stood here.

    Rows that others still refer to must come back, or the others go, before the operation ends.

    Raises:
        RuntimeError: no operation is running.
        WorldError: the disk is full.
    """
    going = sorted(set(rows))
    if not going:
        return 0
    tables = [(table, [key[1] for key in keys]) for table, keys in groupby(going, itemgetter(0))]
    asked = compose(_GUARDS, tables=joined(text(table) for table, _ in tables))
    guards = [(str(row[0]), str(row[1])) for row in store.tuples(asked)]
    for guard, _ in guards:
        store.execute(compose("DROP TRIGGER {guard}", guard=name(guard)))
    # Deleting a row takes its children along and marks them, so marks are wiped when all are gone.
    stood = sum(_delete(store, table, these) for table, these in tables)
    for table, these in tables:
        given = {"tbl": table, "rows": json_line(these)}
        store.execute(_DELETE_VERSIONS, given)
        for beside in _BESIDE:
            store.execute(compose(_DELETE_OF, table=name(beside)), given)
    for _, statement in guards:
        store.execute(statement)
    return stood


def _delete(store: Store, table: str, rows: list[str]) -> int:
    statement = compose(_DELETE_ROWS, table=name(table))
    return store.execute(statement, {"rows": json_line(rows)}).rowcount
