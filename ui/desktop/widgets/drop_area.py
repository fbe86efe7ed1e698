"""A place to drop files on, or to choose them by button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label, picture, set_tone


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files and folders of this computer that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


class DropArea(QFrame):
    """Takes files.

    Signals:
        dropped: a list of ``Path``.
        asked: the person wants to choose files in a window.
    """

    dropped = Signal(object)
    asked = Signal()

    def __init__(
        self,
        words: str,
        hint: str,
        parent: QWidget | None = None,
        *,
        drawing: str = "file-spreadsheet",
    ) -> None:
        """Make the area with what it is for, what it takes, and a drawing of that."""
        super().__init__(parent)
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        shown = picture(drawing, tokens.PRIMARY, 44)
        choose = button("选择文件…", self.asked.emit, kind="primary", drawing="folder-open")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE, tokens.PAGE, tokens.PAGE, tokens.PAGE)
        layout.setSpacing(tokens.BLOCK)
        layout.addStretch(1)
        for widget in (shown, label(words, "heading"), choose, label(hint, "muted")):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up for files."""
        if event.mimeData().hasUrls():
            set_tone(self, "over", "state")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go dark again."""
        set_tone(self, "", "state")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        set_tone(self, "", "state")
        files = dropped_files(event)
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)
