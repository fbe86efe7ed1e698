"""The strip at the bottom: what is to be looked at in the form; a click shows where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout

from reports.kit.form_checking import Complaint
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon
from ui.desktop.widgets.parts import label, pill, row, set_tone, tool

ROLE = Qt.ItemDataRole.UserRole
LINES = 3
"""So many complaints are seen at once."""


class Strip(QFrame):
    """How many there are, and when opened, each as a sentence.

    Signals:
        wanted: the places of the complaint that was clicked.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        """Make it, with nothing to say."""
        super().__init__()
        self.setObjectName("gridBar")
        self.found: tuple[Complaint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.state = pill("", "ok")
        self.first = label("", "muted")
        self.first.setMinimumWidth(1)
        self.first.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.place = label("", "muted")
        self._more = tool("chevron-up", "展开需要注意的地方", self._turn)
        self.list = QListWidget()
        self.list.setAccessibleName("需要注意的地方")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(tokens.px(34) * LINES)
        self.list.itemClicked.connect(self._clicked)
        self.list.itemActivated.connect(self._clicked)
        self.list.hide()
        line = row(self.state, self.first, self.place, self._more)
        line.setStretchFactor(self.first, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.px(10), tokens.px(3), tokens.px(6), tokens.px(3))
        layout.setSpacing(tokens.px(2))
        layout.addLayout(line)
        layout.addWidget(self.list)
        self.show_found(())

    def show_found(self, found: Sequence[Complaint]) -> None:
        """Show complaints."""
        self.found = tuple(found)
        grave = any(one.grave for one in found)
        words, tone = (f"{len(found)} 处需要注意", "error" if grave else "warn")
        self.state.setText(words if found else "没有问题")
        set_tone(self.state, tone if found else "ok")
        self.first.setToolTip(found[0].text if found else "")
        self._shorten()
        self._more.setVisible(bool(found))
        if not found:
            self._open(seen=False)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(_drawing(grave=one.grave), one.text)
            item.setData(ROLE, one.places)
            item.setToolTip(one.text)
            self.list.addItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the first sentence as there is room for."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self, *, hidden: bool | None = None) -> None:
        """Show the first sentence as far as there is room; not where the list shows it."""
        if self.list.isVisible() if hidden is None else hidden:
            self.first.setText("")
            return
        room = self.width() - self.state.sizeHint().width() - tokens.px(180)
        words = self.first.fontMetrics()
        at_end = Qt.TextElideMode.ElideRight
        self.first.setText(words.elidedText(self.first.toolTip(), at_end, max(room, 0)))

    def _turn(self) -> None:
        self._open(seen=self.list.isHidden())

    def _open(self, *, seen: bool) -> None:
        self.list.setVisible(seen)
        self._shorten(hidden=seen)
        self._more.setIcon(icon("chevron-down" if seen else "chevron-up", tokens.MUTED))

    def _clicked(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(ROLE))


def _drawing(*, grave: bool) -> QIcon:
    return icon("circle-x" if grave else "triangle-alert", tokens.ERROR if grave else tokens.WARN)
