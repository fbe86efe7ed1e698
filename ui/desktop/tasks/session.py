"""What every page is handed: the office to read, the runner to write with, the person's wishes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.errors import OfficeError, UserError
from models.office.context import Office
from models.store.operations import Changed, Operation
from ui.desktop.tasks.boards import Boards
from ui.desktop.tasks.edition import Edition, edition_of
from ui.desktop.tasks.lane import Job, OfficeWork, Running
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.tasks.runner import Runner
from ui.desktop.tasks.undoing import take_back

EVERYTHING: frozenset[str] = frozenset({"*"})
"""Stands for every kind of row, where a job does not tell what it changed."""


@dataclass(frozen=True, slots=True)
class Opener:
    """How the office's file is opened, by whichever thread needs it.

    Attributes:
        path: the file.
        to_write: opens it with the right to write; once at a time.
        to_read: opens it to read beside the writer.
    """

    path: Path
    to_write: Callable[[], Office]
    to_read: Callable[[], Office]


class Session(QObject):
    """The window's one place to read and to ask for changes.

    Signals:
        changed: the kinds of rows (table names) a job changed; ``EVERYTHING`` where unknown.
        go: the key of a page and what to show there.
        told: a sentence and a tone for the page in sight.
        undo_offered: a sentence and the identity of the operation it can take back.
        told_backup: a backup was made.
        restore_wanted: the backup that shall take the place of the present data.
        discard_wanted: the sample data shall go.
        font_changed: the person chose another size of text.
    """

    changed = Signal(object)
    go = Signal(str, object)
    told = Signal(str, str)
    undo_offered = Signal(str, str)
    told_backup = Signal()
    restore_wanted = Signal(str)
    discard_wanted = Signal()
    font_changed = Signal()

    def __init__(
        self,
        opener: Opener,
        preferences: Preferences,
        parent: QObject | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        """Begin with a file; the reading office is opened at its first use."""
        super().__init__(parent)
        self.path = opener.path
        self.preferences = preferences
        self.read_only = read_only
        self.boards = Boards()
        self._opener = opener
        self._office: Office | None = None
        writer = opener.to_read if read_only else opener.to_write
        self.runner = Runner(writer, opener.to_read, self)
        self.runner.wrote.connect(self._wrote)

    @property
    def office(self) -> Office:
        """The office to read, on the window's thread alone."""
        if self._office is None:
            self._office = self._opener.to_read()
        return self._office

    @property
    def edition(self) -> Edition:
        """What of the program this office's window shows, and in which words."""
        return edition_of(self.office.identity.level)

    def write(
        self,
        title: str,
        work: OfficeWork,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[OfficeError], None] | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> Running | None:
        """Have something changed on the writer lane; refused where the file is read-only."""
        if self.read_only:
            error = UserError(
                "window.read_only", "数据是以只读方式打开的，不能修改。", "请等对方关闭后重新打开。"
            )
            (on_error or self.runner.refused.emit)(error)
            return None
        return self.runner.run(Job(title, work, on_done, on_error, on_cancel))

    def read(
        self,
        title: str,
        work: OfficeWork,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[OfficeError], None] | None = None,
        *,
        quiet: bool = False,
    ) -> Running:
        """Have something read or made on the reader lane, beside the writer."""
        return self.runner.run(Job(title, work, on_done, on_error, quiet=quiet, writes=False))

    def undo(self, operation_id: str) -> None:
        """Take a step back, or do one again that was taken back; say so when it is done."""
        work = partial(take_back, operation_id=operation_id)
        self.write("正在撤销", work, self._undone)

    def reopen(self) -> None:
        """Forget the reading office: its name, codes or whole file have changed."""
        if self._office is not None:
            self._office.store.close()
            self._office = None
        self.runner.reopen()

    def leave(self, seconds: float = 10.0) -> bool:
        """End the lanes and close the file; whether the lanes ended in time."""
        ended = self.runner.close(seconds)
        if self._office is not None:
            self._office.store.close()
            self._office = None
        return ended

    def _undone(self, operation: Operation) -> None:
        self.told.emit(f"已{operation.title}", "ok")

    def _wrote(self, running: Running) -> None:
        self.changed.emit(kinds_of(running.result))


def kinds_of(result: object) -> frozenset[str]:
    """The kinds of rows a job's result says it changed; ``EVERYTHING`` where it does not say."""
    found = getattr(result, "changed", None)
    return found.kinds if isinstance(found, Changed) else EVERYTHING
