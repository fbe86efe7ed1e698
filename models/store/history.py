"""What was done, what it changed, and how one row came to be what it is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from models.store.database import Store
from models.store.layouts import FINGERPRINT, GONE, Layout, load
from models.store.sql import Sql, compose, name, names, numbers
from models.store.tracking import Tracked
from models.store.upgrading import KIND as UPGRADE

PAGE = 200

_SUMMARIES = """SELECT * FROM operation
WHERE no < coalesce((SELECT no FROM operation WHERE id = :before), 9223372036854775807) {kinds}
ORDER BY no DESC LIMIT :limit"""
_LAST_CHANGED = "SELECT max(operation) FROM version WHERE row = ? AND layout IN ({layouts})"
_ONE = "SELECT * FROM operation WHERE id = ?"
_NEWEST = "SELECT coalesce(max(no), 0) FROM operation"
_TOUCHED = "SELECT counts FROM operation WHERE no > ? AND kind <> ?"
_VERSIONS = """SELECT seq, layout, row FROM version
WHERE operation = (SELECT no FROM operation WHERE id = :id) AND seq > :after
ORDER BY seq LIMIT :limit"""
_OF_ROW = """SELECT v.seq, v.layout, v.row, v.vals, o.id AS operation, o.at
FROM version v JOIN operation o ON o.no = v.operation
WHERE v.row = :row AND v.layout IN (SELECT id FROM layout WHERE tbl = :tbl) ORDER BY v.seq"""


@dataclass(frozen=True, slots=True)
class OperationSummary:
    """One line of the history.

    Attributes:
        id: the operation.
        kind: what sort of thing was done: ``"staff.register"``.
        title: what it is called, in Chinese.
        person: who did it.
        at: when, ISO with the time zone.
        counts: what the office calls the rows, to how many of them were ``inserted``, ``changed``
            and ``deleted``.
        detail: what the use case kept with it.
        undoes: the operation it took back, if it is an undo.
        undone: whether it was taken back itself.
        undoable: whether it can be taken back, if nothing later stands in the way (``undo``
            tells what does).
    """

    id: str
    kind: str
    title: str
    person: str
    at: str
    counts: Mapping[str, Mapping[str, int]]
    detail: Mapping[str, Any]
    undoes: str | None
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a row, before and after; None where it was empty or the row was not there."""

    column: str
    before: str | int | None
    after: str | int | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one operation did to one unit of one row, or to the whole row.

    Attributes:
        seq: its place, for asking for what comes after it.
        operation: the operation.
        at: when, ISO with the time zone.
        table, label: the table, and what the office calls such a row.
        row: the row's identity.
        caption: what the row is called ("" if it has no name).
        what: ``"inserted"``, ``"changed"`` or ``"deleted"``.
        fields: the columns that differ.
    """

    seq: int
    operation: str
    at: str
    table: str
    label: str
    row: str
    caption: str
    what: str
    fields: tuple[FieldChange, ...]


def history(
    store: Store, limit: int, before: str | None = None, kinds: Collection[str] | None = None
) -> list[OperationSummary]:
    """The latest operations, the newest first.

    Args:
        store: the office's file.
        limit: at most so many.
        before: only those before this operation, to turn the page.
        kinds: only operations of these kinds.
    """
    condition = Sql("")
    given: dict[str, Any] = {"limit": limit, "before": before}
    if kinds is not None:
        condition = Sql("AND kind IN (SELECT value FROM json_each(:kinds))")
        given["kinds"] = json.dumps(sorted(kinds))
    rows = store.query(compose(_SUMMARIES, kinds=condition), given)
    return [_summary(store, row) for row in rows]


def operation_of(store: Store, operation_id: str) -> OperationSummary | None:
    """One operation; None if there is none of that identity."""
    row = store.one(_ONE, (operation_id,))
    return None if row is None else _summary(store, row)


def newest_no(store: Store) -> int:
    """The number of the newest operation; 0 where there is none."""
    return int(store.value(_NEWEST))


def touched_since(store: Store, no: int, but: str = "") -> frozenset[str]:
    """The tables that operations after the one of that number touched.

    Args:
        store: the office's file.
        no: number of an operation.
        but: a kind of operations that do not count.
    """
    found: set[str] = set()
    for row in store.query(_TOUCHED, (no, but)):
        found |= json.loads(row["counts"]).keys()
    return frozenset(found)


def _summary(store: Store, row: sqlite3.Row) -> OperationSummary:
    counts: dict[str, dict[str, int]] = json.loads(row["counts"])
    undone = row["undone_by"] is not None
    return OperationSummary(
        id=row["id"],
        kind=row["kind"],
        title=row["title"],
        person=row["person"],
        at=row["at"],
        counts={label_of(store, table): sealed for table, sealed in counts.items()},
        detail=json.loads(row["detail"]),
        undoes=row["undoes"],
        undone=undone,
        undoable=not undone and row["kind"] != UPGRADE and _reversible(store, counts),
    )


def _reversible(store: Store, tables: Collection[str]) -> bool:
    found = [store.tracked.get(table) for table in tables]
    return all(one and (one.reverse or not one.append_only) for one in found)


def label_of(store: Store, table: str) -> str:
    """What the office calls a row of the table."""
    return store.tracked[table].label if table in store.tracked else table


def changes(
    store: Store, operation_id: str, *, after: int = 0, limit: int = PAGE
) -> list[RowChange]:
    """What an operation changed, field by field.

    Args:
        store: the office's file.
        operation_id: the operation.
        after: only what comes after this ``seq``, to turn the page.
        limit: at most so many rows or units of rows.
    """
    layouts = _layouts(store)
    found = store.query(_VERSIONS, {"id": operation_id, "after": after, "limit": limit})
    page: list[RowChange] = []
    for version in found:
        steps = row_history(store, layouts[version["layout"]].table, version["row"])
        page += [step for step in steps if step.seq == version["seq"]]
    return page


def row_history(store: Store, table: str, row: str) -> list[RowChange]:
    """Everything that ever happened to one row, the oldest first."""
    layouts = _layouts(store)
    state: dict[str, Any] = {}
    steps: list[RowChange] = []
    for version in store.query(_OF_ROW, {"row": row, "tbl": table}):
        layout = layouts[version["layout"]]
        after = _after(store, layout, version, state)
        what = _what(layout, state)
        fields = _differences(state, after)
        shown = after or state
        steps.append(
            RowChange(
                seq=version["seq"],
                operation=version["operation"],
                at=version["at"],
                table=table,
                label=label_of(store, table),
                row=row,
                caption=caption_of(store.tracked.get(table), shown),
                what=what,
                fields=fields,
            )
        )
        state = after
    return steps


def last_changed(store: Store, table: str, unit: str, row: str) -> int:
    """The number of the last operation that changed that unit of a row; 0 for none."""
    layouts = numbers(store.layouts[table].of_unit(unit))
    return store.value(compose(_LAST_CHANGED, layouts=layouts), (row,)) or 0


def caption_of(tracked: Tracked | None, state: Mapping[str, Any]) -> str:
    """What a row with these values is called; "" if it has no name."""
    return str(state.get(tracked.named_by) or "") if tracked else ""


def _layouts(store: Store) -> dict[int, Layout]:
    return {layout.id: layout for layout in load(store.db.conn)}


def _after(
    store: Store, layout: Layout, version: sqlite3.Row, state: Mapping[str, Any]
) -> dict[str, Any]:
    """The row's values once the version counts; empty for a row that is gone."""
    if layout.unit == GONE:
        return {}
    if layout.unit == FINGERPRINT:
        return _present(store, layout, version["row"])
    return {**state, **layout.decoded(version["vals"])}


def _present(store: Store, layout: Layout, row: str) -> dict[str, Any]:
    """An append-only row's values are in its table, and nowhere else."""
    statement = compose(
        "SELECT {columns} FROM {table} WHERE id = ?",
        columns=names(store.tracked[layout.table].columns),
        table=name(layout.table),
    )
    found = store.one(statement, (row,))
    return dict(found) if found else {}


def _what(layout: Layout, state: Mapping[str, Any]) -> str:
    if layout.unit == GONE:
        return "deleted"
    return "changed" if state else "inserted"


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    columns = dict.fromkeys([*before, *after])
    pairs = [FieldChange(column, before.get(column), after.get(column)) for column in columns]
    return tuple(pair for pair in pairs if pair.before != pair.after)
