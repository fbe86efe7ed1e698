"""A square to write one character on, with the mouse or a pen."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.desktop.widgets import tokens

DOTS = 512
WIDTHS = {"细": 0.035, "中": 0.055, "粗": 0.08}
"""How thick a stroke is, as a share of the square."""

SIDE = 264  # pixels of the standard look

Stroke = tuple[float, list[QPointF]]
"""A thickness and the places the pen went through, as shares of the square."""


class GlyphPad(QWidget):
    """Takes strokes; shows a picture from a file in their place where one was chosen.

    Signals:
        edited: the strokes or the picture are other ones now.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.thickness = WIDTHS["中"]
        self._strokes: list[Stroke] = []
        self._writing = False
        self._picture: QImage | None = None
        self.setFixedSize(tokens.px(SIDE), tokens.px(SIDE))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("写字板")
        self.setToolTip("按住鼠标左键写字")

    @property
    def empty(self) -> bool:
        """Whether nothing was written and no picture is shown."""
        return not self._strokes and self._picture is None

    @property
    def written(self) -> bool:
        """Whether there are strokes."""
        return bool(self._strokes)

    def show_picture(self, png: bytes | None) -> None:
        """Show a finished picture, or nothing; strokes are wiped out."""
        self._strokes.clear()
        self._picture = None if png is None else QImage.fromData(QByteArray(png))
        self.update()

    def clear(self) -> None:
        """Wipe everything out."""
        self.show_picture(None)
        self.edited.emit()

    def take_back(self) -> None:
        """Wipe out the last stroke."""
        if self._strokes:
            self._strokes.pop()
            self.update()
            self.edited.emit()

    def png(self) -> bytes:
        """The strokes black on white, as a PNG."""
        image = QImage(DOTS, DOTS, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._write(painter, DOTS)
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - stub lacks QIODevice
        return bytes(data.data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; it takes the place of a picture."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._picture = None
            self._writing = True
            self._strokes.append((self.thickness, [self._place(event)]))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._writing:
            self._strokes[-1][1].append(self._place(event))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the stroke."""
        if self._writing:
            self._writing = False
            self.edited.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the 米字格, then what is written."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = self.width()
        painter.fillRect(self.rect(), QColor(tokens.SURFACE))
        painter.setPen(QPen(QColor(tokens.LINE), 1, Qt.PenStyle.DashLine))
        for start, end in (
            ((0, side / 2), (side, side / 2)),
            ((side / 2, 0), (side / 2, side)),
            ((0, 0), (side, side)),
            ((side, 0), (0, side)),
        ):
            painter.drawLine(QPointF(*start), QPointF(*end))
        painter.setPen(QPen(QColor(tokens.BORDER), 1))
        painter.drawRect(QRectF(0.5, 0.5, side - 1, side - 1))
        if self._picture is not None:
            painter.drawImage(QRectF(0, 0, side, side), self._picture)
        self._write(painter, side)

    def _place(self, event: QMouseEvent) -> QPointF:
        at = event.position() / self.width()
        return QPointF(min(max(at.x(), 0.0), 1.0), min(max(at.y(), 0.0), 1.0))

    def _write(self, painter: QPainter, side: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for thickness, places in self._strokes:
            pen = QPen(QColor("#000000"), thickness * side)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPath(_path([place * side for place in places]))


def _path(places: list[QPointF]) -> QPainterPath:
    """A smooth line through the places the mouse was seen at."""
    path = QPainterPath(places[0])
    for place, following in pairwise(places[1:]):
        path.quadTo(place, (place + following) / 2)
    path.lineTo(places[-1] + QPointF(0.01, 0))  # a dot is a line too
    return path
