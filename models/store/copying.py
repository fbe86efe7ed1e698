"""Copying a database page by page while it may be in use, and making sure of the copy."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from models.errors import WorldError
from models.progress import Progress
from models.store.trouble import told

PAGES = 128
"""Pages between two reports: 1 MiB."""


def copy_database(
    source: sqlite3.Connection, target: Path, *, thorough: bool, progress: Progress | None = None
) -> None:
    """Copy a whole database to ``target``, which appears only when it is complete and verified.

    Args:
        source: an open connection with no transaction running.
        target: where the copy goes; a file that is there is replaced.
        thorough: verify by the full and slow check instead of the quick one.
        progress: told the pages copied; may ask to stop.

    Raises:
        CancelledByUser: the person asked to stop; nothing is left behind.
        WorldError: disk full, no permission, or the copy is damaged.
    """
    telling = progress or Progress()

    def report(_status: int, remaining: int, total: int) -> None:
        telling.step(total - remaining, total, "备份")

    with part_of(target) as part, told(target), closing(_blank(part)) as copy:
        source.backup(copy, pages=PAGES, progress=report, sleep=0.05)
        # A backup is one file that can be carried away: no write-ahead log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        telling.step(0, None, "核对备份")
        verify(copy, target, thorough=thorough)


def _blank(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # the finished file is synced as a whole
    return connection


@contextmanager
def part_of(target: Path) -> Generator[Path]:
    """A temporary name beside ``target`` that takes its place, durably, when the block succeeds."""
    part = target.with_name(target.name + ".part")
    try:
        with told(target):
            part.unlink(missing_ok=True)
        yield part
        with told(target):
            sync_file(part)
            part.replace(target)
            sync_folder(target.parent)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)


def verify(connection: sqlite3.Connection, path: Path, *, thorough: bool) -> None:
    """Make sure that the file is whole.

    Raises:
        WorldError: it is damaged.
    """
    faults = faults_of(connection, thorough=thorough)
    if faults:
        raise WorldError(
            "store.damaged",
            f"数据文件“{path.name}”已损坏（{faults[0]}）。",
            "请用最近的备份恢复；损坏的文件请保留，不要删除。",
        )


def faults_of(connection: sqlite3.Connection, *, thorough: bool) -> list[str]:
    """What SQLite finds wrong with the file's structure; empty if it is whole."""
    check = "integrity_check" if thorough else "quick_check"
    try:
        rows = [str(row[0]) for row in connection.execute(f"PRAGMA {check}(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if rows == ["ok"] else rows


def sync_file(path: Path) -> None:
    """Make sure that what was written to the file has reached the disk."""
    # Windows syncs only what was opened to write.
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that a new name has reached the disk, where the system can tell."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
