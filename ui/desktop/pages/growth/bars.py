"""Hours and credits per year as bars, with the figure on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.widgets import tokens

HEIGHT = 132
WIDEST = 96
"""No bar gets more room than this, however few there are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year.

    Attributes:
        label: below the bar.
        value: how high it is.
        text: above it.
        note: small, below the label.
        tone: of ``tokens.TONES``, "" for the usual colour.
    """

    label: str
    value: float
    text: str
    note: str = ""
    tone: str = ""


class YearBars(QWidget):
    """The bars of some years side by side."""

    def __init__(self, title: str) -> None:
        """Make it empty; ``title`` is what screen readers call it."""
        super().__init__()
        self._title = title
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    @property
    def bars(self) -> Sequence[Bar]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these years; the words are told to screen readers too."""
        self._bars = bars
        told = "；".join(f"{one.label}：{one.text}" for one in bars)
        self.setAccessibleDescription(f"{self._title}：{told}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words and bars need."""
        return QSize(tokens.px(200), tokens.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars from left to right on one line."""
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        room = min(self.width() / len(self._bars), tokens.px(WIDEST))
        floor = self.height() - line * 2
        highest = max([1.0, *(one.value for one in self._bars)])
        for place, one in enumerate(self._bars):
            left = place * room
            tall = max(0.0, (floor - line - tokens.px(6)) * one.value / highest)
            bar = QRectF(left + room * 0.22, floor - tall, room * 0.56, tall)
            colour = tokens.TONES[one.tone].text if one.tone else tokens.PRIMARY
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(bar, 2, 2)
            self._word(
                painter, QRectF(left, bar.top() - line - 2, room, line), one.text, tokens.TEXT
            )
            self._word(painter, QRectF(left, floor + 2, room, line), one.label, tokens.TEXT)
            self._word(painter, QRectF(left, floor + line, room, line), one.note, tokens.MUTED)
        painter.setPen(QColor(tokens.LINE))
        painter.drawLine(0, floor, round(room * len(self._bars)), floor)
        painter.end()

    def _word(self, painter: QPainter, place: QRectF, text: str, colour: str) -> None:
        painter.setPen(QColor(colour))
        shown = self.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, round(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
