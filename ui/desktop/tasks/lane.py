"""A lane: one thread with its own opened office that does one job after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from models.errors import CancelledByUser, OfficeError
from models.office.context import Office
from models.progress import Progress
from ui.desktop.tasks.reporting import WindowProgress

OfficeWork = Callable[[Office, Progress], Any]


class Outcome(Enum):
    """How a job ended."""

    DONE = auto()
    REFUSED = auto()  # an OfficeError: a sentence for the person
    CANCELLED = auto()
    BROKEN = auto()  # a bug of ours


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done away from the window's thread.

    Attributes:
        title: what the progress window says, such as 「正在导入」.
        work: called on the lane with the lane's office and a progress.
        on_done: called on the window's thread with the result.
        on_error: called there with the ``OfficeError``; without it the runner's ``refused``
            signal carries it.
        on_cancel: called there when the person stopped the job.
        quiet: whether no progress window is shown, however long it lasts.
        writes: whether it writes to the office's file; only such jobs run on the writer lane.
    """

    title: str
    work: OfficeWork
    on_done: Callable[[Any], None] | None = None
    on_error: Callable[[OfficeError], None] | None = None
    on_cancel: Callable[[], None] | None = None
    quiet: bool = False
    writes: bool = True


@dataclass(slots=True, eq=False)
class Running:
    """A job that was handed in; ``progress.cancel()`` asks it to stop."""

    job: Job
    progress: WindowProgress = field(default_factory=WindowProgress)
    outcome: Outcome | None = None
    result: Any = None
    error: BaseException | None = field(default=None, repr=False)


class Lane:
    """Runs jobs in the order they come; SQLite connections stay on the thread that made them."""

    def __init__(
        self, name: str, open_office: Callable[[], Office], landed: Callable[[Running], None]
    ) -> None:
        """Start the thread; the office is opened when the first job comes.

        Args:
            name: the thread's name, for logs.
            open_office: called on the lane's thread.
            landed: called on the lane's thread with every job that ended, however it did.
        """
        self._open_office = open_office
        self._landed = landed
        self._office: Office | None = None
        self._stale = threading.Event()
        self._jobs: queue.SimpleQueue[Running | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, running: Running) -> None:
        """Queue a job."""
        self._jobs.put(running)

    def reopen(self) -> None:
        """Close the office before the next job, which opens it anew."""
        self._stale.set()

    def close(self, seconds: float) -> bool:
        """End the thread after the jobs already queued; whether it ended in time."""
        self._jobs.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (running := self._jobs.get()) is not None:
            try:
                _perform(running, self._opened())
            except Exception as error:  # noqa: BLE001 - the task runner is one of the three places
                running.outcome = outcome_of(error)
                running.error = error
            self._landed(running)
            del running
        self._shut()

    def _opened(self) -> Office:
        """The lane's office, opened where it is not; on the lane's thread."""
        if self._stale.is_set():
            self._stale.clear()
            self._shut()
        if self._office is None:
            self._office = self._open_office()
        return self._office

    def _shut(self) -> None:
        if self._office is not None:
            self._office.store.close()
            self._office = None


def _perform(running: Running, office: Office) -> None:
    """Run the job's work unless it was cancelled while it waited."""
    if running.progress.cancelled():
        raise CancelledByUser
    running.result = running.job.work(office, running.progress)
    running.outcome = Outcome.DONE


def outcome_of(error: BaseException) -> Outcome:
    """Which of the families of failure an exception belongs to."""
    if isinstance(error, CancelledByUser):
        return Outcome.CANCELLED
    return Outcome.REFUSED if isinstance(error, OfficeError) else Outcome.BROKEN
