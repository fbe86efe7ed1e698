"""Photos made small and plain once, then copied into papers byte by byte.

A JPEG of three colours or of grey is what a PDF holds as it is (ISO 32000-1, 7.4.8). Whether a
photo is one is read from its head, for decoding ten thousand of them to know would take a minute.
"""

from __future__ import annotations

import base64
import tempfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageOps
from reportlab.pdfbase.pdfdoc import PDFObject

from models.errors import UserError
from models.staff.pictures import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfbase.pdfdoc import PDFDocument

LARGEST = 800
"""Pixels of the longer side beyond which a photo is made smaller: 300 dpi at 68 mm."""

LARGEST_SHEET = 3600
"""The same for a picture of a whole sheet: 300 dpi at 305 mm."""

MOST_PIXELS = 60_000_000
MOST_BYTES = 400_000
QUALITY = 88
UNREADABLE = (*BROKEN, Image.DecompressionBombError)
SPACES = {1: "/DeviceGray", 3: "/DeviceRGB"}
"""Colour spaces by the number of components; four are CMYK, which is made RGB first."""

_FRAMES = frozenset([*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), 0xCD, 0xCE, 0xCF])
_SCAN, _EXIF = 0xDA, 0xE1
_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"


class Head(NamedTuple):
    """What a JPEG file says of itself."""

    width: int
    height: int
    components: int
    turned: bool


def read_head(data: bytes) -> Head | None:
    """The head of a JPEG file; None where it is none, or breaks off before its end."""
    if not data.startswith(_BEGIN) or _END not in data[-64:]:
        return None
    turned = False
    for kind, body in _segments(data):
        if kind in _FRAMES and len(body) >= 6:
            height, width = int.from_bytes(body[1:3]), int.from_bytes(body[3:5])
            return Head(width, height, body[5], turned) if width and height else None
        if kind == _EXIF:
            turned = turned or body.startswith(b"Exif")
    return None


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each segment before the picture itself (ITU-T T.81, B.1.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4])
        if kind == _SCAN or length < 2:
            return
        yield kind, data[at + 4 : at + 2 + length]
        at += 2 + length


def is_plain(data: bytes, largest: int = LARGEST) -> bool:
    """Whether a photo can go on paper as it is."""
    head = read_head(data)
    if head is None or head.components not in SPACES or len(data) > MOST_BYTES:
        return False
    return max(head.width, head.height) <= largest and not head.turned


def plain_photo(data: bytes, largest: int = LARGEST) -> bytes:
    """The photo as a small upright RGB or grey JPEG; one that is so already is given back.

    Args:
        data: the file.
        largest: pixels of the longer side at the most.

    Raises:
        UserError: it is no picture, damaged, or far too large.
    """
    if is_plain(data, largest):
        return data
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _unusable(f"有 {picture.width}×{picture.height} 像素，太大")
            picture.draft("RGB", (largest, largest))
            return _made_plain(picture, largest)
    except UNREADABLE as error:
        raise _unusable("打不开，文件已损坏或不是图片") from error


def _made_plain(picture: Image.Image, largest: int) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA", "P"}:
        clear = upright.convert("RGBA")
        upright = Image.new("RGBA", clear.size, "white")
        upright.alpha_composite(clear)
    small = upright.convert("RGB")
    small.thumbnail((largest, largest))
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


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


class Jpeg(PDFObject):
    """A plain JPEG as an object of a PDF."""

    def __init__(self, data: bytes) -> None:
        """Take a picture of ``plain_photo``."""
        head = read_head(data)
        if head is None:
            raise _unusable("不是可以直接嵌入的 JPEG")
        self.width, self.height = head.width, head.height
        self._components = head.components
        self._data = data

    def format(self, document: PDFDocument) -> bytes:
        """The object as it stands in the file (ISO 32000-1, 8.9.5)."""
        said = (
            f"<< /Type /XObject /Subtype /Image /Width {self.width} /Height {self.height} "
            f"/BitsPerComponent 8 /ColorSpace {SPACES[self._components]} /Filter /DCTDecode "
            f"/Length {len(self._data)} >>\nstream\n"
        )
        return said.encode("ascii") + self._data + b"\nendstream"


class PhotoShelf:
    """Photos that had to be made plain, kept on the disk so that each is made plain once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._places: dict[int, tuple[int, int]] = {}

    def check(self, number: int, data: bytes) -> None:
        """See whether the photo of copy ``number`` can be used; keep it if it was changed.

        Raises:
            UserError: it cannot.
        """
        made = plain_photo(data)
        if made is not data:
            self._places[number] = (self._file.seek(0, 2), len(made))
            self._file.write(made)

    def get(self, number: int, data: bytes) -> bytes:
        """The plain photo of copy ``number``, whose file is ``data``."""
        if number not in self._places:
            return data
        start, length = self._places[number]
        self._file.seek(start)
        return self._file.read(length)

    def close(self) -> None:
        """Let go of the photos."""
        self._file.close()
