"""A thread of its own for work that needs no office: drawing pages, talking to printers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from models.errors import OfficeError

OnDone = Callable[[Any], object]
OnError = Callable[[OfficeError], object]


class Beside(QObject):
    """Does one thing after the other beside the window, and brings the ends back to it.

    Signals:
        broken: an exception nobody waited for.
    """

    broken = Signal(object)
    _landed = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Have a thread; it starts with the first work."""
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, name)
        self._closed = False
        self._landed.connect(self._land, Qt.ConnectionType.QueuedConnection)

    def ask(
        self, work: Callable[[], Any], on_done: OnDone, on_error: OnError | None = None
    ) -> None:
        """Have something done; ``on_done`` or ``on_error`` is called on the window's thread."""
        if not self._closed:
            future = self._thread.submit(work)
            future.add_done_callback(lambda done: self._landed.emit(done, on_done, on_error))

    def close(self) -> None:
        """Wait for what is being done and drop the rest; nobody is told any more."""
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _land(self, future: Future[Any], on_done: OnDone, on_error: OnError | None) -> None:
        if self._closed or future.cancelled():
            return
        error = future.exception()
        if error is None:
            on_done(future.result())
        elif isinstance(error, OfficeError) and on_error is not None:
            on_error(error)
        else:
            self.broken.emit(error)
