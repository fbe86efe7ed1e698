"""The QR codes that stand in a file: a PDF's pages, a photograph, a scan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from models.errors import UserError
from models.progress import Progress
from models.staff.pictures import BROKEN
from models.store.trouble import told
from reports.kit.raster import PDF_DPI

PICTURES = (".png", ".jpg", ".jpeg")
READABLE = (".pdf", *PICTURES)
LARGEST_FILE = 400 * 1024 * 1024
MOST_PIXELS = 80_000_000
"""More than any telephone's photograph; a small file can claim far more."""
DPI = 200
FINE_DPI = 400
"""For pages on which nothing was found: small codes, poor scans."""
_ENOUGH = 4_000
"""Pixels along the longer side: a code that is not found then is not found in more."""
_MOST_OF_PAGE = 4_800
"""An A4 page in its finest look; a larger page is looked at less finely."""
_SMALL = 1_600
_FEW_PAGES = 20
"""A scan of so few pages is looked at as hard as a photograph; a batch that was printed is not."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """One code: its text and the page it stands on, counted from 1."""

    text: str
    page: int


def codes_in(path: Path, progress: Progress | None = None) -> list[FoundCode]:
    """The texts of all QR codes in a PDF, PNG or JPEG file, page by page, from top to bottom.

    Raises:
        UserError: no such file, another kind of file, a broken or far too large one.
        WorldError: it cannot be read.
        CancelledByUser: the person asked to stop.
    """
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise UserError(
            "code.kind_of_file",
            f"不能从“{path.name}”中找验真码：只读 PDF、PNG 和 JPG 文件。",
            "手机照片请存成 JPG 后再试。",
        )
    with told(path):
        size = path.stat().st_size
    if size > LARGEST_FILE:
        raise _too_large(path)
    found = _of_pdf if suffix == ".pdf" else _of_picture
    return list(found(path, progress or Progress()))


def _of_pdf(path: Path, progress: Progress) -> Iterator[FoundCode]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UserError(
            "code.broken_pdf",
            f"“{path.name}”不是完好的 PDF，或需要密码才能打开。",
            "请换一份文件，或把页面拍成照片再核验。",
        ) from error
    with closing(document):
        count = len(document)
        for place in range(count):
            progress.step(place, count, "查找验真码")
            for text in _of_page(path, document, place, progress):
                yield FoundCode(text, place + 1)


def _of_page(
    path: Path,
    document: Any,  # noqa: ANN401 - pypdfium2 has no types
    place: int,
    progress: Progress,
) -> list[str]:
    try:
        page = document[place]
        for dpi in (DPI, FINE_DPI):
            found = _read(_rendered(page, dpi))
            if found:
                return found
        if len(document) <= _FEW_PAGES:
            return _tried(_rendered(page, DPI), progress)
    except pypdfium2.PdfiumError as error:
        raise UserError(
            "code.broken_pdf",
            f"“{path.name}”的第 {place + 1} 页已损坏，读不出来。",
            "请换一份文件，或把页面拍成照片再核验。",
        ) from error
    return []


def _rendered(page: Any, dpi: float) -> Image.Image:  # noqa: ANN401 - pypdfium2 has no types
    width, height = page.get_size()
    scale = min(dpi / PDF_DPI, _MOST_OF_PAGE / max(width, height, 1))
    with closing(page.render(scale=scale, grayscale=True)) as bitmap:
        return bitmap.to_pil().copy()


def _of_picture(path: Path, progress: Progress) -> Iterator[FoundCode]:
    progress.step(0, None, "查找验真码")
    for text in dict.fromkeys(_tried(_opened(path), progress)):
        yield FoundCode(text, 1)


def _opened(path: Path) -> Image.Image:
    """A picture in shades of grey, no larger than reading needs."""
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_large(path)
            # A JPEG is read at half or quarter size at once, where that is enough.
            picture.draft("L", (_ENOUGH, _ENOUGH))
            grey = _grey(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(path) from error
    except BROKEN as error:
        raise UserError(
            "code.broken_picture",
            f"“{path.name}”不是完好的图片。",
            "请重新拍照，或另存为 PNG、JPG 后再试。",
        ) from error
    grey.thumbnail((_ENOUGH, _ENOUGH))
    return grey


def _grey(picture: Image.Image) -> Image.Image:
    """Shades of grey; what is transparent counts as paper."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return picture.convert("L")


def _tried(picture: Image.Image, progress: Progress) -> list[str]:
    """The codes by the first way of looking that finds any, the cheap ways first."""
    for variant in _variants(picture):
        progress.step(0, None, "查找验真码")
        found = _read(variant)
        if found:
            return found
    return []


def _variants(picture: Image.Image) -> Iterator[Image.Image]:
    """The picture as it is, brightened, larger or smaller, softened, sharpened."""
    yield picture
    bright = ImageOps.autocontrast(picture, cutoff=2)
    yield bright
    if max(picture.size) <= _SMALL:
        yield ImageOps.scale(bright, 2, Image.Resampling.BICUBIC)
        yield ImageOps.scale(bright, 3, Image.Resampling.BICUBIC)
    else:
        yield ImageOps.scale(bright, 0.5, Image.Resampling.BOX)
    yield bright.filter(ImageFilter.MedianFilter(3))
    yield bright.filter(ImageFilter.GaussianBlur(1.5))
    yield bright.filter(ImageFilter.UnsharpMask(3, 200, 0))
    yield ImageOps.equalize(picture)


def _read(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [one.text for one in sorted(found, key=lambda one: one.position.top_left.y)]


def _too_large(path: Path) -> UserError:
    return UserError(
        "code.too_large",
        f"“{path.name}”太大，没有打开。",
        "请用普通清晰度拍照或扫描，只拍二维码所在的部分。",
    )
