"""Which rows an undo takes away: those the operation inserted, unless something needs them.

What the operation itself entered into an append-only table stays (it is reversed by counter-
entries), and so do the rows those entries refer to. What anything later refers to cannot go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.store.database import Store
from models.store.history import label_of
from models.store.layouts import Layouts
from models.store.obstacles import SHOWN, named
from models.store.sql import Sql, compose, name, number, numbers, text

_TABLE = """CREATE TEMP TABLE IF NOT EXISTS going
(tbl TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (tbl, row)) STRICT, WITHOUT ROWID"""
_BORN = """INSERT INTO going SELECT :table, row FROM version
WHERE operation = :operation AND layout IN ({wholes})"""
_NEEDED = """DELETE FROM going WHERE tbl = :target AND row IN (
SELECT c.{column} FROM version v CROSS JOIN {child} c ON c.id = v.row
WHERE v.operation = :operation AND v.layout IN ({wholes})
AND NOT EXISTS (SELECT 1 FROM going g WHERE g.tbl = :child AND g.row = c.id))"""
_REFERRING = """SELECT c.rowid AS number, g.row AS target, count(*) OVER () AS total
FROM going g JOIN {child} c ON c.{column} = g.row WHERE g.tbl = :target {others} LIMIT {n}"""
# A row that goes too, or whose reference is itself taken back, is not in the way.
_OTHERS = """AND NOT EXISTS (SELECT 1 FROM going o WHERE o.tbl = :child AND o.row = c.id)
AND NOT EXISTS (SELECT 1 FROM version v WHERE v.row = c.id AND v.operation = :operation
AND v.layout IN ({unit}))"""


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of one table that refers to the rows of another."""

    child: str
    column: str
    target: str

    def given(self, operation: int) -> Mapping[str, Any]:
        """The parameters of the questions about it."""
        return {"child": self.child, "target": self.target, "operation": operation}


def choose_going(store: Store, operation: int) -> None:
    """Fill the temporary table ``going`` with the rows the undo of the operation takes away.

    Raises:
        UserError: rows that stay refer to them; it names some.
    """
    store.execute(_TABLE)
    store.execute("DELETE FROM going")
    for table, layouts in store.layouts.items():
        if not layouts.tracked.append_only:
            statement = compose(_BORN, wholes=numbers(layouts.wholes))
            store.execute(statement, {"table": table, "operation": operation})
    targets = {row["tbl"] for row in store.query("SELECT DISTINCT tbl FROM going")}
    inward = [one for one in references(store) if one.target in targets]
    while sum(_keep_needed(store, reference, operation) for reference in inward):
        pass
    for reference in inward:
        _refuse_referring(store, reference, operation)


def _keep_needed(store: Store, reference: Reference, operation: int) -> int:
    """Let stay what rows of the same operation that stay refer to; how many that were."""
    if reference.child not in store.layouts:
        return 0
    statement = compose(
        _NEEDED,
        child=name(reference.child),
        column=name(reference.column),
        wholes=numbers(store.layouts[reference.child].wholes),
    )
    return store.execute(statement, reference.given(operation)).rowcount


def _refuse_referring(store: Store, reference: Reference, operation: int) -> None:
    layouts = store.layouts.get(reference.child)
    statement = compose(
        _REFERRING,
        child=name(reference.child),
        column=name(reference.column),
        others=_others(layouts, reference.column) if layouts else Sql(""),
        n=number(SHOWN),
    )
    rows = store.query(statement, reference.given(operation))
    if rows:
        raise _refusal(store, reference, rows)


def _others(layouts: Layouts, column: str) -> Sql:
    return compose(_OTHERS, unit=numbers(layouts.of_unit(layouts.tracked.unit_of(column))))


def _refusal(store: Store, reference: Reference, rows: list[sqlite3.Row]) -> UserError:
    target = store.layouts[reference.target]
    used = "、".join(dict.fromkeys(named(store, target, row["target"]) for row in rows))
    return UserError(
        "store.undo_referred",
        f"不能撤销：{target.tracked.label} {used} 等已经用在后来的 {rows[0]['total']} 条"
        f"“{label_of(store, reference.child)}”里。",
        "请先撤销或删除这些后来的记录。",
    )


def references(store: Store) -> list[Reference]:
    """Every foreign key of the file whose target is a row identity."""
    found: list[Reference] = []
    for table in store.db.table_names():
        keys = store.query(compose("PRAGMA foreign_key_list({table})", table=text(table)))
        found += [
            Reference(table, key["from"], key["table"]) for key in keys if key["to"] in {"id", None}
        ]
    return found
