"""Bringing a file up to this program: migrations, layouts, triggers, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sqlite_utils import Migrations

from models.store import layouts, scanning, triggers
from models.store.database import Store
from models.store.operations import OUTSIDE, OUTSIDE_TITLE
from models.store.shape import check_shapes

KIND = "store.upgrade"


def pending(store: Store, rooms: Sequence[Migrations]) -> bool:
    """Whether the file lacks a migration of this program."""
    return any(room.pending(store.db) for room in rooms)


def migrate(store: Store, rooms: Sequence[Migrations], title: str) -> None:
    """Apply every pending migration as one operation, and seal what they changed.

    Raises:
        ValueError: a migration broke references between rows, or a registration does not fit its
            table; the file is as it was then.
    """
    connection = store.db.conn
    # A table that is rebuilt is dropped for a moment, which must not drag its children along. The
    # switch works between transactions only.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with store.operation(KIND, title):
            broken = 0 if not store.db.table_names() else _broken_references(connection)
            for room in rooms:
                room.apply(store.db)
            if _broken_references(connection) > broken:
                raise ValueError("a migration broke references between rows")
            check_shapes(connection, store.tracked.values())
            _keep_site(store)
            _watch(store)
            _mark_suspects(store)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def mend(store: Store) -> list[str]:
    """Bring triggers and layouts to what the registry says, and seal what was missed meanwhile.

    A row another program changed while the triggers stood is marked already and sealed as well.

    Returns:
        Chinese sentences about what was found.
    """
    connection = store.db.conn
    lost = triggers.differing(connection, store.tracked.values())
    new = layouts.missing(connection, store.tracked.values())
    marked = connection.execute("SELECT EXISTS (SELECT 1 FROM dirty)").fetchone()[0]
    if not (lost or new):
        store.load_layouts()
        if not marked:
            return []
    with store.operation(OUTSIDE, OUTSIDE_TITLE) as operation:
        if lost or new:
            _watch(store)
            _mark_suspects(store)
    return _findings(len(lost), operation.changed.count)


def _findings(lost: int, changed: int) -> list[str]:
    found: list[str] = []
    if lost:
        found.append(f"变更记录的 {lost} 个触发器被其他软件改动或删除，已经恢复。")
    if changed:
        found.append(f"发现 {changed} 条记录在本程序之外被改动，已记入历史（“{OUTSIDE_TITLE}”）。")
    return found


def _broken_references(connection: sqlite3.Connection) -> int:
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def _keep_site(store: Store) -> None:
    store.execute("INSERT OR IGNORE INTO fact VALUES ('site', ?)", (store.ids.new_id(),))


def _watch(store: Store) -> None:
    connection = store.db.conn
    layouts.add(connection, layouts.missing(connection, store.tracked.values()))
    triggers.mend(connection, triggers.differing(connection, store.tracked.values()))
    store.load_layouts()


def _mark_suspects(store: Store) -> None:
    for found in store.layouts.values():
        scanning.mark_suspects(store.db.conn, found)
