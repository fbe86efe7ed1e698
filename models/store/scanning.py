"""Finding what changed past the triggers: a technician's tool, a lost trigger, a migration."""

from __future__ import annotations

import sqlite3

from models.store.database import Store
from models.store.layouts import Layouts
from models.store.operations import OUTSIDE, OUTSIDE_TITLE, Changed
from models.store.sealing import unlike
from models.store.sql import Sql, compose, name, numbers

# Rows never changed since birth are compared whole, which is most of them and cheap; the others,
# and those the journal knows and the table does not, are left to the sealing questions.
_SUSPECTS = """SELECT t.id AS row FROM {table} t
LEFT JOIN version w ON w.seq =
  (SELECT max(v.seq) FROM version v WHERE v.row = t.id AND v.layout IN ({states}))
WHERE w.seq IS NULL OR {unlike}
OR EXISTS (SELECT 1 FROM head h WHERE h.row = t.id AND h.tbl = :tbl)
UNION SELECT v.row FROM version v WHERE v.layout IN ({states})
AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = v.row)"""
_MARK = "INSERT INTO dirty (tbl, row) SELECT :tbl, s.row FROM ({suspects}) s"


def suspects(layouts: Layouts) -> Sql:
    """SQL for the rows of a table (``:tbl``) that may differ from what was sealed."""
    return compose(
        _SUSPECTS,
        table=name(layouts.tracked.table),
        states=numbers(layouts.row_states),
        unlike=unlike(layouts),
    )


def mark_suspects(connection: sqlite3.Connection, layouts: Layouts) -> None:
    """Mark every row that may differ from what was sealed, for the next seal to look at."""
    statement = compose(_MARK, suspects=suspects(layouts))
    connection.execute(statement, {"tbl": layouts.tracked.table})


def scan(store: Store) -> Changed:
    """Seal what changed in the tracked tables past the triggers, as an operation of its own."""
    with store.operation(OUTSIDE, OUTSIDE_TITLE) as operation:
        for layouts in store.layouts.values():
            mark_suspects(store.db.conn, layouts)
    return operation.changed
