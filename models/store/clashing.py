"""Settling a clash: two rows that a UNIQUE rule keeps apart, and of which each copy shows one.

Which of the two a copy shows is a matter of what came first. A person says which one is to be; the
other one is deleted by a version that travels, so that every copy shows the same in the end.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from models.errors import UserError
from models.store import rows
from models.store.booking import Move, note
from models.store.conflicts import Held
from models.store.database import Store
from models.store.deciding import KIND, choose
from models.store.going import references
from models.store.histories import arrivals
from models.store.history import label_of
from models.store.obstacles import named
from models.store.operations import Operation, next_number
from models.store.sealing import Sealed
from models.store.sql import compose, joined, name, text
from models.store.standing import RowKey, Standing, Stands
from models.store.wire import Value
from models.store.wire_lines import json_line

_GONE = """INSERT INTO version (vid, layout, row, parents, vals, operation)
VALUES (random() & 9223372036854775807, ?, ?, ?, NULL, ?)"""


def settle_clash(store: Store, held: Held, *, received: bool) -> Operation:
    """Let the row that was received stand (``received``), or the one that stands here stay.

    Raises:
        UserError: it has been settled meanwhile; other rows refer to the one that is to give way;
            the received row breaks a rule whatever else stands here.
    """
    standing = Stands(store).of(held.table, held.row)
    if standing is None or not standing.verdict.lives:
        raise _settled(held)
    chosen = "采用收到的" if received else "保留本机的"
    try:
        with store.operation(KIND, f"处理重复：{chosen}{held.label} {held.caption}") as done:
            if received:
                _make_room(store, standing)
                _place(store, done, standing)
            else:
                _decline(store, done, standing)
    except sqlite3.IntegrityError as error:
        raise UserError(
            "sync.cannot_settle",
            f"不能这样处理“{held.caption or held.label}”：它不合本机的规定，或会与别的记录重复。",
            "请保留本机的（mine），或先改正与它重复的记录。",
        ) from error
    return done


def _make_room(store: Store, standing: Standing) -> None:
    for key in _in_the_way(store, standing.key, standing.shown()):
        _refuse_used(store, key, _user_of(store, key))
        rows.delete(store, key)


def _refuse_used(store: Store, key: RowKey, user: str) -> None:
    if user:
        called = named(store, store.layouts[key[0]], key[1])
        raise UserError(
            "sync.clash_in_use",
            f"{called} 已经用在“{label_of(store, user)}”里，不能让位。",
            "请先处理那些记录，或者选另一边。",
        )


def _in_the_way(store: Store, key: RowKey, wanted: Mapping[str, Value]) -> list[RowKey]:
    """The rows that have what a UNIQUE rule lets one row have only."""
    found: set[RowKey] = set()
    table = key[0]
    for index in store.query(compose("PRAGMA index_list({table})", table=text(table))):
        asked = compose("PRAGMA index_info({index})", index=text(index["name"]))
        columns = [part["name"] for part in store.query(asked)]
        if index["unique"] and not index["partial"] and set(columns) <= wanted.keys():
            same = joined((compose("{c} = ?", c=name(one)) for one in columns), by=" AND ")
            statement = compose(
                "SELECT id FROM {table} WHERE id <> ? AND {same}", table=name(table), same=same
            )
            given = (key[1], *(wanted[one] for one in columns))
            found |= {(table, row[0]) for row in store.tuples(statement, given)}
    return sorted(found)


def _user_of(store: Store, key: RowKey) -> str:
    """A table with a row that refers to this one; "" if there is none."""
    for one in references(store):
        if one.target == key[0]:
            column = name(one.column)
            asked = compose("SELECT 1 FROM {t} WHERE {c} = ?", t=name(one.child), c=column)
            if store.value(asked, (key[1],)):
                return one.child
    return ""


def _waiting_for(store: Store, key: RowKey) -> str:
    """A table with a row that cannot stand before this one does; "" if there is none."""
    columns = {one.child: one.column for one in references(store) if one.target == key[0]}
    for table, row, vals in store.tuples("SELECT tbl, row, vals FROM unplaced"):
        standing = Stands(store).of(table, row) if table in columns else None
        if standing is not None:
            values = json.loads(vals) if vals else standing.shown()
            if values.get(columns[table]) == key[1]:
                return table
    return ""


def _place(store: Store, done: Operation, standing: Standing) -> None:
    move = Move(standing, rows.present(store, standing.key), standing.shown())
    assert move.wanted is not None
    if move.present is None:
        rows.insert(store, standing.key, move.wanted)
        taken = Sealed(inserted=1)
    else:
        rows.update(store, standing.key, move.wanted)
        taken = Sealed(changed=1)
    note(store, move, arrivals(store))
    table = standing.key[0]
    done.taken[table] = done.taken.get(table, Sealed()).plus(taken)


def _decline(store: Store, done: Operation, standing: Standing) -> None:
    """Answer the row's newest versions by what stands here: nothing of it, or its older state."""
    present = rows.present(store, standing.key)
    if present is None:
        _refuse_used(store, standing.key, _waiting_for(store, standing.key))
        _bury(store, done, standing)
    else:
        note(store, Move(standing, present, standing.shown()), arrivals(store))
        for unit, columns in standing.tracked.units.items():
            said = standing.of(unit, standing.verdict.heads[unit][0])
            if any(present[column] != value for column, value in said.items()):
                choose(store, done, standing, unit, {one: present[one] for one in columns})


def _bury(store: Store, done: Operation, standing: Standing) -> None:
    """Delete a row that stands in no table: by a version that names every one known here."""
    verdict, (table, row) = standing.verdict, standing.key
    heads = [node.vid for found in verdict.heads.values() for node in found]
    parents = [verdict.whole.vid, *heads, *(node.vid for node in verdict.deletions)]
    gone = store.layouts[table].gone.id
    named_by = json_line(list(dict.fromkeys(parents)))
    store.execute(_GONE, (gone, row, named_by, next_number(store.db.conn)))
    for book in ("head", "rival", "unplaced"):
        statement = compose("DELETE FROM {book} WHERE row = ? AND tbl = ?", book=name(book))
        store.execute(statement, (row, table))
    done.taken[table] = done.taken.get(table, Sealed()).plus(Sealed(deleted=1))


def _settled(held: Held) -> UserError:
    return UserError(
        "sync.no_such_conflict",
        f"“{held.caption or held.label}”的重复已经处理过了。",
        "请重新列出冲突再选。",
    )
