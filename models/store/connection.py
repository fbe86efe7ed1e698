"""The one place that opens SQLite files and sets how they are written.

Write-ahead log with synchronous=FULL on a local disk: one fsync a commit, and a commit survives a
power cut. A removable drive takes a rollback journal instead: a stick pulled out must not leave
half of the data in a second file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from models.errors import WorldError
from models.store.media import Drive
from models.store.trouble import told

APPLICATION_ID = 0x53585431
"""What marks a file as ours in its header: "SXT1"."""
OLDEST_SQLITE = (3, 37, 0)
"""The first release with STRICT tables."""
PAGE_SIZE = 8192
"""Measured in docs/decisions/0002-the-version-store.md."""
LOG_BYTES = 64 * 1024 * 1024
"""How large the log may stay on the disk after an import made it larger."""
BUSY_MILLISECONDS = 5000
CACHE_KIBIBYTES = 65536


def connect(path: Path, drive: Drive) -> sqlite3.Connection:
    """Open the file for writing, creating it if it is not there; ``settle`` goes on from here.

    Raises:
        WorldError: the file lies on a network drive or cannot be opened.
    """
    check_library(sqlite3.sqlite_version_info)
    if drive is Drive.NETWORK:
        raise WorldError(
            "store.network_drive",
            f"“{path.name}”在网络驱动器或共享文件夹上，多人同时写会损坏数据。",
            "请把数据文件放到本机硬盘；需要共享时用“备份”存一份到共享文件夹。",
        )
    with told(path):
        return _open(_uri(path, "mode=rwc"))


def settle(connection: sqlite3.Connection, path: Path, drive: Drive) -> None:
    """Set how the file is written from now on; a new one gets its page size.

    Only for a file known to be ours: this writes to it.

    Raises:
        WorldError: the file cannot be written, or another program is using it.
    """
    with told(path):
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")  # without effect on an old file
        mode = "DELETE" if drive is Drive.REMOVABLE else "WAL"
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open an existing file without writing to it, but for what a crash left undone.

    Raises:
        WorldError: the file is missing, cannot be opened, or is not SQLite.
    """
    check_library(sqlite3.sqlite_version_info)
    with told(path):
        if not path.exists():
            raise FileNotFoundError(2, "no such file", str(path))
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            # Left by a crash on a stick: what is half-written must be taken back before reading.
            with closing(_open(_uri(path, "mode=rw"))) as recovering:
                recovering.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        try:
            return _readable(_uri(path, "mode=ro"))
        except sqlite3.OperationalError:
            # On a write-protected medium there can be no index of the log beside the file; with
            # no log left the file itself is complete.
            if journal.exists() or path.with_name(path.name + "-wal").exists():
                raise
            return _readable(_uri(path, "mode=ro&immutable=1"))


def connect_to_recover(path: Path) -> sqlite3.Connection:
    """Open an existing file so that SQLite finishes what a crash interrupted; nothing else.

    Raises:
        WorldError: the file cannot be opened.
    """
    with told(path):
        return _open(_uri(path, "mode=rw"))


def check_library(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that is too old for STRICT tables.

    Raises:
        WorldError: the library is older than ``OLDEST_SQLITE``.
    """
    if version < OLDEST_SQLITE:
        raise WorldError(
            "store.old_sqlite",
            f"本机的 SQLite 版本是 {'.'.join(map(str, version))}，太旧了。",
            f"需要 {'.'.join(map(str, OLDEST_SQLITE))} 或更新的版本，请使用完整安装包。",
        )


def _uri(path: Path, how: str) -> str:
    # Path.as_uri would give a Windows share an authority, which SQLite refuses.
    place = path.absolute().as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}?{how}"


def _open(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_KIBIBYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _readable(uri: str) -> sqlite3.Connection:
    connection = _open(uri)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
