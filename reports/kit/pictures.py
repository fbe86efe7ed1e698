"""Photos and codes on paper; photos are made small and plain once, then copied as they are."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.pdfbase.pdfdoc import PDFImageXObject

from models.errors import UserError
from reports.kit.codes import QUIET, code_of
from reports.kit.paper import POINTS

if TYPE_CHECKING:
    from reports.kit.forms import CodeArea, PhotoArea
    from reports.kit.paper import Paper

LARGEST = 800
"""Pixels of the longer side beyond which a photo is made smaller: 300 dpi at 68 mm."""

LARGEST_SHEET = 3600
"""The same for a picture of a whole sheet: 300 dpi at 305 mm."""

MOST_PIXELS = 60_000_000
PLAIN = frozenset({"RGB", "L"})
QUALITY = 88
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
)


def plain_photo(data: bytes, largest: int = LARGEST) -> bytes:
    """The photo as a small upright RGB or grey JPEG; one that is so already is given back.

    Args:
        data: the file.
        largest: pixels of the longer side at the most.

    Raises:
        UserError: it is no picture, damaged, or far too large.
    """
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _unusable(f"有 {picture.width}×{picture.height} 像素，太大")
            if _is_plain(picture, largest):
                return data
            picture.draft("RGB", (largest, largest))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((largest, largest))
            out = BytesIO()
            upright.save(out, "JPEG", quality=QUALITY)
            return out.getvalue()
    except UNREADABLE as error:
        raise _unusable("打不开，文件已损坏或不是图片") from error


def _is_plain(picture: Image.Image, largest: int) -> bool:
    upright = picture.getexif().get(0x0112, 1) == 1
    small = max(picture.size) <= largest
    return picture.format == "JPEG" and picture.mode in PLAIN and upright and small


def plain_sheet(text: str) -> bytes:
    """The picture of a whole sheet that a form carries as base64 text, as a JPEG.

    Raises:
        UserError: the text is no picture.
    """
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except ValueError as error:
        raise _unusable("（底图）不是一张图片") from error
    return plain_photo(data, LARGEST_SHEET)


def _unusable(why: str) -> UserError:
    return UserError(
        "photo.unusable", f"照片{why}。", "请换一张 JPEG 照片（如 295×413 像素）后重试。"
    )


def draw_photo(paper: Paper, area: PhotoArea, jpeg: bytes) -> None:
    """Fill the area with a photo of ``plain_photo``; what is too much is cut off evenly."""
    made = _jpeg(jpeg)
    name = paper.embed(hashlib.sha1(jpeg, usedforsecurity=False).hexdigest(), lambda: made)
    scale = max(area.width / made.width, area.height / made.height) * POINTS
    width, height = made.width * scale, made.height * scale
    left, bottom = area.x * POINTS, (paper.size.height - area.y - area.height) * POINTS
    room = area.width * POINTS, area.height * POINTS
    x, y = left - (width - room[0]) / 2, bottom - (height - room[1]) / 2
    clip = f"{left:.3f} {bottom:.3f} {room[0]:.3f} {room[1]:.3f} re W n"
    paper.paint(f"q {clip} {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")


def draw_picture(paper: Paper, jpeg: bytes) -> None:
    """Fill the whole sheet with a picture."""
    made = _jpeg(jpeg)
    name = paper.embed(hashlib.sha1(jpeg, usedforsecurity=False).hexdigest(), lambda: made)
    width, height = paper.size.width * POINTS, paper.size.height * POINTS
    paper.paint(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /{name} Do Q")


def draw_code(paper: Paper, area: CodeArea, text: str) -> None:
    """Paint the code of a text into the area, white edge included, as one stencil."""
    code = code_of(text)
    module = area.size / (code.side + 2 * QUIET)
    side = code.side * module * POINTS
    x = (area.x + QUIET * module) * POINTS
    y = (paper.size.height - area.y - area.size + QUIET * module) * POINTS
    head = f"/W {code.side} /H {code.side} /IM true /BPC 1 /F /AHx"
    data = code.bits.hex()
    paper.paint(f"q 0 g {side:.3f} 0 0 {side:.3f} {x:.3f} {y:.3f} cm BI {head} ID {data}> EI Q")


def _jpeg(data: bytes) -> PDFImageXObject:
    made: Any = PDFImageXObject("", None)
    if not made.loadImageFromJPEG(BytesIO(data)):
        raise _unusable("不是可以直接嵌入的 JPEG")
    return made
