"""Declining what a school sent and the county held, so that both show the county's again.

What the school wrote is let into the history and answered at once by what stood here: only an
answer that knows the school's versions makes its copy change back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.store.conflicts import Held, conflicts, held
from models.store.database import Store
from models.store.deciding import resolve
from models.store.entering import GATE
from models.store.merging import retry_held
from models.store.operations import Operation
from models.store.sql import compose, joined, name

_SHOWN = "SELECT * FROM {table} WHERE id = ?"
_BACK = "UPDATE {table} SET {changes} WHERE id = ?"
_GONE = "DELETE FROM {table} WHERE id = ?"


def decline(office: Office, one: Held) -> Operation:
    """Keep what is shown here of a row that was held, in one step that travels.

    Raises:
        UserError: it is no row that the gate held, or one that can only be added.
    """
    store = office.store
    if one.reason != GATE or one.table not in store.tracked or store.tracked[one.table].append_only:
        raise UserError(
            "sync.held_stays",
            f"“{one.caption or one.label}”是暂存内容，没有采用就没有改动本机的数据。",
            "不采用时不用处理；要采用请选 theirs。",
        )
    ids = [each.id for each in held(store) if (each.table, each.row) == (one.table, one.row)]
    before = _shown(store, one)
    with store.operation("sync.decline", f"不采用暂存的{one.label} {one.caption}") as done:
        retry_held(store, title="查看暂存内容", let_pass=ids)
        for each in conflicts(store, table=one.table, row=one.row):
            mine = next((side for side in each.sides if side.mine), None)
            if mine is not None:
                resolve(store, each.id, mine.vid)
        _put_back(store, one, before)
    return done


def _shown(store: Store, one: Held) -> Mapping[str, Any]:
    row = store.one(compose(_SHOWN, table=name(one.table)), (one.row,))
    return {} if row is None else dict(row)


def _put_back(store: Store, one: Held, before: Mapping[str, Any]) -> None:
    table, now = name(one.table), _shown(store, one)
    if not before:
        store.execute(compose(_GONE, table=table), (one.row,))
    elif before != now:
        columns = [column for column in before if column != "id"]
        changes = joined(compose("{column} = ?", column=name(column)) for column in columns)
        statement = compose(_BACK, table=table, changes=changes)
        store.execute(statement, (*(before[column] for column in columns), one.row))
