"""Small plots, painted: bars that can be clicked, a line against its pace, a share as a tile.

Each says in words what it shows: to screen readers, and on hover.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from ui.desktop.widgets import tokens

_BAR = 8
_NAMES = 0.42
"""The share of the width that names may take."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        key: what a click on it tells.
        name: what it is of.
        share: how full it is, from 0 to 1.
        text: the figures beside it.
        words: the sentence that says the same; "" takes name and text.
    """

    key: str
    name: str
    share: float
    text: str
    words: str = ""

    @property
    def told(self) -> str:
        """The bar in words."""
        return self.words or f"{self.name}：{self.text}"


class BarPlot(QWidget):
    """Bars below each other, each with its name and figures.

    Signals:
        chosen: the key of a bar: a click, or Enter on the marked one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, clickable: bool = True) -> None:
        """Make it empty; ``name`` is what it shows, for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bars: tuple[Bar, ...] = ()
        self._marked = 0
        self._clickable = clickable
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        self._marked = 0
        self.setAccessibleDescription("；".join(one.told for one in bars))
        self.setFixedHeight(max(1, len(bars)) * _line())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which bar was clicked."""
        place = int(event.position().y()) // _line()
        if self._clickable and event.button() == Qt.MouseButton.LeftButton:
            self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down mark a bar, Enter chooses it."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self._bars and event.key() in steps:
            moved = self._marked + steps[Qt.Key(event.key())]
            self._marked = max(0, min(moved, len(self._bars) - 1))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._marked)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Hovering over a bar says it in words."""
        if isinstance(event, QHelpEvent):
            place = event.pos().y() // _line()
            told = self._bars[place].told if 0 <= place < len(self._bars) else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        figures = max((metrics.horizontalAdvance(one.text) for one in self._bars), default=0)
        longest = max((metrics.horizontalAdvance(one.name) for one in self._bars), default=0)
        names = min(longest, int(self.width() * _NAMES)) + tokens.px(tokens.BLOCK)
        for place, one in enumerate(self._bars):
            top = place * _line()
            if self.hasFocus() and place == self._marked:
                painter.setPen(QPen(QColor(tokens.PRIMARY), 1))
                painter.drawRect(QRectF(0.5, top + 0.5, self.width() - 1, _line() - 1))
            painter.setPen(QColor(tokens.TEXT))
            name = metrics.elidedText(one.name, Qt.TextElideMode.ElideRight, names - tokens.px(8))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(tokens.px(2), top, names, _line()), middle, name)
            painter.setPen(QColor(tokens.MUTED))
            right = QRectF(0, top, self.width() - tokens.px(2), _line())
            painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, one.text)
            room = self.width() - names - figures - tokens.px(16)
            thick = tokens.px(_BAR)
            where = QRectF(names, top + (_line() - thick) / 2, max(room, 0), thick)
            paint_share(painter, where, one.share)

    def _choose(self, place: int) -> None:
        if self._clickable and 0 <= place < len(self._bars):
            self._marked = place
            self.update()
            self.chosen.emit(self._bars[place].key)


@dataclass(frozen=True, slots=True)
class Pace:
    """One year of a cycle.

    Attributes:
        label: the year.
        reached: what was reached by its end (or by now); None for a year yet to come.
        expected: what should be by its end.
    """

    label: str
    reached: float | None
    expected: float


class PacePlot(QWidget):
    """A line of what was reached, year by year, against the pace that is asked for."""

    def __init__(self, name: str, unit: str, parent: QWidget | None = None) -> None:
        """Make it empty; ``name`` is what it shows, in ``unit``."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumHeight(tokens.px(120))
        self._unit = unit
        self._years: tuple[Pace, ...] = ()

    @property
    def years(self) -> tuple[Pace, ...]:
        """What is shown."""
        return self._years

    def show_years(self, years: Sequence[Pace]) -> None:
        """Show other years."""
        self._years = tuple(years)
        words = "；".join(self._words(one) for one in years)
        self.setAccessibleDescription(words)
        self.setToolTip(words.replace("；", "\n"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two lines, the years below them and the figures at their points."""
        if not self._years:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = painter.fontMetrics()
        floor = self.height() - metrics.height() - tokens.px(10)
        top = metrics.height() + tokens.px(8)
        side = tokens.px(30)
        most = max(max(one.expected, one.reached or 0) for one in self._years) or 1
        step = (self.width() - 2 * side) / max(1, len(self._years) - 1)

        def point(place: int, amount: float) -> QPointF:
            return QPointF(side + place * step, floor - (floor - top) * amount / most)

        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        expected = [point(place, one.expected) for place, one in enumerate(self._years)]
        reached = [
            point(place, one.reached)
            for place, one in enumerate(self._years)
            if one.reached is not None
        ]
        painter.setPen(QPen(QColor(tokens.BORDER), 2, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(expected))
        painter.setPen(QPen(QColor(tokens.PRIMARY), 2.5))
        painter.drawPolyline(QPolygonF(reached))
        self._label(painter, metrics, reached, floor)

    def _label(
        self, painter: QPainter, metrics: QFontMetrics, reached: Sequence[QPointF], floor: float
    ) -> None:
        step = (self.width() - 2 * tokens.px(30)) / max(1, len(self._years) - 1)
        width = max(step, tokens.px(60))
        centre = Qt.AlignmentFlag.AlignHCenter
        for place, one in enumerate(self._years):
            middle = tokens.px(30) + place * step
            painter.setPen(QColor(tokens.MUTED))
            below = QRectF(middle - width / 2, floor + tokens.px(4), width, metrics.height())
            painter.drawText(below, centre, one.label)
            if one.reached is None:
                continue
            painter.setBrush(QColor(tokens.PRIMARY))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(reached[place], tokens.px(4), tokens.px(4))
            painter.setPen(QColor(tokens.TEXT))
            low = reached[place].y() + metrics.height() + tokens.px(6) > floor
            up = low or one.reached >= one.expected
            gap = -metrics.height() - tokens.px(6) if up else tokens.px(6)
            where = QRectF(middle - width / 2, reached[place].y() + gap, width, metrics.height())
            painter.drawText(where, centre, f"{one.reached:.0f}")

    def _words(self, one: Pace) -> str:
        if one.reached is None:
            return f"{one.label} 年应到 {one.expected:g} {self._unit}"
        return (
            f"{one.label} 年实到 {one.reached:g} {self._unit}，应到 {one.expected:g} {self._unit}"
        )


class ShareTile(QAbstractButton):
    """A requirement with how many have met it, as a button that can stay pressed."""

    def __init__(self, bar: Bar, figures: str, hint: str, parent: QWidget | None = None) -> None:
        """Show a bar with its name and text above it.

        Args:
            bar: the requirement; its text should be short.
            figures: stands beside the bar in small type.
            hint: what pressing it does, for the tool tip.
            parent: Qt's parent.
        """
        super().__init__(parent)
        self.bar = bar
        self._figures = figures
        self.setCheckable(True)
        self.setText(bar.name)
        self.setAccessibleName(bar.told)
        self.setToolTip(f"{bar.told}\n{hint}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for a name, a bar and the figures."""
        return QSize(tokens.px(190), tokens.px(56))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As small as it may become."""
        return QSize(tokens.px(150), tokens.px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, its name, its figures and the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.PRIMARY if self.isChecked() or self.hasFocus() else tokens.LINE
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(tokens.SELECTED if self.isChecked() else tokens.SURFACE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        inner = QRectF(self.rect()).adjusted(
            tokens.px(10), tokens.px(6), -tokens.px(10), -tokens.px(8)
        )
        metrics = painter.fontMetrics()
        figures = metrics.horizontalAdvance(self.bar.text)
        room = int(inner.width() - figures - tokens.px(8))
        name = metrics.elidedText(self.bar.name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(tokens.TEXT))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, self.bar.text
        )
        self._paint_bar(painter, inner)

    def _paint_bar(self, painter: QPainter, inner: QRectF) -> None:
        """The bar along the bottom, and the figures in small type at its end."""
        font = self.font()
        font.setPixelSize(tokens.px(12))
        painter.setFont(font)
        painter.setPen(QColor(tokens.MUTED))
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, self._figures
        )
        taken = painter.fontMetrics().horizontalAdvance(self._figures) + tokens.px(8)
        thick = tokens.px(6)
        top = inner.bottom() - painter.fontMetrics().height() / 2 - thick / 2
        where = QRectF(inner.left(), top, max(inner.width() - taken, thick), thick)
        paint_share(painter, where, self.bar.share)


def paint_share(painter: QPainter, where: QRectF, share: float) -> None:
    """Draw a bar that is so full."""
    round_ = where.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.TRACK))
    painter.drawRoundedRect(where, round_, round_)
    width = where.width() * max(0.0, min(share, 1.0))
    if width > 0:
        full = QRectF(where.left(), where.top(), max(width, where.height()), where.height())
        painter.setBrush(QColor(tokens.OK if share >= 1 else tokens.PRIMARY))
        painter.drawRoundedRect(full, round_, round_)


def _line() -> int:
    return tokens.px(28)
