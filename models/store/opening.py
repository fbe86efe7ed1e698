"""Opening a file: who may write it, whether it is ours, what has to be upgraded or mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NotRequired, TypedDict, Unpack

from sqlite_utils import Migrations

from models.clock import Clock
from models.errors import UserError
from models.ids import IdSource
from models.store import upgrading
from models.store.connection import APPLICATION_ID, connect, connect_to_read, settle
from models.store.copying import copy_database, verify
from models.store.database import Store
from models.store.folder import Reason, new_backup
from models.store.locking import WriteLock
from models.store.media import Drive, Media, SystemMedia
from models.store.recognition import FORMAT, is_new, recognise, with_own
from models.store.shape import check_shapes
from models.store.tracking import Tracked
from models.store.trouble import told, told_by_sqlite

UNCLEAN = (
    "上次没有正常关闭（断电，或程序被强行结束）。已检查数据文件：完好，没有保存完的操作已整个取消。"
)


class Wiring(TypedDict):
    """What a file is opened with.

    Attributes:
        tracked: every room's journalled tables.
        migrations: every room's migrations, floors below first; the journal's own come by
            themselves.
        clock, ids, person: where the time, new identities and the name in the history come from.
        program: name and version of the program, for the lock's note and for backups.
        portable: the file travels with the program on a stick: no write-ahead log.
        media: tells the kind of drive of a path.
    """

    tracked: Sequence[Tracked]
    migrations: Sequence[Migrations]
    clock: Clock
    ids: IdSource
    person: str
    program: NotRequired[str]
    portable: NotRequired[bool]
    media: NotRequired[Media]


def open_store(path: Path, *, read_only: bool = False, **wiring: Unpack[Wiring]) -> Store:
    """Open an office's file, making it if it is not there, and bring it up to this program.

    Opening to write takes the lock, upgrades an older file after a backup, mends what a tool may
    have broken in the journal, and seals what was changed outside this program. Opening to read
    takes no lock and writes nothing.

    Raises:
        UserError: somebody else is writing the file; it is not ours; a newer program wrote it; it
            is opened to read but needs an upgrade first.
        WorldError: network drive, damaged file, no permission, disk full.
    """
    if read_only:
        return _open_to_read(path, wiring)
    lock = WriteLock(path)
    now = wiring["clock"].now().isoformat(timespec="seconds")
    lock.acquire(wiring["person"], wiring.get("program", ""), now)
    try:
        store = _open_to_write(path, wiring, unclean=lock.unclean)
    except BaseException:
        lock.release()
        raise
    store.lock = lock
    return store


def _open_to_read(path: Path, wiring: Wiring) -> Store:
    connection = connect_to_read(path)
    with _closed_on_failure(connection), told(path):
        recognise(connection, path, wiring["migrations"])
        store = _wired(path, connection, wiring)
        if upgrading.pending(store, with_own(wiring["migrations"])):
            raise UserError(
                "store.needs_upgrade",
                f"“{path.name}”是旧版师训通保存的，要先升级才能查看。",
                "请先用可写方式打开一次（会自动备份后升级）。",
            )
        check_shapes(connection, wiring["tracked"])
        store.load_layouts()
    return store


def _open_to_write(path: Path, wiring: Wiring, *, unclean: bool) -> Store:
    drive = wiring.get("media", SystemMedia()).drive(path)
    if wiring.get("portable") and drive is Drive.LOCAL:
        drive = Drive.REMOVABLE
    connection = connect(path, drive)
    with _closed_on_failure(connection), told_by_sqlite(path):
        fresh = is_new(connection)
        if not fresh:
            recognise(connection, path, wiring["migrations"])
        settle(connection, path, drive)
        if fresh:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        store = _wired(path, connection, wiring)
        store.read_only = False
        if unclean and not fresh:
            verify(connection, path, thorough=False)
            store.notices.append(UNCLEAN)
        _bring_up(store, wiring, fresh=fresh)
    return store


def _bring_up(store: Store, wiring: Wiring, *, fresh: bool) -> None:
    rooms = with_own(wiring["migrations"])
    connection = store.db.conn
    if upgrading.pending(store, rooms):
        if not fresh:
            _secure(store)
        upgrading.migrate(store, rooms, "建立数据文件" if fresh else "程序升级")
        store.keep_fact("program", wiring.get("program", ""))
    else:
        check_shapes(connection, wiring["tracked"])
        store.notices += upgrading.mend(store)
    connection.execute("PRAGMA query_only = ON")


def _secure(store: Store) -> None:
    """Keep a copy of the file as it was before the upgrade."""
    target = new_backup(store.path, Reason.UPGRADE, store.clock.now())
    copy_database(store.db.conn, target, thorough=True)
    store.notices.append(f"数据文件已升级；升级前的备份在“{target}”。")


@contextmanager
def _closed_on_failure(connection: sqlite3.Connection) -> Generator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _wired(path: Path, connection: sqlite3.Connection, wiring: Wiring) -> Store:
    store = Store(path, connection, wiring["tracked"], wiring["person"])
    store.clock, store.ids = wiring["clock"], wiring["ids"]
    return store
