"""Opening a file: who may write it, whether it is ours, what has to be upgraded or mended."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from models.store import layouts, migrations, scanning, triggers
from models.store.connection import APPLICATION_ID, connect, connect_to_read
from models.store.database import Store
from models.store.locking import WriteLock
from models.store.media import Drive, Media, SystemMedia
from models.store.recognition import FORMAT, is_new, recognise
from models.store.shape import check_shapes
from models.store.trouble import told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from sqlite_utils import Migrations

    from models.clock import Clock
    from models.ids import IdSource
    from models.store.tracking import Tracked


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
        UserError: somebody else is writing the file; it is not ours; a newer program wrote it.
        WorldError: network drive, damaged file, no permission, disk full.
    """
    if read_only:
        return _open_to_read(path, wiring)
    lock = WriteLock(path)
    lock.acquire(wiring["person"], wiring.get("program", ""), _now(wiring))
    try:
        store = _open_to_write(path, wiring)
    except BaseException:
        lock.release()
        raise
    store.lock = lock
    return store


def rooms(wiring: Wiring) -> list[Migrations]:
    """The journal's migrations and every room's, in the order they are applied."""
    return [migrations.migrations, *wiring["migrations"]]


def _now(wiring: Wiring) -> str:
    return wiring["clock"].now().isoformat(timespec="seconds")


def _open_to_read(path: Path, wiring: Wiring) -> Store:
    connection = connect_to_read(path)
    with _closing_on_failure(connection), told(path):
        recognise(connection, path, rooms(wiring))
        store = _wired(path, connection, wiring)
        store.load_layouts()
        store.site = store.value("SELECT value FROM fact WHERE name = 'site'")
    return store


def _open_to_write(path: Path, wiring: Wiring) -> Store:
    drive = wiring.get("media", SystemMedia()).drive(path)
    if wiring.get("portable") and drive is Drive.LOCAL:
        drive = Drive.REMOVABLE
    connection = connect(path, drive)
    with _closing_on_failure(connection), told(path):
        if is_new(connection):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        else:
            recognise(connection, path, rooms(wiring))
        store = _wired(path, connection, wiring)
        store.read_only = False
        _bring_up(store, wiring)
    return store


@contextmanager
def _closing_on_failure(connection: sqlite3.Connection) -> Generator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _wired(path: Path, connection: sqlite3.Connection, wiring: Wiring) -> Store:
    store = Store(path, connection, wiring["tracked"], person=wiring["person"])
    store.clock, store.ids = wiring["clock"], wiring["ids"]
    return store


def _bring_up(store: Store, wiring: Wiring) -> None:
    pending = [room for room in rooms(wiring) if room.pending(store.db)]
    if pending:
        _upgrade(store, wiring)
    store.load_layouts()
    store.site = store.value("SELECT value FROM fact WHERE name = 'site'")


def _upgrade(store: Store, wiring: Wiring) -> None:
    connection = store.db.conn
    for room in rooms(wiring):
        room.apply(store.db)
    check_shapes(connection, wiring["tracked"])
    connection.execute("INSERT OR IGNORE INTO fact VALUES ('site', ?)", (store.ids.new_id(),))
    layouts.add(connection, layouts.missing(connection, wiring["tracked"]))
    triggers.repaired(connection, wiring["tracked"])
    store.load_layouts()
    connection.execute("PRAGMA query_only = ON")
    scanning.scan(store)
