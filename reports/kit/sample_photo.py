"""A picture that stands for a photo while none is chosen: a grey head and shoulders."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (295, 413)
"""Pixels of a photo of one inch (一寸)."""
GROUND, FIGURE = "#DCE3EA", "#9AA5B1"


@cache
def sample_photo() -> bytes:
    """The picture as a JPEG."""
    picture = Image.new("RGB", SIZE, GROUND)
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((88, 90, 207, 232), fill=FIGURE)
    drawing.ellipse((28, 265, 267, 560), fill=FIGURE)
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
