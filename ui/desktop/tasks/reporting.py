"""How a job on another thread tells the window how far it is, and hears that it should stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from models.progress import Progress

REPORT_EVERY = 0.05
"""Seconds between two reports to the window; the ones between are dropped."""

Listener = Callable[[int, int | None, str], None]


class WindowProgress(Progress):
    """Hands on at most twenty reports a second; a cancel takes effect at the job's next step."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listener: Listener | None = None
        self._stop = threading.Event()
        self._last = 0.0

    def listen(self, listener: Listener) -> None:
        """Report to ``listener``, which is called on the job's thread."""
        self._listener = listener

    def cancel(self) -> None:
        """Ask the job to stop; any thread may ask."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether someone asked the job to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int | None, label: str) -> None:
        """Hand the step on, unless one was handed on a moment ago."""
        now = time.monotonic()
        if now - self._last >= REPORT_EVERY or done == total:
            self._last = now
            if self._listener is not None:
                self._listener(done, total, label)
