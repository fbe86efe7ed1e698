"""One window per file: the second start raises the first."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 300
"""Milliseconds to wait for an answer of a window that may be there."""


class SingleWindow(QObject):
    """Listens for later starts on the same file.

    Signals:
        asked_to_show: another start was made; come to the front.
    """

    asked_to_show = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        """Name the meeting place after the file."""
        super().__init__(parent)
        digest = hashlib.sha256(str(file.absolute()).encode()).hexdigest()[:24]
        self._name = f"shixuntong-{digest}"
        self._server: QLocalServer | None = None

    def raise_other(self) -> bool:
        """Whether a window on this file is open already; it was asked to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        found = socket.waitForConnected(PATIENCE)
        socket.disconnectFromServer()
        return found

    def listen(self) -> None:
        """Be the window that later starts raise."""
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._greet)
        server.listen(self._name)
        self._server = server

    def _greet(self) -> None:
        if self._server is None:
            return
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.asked_to_show.emit()
