"""What stands in the way of an undo: rows that were changed since, and what a room guards."""

from __future__ import annotations

from models.errors import UserError
from models.store.database import Store
from models.store.history import caption_of
from models.store.layouts import Layouts
from models.store.sealing import array
from models.store.sql import Sql, compose, joined, name, number, numbers

SHOWN = 3
"""How many rows a refusal names."""

# An undo may only touch what stands as the operation left it; that is asked of the data itself,
# so that a change nobody has sealed yet is in the way as well.
_UNITS_MOVED = """SELECT v.row, v.seq FROM version v LEFT JOIN {table} t ON t.id = v.row
WHERE v.operation = :operation AND v.layout IN ({layouts})
AND (t.id IS NULL OR {present} <> {left})"""
_ROWS_MOVED = """SELECT v.row, v.seq FROM version v LEFT JOIN {table} t ON t.id = v.row
WHERE v.operation = :operation AND v.layout IN ({wholes}) AND (t.id IS NULL OR {differ})"""
_ROWS_BACK = """SELECT v.row, v.seq FROM version v JOIN {table} t ON t.id = v.row
WHERE v.operation = :operation AND v.layout = {gone}"""
_MOVED = (
    "SELECT row, min(seq) AS seq, count(*) OVER () AS total FROM ({moved}) GROUP BY row LIMIT {n}"
)
_LATER = """SELECT o.title, o.at FROM version v JOIN operation o ON o.no = v.operation
WHERE v.row = ? AND v.layout IN ({layouts}) AND v.seq > ? ORDER BY v.seq DESC LIMIT 1"""

_TOUCHED = "SELECT DISTINCT row FROM version WHERE operation = ? AND layout IN ({layouts})"


def ask_guards(store: Store, layouts: Layouts, operation: int) -> None:
    """Let the room that owns a table refuse that the operation is taken back.

    Raises:
        UserError: it does.
    """
    for unit, guard in layouts.tracked.guards.items():
        spoken = numbers((*layouts.of_unit(unit), *layouts.row_states))
        rows = store.query(compose(_TOUCHED, layouts=spoken), (operation,))
        if rows:
            guard(store, layouts.tracked.table, [row["row"] for row in rows], operation)


def refuse_moved(store: Store, layouts: Layouts, operation: int) -> None:
    """Refuse to take back what was changed since.

    Raises:
        UserError: rows of the table are not as the operation left them; it names the later
            operation and the rows.
    """
    statement = compose(_MOVED, moved=_moved(layouts), n=number(SHOWN))
    rows = store.query(statement, {"operation": operation})
    if not rows:
        return
    later = store.one(
        compose(_LATER, layouts=numbers(layouts.all)), (rows[0]["row"], rows[0]["seq"])
    )
    by = f"“{later['title']}”（{later['at'][:16].replace('T', ' ')}）" if later else "其他软件"
    rows_called = "、".join(named(store, layouts, row["row"]) for row in rows)
    more = f"等 {rows[0]['total']} 条" if rows[0]["total"] > len(rows) else ""
    raise UserError(
        "store.undo_changed_since",
        f"不能撤销：{layouts.tracked.label} {rows_called}{more}之后又被{by}改动过。",
        "请先撤销后来的那次操作，或直接修改这些记录。",
    )


def _moved(layouts: Layouts) -> Sql:
    table = name(layouts.tracked.table)
    units = list(layouts.tracked.units)
    differ = joined((_differ(layouts, unit) for unit in units), by=" OR ")
    parts = [
        compose(_ROWS_MOVED, table=table, wholes=numbers(layouts.wholes), differ=differ),
        compose(_ROWS_BACK, table=table, gone=number(layouts.gone.id)),
    ]
    for unit in units:
        present, left = array(layouts.tracked.units[unit]), layouts.projected("v", unit)
        of_unit = numbers(layouts.of_unit(unit))
        parts.append(
            compose(_UNITS_MOVED, table=table, layouts=of_unit, present=present, left=left)
        )
    return joined(parts, by=" UNION ALL ")


def _differ(layouts: Layouts, unit: str) -> Sql:
    present = array(layouts.tracked.units[unit])
    return compose("{a} <> {b}", a=present, b=layouts.projected("v", unit))


def named(store: Store, layouts: Layouts, row: str) -> str:
    """The row's name where it is there and has one, else the beginning of its identity."""
    statement = compose("SELECT * FROM {table} WHERE id = ?", table=name(layouts.tracked.table))
    found = store.one(statement, (row,))
    caption = caption_of(layouts.tracked, dict(found)) if found else ""
    return f"“{caption}”" if caption else row[:8]
