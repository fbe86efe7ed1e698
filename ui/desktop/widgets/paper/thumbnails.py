"""The list of pages as small pictures; only those in sight are ever drawn."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.paper.drawing import THUMBNAILS, PageDrawer, Tile

WIDTH = 132
BOX = QSize(92, 112)
"""The room of a small picture, in pixels of the standard size."""
CAPTION = 22

Index = QModelIndex | QPersistentModelIndex


class Thumbnails(QListView):
    """The pages of a drawer.

    Signals:
        asked_for: the person wants to see a page (from 0).
    """

    asked_for = Signal(int)

    def __init__(self, drawer: PageDrawer, parent: QWidget | None = None) -> None:
        """List the pages."""
        super().__init__(parent)
        self._drawer = drawer
        self.setObjectName("thumbnails")
        self.setAccessibleName("页面列表")
        numbers = [f"{page:,}" for page in range(1, drawer.pages.count + 1)]
        self.setModel(QStringListModel(numbers, self))
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFixedWidth(tokens.px(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(tokens.px(40))
        drawer.drawn.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._chosen)

    def mark(self, page: int) -> None:
        """Show which page (from 0) is looked at."""
        index = self.model().index(page, 0)
        if index != self.currentIndex():
            chooser = self.selectionModel()
            chooser.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
            self.setCurrentIndex(index)
            chooser.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
            self.scrollTo(index)
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and ask for the small pictures that are lacking."""
        super().paintEvent(event)
        first = self.indexAt(self.viewport().rect().topLeft())
        last = self.indexAt(self.viewport().rect().bottomLeft())
        end = last.row() if last.isValid() else self._drawer.pages.count - 1
        tiles = [self.tile(page) for page in range(max(0, first.row()), end + 1)]
        self._drawer.want(THUMBNAILS, tiles)

    def tile(self, page: int) -> Tile:
        """The small picture of a page."""
        size, scale = self._drawer.sizes[page], self.devicePixelRatioF()
        across = tokens.px(BOX.width()) / size.width
        down = tokens.px(BOX.height()) / size.height
        dots = min(across, down) * scale
        return Tile(page, max(1, round(size.width * dots)), max(1, round(size.height * dots)))

    def line_height(self) -> int:
        """Of every line: the first page's small picture and the number below it."""
        size = self._drawer.sizes[0]
        high = min(BOX.height(), BOX.width() * size.height / size.width)
        return tokens.px(high + CAPTION + 14)

    def paint_page(self, painter: QPainter, page: int, room: QRect) -> None:
        """Paint a page's small picture into its room."""
        tile, scale = self.tile(page), self.devicePixelRatioF()
        place = QRect(0, 0, round(tile.width / scale), round(tile.height / scale))
        place.moveCenter(room.center())
        image = self._drawer.picture(tile)
        painter.fillRect(place.translated(1, 2), QColor(31, 41, 51, 40))
        painter.fillRect(place, QColor(tokens.SURFACE))
        if image is not None:
            painter.drawImage(place, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(tokens.LINE))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        self.asked_for.emit(index.row())


class _Delegate(QStyledItemDelegate):
    """Paints a small page and its number."""

    def __init__(self, view: Thumbnails) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Equal for all."""
        return QSize(tokens.px(BOX.width() + 8), self._view.line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A tint where it is looked at, the page, its number below."""
        # PySide's stubs lack the option's fields.
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        now = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if now:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tokens.SELECTED))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(4, 2, -4, -2), 6, 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        caption = tokens.px(CAPTION)
        self._view.paint_page(painter, index.row(), rect.adjusted(0, 6, 0, -caption))
        painter.setPen(QColor(tokens.PRIMARY_HOVER if now else tokens.MUTED))
        below = QRect(rect.left(), rect.bottom() - caption, rect.width(), caption - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()
