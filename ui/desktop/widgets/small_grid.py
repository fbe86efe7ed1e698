"""A short table for windows and steps: a few lines that are looked at, not worked with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from ui.desktop.widgets import tokens


class SmallGrid(QTableWidget):
    """A few lines of text under titles, in the look of the lists."""

    def __init__(
        self, name: str, titles: Sequence[str], stretch: int, row: int = tokens.ROW
    ) -> None:
        """Make it empty.

        Args:
            name: what it is, for screen readers.
            titles: of its columns.
            stretch: the column that takes the width that is left.
            row: height of a line.
        """
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(titles))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.px(row))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(tokens.px(tokens.TABLE_HEADER))
        head.setHighlightSections(False)
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines."""
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            self.set_line(place, line)

    def wrap_lines(self) -> None:
        """Let long texts take several lines, as high as the columns' widths ask for."""
        self.setWordWrap(True)
        self.resizeRowsToContents()
        resized = self.horizontalHeader().sectionResized
        resized.connect(self._fit_lines, Qt.ConnectionType.QueuedConnection)

    def use_keys(self) -> None:
        """Let the keyboard come in, to scroll and to tick."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)

    def _fit_lines(self, *_: int) -> None:
        self.resizeRowsToContents()

    def set_line(self, place: int, texts: Sequence[str]) -> None:
        """Put texts into a line from the left; cut ones are told on hover."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.setItem(place, column, item)
