"""Draws pages beside the window's thread, only those that are looked at, and forgets the rest."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from models.errors import OfficeError
from reports.kit.paper import Size
from reports.kit.raster import Frame, Pages, Picture
from ui.desktop.tasks.beside import Beside

KEPT_BYTES = 128 << 20
PAGES, THUMBNAILS = "pages", "thumbnails"
"""Who wants tiles; the pages come before the list of them."""
BAND = 1024
"""Pixels; taller pages are drawn in bands, so that a large zoom costs only what is in sight."""

Background = Callable[[int], "Path | None"]
"""A page's number from 1 → the picture or PDF of the pre-printed sheet it goes on."""


class Tile(NamedTuple):
    """A band of a page at a size in pixels; pages are counted from 0."""

    page: int
    width: int
    height: int
    band: int = 0

    @property
    def top(self) -> int:
        """Where it begins on its page."""
        return self.band * BAND

    @property
    def rows(self) -> int:
        """How high it is."""
        return min(BAND, self.height - self.top)


def tiles_of(page: int, width: int, height: int, above: float, below: float) -> list[Tile]:
    """The bands of a page between two heights of it, in pixels."""
    first = max(0, int(above) // BAND)
    last = min(height - 1, int(below)) // BAND
    return [Tile(page, width, height, band) for band in range(first, last + 1)]


class PageDrawer(QObject):
    """The pages of one PDF as pictures.

    Signals:
        drawn: another picture can be had.
        measured: the sizes of all pages are known.
    """

    drawn = Signal()
    measured = Signal()

    def __init__(
        self, pdf: Path, background: Background | None = None, parent: QObject | None = None
    ) -> None:
        """Open a PDF; no page is drawn yet.

        Raises:
            WorldError: it cannot be read.
        """
        super().__init__(parent)
        self.pages = Pages(pdf)
        self.shows_background = background is not None
        self.sizes: list[Size] = [self.pages.size(0)] * self.pages.count
        self._background = background
        self._wanted: dict[str, list[Tile]] = {PAGES: [], THUMBNAILS: []}
        self._kept: OrderedDict[tuple[Tile, bool], QImage] = OrderedDict()
        self._bytes = 0
        self._busy = False
        self._closed = False
        self._stopped = threading.Event()
        self.beside = Beside("page-drawer", self)
        self.beside.ask(self.pages.sizes, self._measure)

    def picture(self, tile: Tile) -> QImage | None:
        """A tile that is drawn already; None where it is not."""
        key = (tile, self.shows_background)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def want(self, who: str, tiles: Sequence[Tile]) -> None:
        """Have tiles drawn, in this order, in place of what ``who`` wanted before."""
        self._wanted[who] = list(tiles)
        self._next()

    def show_background(self, *, yes: bool) -> None:
        """Show the pre-printed sheet behind what prints, or only what prints."""
        self.shows_background = yes and self._background is not None
        self.drawn.emit()

    def look_for(self, text: str, start: int, on_found: Callable[[int | None], object]) -> None:
        """Find the first page from ``start`` round that holds a text; None for none."""
        self._stopped.clear()

        def work() -> int | None:
            found = self.pages.find(text, start)
            return next((page for page, holds in found if holds or self._stopped.is_set()), None)

        self.beside.ask(work, on_found)

    def close(self) -> None:
        """Stop drawing and let go of the file."""
        if not self._closed:
            self._closed = True
            self._wanted.clear()
            self._stopped.set()
            self.beside.close()
            self.pages.close()

    def _measure(self, sizes: list[Size]) -> None:
        if sizes != self.sizes:
            self.sizes = sizes
        self.measured.emit()

    def _next(self) -> None:
        if self._busy or self._closed:
            return
        for tiles in self._wanted.values():
            for tile in tiles:
                key = (tile, self.shows_background)
                if key not in self._kept:
                    self._busy = True
                    self.beside.ask(partial(self._draw, *key), partial(self._keep, key))
                    return

    def _draw(self, tile: Tile, behind: bool) -> QImage:  # noqa: FBT001 - on the thread
        frame = Frame(0, 0, (tile.width, tile.height), tile.width, tile.top, tile.rows)
        image = image_of(self.pages.draw(tile.page, frame))
        sheet = self._background(tile.page + 1) if behind and self._background else None
        return image if sheet is None else laid_on(sheet, tile, image)

    def _keep(self, key: tuple[Tile, bool], image: QImage) -> None:
        self._busy = False
        self._kept[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= dropped.sizeInBytes()
        self.drawn.emit()
        self._next()


def image_of(picture: Picture) -> QImage:
    """A picture of PDFium's as one of Qt's."""
    wanted = QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, wanted).copy()


def laid_on(sheet: Path, tile: Tile, image: QImage) -> QImage:
    """What prints, laid on the pre-printed sheet as ink is: dark wins.

    A sheet that cannot be read is left out; it is only there to look at.
    """
    behind = _sheet(sheet, tile)
    if behind is None:
        return image
    painter = QPainter(behind)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.drawImage(0, 0, image)
    painter.end()
    return behind


def _sheet(file: Path, tile: Tile) -> QImage | None:
    """The band of the pre-printed sheet under a tile."""
    if file.suffix.lower() == ".pdf":
        frame = Frame(0, 0, (tile.width, tile.height), tile.width, tile.top, tile.rows)
        try:
            with Pages(file) as pages:
                return image_of(pages.draw(0, frame))
        except OfficeError:
            return None
    picture = QImage(str(file))
    if picture.isNull():
        return None
    band = QImage(tile.width, tile.rows, QImage.Format.Format_RGB32)
    band.fill(Qt.GlobalColor.white)
    painter = QPainter(band)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, -tile.top, tile.width, tile.height), picture)
    painter.end()
    return band
