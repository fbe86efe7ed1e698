"""The printers of this computer through Qt: pages as rasters at actual size, in bands.

No driver is asked to place anything: the sheet is as big as the page, its origin is the corner of
the paper, and the page is drawn by PDFium where the tray's shift and scale want it. A band is a few
megabytes, whatever the sheet's size and the printer's resolution.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from models.errors import WorldError
from models.office.printers import Tray
from models.progress import Progress
from reports.kit.paper import Size
from reports.kit.raster import Frame, Pages, Picture
from ui.desktop.widgets.paper.drawing import image_of
from ui.desktop.widgets.paper.printers import (
    PRINTING,
    Duplex,
    Handed,
    Offer,
    Printer,
    PrinterGoneError,
    PrintWish,
    is_wide,
)

PER_INCH = 25.4
FINEST = 600
"""Dots to the inch at most; finer printers are handed each dot several times."""
BAND_BYTES = 8 << 20
TILE = 1024
"""Dots; of a band only the pieces with something on them are handed over."""
OVERLAP = 4
"""Dots by which pieces overlap, so that no thin line is lost where two of them meet."""
_PIXEL = 4
_SOURCES = {
    QPrinter.PaperSource.Auto: "自动选择",
    QPrinter.PaperSource.Manual: "手动进纸",
    QPrinter.PaperSource.Upper: "上层纸盒",
    QPrinter.PaperSource.Middle: "中层纸盒",
    QPrinter.PaperSource.Lower: "下层纸盒",
    QPrinter.PaperSource.Cassette: "纸盒",
    QPrinter.PaperSource.Envelope: "信封",
}
_STATES = {
    QPrinter.PrinterState.Aborted: "打印被中止",
    QPrinter.PrinterState.Error: "打印机有故障或没有联机",
}
_DUPLEX = {
    Duplex.OFF: QPrinter.DuplexMode.DuplexNone,
    Duplex.LONG: QPrinter.DuplexMode.DuplexLongSide,
    Duplex.SHORT: QPrinter.DuplexMode.DuplexShortSide,
}
_NO_MARGINS = QMarginsF(0, 0, 0, 0)


class QtPrintPort:
    """Prints through the system's drivers, or into a PDF for tests and rehearsals."""

    def __init__(self, into: Path | None = None) -> None:
        """Print on paper; ``into`` names a PDF file to print into instead."""
        self._into = into

    def printers(self) -> list[Printer]:
        """The printers of this computer, the usual one first."""
        found = [
            Printer(
                info.printerName(),
                usual=info.isDefault(),
                duplex=QPrinter.DuplexMode.DuplexLongSide in info.supportedDuplexModes(),
                trouble=_STATES.get(info.state(), ""),
            )
            for info in QPrinterInfo.availablePrinters()
        ]
        return sorted(found, key=lambda one: (not one.usual, one.name))

    def trays(self, printer: str) -> list[str]:
        """The usual trays; which of them a printer has only its driver knows."""
        return list(_SOURCES.values()) if printer else []

    def offer(self, tray: Tray, size: Size, *, long_edge: bool = False) -> Offer:
        """What the printer makes of a sheet of that size."""
        printer = self._printer(tray)
        printer.setPageLayout(_layout(size, long_edge=long_edge))
        layout = printer.pageLayout()
        layout.setUnits(QPageLayout.Unit.Millimeter)
        page, least = layout.fullRect(), layout.minimumMargins()
        return Offer(
            Size(page.width(), page.height()),
            (least.left(), least.top(), least.right(), least.bottom()),
            _dpi(printer),
        )

    def print(self, pages: Pages, wish: PrintWish, progress: Progress) -> Handed:
        """Hand the pages over at actual size."""
        printer = self._printer(wish.tray)
        printer.setDocName(wish.title)
        printer.setDuplex(_DUPLEX[wish.duplex])
        rounds = 1 if printer.supportsMultipleCopies() else wish.copies
        if rounds == 1:
            printer.setCopyCount(wish.copies)
            printer.setCollateCopies(True)
        handing = _Handing(printer, pages, wish, progress)
        with handing.begun() as painter:
            return handing.all(painter, rounds)

    def _printer(self, tray: Tray) -> QPrinter:
        if self._into is not None:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._into))
        else:
            info = QPrinterInfo.printerInfo(tray.printer)
            if info.isNull():
                raise WorldError(
                    "print.no_printer",
                    f"找不到打印机“{tray.printer}”。",
                    "请检查连线，或在系统设置里重新添加后再试。",
                )
            printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
            for source, name in _SOURCES.items():
                if name == tray.tray:
                    printer.setPaperSource(source)
        printer.setFullPage(True)
        return printer


class _Handing:
    """One job on its way to the printer."""

    def __init__(
        self, printer: QPrinter, pages: Pages, wish: PrintWish, progress: Progress
    ) -> None:
        self._printer = printer
        self._pages = pages
        self._wish = wish
        self._progress = progress
        self._handed: list[int] = []
        self._sheet: Size | None = None

    @contextmanager
    def begun(self) -> Generator[QPainter]:
        """The painter on the first page's sheet; ended whatever happens."""
        self._turn_to(self._wish.pages[0])
        painter = QPainter()
        if not painter.begin(self._printer):
            raise WorldError(
                "print.not_begun",
                f"打印机“{self._wish.tray.printer}”没有接受打印。",
                "请检查它是否开机、联机，驱动是否正常，再试一次。",
            )
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        try:
            yield painter
        finally:
            if painter.isActive():
                painter.end()

    def all(self, painter: QPainter, rounds: int) -> Handed:
        """Every page, as often as the driver does not repeat it by itself."""
        done = 0
        wanted = [page for _ in range(rounds) for page in self._wish.pages]
        for done, page in enumerate(wanted):
            if done:
                self._turn_to(page)
                self._must(self._printer.newPage())
                self._handed.append(wanted[done - 1])
            self._draw(painter, page)
            self._must(self._printer.printerState() not in _STATES)
            self._progress.report(done + 1, len(wanted), PRINTING)
            if self._progress.cancelled():
                break
        self._must(painter.end())
        self._handed.append(wanted[done])
        return Handed(tuple(self._handed), stopped=done + 1 < len(wanted))

    def _must(self, well: bool) -> None:  # noqa: FBT001 - Qt's answers are plain yes and no
        if not well:
            raise PrinterGoneError(self._wish.tray.printer, self._handed)

    def _turn_to(self, page: int) -> None:
        """Ask for a sheet as big as the page."""
        size = self._pages.size(page - 1)
        if size != self._sheet:
            self._sheet = size
            self._printer.setPageLayout(_layout(size, long_edge=self._wish.long_edge))

    def _draw(self, painter: QPainter, page: int) -> None:
        size, dpi = self._pages.size(page - 1), _dpi(self._printer)
        step = self._printer.resolution() // dpi
        right, down, wider, taller = self._wish.tray.factors
        dots = dpi / PER_INCH
        width, height = (math.ceil(side * dots) for side in size)
        band = max(OVERLAP, BAND_BYTES // (width * _PIXEL) - OVERLAP)
        laid = size.width * wider * dots, size.height * taller * dots
        for top in range(0, height, band):
            rows = min(band + OVERLAP, height - top)
            crisp = dpi >= FINEST
            frame = Frame(right * dots, down * dots, laid, width, top, rows, crisp)
            picture = self._pages.draw(page - 1, frame)
            if not picture.blank:
                for left, piece in _pieces(picture):
                    place = QRect(left * step, top * step, piece.width() * step, rows * step)
                    painter.drawImage(place, piece)


def _pieces(picture: Picture) -> Iterator[tuple[int, QImage]]:
    """The pieces of a band that are not blank, and where each begins."""
    whole = image_of(picture)
    for left in range(0, picture.width, TILE):
        width = min(TILE + OVERLAP, picture.width - left)
        piece = whole.copy(left, 0, width, picture.height)
        blank = QImage(piece.size(), piece.format())
        blank.fill(Qt.GlobalColor.white)
        if piece != blank:
            yield left, piece


def _dpi(printer: QPrinter) -> int:
    """The printer's resolution, or the largest whole part of it that is fine enough."""
    return printer.resolution() // math.ceil(printer.resolution() / FINEST)


def _layout(size: Size, *, long_edge: bool) -> QPageLayout:
    """A sheet as big as a page: upright in the tray unless it is fed long edge first."""
    turned = is_wide(size) and not long_edge
    width, height = (size.height, size.width) if turned else size
    page = QPageSize(
        QSizeF(round(width, 1), round(height, 1)),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    layout = QPageLayout(page, way, _NO_MARGINS, QPageLayout.Unit.Millimeter, _NO_MARGINS)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
