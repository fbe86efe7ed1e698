"""Backups: making them, looking into them, putting one in the place of the present data."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Migrations

from models.clock import Clock, SystemClock
from models.errors import OfficeError, UserError, WorldError
from models.progress import Progress
from models.store.connection import connect_to_read, connect_to_recover
from models.store.copying import copy_database, part_of, sync_file, verify
from models.store.database import Store
from models.store.folder import Reason, backups, new_backup, rotate
from models.store.locking import WriteLock
from models.store.recognition import recognise
from models.store.sql import compose, name
from models.store.tracking import Tracked
from models.store.trouble import told

_LATEST = "SELECT title, at FROM operation ORDER BY no DESC LIMIT 1"
_FACT = "SELECT value FROM fact WHERE name = ?"
_TABLES = """SELECT DISTINCT l.tbl FROM layout l
JOIN sqlite_schema s ON s.name = l.tbl AND s.type = 'table' ORDER BY l.tbl"""


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup holds.

    Attributes:
        file: where it is.
        size: bytes.
        office: whose data it is ("" if the file does not say).
        program: name and version of the program that last upgraded it ("" if unknown).
        latest: title of the last operation in it ("" if there is none).
        latest_at: when that was, ISO with the time zone.
        operations: how many operations its history has.
        counts: what the office calls the rows, and how many there are.
        ok: it is whole, ours, and not from a newer program.
        problem: the sentence that says why it is not ok ("" if it is).
    """

    file: Path
    size: int
    office: str = ""
    program: str = ""
    latest: str = ""
    latest_at: str = ""
    operations: int = 0
    counts: Mapping[str, int] | None = None
    ok: bool = True
    problem: str = ""


def backup(
    source: Store | Path, target: Path, progress: Progress | None = None, *, thorough: bool = True
) -> BackupFacts:
    """Copy the data to a file and verify the copy; the data may be in use meanwhile.

    Args:
        source: the open store, or a file that is not open.
        target: where the backup goes; nothing may be there yet.
        progress: told the pages copied; may ask to stop.
        thorough: verify by the full check; the quick one is for automatic backups.

    Raises:
        UserError: there is a file of that name already.
        WorldError: disk full, no permission, or the copy is damaged.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    with told(target):
        if target.exists():
            raise UserError(
                "store.backup_exists",
                f"“{target.name}”已经存在，不会覆盖。",
                "请换一个文件名，或先移走原来的文件。",
            )
    if isinstance(source, Store):
        copy_database(source.db.conn, target, thorough=thorough, progress=progress)
        labels = {one.table: one.label for one in source.tracked.values()}
    else:
        labels = {}
        with closing(connect_to_read(source)) as connection:
            recognise(connection, source, None)
            copy_database(connection, target, thorough=thorough, progress=progress)
    with closing(connect_to_read(target)) as connection, told(target):
        return _facts(connection, target, labels)


def backup_on_leaving(store: Store, progress: Progress | None = None) -> Path | None:
    """Back the data up into the folder beside it, if anything was done since the last backup.

    Older backups are thrown away by rotation afterwards.

    Returns:
        The new backup; None if nothing was done since the last one.
    """
    if not _changed_since_backup(store):
        return None
    target = new_backup(store.path, Reason.LEAVING, store.clock.now())
    backup(store, target, progress, thorough=False)
    rotate(store.path)
    return target


def _changed_since_backup(store: Store) -> bool:
    latest = store.value("SELECT count(*) FROM operation")
    kept = [one for one in backups(store.path) if one.reason is Reason.LEAVING]
    if not kept:
        return bool(latest)
    # Of a damaged backup no operation can be counted.
    return rehearse(kept[0].file, thorough=False).operations != latest


def rehearse(
    file: Path,
    tracked: Iterable[Tracked] = (),
    migrations: Sequence[Migrations] | None = None,
    *,
    thorough: bool = True,
) -> BackupFacts:
    """Look into a backup without touching the present data.

    Args:
        file: the backup.
        tracked: the program's tables, for what the office calls their rows.
        migrations: every room's migrations; without them a file of a newer program is known by
            its form only.
        thorough: verify it by the full check.

    Raises:
        WorldError: there is no such file, or it may not be read.
    """
    with told(file):
        size = file.stat().st_size
    try:
        with closing(connect_to_read(file)) as connection, told(file):
            recognise(connection, file, migrations)
            verify(connection, file, thorough=thorough)
            return _facts(connection, file, {one.table: one.label for one in tracked})
    except OfficeError as error:
        return BackupFacts(file, size, ok=False, problem=error.sentence)


def _facts(connection: sqlite3.Connection, file: Path, labels: Mapping[str, str]) -> BackupFacts:
    def known(fact: str) -> str:
        row = connection.execute(_FACT, (fact,)).fetchone()
        return row[0] if row else ""

    def count(table: str) -> int:
        asked = compose("SELECT count(*) FROM {table}", table=name(table))
        return connection.execute(asked).fetchone()[0]

    latest = connection.execute(_LATEST).fetchone() or ("", "")
    tables = [row[0] for row in connection.execute(_TABLES)]
    return BackupFacts(
        file=file,
        size=file.stat().st_size,
        office=known("office"),
        program=known("program"),
        latest=latest[0],
        latest_at=latest[1],
        operations=count("operation"),
        counts={labels.get(table, table): count(table) for table in tables},
    )


def restore(
    path: Path,
    backup_file: Path,
    migrations: Sequence[Migrations] | None = None,
    *,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Put a backup in the place of the present data, of which a copy is kept for ever.

    Args:
        path: the office's file, which nobody may have open to write.
        backup_file: the backup; it stays where it is.
        migrations: every room's migrations, to tell a file of a newer program.
        clock: names the copy of the present data.
        progress: told the pages copied; may ask to stop.

    Returns:
        The copy of the data as it was; restoring it undoes the restore. None if there was none.

    Raises:
        UserError: the backup is not ours or from a newer program; somebody is writing the data.
        WorldError: the backup is damaged, disk full, no permission; the data is as it was.
        CancelledByUser: the person asked to stop; the data is as it was.
    """
    now = (clock or SystemClock()).now()
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_itself(path, backup_file)
    with _alone(path, now), closing(connect_to_read(backup_file)) as source:
        with told(backup_file):
            recognise(source, backup_file, migrations)
            verify(source, backup_file, thorough=True)
        saved = _saved(path, now, progress) if path.exists() else None
        with told(path), part_of(path) as part:
            copy_database(source, part, thorough=False, progress=progress)
            # A log left by a crash belongs to the old file and must not meet the new one.
            for log in _logs(path):
                log.unlink(missing_ok=True)
    return saved


@contextmanager
def _alone(path: Path, now: datetime) -> Generator[None]:
    lock = WriteLock(path)
    lock.acquire("", "恢复备份", now.isoformat(timespec="seconds"))
    try:
        yield
    finally:
        lock.release()


def _refuse_itself(path: Path, backup_file: Path) -> None:
    if path.exists() and backup_file.exists() and path.samefile(backup_file):
        raise UserError(
            "store.restore_itself",
            f"“{backup_file.name}”就是正在使用的数据文件。",
            "请选择一个备份文件。",
        )


def _saved(path: Path, now: datetime, progress: Progress | None) -> Path:
    """Keep a copy of the present data; of a damaged file, its bytes as they are."""
    with told(path):
        target = new_backup(path, Reason.RESTORE, now)
    try:
        with closing(connect_to_recover(path)) as connection:
            copy_database(connection, target, thorough=False, progress=progress)
    except WorldError as error:
        if error.code not in {"store.damaged", "store.not_ours"}:
            raise
        with told(target):
            for file in (path, *_logs(path)):
                copy = target.with_name(target.name + file.name.removeprefix(path.name))
                shutil.copyfile(file, copy)
                sync_file(copy)
    return target


def _logs(path: Path) -> list[Path]:
    """What SQLite keeps beside a file between a crash and the next opening."""
    files = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]
    return [file for file in files if file.exists()]
