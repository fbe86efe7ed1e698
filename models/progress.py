"""How a long job tells how far it is and learns that it should stop.

The same use case runs under the window, the terminal and a test: each hands in its own
``Progress``. ``Progress()`` itself listens to nobody and never cancels.
"""

from __future__ import annotations

from models.errors import CancelledByUser


class Progress:
    """Receives the steps of a job; subclasses show them and may ask it to stop."""

    def report(self, done: int, total: int | None, label: str) -> None:
        """Take note that ``done`` of ``total`` steps (None: unknown) of ``label`` are finished."""

    def cancelled(self) -> bool:
        """Whether the person asked the job to stop."""
        return False

    def step(self, done: int, total: int | None, label: str) -> None:
        """Report, then stop the job if the person asked for it.

        Raises:
            CancelledByUser: when the person asked to stop.
        """
        self.report(done, total, label)
        if self.cancelled():
            raise CancelledByUser
