"""Programs that are killed while they work: after some time, or at one of their steps."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FILE_STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


def kill_while_working(module: str, path: Path, seconds: float) -> list[str]:
    """Let a module work on a file, kill it some time after its first words; what it said."""
    with subprocess.Popen(
        [sys.executable, "-m", module, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        said += process.stdout.readlines()
    return said


class Steps:
    """Counts the steps of this process from ``begin`` on and kills it before one of them.

    A step is an SQL statement of any connection, those of triggers too, a file opened to be
    written, renamed, removed or made, and a file brought to the disk.
    """

    def __init__(self, place: int | None) -> None:
        """Watch this process for the rest of its life; ``place`` is counted from 1."""
        self._place = place
        self.passed: int | None = None
        connect, fsync = sqlite3.connect, os.fsync

        def connected(*args: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*args, **options)
            connection.set_trace_callback(self._step)
            return connection

        def synced(handle: int) -> None:
            self._step()
            fsync(handle)

        sqlite3.connect, os.fsync = connected, synced
        sys.addaudithook(self._audited)

    def begin(self) -> None:
        """Count from here on."""
        self.passed = 0

    def _audited(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _FILE_STEPS or (event == "open" and args[2] & _CHANGES):
            self._step()

    def _step(self, _statement: str = "") -> None:
        if self.passed is None:
            return
        self.passed += 1
        if self.passed == self._place:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(place: int | None, work: Callable[[Callable[[], None]], None]) -> int | None:
    """Let a forked process work and kill itself at a step.

    Args:
        place: the step, from 1; None lets it come to its end.
        work: is handed what it calls where counting begins.

    Returns:
        How many steps it had if it came to its end, None if it was killed.
    """

    def counted() -> int:
        steps = Steps(place)
        work(steps.begin)
        assert steps.passed is not None, "counting never began"
        return steps.passed

    said, ended = in_child(counted)
    assert ended in {0, -signal.SIGKILL}
    return said if ended == 0 else None


def in_child(work: Callable[[], int]) -> tuple[int | None, int]:
    """Let a forked process work: the number it came to, and how it ended (0: well)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, str(work()).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read()
    return int(said) if said else None, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
