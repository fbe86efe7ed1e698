"""A little picture of the sheet: where things print now and where the correction brings them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from models.office.printers import Tray, crosses
from reports.kit.paper import Size
from ui.desktop.widgets import tokens

EXAGGERATED = 10
"""A tenth of a millimetre would not be seen."""
_ROOM = 18
_ARM = 7


class CalibrationPicture(QWidget):
    """The sheet, its two crosses as they are, and the page as it will be moved and scaled."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setMinimumSize(tokens.px(220), tokens.px(250))
        self.setAccessibleName("校正示意图")
        self._size = Size(210, 297)
        self._tray = Tray("", "")

    def show_tray(self, tray: Tray, size: Size) -> None:
        """Show what a tray's correction does to a sheet."""
        self._tray, self._size = tray, size
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet in white, what is there in grey, what will be in blue."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self._sheet()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(31, 41, 51, 26))
        painter.drawRect(sheet.translated(2, 3))
        painter.fillRect(sheet, QColor(tokens.SURFACE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.BORDER), 1))
        painter.drawRect(sheet)
        painter.setClipRect(self.rect())
        inset = self._inset()
        grey = QPen(QColor(tokens.SCROLL_HOVER), 1, Qt.PenStyle.DashLine)
        _frame(painter, grey, [self._at(sheet, *point) for point in inset])
        blue = QPen(QColor(tokens.PRIMARY), 1.6)
        moved = [self._at(sheet, *self._moved(*point)) for point in inset]
        _frame(painter, blue, moved)
        if not self._tray.plain:
            start, end = self._at(sheet, *inset[0]), moved[0]
            painter.setPen(QPen(QColor(tokens.WARN), 1.4))
            painter.drawLine(start, end)
        painter.end()

    def _sheet(self) -> QRectF:
        room = self.rect().adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        dots = min(room.width() / self._size.width, room.height() / self._size.height)
        place = QRectF(0, 0, self._size.width * dots, self._size.height * dots)
        place.moveCenter(QPointF(room.center()))
        return place

    def _inset(self) -> list[tuple[float, float]]:
        wanted = crosses(*self._size)
        near, far = wanted.near, wanted.far or wanted.near
        return [(float(near.x), float(near.y)), (float(far.x), float(far.y))]

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        right, down, wider, taller = self._tray.factors
        across = right + (wider - 1) * x
        below = down + (taller - 1) * y
        return x + across * EXAGGERATED, y + below * EXAGGERATED

    def _at(self, sheet: QRectF, x: float, y: float) -> QPointF:
        dots = sheet.width() / self._size.width
        return QPointF(sheet.left() + x * dots, sheet.top() + y * dots)


def _frame(painter: QPainter, pen: QPen, ends: list[QPointF]) -> None:
    """A frame from cross to cross, and the crosses."""
    painter.setPen(pen)
    painter.drawRect(QRectF(ends[0], ends[1]))
    solid = QPen(pen.color(), pen.widthF())
    painter.setPen(solid)
    for point in ends:
        across, down = QPointF(_ARM, 0), QPointF(0, _ARM)
        painter.drawLine(point - across, point + across)
        painter.drawLine(point - down, point + down)
