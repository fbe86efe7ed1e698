"""A page that is a list: filters, table, empty states and, beside it, a detail card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.table.view import DataTable

HIDES_DETAIL = 960
"""Below this page width (of the standard size) the detail card gives its room to the table."""


UNBOUNDED = 16_777_215
"""Qt's own largest width of a widget."""


class GridCard(QFrame):
    """A table in a card, with an empty state in its place when there is nothing to list."""

    def __init__(self, table: DataTable, parent: QWidget | None = None) -> None:
        """Frame a table."""
        super().__init__(parent)
        self.setObjectName("gridCard")
        self.table = table
        self.empty = EmptyState()
        self._stack = QStackedLayout()
        self._stack.addWidget(table)
        self._stack.addWidget(self.empty)
        self._bar = QWidget()
        self.bar = QHBoxLayout(self._bar)
        self.bar.setContentsMargins(tokens.GAP, tokens.px(6), tokens.GAP, tokens.px(6))
        self.bar.setSpacing(tokens.GAP)
        self._bar.setObjectName("gridBar")
        self._bar.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._bar)

    def take_buttons(self, foot: QHBoxLayout) -> None:
        """Show the buttons of a detail card that has no room, below the table."""
        _move(foot, self.bar)
        self.bar.addStretch(1)
        self._bar.show()

    def give_buttons(self, foot: QHBoxLayout) -> None:
        """Give the buttons back to the detail card."""
        _move(self.bar, foot)
        self._bar.hide()

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
        """Put both side by side; ``name`` is under which the widths are remembered.

        In a narrow window a ``DetailCard`` hides and lends its buttons to the table; any other
        card goes below the table.
        """
        super().__init__(Qt.Orientation.Horizontal)
        self._grid = grid
        self._narrow = False
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
        self._widest = detail.maximumWidth()
        self.splitterMoved.connect(self._keep)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the detail card where the table needs the room."""
        narrow = event.size().width() < tokens.px(HIDES_DETAIL)
        if narrow != self._narrow:
            self._narrow = narrow
            self._rearrange()
        super().resizeEvent(event)

    def _rearrange(self) -> None:
        """Make room for the table, or give it back to the card."""
        if isinstance(self._detail, DetailCard):
            self._detail.setVisible(not self._narrow)
            exchange = self._grid.take_buttons if self._narrow else self._grid.give_buttons
            exchange(self._detail.foot)
        else:
            across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
            self.setOrientation(down if self._narrow else across)
            if self._narrow:
                self.setSizes([1, 1])
            if self._narrow:
                self._widest = self._detail.maximumWidth()
            self._detail.setMaximumWidth(UNBOUNDED if self._narrow else self._widest)

    def _keep(self) -> None:
        self._preferences.set_state(self._key, self.saveState())


def _move(source: QHBoxLayout, target: QHBoxLayout) -> None:
    while (item := source.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            target.addWidget(widget)


def filled_card() -> tuple[QFrame, QVBoxLayout]:
    """A white card and the layout inside it, with the usual padding."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(tokens.CARD, tokens.CARD, tokens.CARD, tokens.CARD)
    layout.setSpacing(tokens.BLOCK)
    return frame, layout
