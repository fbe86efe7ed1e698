"""Taking an operation back, as a new operation: nothing of the history is ever erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from models.errors import UserError
from models.store.database import Store
from models.store.going import choose_going
from models.store.history import OperationSummary, operation_of
from models.store.layouts import WHOLE, Layout, Layouts
from models.store.obstacles import ask_guards, refuse_moved
from models.store.operations import Operation
from models.store.sql import Sql, compose, joined, name, names, number, numbers

KIND = "store.undo"
_UNDO = "撤销："
_REDO = "重做："

_BACK = """CREATE TEMP TABLE IF NOT EXISTS back
(row TEXT NOT NULL PRIMARY KEY, vals TEXT NOT NULL) STRICT, WITHOUT ROWID"""
# Other copies' operations, whatever they say they undo, do nothing to this one's.
_SUCCESSOR = """SELECT redo.id FROM operation undo JOIN operation redo ON redo.undoes = undo.id
WHERE undo.undoes = ? AND redo.no NOT IN (SELECT operation FROM received)"""
# The values a unit had before: those of the parent of the version the operation sealed.
_UNITS_BEFORE = """INSERT INTO back (row, vals)
SELECT v.row, {vals} FROM version v
JOIN version p ON p.row = v.row AND p.vid = json_extract(v.parents, '$[0]')
WHERE v.operation = :operation AND v.layout IN ({layouts})"""
# A deletion's parents are the row and the units changed since its birth.
_PARENTS = """SELECT v.row, {vals} FROM version v JOIN json_each(v.parents) j
JOIN version p ON p.row = v.row AND p.vid = j.value AND p.layout IN ({layouts})
WHERE v.operation = :operation AND v.layout = {gone}"""
# Where the deletion replaced several versions of a unit, the one shown then is named first.
_GONE_UNITS = "INSERT OR IGNORE INTO back (row, vals) " + _PARENTS + " ORDER BY j.key"
_REVIVE = """INSERT INTO {table} (id, {columns})
SELECT b.row, {elements} FROM back b
WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = b.row)"""
_RESTORE = "UPDATE {table} SET {assignments} FROM back b WHERE b.row = {table}.id"
_REMOVE = "DELETE FROM {table} WHERE id IN (SELECT row FROM going WHERE tbl = ?)"
_ENTRIES = (
    "SELECT row FROM version WHERE operation = :operation AND layout IN ({wholes}) ORDER BY seq"
)


def undo(store: Store, operation_id: str) -> Operation:
    """Put back what an operation changed; undoing an undo does it again.

    An operation that was undone and done again is undone through its doing-again. Entries of
    append-only tables are reversed by the room that owns them, and what they refer to stays.

    Returns:
        The new operation.

    Raises:
        UserError: no such operation, or undone already; a row was changed since; a later row
            refers to one the operation inserted; a table cannot be reversed; its room refuses it.
    """
    target = _standing(store, operation_id)
    title = _title(target)
    try:
        with store.operation(KIND, title, undoes=target.id) as operation:
            _take_back(store, target)
            _mark_undone(store, target, operation)
    except sqlite3.IntegrityError as error:
        raise UserError(
            "store.undo_collides",
            f"不能撤销“{target.title}”：撤销后的记录会与现有的记录冲突。",
            "请先处理后来登记的同样内容的记录。",
        ) from error
    return operation


def _standing(store: Store, operation_id: str) -> OperationSummary:
    """The operation whose effect stands: the one asked for, or the one that did it again."""
    found = operation_of(store, operation_id)
    if found is None:
        raise UserError(
            "store.no_such_operation",
            f"历史记录里没有编号为“{operation_id}”的操作。",
            "请在历史记录里核对编号。",
        )
    again = store.value(_SUCCESSOR, (found.id,))
    if again:
        return _standing(store, again)
    if found.undone:
        raise UserError(
            "store.undone_already",
            f"“{found.title}”已经撤销过了。",
            "要恢复它，请撤销那次撤销。",
        )
    if not found.undoable:
        raise UserError("store.not_undoable", f"“{found.title}”不能撤销。")
    return found


def _title(target: OperationSummary) -> str:
    for mark, other in ((_UNDO, _REDO), (_REDO, _UNDO)):
        if target.undoes and target.title.startswith(mark):
            return other + target.title.removeprefix(mark)
    return _UNDO + target.title


def _take_back(store: Store, target: OperationSummary) -> None:
    operation = store.value("SELECT no FROM operation WHERE id = ?", (target.id,))
    store.execute(_BACK)
    changeable = [one for one in store.layouts.values() if not one.tracked.append_only]
    for layouts in changeable:
        ask_guards(store, layouts, operation)
        refuse_moved(store, layouts, operation)
    choose_going(store, operation)
    # Children are put back before their parents go, lest a cascade takes them along.
    for layouts in changeable:
        _revive(store, layouts, operation)
        _restore_units(store, layouts, operation)
    for table in store.layouts:
        store.execute(compose(_REMOVE, table=name(table)), (table,))
    for layouts in changeable:  # once more, about the rows that are there again
        ask_guards(store, layouts, operation)
    for layouts in store.layouts.values():
        _reverse(store, layouts, operation)
    store.execute("DELETE FROM back")
    store.execute("DELETE FROM going")


def _revive(store: Store, layouts: Layouts, operation: int) -> None:
    """Insert the rows the operation deleted, as they were: first whole, then unit by unit."""
    revived = [
        _revive_of(store, layouts, whole, operation)
        for whole in layouts.known
        if whole.unit == WHOLE
    ]
    if not any(revived):
        return
    for unit in layouts.tracked.units:
        vals = layouts.projected("p", unit)
        _fill_back(store, layouts, operation, vals=vals, parents=layouts.of_unit(unit))
        _restore(store, layouts, unit)


def _revive_of(store: Store, layouts: Layouts, whole: Layout, operation: int) -> int:
    """Those born with one layout; a column younger than it takes its default."""
    _fill_back(store, layouts, operation, vals=Sql("p.vals"), parents=[whole.id])
    present = [column for column in layouts.tracked.columns if column in whole.columns]
    return store.execute(
        compose(
            _REVIVE,
            table=name(layouts.tracked.table),
            columns=names(present),
            elements=joined(whole.value(column, "b") for column in present),
        )
    ).rowcount


def _fill_back(
    store: Store, layouts: Layouts, operation: int, *, vals: Sql, parents: Sequence[int]
) -> None:
    store.execute("DELETE FROM back")
    statement = compose(
        _GONE_UNITS, vals=vals, layouts=numbers(parents), gone=number(layouts.gone.id)
    )
    store.execute(statement, {"operation": operation})


def _restore_units(store: Store, layouts: Layouts, operation: int) -> None:
    for unit in layouts.tracked.units:
        store.execute("DELETE FROM back")
        statement = compose(
            _UNITS_BEFORE,
            vals=layouts.projected("p", unit),
            layouts=numbers(layouts.of_unit(unit)),
        )
        if store.execute(statement, {"operation": operation}).rowcount:
            _restore(store, layouts, unit)


def _restore(store: Store, layouts: Layouts, unit: str) -> None:
    assignments = [
        compose("{column} = json_extract(b.vals, '$[{n}]')", column=name(column), n=number(place))
        for place, column in enumerate(layouts.tracked.units[unit])
    ]
    table = name(layouts.tracked.table)
    store.execute(compose(_RESTORE, table=table, assignments=joined(assignments)))


def _reverse(store: Store, layouts: Layouts, operation: int) -> None:
    """Let the owner of an append-only table write the counter-entries."""
    reverse = layouts.tracked.reverse
    if not layouts.tracked.append_only or reverse is None:
        return
    statement = compose(_ENTRIES, wholes=numbers(layouts.wholes))
    rows = [row["row"] for row in store.query(statement, {"operation": operation})]
    if rows:
        reverse(store, rows)


def _mark_undone(store: Store, target: OperationSummary, operation: Operation) -> None:
    """The operation is undone, what it had undone stands again, and so on down the chain."""
    if not store.value("SELECT EXISTS (SELECT 1 FROM dirty)"):
        raise UserError(
            "store.nothing_to_undo", f"“{target.title}”没有留下可以撤销的内容。", "不需要撤销。"
        )
    by: str | None = operation.id
    link: OperationSummary | None = target
    while link:
        store.execute("UPDATE operation SET undone_by = ? WHERE id = ?", (by, link.id))
        by = link.id if by is None else None
        link = operation_of(store, link.undoes) if link.undoes else None
