"""Hands jobs to the lanes and brings their ends back to the window's thread.

All writing runs on one lane, in the order it was asked for. Reading that lasts (searches to be
built, workbooks to be checked, papers to be drawn) runs on a second lane beside it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from models.errors import OfficeError
from models.office.context import Office
from ui.desktop.tasks.lane import Job, Lane, Outcome, Running

log = logging.getLogger(__name__)


class Runner(QObject):
    """Runs jobs and tells the window of their progress and end.

    Signals:
        started, ended: a ``Running``.
        progressed: a ``Running`` with done, total (or None) and a label.
        refused: an ``OfficeError`` that the job itself did not handle.
        broken: an exception that is a bug of ours.
        wrote: a ``Running`` of the writer lane that ended well, before its ``on_done``.
    """

    started = Signal(object)
    progressed = Signal(object, int, object, str)
    ended = Signal(object)
    refused = Signal(object)
    broken = Signal(object)
    wrote = Signal(object)

    _landed = Signal(object)

    def __init__(
        self,
        to_write: Callable[[], Office],
        to_read: Callable[[], Office],
        parent: QObject | None = None,
    ) -> None:
        """Start the lanes; each opens its office at its first job.

        Args:
            to_write: opens the writer lane's office.
            to_read: opens the reader lane's office.
            parent: the runner's owner.
        """
        super().__init__(parent)
        self._waiting: list[Running] = []
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._writer = Lane("writer-lane", to_write, self._landed.emit)
        self._reader = Lane("reader-lane", to_read, self._landed.emit)

    @property
    def busy(self) -> bool:
        """Whether a job is waiting or running."""
        return bool(self._waiting)

    @property
    def pressing(self) -> Running | None:
        """The first job that must not be left behind: one that writes or is waited for."""
        found = (one for one in self._waiting if one.job.writes or not one.job.quiet)
        return next(found, None)

    @property
    def waiting(self) -> tuple[Running, ...]:
        """The jobs that have not ended, in the order they came."""
        return tuple(self._waiting)

    def run(self, job: Job) -> Running:
        """Queue a job; it starts as soon as its lane is free."""
        running = Running(job)
        running.progress.listen(partial(self.progressed.emit, running))
        self._waiting.append(running)
        self.started.emit(running)
        (self._writer if job.writes else self._reader).put(running)
        return running

    def cancel_all(self) -> None:
        """Ask every job that has not ended to stop."""
        for running in self._waiting:
            running.progress.cancel()

    def cancel_quiet(self) -> None:
        """Ask what is only read beside the person's work to stop."""
        for running in self._waiting:
            if running.job.quiet and not running.job.writes:
                running.progress.cancel()

    def reopen(self) -> None:
        """Have both lanes open the office anew before their next job."""
        self._writer.reopen()
        self._reader.reopen()

    def close(self, seconds: float = 10.0) -> bool:
        """End both lanes after the jobs already queued; whether they ended in time."""
        return all([self._writer.close(seconds), self._reader.close(seconds)])

    def _land(self, running: Running) -> None:
        """Give the end of a job to those who wait for it; on the window's thread."""
        self._waiting.remove(running)
        self.ended.emit(running)
        match running.outcome:
            case Outcome.DONE:
                self._done(running)
            case Outcome.REFUSED:
                self._refused(running)
            case Outcome.CANCELLED:
                if running.job.on_cancel is not None:
                    running.job.on_cancel()
            case _:
                log.error("job %s broke", running.job.title, exc_info=running.error)
                self.broken.emit(running.error)

    def _refused(self, running: Running) -> None:
        if running.job.on_error is None:
            self.refused.emit(running.error)
        elif isinstance(running.error, OfficeError):
            running.job.on_error(running.error)

    def _done(self, running: Running) -> None:
        if running.job.writes:
            self.wrote.emit(running)
        if running.job.on_done is not None:
            running.job.on_done(running.result)
