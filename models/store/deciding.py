"""Closing what waits for a person: the choice is a version that replaces all sides everywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from models.errors import UserError
from models.store.conflicts import DELETED, Conflict, Side, conflict_of
from models.store.database import Store
from models.store.history import KEPT
from models.store.layouts import WHOLE
from models.store.operations import Operation, next_number
from models.store.sealing import Sealed, array, values
from models.store.sql import Sql, compose, joined, name
from models.store.standing import Standing, Stands
from models.store.wire import Value
from models.store.wire_lines import json_line

KIND = "sync.resolve"

_DECIDED = """INSERT INTO version (vid, layout, row, parents, vals, operation)
SELECT random() & 9223372036854775807, :layout, t.id, :parents, {vals}, :operation
FROM {table} t WHERE t.id = :row"""
_SHOW = """INSERT INTO head (row, tbl, unit, seq)
SELECT :row, :tbl, :unit, max(seq) FROM version WHERE row = :row AND operation = :operation
AND layout = :layout ON CONFLICT DO UPDATE SET seq = excluded.seq"""
_HIDE = "DELETE FROM head WHERE row = :row AND tbl = :tbl"
_SETTLED = "DELETE FROM rival WHERE row = :row AND tbl = :tbl"


def resolve(store: Store, conflict_id: str, vid: int, *, title: str = "") -> Operation:
    """Decide an open conflict for one of its sides; the decision travels with the next package.

    The decision replaces all sides in every copy. It can be undone, which is another decision (but
    for keeping a row that was deleted elsewhere: that is taken back by deleting it).

    Raises:
        UserError: no such open conflict or side; rows refer to the one to be deleted.
    """
    conflict = conflict_of(store, conflict_id)
    side = conflict and next((one for one in conflict.sides if one.vid == vid), None)
    if conflict is None or side is None:
        raise UserError(
            "sync.no_such_conflict",
            f"没有编号为“{conflict_id}”、可以这样处理的冲突，可能已经处理过了。",
            "请重新列出冲突再选。",
        )
    kind = KEPT if conflict.kind == DELETED and side.values else KIND
    title = title or f"处理冲突：{conflict.label} {conflict.caption}"
    try:
        with store.operation(kind, title) as done:
            done.detail["conflict"] = conflict.id
            _decide(store, done, conflict, side)
    except sqlite3.IntegrityError as error:
        raise UserError(
            "sync.cannot_resolve",
            f"不能这样处理“{conflict.caption}”：别的记录还用着它，或会与别的记录重复。",
            "请先处理那些记录，或者选另一方。",
        ) from error
    return done


def _decide(store: Store, operation: Operation, conflict: Conflict, side: Side) -> None:
    standing = Stands(store).of(conflict.table, conflict.row)
    assert standing is not None, "a conflict of a row nobody knows"
    if conflict.kind != DELETED:
        choose(store, operation, standing, conflict.unit, side.values)
    elif side.values:
        _keep(store, operation, standing)
    else:
        # Sealing makes a deletion that names every version known here.
        table = name(conflict.table)
        store.execute(compose("DELETE FROM {table} WHERE id = ?", table=table), (conflict.row,))


def choose(
    store: Store,
    operation: Operation,
    standing: Standing,
    unit: str,
    chosen: Mapping[str, Value],
) -> None:
    """Let a unit say this by a version that replaces all its heads; inside the operation."""
    table, row = standing.key
    assignments = joined(compose("{column} = ?", column=name(column)) for column in chosen)
    statement = compose("UPDATE {table} SET {set} WHERE id = ?", table=name(table), set=assignments)
    store.execute(statement, (*chosen.values(), row))
    parents = [node.vid for node in standing.verdict.heads[unit]]
    vals = array(standing.tracked.units[unit])
    given = _write(store, operation, standing, unit, (vals, parents))
    store.execute(_SHOW, given)
    store.execute(f"{_SETTLED} AND unit = :unit", given)


def _keep(store: Store, operation: Operation, standing: Standing) -> None:
    """The row lives on as it is shown: a revival that has seen everything.

    Open conflicts of its units stay open: what they stand between is no parent of it.
    """
    verdict = standing.verdict
    parents = [verdict.whole.vid, *(node.vid for node in verdict.deletions)]
    parents += [found[0].vid for found in verdict.heads.values()]
    vals = values(store.layouts[standing.tracked.table])
    given = _write(store, operation, standing, WHOLE, (vals, list(dict.fromkeys(parents))))
    store.execute(_HIDE, given)
    store.execute(f"{_SETTLED} AND unit = '-'", given)


def _write(
    store: Store,
    operation: Operation,
    standing: Standing,
    unit: str,
    said: tuple[Sql, Collection[int]],
) -> dict[str, str | int]:
    """Write the deciding version by what now stands in the table; the parameters it used."""
    table, row = standing.key
    layouts = store.layouts[table]
    vals, parents = said
    given: dict[str, str | int] = {
        "layout": layouts.whole.id if unit == WHOLE else layouts.unit(unit).id,
        "row": row,
        "tbl": table,
        "unit": unit,
        "parents": json_line(list(parents)),
        "operation": next_number(store.db.conn),
    }
    store.execute(compose(_DECIDED, vals=vals, table=name(table)), given)
    operation.taken[table] = operation.taken.get(table, Sealed()).plus(Sealed(changed=1))
    return given
