"""The navigation rail: every function of the program in two clicks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon
from ui.desktop.widgets.parts import label

CLOSEST = 28
"""Height of an entry (of the standard size) below which the rail scrolls instead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its key, title, drawing and the group it stands in ("" for none).

    ``listed`` says whether the rail shows it; other pages are reached from a page that is listed.
    """

    key: str
    title: str
    drawing: str
    group: str = ""
    listed: bool = True


class Rail(QFrame):
    """Entries in groups under the office's name.

    Signals:
        chosen: the key of the entry that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, program: str, office: str, entries: Sequence[Entry]) -> None:
        """Make the rail for an office."""
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(tokens.px(tokens.RAIL_WIDTH))
        self._buttons: dict[str, QPushButton] = {}
        self._groups: list[QLabel] = []
        self._chosen = QButtonGroup(self)
        self._chosen.buttonClicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, tokens.px(14), 0, tokens.px(8))
        layout.setSpacing(0)
        layout.addWidget(self._head(program, office))
        self._area = self._body(entries)
        layout.addWidget(self._area, 1)

    def select(self, key: str) -> None:
        """Mark the entry of the page in sight."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._area.ensureWidgetVisible(self._buttons[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the entries as much closer together as it takes to see them all."""
        super().resizeEvent(event)
        entries, groups = len(self._buttons), len(self._groups)
        wanted = entries * tokens.RAIL_ENTRY + groups * tokens.RAIL_GROUP_HEIGHT
        share = self._area.height() / max(1, tokens.px(wanted))
        least = CLOSEST / tokens.RAIL_ENTRY
        share = min(1.0, max(share, least))
        for one in self._buttons.values():
            one.setFixedHeight(int(tokens.px(tokens.RAIL_ENTRY) * share))
        for group in self._groups:
            group.setFixedHeight(int(tokens.px(tokens.RAIL_GROUP_HEIGHT) * share))

    def _head(self, program: str, office: str) -> QWidget:
        head = QWidget()
        layout = QVBoxLayout(head)
        layout.setContentsMargins(tokens.px(19), 0, tokens.px(8), tokens.px(12))
        layout.setSpacing(tokens.px(2))
        layout.addWidget(label(program, "railName"))
        name = label(office, "railOffice", wrap=True)
        name.setToolTip(office)
        layout.addWidget(name)
        return head

    def _body(self, entries: Sequence[Entry]) -> QScrollArea:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self._groups.append(label(group, "railGroup"))
                layout.addWidget(self._groups[-1])
            layout.addWidget(self._button(entry))
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _button(self, entry: Entry) -> QPushButton:
        place = len(self._buttons) + 1
        found = QPushButton(f" {entry.title}")
        found.setObjectName("railEntry")
        found.setProperty("key", entry.key)
        found.setCheckable(True)
        found.setAccessibleName(entry.title)
        found.setIcon(icon(entry.drawing, tokens.RAIL_TEXT))
        found.setIconSize(QSize(tokens.px(tokens.ICON), tokens.px(tokens.ICON)))
        if place <= 9:
            found.setToolTip(f"{entry.title}（Alt+{place}）")
        self._chosen.addButton(found)
        self._buttons[entry.key] = found
        return found

    def _clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(str(clicked.property("key")))
