"""The sheet on the desk: mouse, keys and zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from reports.kit.form_shapes import Point
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.hand import Hand
from ui.desktop.pages.certificates.designer.items import EDGE, Overlay, Sheet, page_of
from ui.desktop.pages.certificates.designer.snapping import Rule
from ui.desktop.widgets import tokens

SMALLEST, LARGEST = 0.4, 40.0
"""Pixels to the millimetre."""
STEP = 1.25
"""From one zoom to the next."""
_SPARE = 4
"""Pixels that are left over, so that no scroll bar is wanted."""
_ADDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_FREE = Rule(grid=0, reach=0)


class Canvas(QGraphicsView):
    """The form, one unit a millimetre.

    Attributes:
        rule: what draws the parts when they are moved; Alt frees them.

    Signals:
        viewed: zoom or place of the sheet in the window changed.
        pointed: where the mouse is on the sheet, as a point; None where it left.
        text_wanted: a part was double-clicked.
    """

    viewed = Signal()
    pointed = Signal(object)
    text_wanted = Signal(object)

    def __init__(self, draft: Draft) -> None:
        """Show a draft."""
        scene = QGraphicsScene()
        super().__init__(scene)
        scene.setParent(self)
        self.setObjectName("sheet")
        self.setAccessibleName("样式画布")
        self.draft = draft
        self.sheet, self.overlay = Sheet(draft), Overlay(draft)
        scene.addItem(self.sheet)
        scene.addItem(self.overlay)
        self.rule = Rule()
        self._fitting = True
        self._hand = Hand(draft, self.overlay)
        self.setBackgroundBrush(QColor(tokens.TRACK))
        self.setMouseTracking(True)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        draft.begun.connect(self._begin)
        draft.changed.connect(self._resize_sheet)
        draft.chosen_changed.connect(self.overlay.update)

    @property
    def busy(self) -> bool:
        """Whether something is being moved or pulled."""
        return self._hand.busy

    @property
    def zoom(self) -> float:
        """Pixels to the millimetre."""
        return self.transform().m11()

    def set_zoom(self, zoom: float) -> None:
        """Show so many pixels to the millimetre."""
        self._fitting = False
        self._zoom_to(zoom)

    def fit(self) -> None:
        """Show the whole sheet, also when the window changes its size."""
        self._fitting = True
        page = page_of(self.draft).adjusted(-EDGE, -EDGE, EDGE, EDGE)
        room = self.maximumViewportSize()
        if self.draft.there and room.width() > _SPARE:
            across, down = room.width() - _SPARE, room.height() - _SPARE
            self._zoom_to(min(across / page.width(), down / page.height()))
            self.centerOn(page.center())

    def show_picture(self, picture: QImage) -> None:
        """Show the sheet as it prints."""
        self.sheet.picture = picture
        self.sheet.update()

    def point_of(self, at: QPoint | QPointF) -> Point:
        """A place in the window as a point of the sheet."""
        back, _ = self.viewportTransform().inverted()
        point = back.map(QPointF(at))
        return point.x(), point.y()

    def place_of(self, point: Point) -> QPointF:
        """A point of the sheet as a place in the window."""
        return self.viewportTransform().map(QPointF(*point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose, or begin to move, pull or band."""
        if event.button() == Qt.MouseButton.LeftButton and self.draft.there:
            several = bool(event.modifiers() & _ADDING)
            self._hand.press(self.point_of(event.position()), self.zoom, several=several)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or show what is under the mouse."""
        point = self.point_of(event.position())
        self.pointed.emit(point)
        if self._hand.busy:
            free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._hand.drag(point, self.zoom, _FREE if free else self.rule)
        elif self.draft.there:
            self.viewport().setCursor(self._hand.hover(point, self.zoom))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the text of a part to be written."""
        if not self.draft.there:
            return
        found = self._hand.under(self.point_of(event.position()), self.zoom)
        if found is not None:
            self.draft.choose((found,))
            self.text_wanted.emit(found)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is no longer on the sheet."""
        super().leaveEvent(event)
        self._hand.show_hovered(None)
        self.pointed.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * STEP ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a movement up; the sheet is not scrolled by keys."""
        if event.key() == Qt.Key.Key_Escape and self._hand.busy:
            self._hand.give_up()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole sheet in sight where that is wished for."""
        super().resizeEvent(event)
        if self._fitting:
            self.fit()
        self.viewed.emit()

    def scrollContentsBy(self, right: int, down: int) -> None:  # noqa: N802 - Qt's name
        """Tell the rulers."""
        super().scrollContentsBy(right, down)
        self.viewed.emit()

    def _begin(self) -> None:
        self._hand.give_up()
        self.sheet.picture = QImage()
        self._resize_sheet()
        self.fit()

    def _resize_sheet(self) -> None:
        rect = page_of(self.draft).adjusted(-EDGE, -EDGE, EDGE, EDGE)
        if rect != self.sceneRect():
            self.sheet.page_changed()
            self.overlay.page_changed()
            self.setSceneRect(rect)
            if self._fitting:
                self.fit()
        self.overlay.update()

    def _zoom_to(self, zoom: float) -> None:
        by = min(max(zoom, SMALLEST), LARGEST) / self.zoom
        self.scale(by, by)
        self.viewed.emit()
