"""Pages of a PDF as pictures: for the preview, for printers, for tests of what is really printed.

PDFium works for one thread at a time; everything here takes turns.
"""

from __future__ import annotations

import math
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
from pypdfium2 import raw  # pyright: ignore[reportMissingTypeStubs]

from models.errors import WorldError
from reports.kit.paper import POINTS, Size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PDF_DPI = 72
PER_INCH = 25.4
INK_DPI = 40
_BYTES = 4
_FORMAT: int = 4  # FPDFBitmap_BGRx
_TURN = threading.RLock()
_PDFIUM: Any = raw  # Any: pypdfium2 has no types
_BITMAP: Any = pypdfium2.PdfBitmap
_PLAIN: int = _PDFIUM.FPDF_ANNOT
_PRINTING: int = (
    _PLAIN
    | _PDFIUM.FPDF_PRINTING
    | _PDFIUM.FPDF_RENDER_NO_SMOOTHTEXT
    | _PDFIUM.FPDF_RENDER_NO_SMOOTHPATH
)


class Picture(NamedTuple):
    """A page or a band of it as pixels: 4 bytes each (blue, green, red, unused)."""

    width: int
    height: int
    stride: int
    pixels: bytes

    @property
    def blank(self) -> bool:
        """Whether there is nothing on it."""
        return self.pixels == bytes([255]) * len(self.pixels)


class Frame(NamedTuple):
    """Where a page is laid on a raster, in pixels, and which band of the raster is wanted.

    Attributes:
        x, y: where the page's upper left corner comes to lie.
        page: how wide and high the page becomes.
        width: of the raster.
        top, height: of the band.
        crisp: whether edges are hard, as printers of 600 dots to the inch want them.
    """

    x: float
    y: float
    page: tuple[float, float]
    width: int
    top: int
    height: int
    crisp: bool = False


class Ink(NamedTuple):
    """The box of what is printed on a page, in millimetres from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Pages:
    """An opened PDF: pages are drawn one by one, and none before it is asked for."""

    def __init__(self, pdf: Path) -> None:
        """Open a file.

        Raises:
            WorldError: it is not there or not a PDF.
        """
        self.path = pdf
        with _TURN:
            try:
                self._document: Any = _document(pdf)
                self.count: int = len(self._document)
            except (pypdfium2.PdfiumError, OSError) as error:
                raise WorldError(
                    "pdf.not_readable", f"无法打开“{pdf.name}”。", "请重新生成后再试。"
                ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        with _TURN:
            if self._document is not None:
                self._document.close()
                self._document = None

    def size(self, page: int) -> Size:
        """How big a page (counted from 0) is, in millimetres."""
        with _TURN:
            width, height = self._document.get_page_size(page)
        return Size(width / POINTS, height / POINTS)

    def sizes(self) -> list[Size]:
        """How big every page is."""
        return [self.size(page) for page in range(self.count)]

    def draw(self, page: int, frame: Frame) -> Picture:
        """A band of a page laid on a raster."""
        with _TURN, closing(self._document[page]) as found:
            bitmap: Any = _BITMAP.new_native(frame.width, frame.height, _FORMAT)
            with closing(bitmap):
                bitmap.fill_rect((255, 255, 255, 255), 0, 0, frame.width, frame.height)
                place = round(frame.x), round(frame.y) - frame.top
                size = max(1, round(frame.page[0])), max(1, round(frame.page[1]))
                flags = _PRINTING if frame.crisp else _PLAIN
                _PDFIUM.FPDF_RenderPageBitmap(bitmap, found, *place, *size, 0, flags)
                pixels = bytes(bitmap.buffer)
        return Picture(frame.width, frame.height, frame.width * _BYTES, pixels)

    def picture(self, page: int, dpi: float) -> Picture:
        """A whole page at ``dpi`` dots to the inch."""
        size = self.size(page)
        width, height = (max(1, math.ceil(side / PER_INCH * dpi)) for side in size)
        return self.draw(page, Frame(0, 0, (width, height), width, 0, height))

    def ink(self, page: int) -> Ink | None:
        """Where anything is printed on a page, to about a millimetre; None where nothing is."""
        picture = self.picture(page, INK_DPI)
        rows = [
            place
            for place, line in enumerate(_lines(picture))
            if line != bytes([255]) * picture.stride
        ]
        if not rows:
            return None
        used = [one for line in _lines(picture) for one in _edges(line)]
        mm = PER_INCH / INK_DPI
        return Ink(min(used) * mm, rows[0] * mm, (max(used) + 1) * mm, (rows[-1] + 1) * mm)

    def find(self, text: str, start: int = 0) -> Iterator[tuple[int, bool]]:
        """Each page from ``start`` round to before it, and whether it holds ``text``."""
        wanted = "".join(text.split()).casefold()
        for step in range(self.count):
            page = (start + step) % self.count
            yield page, wanted in self._words(page)

    def _words(self, page: int) -> str:
        with (
            _TURN,
            closing(self._document[page]) as found,
            closing(found.get_textpage()) as letters,
        ):
            return "".join(letters.get_text_range().split()).casefold()


def _lines(picture: Picture) -> Iterator[bytes]:
    for place in range(picture.height):
        yield picture.pixels[place * picture.stride : (place + 1) * picture.stride]


def _edges(line: bytes) -> tuple[int, ...]:
    """The first and the last pixel of a line that is not white."""
    left = len(line) - len(line.lstrip(b"\xff"))
    if left == len(line):
        return ()
    return left // _BYTES, (len(line.rstrip(b"\xff")) - 1) // _BYTES


def _document(pdf: Path) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    return pypdfium2.PdfDocument(pdf)


def page_picture(pdf: Path, page: int, dpi: float) -> Picture:
    """A page (counted from 0) as it prints, at ``dpi`` dots to the inch."""
    with Pages(pdf) as pages:
        return pages.picture(page, dpi)
