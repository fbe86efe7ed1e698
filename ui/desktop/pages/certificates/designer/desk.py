"""The canvas between its two rulers."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from ui.desktop.pages.certificates.designer.canvas import Canvas
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.rulers import Ruler
from ui.desktop.widgets.parts import card


class Desk(QFrame):
    """Where the sheet lies."""

    def __init__(self, draft: Draft) -> None:
        """Lay a draft's sheet on it."""
        super().__init__()
        self.setObjectName("plain")
        self.canvas = Canvas(draft)
        self.rulers = (Ruler(self.canvas, 0), Ruler(self.canvas, 1))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(card("rulerCorner"), 0, 0)
        layout.addWidget(self.rulers[0], 0, 1)
        layout.addWidget(self.rulers[1], 1, 0)
        layout.addWidget(self.canvas, 1, 1)
