"""A page that is a list: filters, table, empty states and, beside it, a detail card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.table.view import DataTable

HIDES_DETAIL = 960
"""Below this page width (of the standard size) the detail card gives its room to the table."""


class GridCard(QFrame):
    """A table in a card, with an empty state in its place when there is nothing to list."""

    def __init__(self, table: DataTable, parent: QWidget | None = None) -> None:
        """Frame a table."""
        super().__init__(parent)
        self.setObjectName("gridCard")
        self.table = table
        self.empty = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)

    def show_table(self, *, yes: bool) -> None:
        """Show the table, or what stands in its place."""
        self._stack.setCurrentWidget(self.table if yes else self.empty)

    @property
    def shows_table(self) -> bool:
        """Whether the table is in sight."""
        return self._stack.currentWidget() is self.table


class ListBody(QSplitter):
    """The card of a list and the detail card beside it, with a handle the person may drag."""

    def __init__(
        self, grid: GridCard, detail: QWidget, preferences: Preferences, name: str
    ) -> None:
        """Put both side by side; ``name`` is under which the widths are remembered."""
        super().__init__(Qt.Orientation.Horizontal)
        self._detail = detail
        self._preferences = preferences
        self._key = f"splitter/{name}"
        self.setHandleWidth(tokens.BLOCK)
        self.setChildrenCollapsible(False)
        self.addWidget(grid)
        self.addWidget(detail)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        detail.setMinimumWidth(tokens.px(270))
        detail.setMaximumWidth(tokens.px(460))
        state = preferences.state(self._key)
        if state.isEmpty() or not self.restoreState(state):
            self.setSizes([10_000, tokens.px(tokens.DETAIL_WIDTH)])
        self.splitterMoved.connect(self._keep)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the detail card where the table needs the room."""
        self._detail.setVisible(event.size().width() >= tokens.px(HIDES_DETAIL))
        super().resizeEvent(event)

    def _keep(self) -> None:
        self._preferences.set_state(self._key, self.saveState())


def filled_card() -> tuple[QFrame, QVBoxLayout]:
    """A white card and the layout inside it, with the usual padding."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(tokens.CARD, tokens.CARD, tokens.CARD, tokens.CARD)
    layout.setSpacing(tokens.BLOCK)
    return frame, layout
