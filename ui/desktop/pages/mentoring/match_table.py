"""The list of pairs in the matching: a mentee's row is dragged onto another mentor's row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets.table.source import TableColumn
from ui.desktop.widgets.table.view import DataTable

MIME = "application/x-shixuntong-mentees"


class MatchTable(DataTable):
    """A list whose rows can be dropped on each other.

    Signals:
        dropped: the identities of the rows that were dragged, and of the row they fell on.
    """

    dropped = Signal(object, str)

    def __init__(self, columns: Sequence[TableColumn], preferences: Preferences, name: str) -> None:
        """Make it empty."""
        super().__init__(columns, preferences, name)
        self._pressed: QPoint | None = None
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin; several chosen rows stay chosen until it does not."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None
        if not self._keeps_choice(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that became no drag chooses its row alone."""
        if self._pressed is not None and self._keeps_choice(event):
            self.selectRow(self.indexAt(self._pressed).row())
        self._pressed = None
        super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the mouse has gone far enough."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if way >= QApplication.startDragDistance() and self.selected_ids():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(as_mime(self.selected_ids()))
            drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows of this list only."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Rows may fall on a row."""
        over = self.indexAt(event.position().toPoint()).isValid()
        if over and event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what fell on what."""
        row = self.indexAt(event.position().toPoint()).row()
        if row < 0 or not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        ids = bytes(event.mimeData().data(MIME).data()).decode().split("\n")
        event.acceptProposedAction()
        self.dropped.emit(ids, self.table.ids[row])

    def _keeps_choice(self, event: QMouseEvent) -> bool:
        """Whether a plain press on one of several chosen rows may begin a drag of them all."""
        row = self.indexAt(event.position().toPoint()).row()
        chosen = {one.row() for one in self.selectionModel().selectedRows()}
        return (
            event.button() == Qt.MouseButton.LeftButton
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and len(chosen) > 1
            and row in chosen
        )


def as_mime(ids: Sequence[str]) -> QMimeData:
    """Rows on their way."""
    found = QMimeData()
    found.setData(MIME, "\n".join(ids).encode())
    return found
