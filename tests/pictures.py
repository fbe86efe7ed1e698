"""Pictures for tests: drawn characters, photos, and what people bring instead of them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def bytes_of(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    """The picture as a file holds it."""
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def brushed(turn: int = 0, size: int = 400) -> bytes:
    """A made-up character of four strokes, black on white; another one for each ``turn``."""
    picture = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(picture)
    at = size / 100
    for line in ((20, 25, 80, 25), (50, 10, 50, 90), (25, 50, 75, 50), (30, 85, 72, 85)):
        pen.line([one * at for one in line], fill=0, width=round(7 * at))
    return bytes_of(picture.rotate(turn, fillcolor=255))


def face(width: int = 600, height: int = 840, **how: object) -> bytes:
    """A photo: red above, blue below, told apart after turning and cutting."""
    picture = Image.new("RGB", (width, height), (40, 60, 200))
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 4), fill=(200, 40, 40))
    return bytes_of(picture, "JPEG", **how)


def opened(data: bytes) -> Image.Image:
    """The picture of a file."""
    return Image.open(BytesIO(data))
