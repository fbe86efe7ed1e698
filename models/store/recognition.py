"""Whether a file is ours and not from a newer program, before anything else in it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from models.errors import UserError
from models.store import migrations
from models.store.connection import APPLICATION_ID

FORMAT = 1
"""Number of the journal's own form, kept in ``user_version``."""


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether the file holds nothing at all yet."""
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_schema").fetchone()[0])


def recognise(
    connection: sqlite3.Connection, path: Path, rooms: Sequence[Migrations] | None
) -> None:
    """Refuse a file that is not ours or that a newer program wrote.

    Without ``rooms`` (every room's migrations but the journal's) a newer program's file is known
    by the form of its journal only.

    Raises:
        UserError: the file belongs to another program, or to a newer version of this one.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(
            "store.not_ours",
            f"“{path.name}”不是师训通的数据文件。",
            "请另选一个文件；这个文件没有被改动。",
        )
    newer = connection.execute("PRAGMA user_version").fetchone()[0] > FORMAT
    if newer or (rooms is not None and unknown_steps(connection, rooms)):
        raise UserError(
            "store.newer_program",
            f"“{path.name}”是更新版本的师训通保存的，这个版本读不懂。",
            "请安装最新版的师训通后再打开；这个文件没有被改动。",
        )


def steps(room: Migrations) -> list[str]:
    """Names of the room's migrations, in order."""
    with closing(sqlite3.connect(":memory:")) as nothing:
        return [step.name for step in room.pending(Database(nothing, execute_plugins=False))]


def unknown_steps(
    connection: sqlite3.Connection, rooms: Sequence[Migrations]
) -> list[tuple[str, str]]:
    """Room and name of the migrations in the file that this program does not know."""
    known = {(room.name, step) for room in with_own(rooms) for step in steps(room)}
    return sorted(applied(connection) - known)


def with_own(rooms: Sequence[Migrations]) -> list[Migrations]:
    """The journal's migrations and every room's, in the order they are applied."""
    return [migrations.migrations, *rooms]


def applied(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Room and name of every migration the file went through."""
    present = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    ).fetchone()[0]
    if not present:
        return set()
    rows = connection.execute("SELECT migration_set, name FROM _sqlite_migrations")
    return {(row[0], row[1]) for row in rows}
