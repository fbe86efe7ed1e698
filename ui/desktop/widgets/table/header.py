"""The table's header: which columns, in what order and width, remembered per list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.table.source import TableColumn

CELL_PADDING = 24
MINIMUM = 48
SORT_MARK = 10


class TableHeader(QHeaderView):
    """A header whose columns can be moved, resized, hidden and put back (恢复默认列)."""

    def __init__(
        self, columns: Sequence[TableColumn], preferences: Preferences, key: str, parent: QWidget
    ) -> None:
        """Make the header.

        Args:
            columns: all columns of the table.
            preferences: where the arrangement is kept.
            key: under which key.
            parent: the table.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = tuple(columns)
        self._preferences = preferences
        self._key = key
        self._following = False
        self._fresh = True
        self._arranged = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(tokens.px(MINIMUM))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.show_menu)
        self.sectionMoved.connect(self._keep)
        self.sectionResized.connect(self._keep)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as Qt wants it, as high as the look wants it."""
        return QSize(super().sizeHint().width(), tokens.px(tokens.TABLE_HEADER))

    def shown(self) -> list[TableColumn]:
        """The columns in sight, from left to right."""
        order = [self.logicalIndex(place) for place in range(self.count())]
        return [self._columns[one] for one in order if not self.isSectionHidden(one)]

    def fit(self, samples: Sequence[Mapping[str, str]]) -> None:
        """Give each column the width its first rows need, unless the person has arranged them."""
        if not self._fresh or not samples:
            return
        self._fresh = self._following = False
        for logical, column in enumerate(self._columns):
            if not column.stretch:
                width = self.fontMetrics().horizontalAdvance
                widest = max(width(row.get(column.key, "")) for row in samples)
                widest = max(widest, width(column.title) + tokens.px(SORT_MARK))
                self.resizeSection(
                    logical, min(widest + tokens.px(CELL_PADDING), self._usual(logical))
                )
        self._following = True

    def fit_anew(self) -> None:
        """Fit the columns to the rows shown next, unless the person has arranged them."""
        self._fresh = not self._arranged

    def restore(self) -> None:
        """Arrange the columns as the person left them, or as they are by default."""
        state = self._preferences.state(self._state_key())
        self._following = False
        self._fresh = state.isEmpty() or not self.restoreState(state)
        self._arranged = not self._fresh
        if self._fresh:
            self._arrange()
        self._look()
        self._following = True

    def reset_columns(self) -> None:
        """Put back the columns, order and widths of the beginning (恢复默认列)."""
        self._following = False
        self._preferences.forget(self._state_key())
        for logical in range(self.count()):
            self.moveSection(self.visualIndex(logical), logical)
        self._arrange()
        self._look()
        self._fresh = self._following = True
        self._arranged = False

    def column_menu(self) -> QMenu:
        """The menu that ticks the columns to be shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        last = len(self.shown()) == 1
        for logical, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(logical))
            action.setEnabled(self.isSectionHidden(logical) or not last)
            action.toggled.connect(partial(self._toggle, logical))
        menu.addSeparator()
        menu.addAction("恢复默认列", self.reset_columns)
        return menu

    def show_menu(self, position: QPoint) -> None:
        """Open the column menu at a point of the header."""
        self.column_menu().popup(self.mapToGlobal(position))

    def _toggle(self, logical: int, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._arranged = True
        self.setSectionHidden(logical, not shown)
        if shown and self.sectionSize(logical) < tokens.px(MINIMUM):
            self.resizeSection(logical, self._usual(logical))
        self._keep()

    def _arrange(self) -> None:
        """The default columns and widths."""
        for logical, column in enumerate(self._columns):
            self.setSectionHidden(logical, not column.listed)
            if not column.stretch:
                self.resizeSection(logical, self._usual(logical))

    def _look(self) -> None:
        """What the saved state must not change: stretching and the look of the sort mark."""
        for logical, column in enumerate(self._columns):
            mode = (
                QHeaderView.ResizeMode.Stretch
                if column.stretch
                else QHeaderView.ResizeMode.Interactive
            )
            self.setSectionResizeMode(logical, mode)
        self.setSectionsMovable(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicatorShown(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _usual(self, logical: int) -> int:
        """The usual width of a column in pixels."""
        column = self._columns[logical]
        characters = max(column.width, len(column.title) + 1)
        return characters * self.fontMetrics().height() * 3 // 4 + tokens.px(CELL_PADDING)

    def _state_key(self) -> str:
        """A new set of columns starts from its defaults."""
        return f"{self._key}/{len(self._columns)}"

    def _keep(self, *_: int) -> None:
        if self._following:
            dragged = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
            self._arranged = self._arranged or bool(dragged)
            self._preferences.set_state(self._state_key(), self.saveState())
