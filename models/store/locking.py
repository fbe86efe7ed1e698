"""One writer at a time: a lock on ``<file>.lock`` and a note beside it that says who holds it.

The operating system gives the lock back when a program ends, however it ends; the note only serves
the sentence the second person reads, so a note left behind by a crash does no harm. It does tell
that the last writer never said goodbye.
"""

from __future__ import annotations

import errno
import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import UserError
from models.store.trouble import told


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open for writing."""

    host: str
    person: str
    program: str
    pid: int
    since: str

    @property
    def words(self) -> str:
        """The holder as the second person knows them."""
        return f"{self.host}（{self.person}）" if self.person else self.host


class WriteLock:
    """The right to write one file.

    Attributes:
        unclean: whether the writer before us ended without closing the file.
    """

    def __init__(self, path: Path) -> None:
        """Name the lock of the file at ``path``; nothing is locked yet."""
        self._path = path
        self._lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
        self._note = path.with_name(path.name + ".lock.json")
        self.unclean = False

    def acquire(self, person: str, program: str, since: str) -> None:
        """Take the lock and leave the note.

        Raises:
            UserError: somebody else is writing the file.
            WorldError: the folder cannot be written.
        """
        with told(self._path):
            if not self._path.parent.is_dir():  # which the lock would make
                raise NotADirectoryError(errno.ENOTDIR, "no such folder", str(self._path.parent))
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                raise self._taken() from None
            self.unclean = self._note.exists()
            holder = Holder(socket.gethostname(), person, program, os.getpid(), since)
            try:
                self._note.write_text(
                    json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8"
                )
            except OSError:
                self._lock.release()
                raise

    def release(self) -> None:
        """Take the note away and give the lock back; a lock not held is no matter."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _taken(self) -> UserError:
        found = holder(self._path)
        who = found.words if found else "另一个程序"
        since = f"（{found.since[:16].replace('T', ' ')} 起）" if found else ""
        return UserError(
            "store.in_use",
            f"数据正被 {who}使用{since}，可只读打开。",
            "请等对方关闭后再打开，或以只读方式打开。",
        )


def holder(path: Path) -> Holder | None:
    """Who says to be writing the file at ``path``; None without a readable note."""
    note = path.with_name(path.name + ".lock.json")
    try:
        return Holder(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
