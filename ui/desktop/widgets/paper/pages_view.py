"""The pages below each other on a grey desk: scrolled, zoomed, and drawn only where in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.drawing import PAGES, PageDrawer, Tile, tiles_of
from ui.desktop.widgets.paper.page_stack import PageStack

PER_INCH = 25.4
SMALLEST, LARGEST = 0.1, 4.0
STEP = 1.25
FIT_WIDTH, FIT_PAGE = "width", "page"
DESK = "#C9D0D8"
SHADOWS = ((6, 10), (4, 14), (2, 20), (1, 26))
"""How far the soft shadow of a sheet reaches, and how dark each ring of it is."""
AHEAD = 1
GAP = 20
_LINE = 48


class PagesView(QAbstractScrollArea):
    """The pages of a PDF.

    Attributes:
        page: the one that is looked at, from 0.
        factor: how large the pages are shown, 1 for their real size.
        fit: ``FIT_WIDTH``, ``FIT_PAGE`` or "" for a factor of the person's own.

    Signals:
        page_changed: another page (from 0) is in the middle.
        zoomed: the factor the pages are shown at, 1 for their real size.
    """

    page_changed = Signal(int)
    zoomed = Signal(float)

    def __init__(self, drawer: PageDrawer, parent: QWidget | None = None) -> None:
        """Show the pages of a drawer; the first one at the top, as wide as there is room."""
        super().__init__(parent)
        self.setAccessibleName("页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.page = 0
        self.factor = 1.0
        self._drawer = drawer
        self.fit = FIT_PAGE
        self._stack = PageStack(drawer.sizes, tokens.px(GAP), self.logicalDpiX() / PER_INCH)
        self._grip = _Grip(self)
        drawer.drawn.connect(self.viewport().update)
        drawer.measured.connect(self._relayout)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def fit_to(self, how: str) -> None:
        """Fill the width, or show whole pages, whatever the window's size."""
        self.fit = how
        self._relayout()

    def zoom_to(self, factor: float, anchor: QPointF | None = None) -> None:
        """Show the pages at a factor; what is under ``anchor`` stays under it."""
        self.fit = ""
        self._set_factor(factor, anchor)

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Show the pages larger or smaller than now."""
        self.zoom_to(self.factor * factor, anchor)

    def turn_to(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        wanted = min(max(page, 0), len(self._stack) - 1)
        self.verticalScrollBar().setValue(self._stack.top(wanted) - self._stack.gap // 2)
        self._say(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._relayout()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sheets in sight, and ask for those that are not drawn yet."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(DESK))
        wanted: list[Tile] = []
        for page in self._in_sight():
            place = self._place(page)
            _paint_sheet(painter, place)
            wanted += self._paint_tiles(painter, page, place)
        painter.end()
        self._drawer.want(PAGES, [*wanted, *self._next_tiles()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp and PageDown turn pages, Home and End go to the ends."""
        keys = Qt.Key
        match event.key():
            case keys.Key_PageDown | keys.Key_Space:
                self._leaf(1)
            case keys.Key_PageUp | keys.Key_Backspace:
                self._leaf(-1)
            case keys.Key_Home:
                self.turn_to(0)
            case keys.Key_End:
                self.turn_to(len(self._stack) - 1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom; the wheel alone scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.zoom_by(STEP if turned > 0 else 1 / STEP, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    # ------------------------------------------------------------------ measures

    def _fitting(self) -> float:
        """The factor at which the page looked at fits."""
        size = self._drawer.sizes[self.page]
        dots = self.logicalDpiX() / PER_INCH
        room = self.maximumViewportSize()
        gap = self._stack.gap
        beside = room.width() - 2 * gap - self.verticalScrollBar().sizeHint().width()
        wide = beside / (size.width * dots)
        if self.fit == FIT_WIDTH:
            return wide
        return min(wide, (room.height() - 2 * gap) / (size.height * dots))

    def _relayout(self) -> None:
        self._set_factor(self._fitting() if self.fit else self.factor)

    def _set_factor(self, factor: float, anchor: QPointF | None = None) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        at = anchor or QPointF(self.viewport().width() / 2, 0)
        held = (at.y() + down.value() - self._stack.top(self.page)) / self._stack.dots
        share = (at.x() + across.value()) / max(1, across.maximum() + self.viewport().width())
        self.factor = min(max(factor, SMALLEST), LARGEST)
        dots = self.logicalDpiX() / PER_INCH * self.factor
        self._stack = stack = PageStack(self._drawer.sizes, tokens.px(GAP), dots)
        page, view = self.page, self.viewport().size()
        across.setRange(0, max(0, stack.width - view.width()))
        across.setPageStep(view.width())
        down.setRange(0, max(0, stack.height - view.height()))
        down.setPageStep(view.height())
        across.setSingleStep(_LINE)
        down.setSingleStep(_LINE)
        down.setValue(round(stack.top(page) + held * stack.dots - at.y()))
        across.setValue(round(share * (across.maximum() + view.width()) - at.x()))
        self._say(page if self.fit else self._middle())
        self.zoomed.emit(self.factor)
        self.viewport().update()

    def _place(self, page: int) -> QRect:
        """Where a page lies in the viewport."""
        width, height = self._stack.extent(page)
        room = self.viewport().width() + self.horizontalScrollBar().maximum()
        left = (room - width) // 2 - self.horizontalScrollBar().value()
        return QRect(left, self._stack.top(page) - self.verticalScrollBar().value(), width, height)

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        return self._stack.between(top, top + self.viewport().height())

    def _middle(self) -> int:
        seen = self.verticalScrollBar().value() + self.viewport().height() * 2 // 5
        return self._stack.at(seen)

    def _say(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def _scrolled(self) -> None:
        self._say(self._middle())
        self.viewport().update()

    def _leaf(self, way: int) -> None:
        """A page on or back; within a page that is higher than the window, a window's height."""
        height = self._place(self.page).height()
        if height > self.viewport().height():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + way * (self.viewport().height() - _LINE))
        else:
            self.turn_to(self.page + way)

    # ------------------------------------------------------------------ painting

    def _paint_tiles(self, painter: QPainter, page: int, place: QRect) -> list[Tile]:
        """Paint what is drawn of a page; gives what is lacking."""
        scale = self.devicePixelRatioF()
        width, height = round(place.width() * scale), round(place.height() * scale)
        above = -place.top() * scale
        tiles = tiles_of(page, width, height, above, above + self.viewport().height() * scale)
        lacking: list[Tile] = []
        for tile in tiles:
            image = self._drawer.picture(tile)
            if image is None:
                lacking.append(tile)
                continue
            top, rows = tile.top / scale, tile.rows / scale
            target = QRectF(place.left(), place.top() + top, place.width(), rows)
            painter.drawImage(target, image)
        if lacking and place.height() > _LINE:
            painter.setPen(QColor(tokens.PLACEHOLDER))
            seen = place.intersected(self.viewport().rect())
            painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, f"第 {page + 1:,} 页")
        return lacking

    def _next_tiles(self) -> list[Tile]:
        """The top of the page that comes next, drawn while the person reads."""
        sight = self._in_sight()
        if sight[-1] + AHEAD >= len(self._stack):
            return []
        page = sight[-1] + AHEAD
        place, scale = self._place(page), self.devicePixelRatioF()
        return [Tile(page, round(place.width() * scale), round(place.height() * scale))]


def _paint_sheet(painter: QPainter, place: QRect) -> None:
    """A white sheet and its soft shadow."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for reach, dark in SHADOWS:
        painter.setBrush(QColor(31, 41, 51, dark))
        painter.drawRoundedRect(place.adjusted(-reach, -reach + 2, reach, reach + 2), reach, reach)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(place, QColor(tokens.SURFACE))


class _Grip(QObject):
    """Moves the sheet that the mouse holds."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._held: QPoint | None = None
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take hold, move, let go."""
        if isinstance(event, QMouseEvent):
            here = event.globalPosition().toPoint()
            kind = event.type()
            if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._held = here
                self._area.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            elif kind == QEvent.Type.MouseMove and self._held is not None:
                moved, self._held = here - self._held, here
                for bar, step in (
                    (self._area.horizontalScrollBar(), moved.x()),
                    (self._area.verticalScrollBar(), moved.y()),
                ):
                    bar.setValue(bar.value() - step)
            elif kind == QEvent.Type.MouseButtonRelease:
                self._held = None
                self._area.viewport().unsetCursor()
        return super().eventFilter(watched, event)
