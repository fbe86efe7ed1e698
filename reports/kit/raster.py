"""Pages of a PDF as pictures, for the preview and for tests of what is really printed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

if TYPE_CHECKING:
    from pathlib import Path

PDF_DPI = 72


class Picture(NamedTuple):
    """A page as pixels: 4 bytes each (blue, green, red, unused), ``stride`` bytes a line."""

    width: int
    height: int
    stride: int
    pixels: bytes


def _document(pdf: Path) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    return pypdfium2.PdfDocument(pdf)


def page_count(pdf: Path) -> int:
    """How many pages the file has."""
    with closing(_document(pdf)) as document:
        return len(document)


def page_picture(pdf: Path, page: int, dpi: float) -> Picture:
    """A page (counted from 0) as it prints, at ``dpi`` dots to the inch."""
    with closing(_document(pdf)) as document:
        bitmap = document[page].render(scale=dpi / PDF_DPI, force_bitmap_format=4)
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def save_png(pdf: Path, page: int, out: Path, dpi: float = 100) -> None:
    """Write a page (counted from 0) as a PNG file."""
    with closing(_document(pdf)) as document:
        document[page].render(scale=dpi / PDF_DPI).to_pil().save(out)
