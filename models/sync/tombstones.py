"""Deleted rows: whose they were, which only the journal still knows.

A deletion goes to those who have the row. The row being gone, its owners are read from the newest
version that names them; an owner may be gone as well, and is then looked up the same way.
"""

from __future__ import annotations

from models.store.database import Store
from models.store.histories import RowKey
from models.store.layouts import GONE
from models.store.rows import is_there
from models.store.sql import compose, joined, numbers, text
from models.sync.membership import Asked, link_layouts
from models.sync.slices import SCHOOL, SLICES, TRAVELLING, Travels

_GONE = """SELECT DISTINCT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
WHERE v.vals IS NULL AND l.unit = :gone AND l.tbl IN ({scoped}) AND v.seq > :since ORDER BY 1, 2"""
_NEWEST = """SELECT layout, vals FROM version WHERE row = ? AND layout IN ({layouts})
ORDER BY seq DESC LIMIT 1"""
_HAS = "SELECT EXISTS (SELECT 1 FROM slice WHERE tbl = ? AND row = ? AND owned)"


def deleted_rows(store: Store, asked: Asked) -> list[RowKey]:
    """Rows of the school that were deleted since; call it when its slice has been gathered."""
    scoped = joined(text(one.table) for one in TRAVELLING if not one.shared)
    rows = store.tuples(compose(_GONE, scoped=scoped), {"gone": GONE, "since": asked.since})
    return [
        (table, row)
        for table, row in rows
        if table in store.layouts and not is_there(store, (table, row))
        if was_of(store, (table, row), asked)
    ]


def was_of(store: Store, what: RowKey, asked: Asked) -> bool:
    """Whether a deleted row was the school's when it was last seen."""
    table, row = what
    travels = SLICES[table]
    if row in asked.roots:
        return True
    values = links(store, travels, row)
    return any(
        _owner_is_theirs(store, (owner.table, values.get(owner.column)), asked)
        for owner in travels.owners
    )


def _owner_is_theirs(store: Store, owner: tuple[str, str | None], asked: Asked) -> bool:
    table, row = owner
    if row is None or table == SCHOOL:
        return row is not None and row == asked.school
    if store.value(_HAS, (table, row)):
        return True
    return not is_there(store, (table, row)) and was_of(store, (table, row), asked)


def links(store: Store, travels: Travels, row: str) -> dict[str, str | None]:
    """The columns that name owners, as they were last."""
    layouts = store.layouts[travels.table]
    if layouts.tracked.append_only:
        return {}
    statement = compose(_NEWEST, layouts=numbers(link_layouts(layouts, travels)))
    newest = store.one(statement, (row,))
    if newest is None:
        return {}
    layout = next(one for one in layouts.known if one.id == newest["layout"])
    return layout.decoded(newest["vals"])
