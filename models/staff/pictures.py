"""Pictures that people bring: opened with care, made into what the register keeps."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageFilter, ImageOps, JpegImagePlugin

from models.errors import UserError

PORTRAIT = (295, 413)
"""Dots of a one-inch photo (25 × 35 mm) at 300 dots to the inch."""

SHRINKABLE = frozenset({"L", "RGB", "CMYK"})
"""Modes in which neighbouring dots can be mixed before the colours are converted."""

GLYPH_DOTS = 512
GLYPH_INK = 472
"""How much of its square a character fills, as the characters of fonts do."""

FEW_GREYS = [round(one / 17) * 17 for one in range(256)]
"""Sixteen steps are as smooth as 256 and make the file a third as large."""

GLYPH_BYTES = 2_000_000
PHOTO_BYTES = 60_000_000
GLYPH_KINDS = ("PNG", "JPEG")
PHOTO_KINDS = ("JPEG", "PNG", "BMP", "TIFF")

TOP_SHARE = 0.12  # of what a photo is too tall by: how much goes at the top, where the head is
CLOSE = 0.03  # a proportion that differs less needs no remark
LEAST_PHOTO = 60  # dots across
LEAST_CONTRAST = 60  # of 255, between paper and ink
MOST_INK = 0.7  # of its square; a character has far less
SHARPEST = 2048  # dots; more of a scanned character is only noise
QUALITY = 88

BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, LookupError)
"""What Pillow raises over damaged pictures."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A photo as the register keeps it, and what there is to say of it."""

    jpeg: bytes
    remarks: tuple[str, ...] = ()


def portrait(data: bytes) -> Portrait:
    """A photo turned upright, cut to 295:413 and shrunk.

    What is too wide is cut at both sides, what is too tall mostly at the bottom.

    Raises:
        UserError: no picture, damaged, of a kind not known here, or far too small or too large.
    """
    if len(data) > PHOTO_BYTES:
        raise _too_large(f"文件超过 {PHOTO_BYTES // 1_000_000} MB")
    with _opened(data, PHOTO_KINDS) as picture:
        remarks: list[str] = []
        try:
            upright = _upright(picture)
            if min(upright.size) < LEAST_PHOTO:
                raise UserError(
                    "photo.too_small",
                    f"照片只有 {upright.width}×{upright.height} 点，太小了。",
                    f"请换一张不小于 {PORTRAIT[0]}×{PORTRAIT[1]} 点的照片。",
                )
            box = _cut(upright.size, remarks)
            plain = upright if upright.mode in SHRINKABLE else _in_colour(upright)
            small = _resized(plain, PORTRAIT, box)
            jpeg = _as_jpeg(_in_colour(small))
        except BROKEN as error:
            raise _broken() from error
    return Portrait(jpeg, tuple(remarks))


def glyph_picture(data: bytes) -> bytes:
    """A drawn or scanned character as clean black on transparent, cropped and centred (PNG).

    Raises:
        UserError: no picture of a character, damaged, too large.
    """
    if len(data) > GLYPH_BYTES:
        raise _too_large(f"造字图片超过 {GLYPH_BYTES // 1_000_000} MB")
    with _opened(data, GLYPH_KINDS) as picture:
        try:
            ink = _ink(_darkness(picture))
        except BROKEN as error:
            raise _broken() from error
    return _centred(ink)


def _opened(data: bytes, kinds: tuple[str, ...]) -> Image.Image:
    """The picture with nothing of it decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(data), formats=kinds)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large("图片的点数太多") from error
    except BROKEN as error:
        raise UserError(
            "picture.unknown",
            f"不是能识别的图片（{'、'.join(kinds)}）。",
            "请用看图软件打开，另存为 JPEG 或 PNG 后重试。",
        ) from error


def _too_large(what: str) -> UserError:
    return UserError("picture.too_large", f"{what}，没有读取。", "请先用看图软件缩小后重试。")


def _broken() -> UserError:
    return UserError(
        "picture.broken", "图片文件已损坏，读不完整。", "请换一个文件，或重新拍照、扫描。"
    )


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it was held, decoded no larger than is needed."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        picture.draft(None, (PORTRAIT[1], PORTRAIT[1]))  # either side may turn out the height
    return ImageOps.exif_transpose(picture)


def _cut(size: tuple[int, int], remarks: list[str]) -> tuple[float, float, float, float]:
    """The part of a picture that is kept."""
    width, height = size
    wanted = PORTRAIT[0] / PORTRAIT[1]
    if abs(width / height / wanted - 1) > CLOSE:
        remarks.append("不是 295:413 的比例，已裁切")
    if height < PORTRAIT[1] or width < PORTRAIT[0]:
        remarks.append(f"只有 {width}×{height} 点，印出来可能不清楚")
    kept_width, kept_height = min(width, height * wanted), min(height, width / wanted)
    left, top = (width - kept_width) / 2, (height - kept_height) * TOP_SHARE
    return left, top, left + kept_width, top + kept_height


def _in_colour(picture: Image.Image) -> Image.Image:
    """The picture in red, green and blue, on white where it was transparent."""
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = _from_16_bits(picture)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("RGB")


def _from_16_bits(picture: Any) -> Image.Image:  # noqa: ANN401 - Pillow's types are unfinished
    def high_byte(value: Any) -> Any:  # noqa: ANN401 - Pillow hands in a stand-in for the dots
        return value / 256

    return picture.convert("I").point(high_byte).convert("L")


def _mapped(picture: Any, steps: list[int]) -> Image.Image:  # noqa: ANN401 - Pillow's types are unfinished
    """The picture with each value replaced by that of a table."""
    return picture.point(steps)


def _resized(
    picture: Any,  # noqa: ANN401 - Pillow's types are unfinished
    size: tuple[int, int],
    box: tuple[float, float, float, float] | None = None,
) -> Image.Image:
    """A part of the picture (or all of it) at another size."""
    return picture.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def _as_jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, dpi=(300, 300), optimize=True)
    return out.getvalue()


def _darkness(picture: Image.Image) -> Image.Image:
    """How dark each dot is against its paper; light writing on dark is turned round."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        picture.draft("L", (SHARPEST, SHARPEST))
    seen = ImageOps.exif_transpose(picture)
    seen.thumbnail((SHARPEST, SHARPEST))
    dark = ImageOps.invert(_in_colour(seen).convert("L"))
    if min(dark.size) > GLYPH_DOTS // 4:
        dark = dark.filter(ImageFilter.MedianFilter(3))  # specks of dust
    return ImageOps.invert(dark) if _paper(dark) > 128 else dark


def _paper(dark: Image.Image) -> int:
    """How dark the paper is: the middle value along the picture's edge."""
    width, height = dark.size
    edge = (
        dark.crop((0, 0, width, 1)).tobytes() + dark.crop((0, height - 1, width, height)).tobytes()
    )
    edge += (
        dark.crop((0, 0, 1, height)).tobytes() + dark.crop((width - 1, 0, width, height)).tobytes()
    )
    return sorted(edge)[len(edge) // 2]


def _ink(dark: Image.Image) -> Image.Image:
    """The ink alone, cropped: 0 where there is none, 255 where it is full."""
    paper, darkest = _paper(dark), int(dark.getextrema()[1])  # pyright: ignore[reportArgumentType]
    if darkest - paper < LEAST_CONTRAST:
        raise _no_character("图片上没有看到字。")
    low, high = paper + (darkest - paper) * 0.35, paper + (darkest - paper) * 0.65
    steps = [round(255 * min(max((one - low) / (high - low), 0), 1)) for one in range(256)]
    ink = _mapped(dark, steps)
    solid = _mapped(ink, [0] * 128 + [255] * 128)
    box = solid.getbbox()
    if box is None:
        raise _no_character("图片上没有看到字。")
    return ink.crop(box)


def _centred(ink: Image.Image) -> bytes:
    """The ink in the middle of the square of a character."""
    scale = GLYPH_INK / max(ink.size)
    size = tuple(max(1, round(one * scale)) for one in ink.size)
    drawn = _mapped(_resized(ink, (size[0], size[1])), FEW_GREYS)
    alpha = Image.new("L", (GLYPH_DOTS, GLYPH_DOTS))
    alpha.paste(drawn, ((GLYPH_DOTS - drawn.width) // 2, (GLYPH_DOTS - drawn.height) // 2))
    if sum(alpha.histogram()[128:]) > MOST_INK * GLYPH_DOTS**2:
        raise _no_character("图片几乎全是黑的，不像一个字。")
    square = Image.new("LA", alpha.size)
    square.putalpha(alpha)
    out = BytesIO()
    square.save(out, "PNG", optimize=True)
    return out.getvalue()


def _no_character(what: str) -> UserError:
    return UserError("glyph.no_character", what, "请用白纸黑字，只写这一个字，裁去四周后重试。")
