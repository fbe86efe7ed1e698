"""Pictures of characters made into a font of their own.

A picture on the page would have no text to search, no place in a line of letters, no colour of
theirs. As glyphs of a small TrueType font that maps them to their characters, drawn characters
are set, spaced, coloured, wrapped, searched and copied like all others.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fontTools.fontBuilder import FontBuilder  # pyright: ignore[reportMissingTypeStubs]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image

from reports.kit import embedding
from reports.kit.tracing import polygons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.kit.embedding import EmbeddedFont

EM = 1024
DESCENT = -123  # of the em; the square stands on the line as that of Chinese fonts does
DOTS = 512
INK_FROM = 128  # of 255
NAME = "DrawnCharacters"


def drawn_font(pictures: Iterable[tuple[str, bytes]]) -> EmbeddedFont:
    """A font of the characters, each as wide as its size.

    Args:
        pictures: each character with its picture: a PNG of 512 × 512 dots, the ink
            in its alpha channel.
    """
    known = sorted(pictures)
    # no CRC: it is the same for all PNG files of one length, for they hold their own
    digest = hashlib.sha256(b"".join(char.encode() + png for char, png in known)).hexdigest()[:16]
    return embedding.load_once(f"{NAME}-{digest}", lambda: BytesIO(_true_type(known)))


def _true_type(known: list[tuple[str, bytes]]) -> bytes:
    glyphs: dict[str, Any] = {".notdef": TTGlyphPen(None).glyph()}
    glyphs |= {_name(char): _outline(png) for char, png in known}
    builder: Any = FontBuilder(EM, isTTF=True)
    builder.setupHead(unitsPerEm=EM, created=0, modified=0)  # the same pictures, the same bytes
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({ord(char): _name(char) for char, _ in known})
    builder.setupGlyf(glyphs)
    # a glyph is placed by its left edge, which therefore has to be told as it was drawn
    lefts = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (EM, left) for name, left in lefts.items()})
    builder.setupHorizontalHeader(ascent=EM + DESCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=EM + DESCENT, sTypoDescender=DESCENT)
    builder.setupPost(keepGlyphNames=False)
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _name(char: str) -> str:
    return f"u{ord(char):05X}"


def _outline(png: bytes) -> Any:  # noqa: ANN401 - fontTools has no types
    pen: Any = TTGlyphPen(None)
    unit = EM / DOTS
    for polygon in polygons(_rows(png)):
        corners = [(round(x * unit), round((DOTS - y) * unit) + DESCENT) for x, y in polygon]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _rows(png: bytes) -> list[bytes]:
    """The dots of a picture, row by row: 1 for ink."""
    with Image.open(BytesIO(png)) as picture:
        ink: Any = picture.getchannel("A")  # Any: Pillow's types are unfinished
    dots: bytes = ink.point([0] * INK_FROM + [1] * (256 - INK_FROM)).tobytes()
    return [dots[at : at + DOTS] for at in range(0, DOTS * DOTS, DOTS)]
