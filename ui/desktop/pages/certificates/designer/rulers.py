"""The two rulers: millimetres along the sheet, the mouse and what is chosen marked on them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports.kit.form_shapes import Point
from ui.desktop.pages.certificates.designer.canvas import Canvas
from ui.desktop.pages.certificates.designer.document import around
from ui.desktop.widgets import tokens

THICK = 22
"""Pixels of the standard size."""
APART = 44
"""Pixels that a number needs."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200)


def step_of(zoom: float) -> int:
    """Millimetres between two numbers at so many pixels to the millimetre."""
    return next((one for one in STEPS if one * zoom >= APART), STEPS[-1])


class Ruler(QWidget):
    """A ruler along one edge of a canvas."""

    def __init__(self, canvas: Canvas, axis: int) -> None:
        """Lie along the top (axis 0) or the left (axis 1)."""
        super().__init__()
        self._canvas = canvas
        self._axis = axis
        self._mouse: Point | None = None
        thick = tokens.px(THICK)
        if axis == 0:
            self.setFixedHeight(thick)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedWidth(thick)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        canvas.viewed.connect(self.update)
        canvas.pointed.connect(self._point)
        canvas.draft.changed.connect(self.update)
        canvas.draft.chosen_changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ticks, numbers and marks."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.SURFACE))
        if self._canvas.draft.there:
            self._paint_chosen(painter)
            self._paint_ticks(painter)
            self._paint_mouse(painter)
        painter.setPen(QColor(tokens.LINE))
        edge = self.rect().adjusted(0, 0, -1, -1)
        if self._axis == 0:
            painter.drawLine(edge.bottomLeft(), edge.bottomRight())
        else:
            painter.drawLine(edge.topRight(), edge.bottomRight())
        painter.end()

    def _paint_ticks(self, painter: QPainter) -> None:
        zoom = self._canvas.zoom
        step = step_of(zoom)
        fine = next((one for one in (step // 10, step // 5, 1) if one and one * zoom >= 4), step)
        font = QFont(self.font())
        font.setPixelSize(tokens.px(10))
        painter.setFont(font)
        thick = tokens.px(THICK)
        for at in range(0, int(self._canvas.draft.form.size[self._axis]) + 1, fine):
            numbered = at % step == 0
            length = thick * (0.55 if numbered else 0.35 if at * 2 % step == 0 else 0.2)
            painter.setPen(QColor(tokens.MUTED if numbered else tokens.SCROLL_HOVER))
            place = self._place(at)
            self._line(painter, place, thick - length, thick)
            if numbered:
                self._number(painter, place, at)

    def _number(self, painter: QPainter, place: float, at: int) -> None:
        painter.save()
        if self._axis:
            painter.translate(0, place)
            painter.rotate(-90)
            painter.drawText(QPointF(tokens.px(2), tokens.px(10)), str(at))
        else:
            painter.drawText(QPointF(place + tokens.px(2), tokens.px(10)), str(at))
        painter.restore()

    def _paint_chosen(self, painter: QPainter) -> None:
        draft = self._canvas.draft
        if not draft.chosen:
            return
        rect = around(draft.form, draft.chosen)
        first, last = self._place(rect[self._axis]), self._place(rect[self._axis + 2])
        tint = QColor(tokens.SELECTED)
        thick = tokens.px(THICK)
        if self._axis == 0:
            painter.fillRect(QRectF(first, 0, last - first, thick), tint)
        else:
            painter.fillRect(QRectF(0, first, thick, last - first), tint)

    def _paint_mouse(self, painter: QPainter) -> None:
        if self._mouse is not None:
            painter.setPen(QColor(tokens.ERROR))
            self._line(painter, self._place(self._mouse[self._axis]), 0, tokens.px(THICK))

    def _line(self, painter: QPainter, at: float, first: float, last: float) -> None:
        if self._axis == 0:
            painter.drawLine(QPointF(at, first), QPointF(at, last))
        else:
            painter.drawLine(QPointF(first, at), QPointF(last, at))

    def _place(self, at: float) -> float:
        """A coordinate of the sheet as a place on this ruler."""
        point = self._canvas.place_of((at, 0) if self._axis == 0 else (0, at))
        corner = self.mapFromGlobal(self._canvas.viewport().mapToGlobal(QPointF()))
        return point.x() + corner.x() if self._axis == 0 else point.y() + corner.y()

    def _point(self, point: Point | None) -> None:
        self._mouse = point
        self.update()
