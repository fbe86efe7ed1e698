"""What is painted on the sheet: the page as it prints, the grid, outlines, handles and guides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from reports.kit.form_parts import Place, part_at, places, rect_at
from reports.kit.form_shapes import Rect
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.widgets import tokens

HANDLE = 8
"""Pixels: the side of a handle."""
EDGE = 6.0
"""Millimetres of desk around the sheet."""
CLOSEST = 5
"""Pixels between two lines of the grid, below which only every fifth or tenth is drawn."""


def qrect(rect: Rect) -> QRectF:
    """A rectangle as Qt has it."""
    return QRectF(rect.left, rect.top, rect.width, rect.height)


def scale_of(painter: QPainter) -> float:
    """Pixels to the millimetre."""
    return painter.worldTransform().m11()


class Sheet(QGraphicsItem):
    """The paper with what will be printed on it, and the grid.

    Attributes:
        picture: the page as it prints.
        grid: millimetres between two lines; 0 for none.
    """

    def __init__(self, draft: Draft) -> None:
        """Lie below everything."""
        super().__init__()
        self._draft = draft
        self.picture = QImage()
        self.grid = 1.0

    def page_changed(self) -> None:
        """The sheet is to have another size."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The sheet and its shadow."""
        return page_of(self._draft).adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint shadow, paper, print and grid."""
        page = page_of(self._draft)
        painter.fillRect(page.translated(0.8, 0.8), QColor(tokens.SCROLL))
        painter.fillRect(page, QColor(tokens.SURFACE))
        if not self.picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, self.picture)
        if self.grid:
            self._paint_grid(painter, page)
        painter.setPen(_pen(tokens.BORDER))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(page)

    def _paint_grid(self, painter: QPainter, page: QRectF) -> None:
        step = self.grid
        while step * scale_of(painter) < CLOSEST:
            step *= 5 if step in {1.0, 5.0, 10.0} else 2
        for number in range(1, int(max(page.width(), page.height()) / step) + 1):
            at = number * step
            strong = number % (10 if step <= 1 else 2) == 0
            colour = QColor(tokens.PRIMARY)
            colour.setAlpha(38 if strong else 16)
            painter.setPen(_pen(colour))
            if at < page.width():
                painter.drawLine(QPointF(at, 0), QPointF(at, page.height()))
            if at < page.height():
                painter.drawLine(QPointF(0, at), QPointF(page.width(), at))


class Overlay(QGraphicsItem):
    """Outlines of the parts, handles of what is chosen, guides of what moves."""

    def __init__(self, draft: Draft) -> None:
        """Lie above everything."""
        super().__init__()
        self.setZValue(1)
        self._draft = draft
        self.hovered: Place | None = None
        self.doubtful: frozenset[Place] = frozenset()
        self.guides: Sequence[Rect] = ()

    def page_changed(self) -> None:
        """The sheet is to have another size."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """The sheet and the desk around it."""
        return page_of(self._draft).adjusted(-EDGE, -EDGE, EDGE, EDGE)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint everything that is no part of the print."""
        if not self._draft.there:
            return
        for place in places(self._draft.form):
            self._paint_outline(painter, place)
        if len(self._draft.chosen) == 1:
            self._paint_handles(painter)
        self._paint_guides(painter)

    def _paint_outline(self, painter: QPainter, place: Place) -> None:
        rect = qrect(rect_at(self._draft.form, place))
        chosen = place in self._draft.chosen
        colour = QColor(tokens.PRIMARY if chosen or place == self.hovered else tokens.SCROLL_HOVER)
        if place in self.doubtful and not chosen:
            colour = QColor(tokens.WARN)
        line = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DotLine
        painter.setPen(_pen(colour, line, 1.5 if chosen else 1.0))
        tint = QColor(colour)
        tint.setAlpha(22 if chosen or place == self.hovered else 0)
        painter.setBrush(tint)
        painter.drawRect(rect)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for mark in place.kind.shape.marks(part_at(self._draft.form, place)):
            painter.drawRect(qrect(mark))
        if chosen:
            self._paint_anchor(painter, place)

    def _paint_anchor(self, painter: QPainter, place: Place) -> None:
        """A small cross at the point one measures."""
        x, y = place.kind.shape.anchor(part_at(self._draft.form, place))
        arm = HANDLE * 0.6 / scale_of(painter)
        painter.setPen(_pen(tokens.ERROR))
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))

    def _paint_handles(self, painter: QPainter) -> None:
        place = self._draft.chosen[0]
        side = HANDLE / scale_of(painter)
        painter.setPen(_pen(tokens.PRIMARY, width=1.5))
        painter.setBrush(QBrush(QColor(tokens.SURFACE)))
        for x, y in place.kind.shape.handles(part_at(self._draft.form, place)).values():
            painter.drawRect(QRectF(x - side / 2, y - side / 2, side, side))

    def _paint_guides(self, painter: QPainter) -> None:
        for rect in self.guides:
            if rect.width and rect.height:
                tint = QColor(tokens.PRIMARY)
                tint.setAlpha(28)
                painter.setPen(_pen(tokens.PRIMARY, Qt.PenStyle.DashLine))
                painter.setBrush(tint)
                painter.drawRect(qrect(rect))
            else:
                painter.setPen(_pen(tokens.ERROR))
                painter.drawLine(QPointF(rect.left, rect.top), QPointF(rect.right, rect.bottom))


def page_of(draft: Draft) -> QRectF:
    """The sheet in millimetres; an empty one where no form is worked on."""
    return QRectF(0, 0, draft.form.width, draft.form.height) if draft.there else QRectF()


def _pen(
    colour: str | QColor, line: Qt.PenStyle = Qt.PenStyle.SolidLine, width: float = 1.0
) -> QPen:
    """A pen as thick at every zoom."""
    found = QPen(QColor(colour), width, line)
    found.setCosmetic(True)
    return found
