"""QR codes as squares to be painted (ISO/IEC 18004, level M)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import zxingcpp
from PIL import Image

MASK = 3
"""The pattern laid over the data. ISO/IEC 18004, 7.8.3 picks the best of eight by trying them all,
which takes seven times as long as the rest; what is signed is as good as random, so that all of
them are alike."""

QUIET = 4
"""Width of the white edge in modules (ISO/IEC 18004, 9.1)."""


class Code(NamedTuple):
    """A code as one bit a module, rows padded to whole bytes, 0 for dark; without white edge."""

    side: int
    bits: bytes


@lru_cache(maxsize=64)
def code_of(text: str) -> Code:
    """The code of a text."""
    made: Any = zxingcpp.create_barcode(  # pyright: ignore[reportUnknownMemberType]
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=MASK
    )
    # Any: the binding's stubs do not say that its image is a buffer.
    drawn: Any = made.to_image(scale=1, add_quiet_zones=False)
    side: int = drawn.shape[0]
    pixels = memoryview(drawn).tobytes()
    picture = Image.frombuffer("L", (side, side), pixels, "raw", "L", 0, 1)
    return Code(side, picture.convert("1", dither=Image.Dither.NONE).tobytes())
