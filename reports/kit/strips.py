"""A line of text as a picture: how a typeface really comes out of the printer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from reports.kit import raster
from reports.kit.fonts import Role
from reports.kit.paper import POINTS, About, Paper, Pen, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.fonts import Fonts
    from reports.kit.raster import Picture

MARGIN = 1.0  # millimetres
GAP = 4.0
RISE = 0.95  # of the size: from the base line to above every letter
DROP = 0.3


class Words(NamedTuple):
    """Words in a typeface at a size in points."""

    text: str
    role: Role = Role.SONG
    size: float = 14


def strip(fonts: Fonts, words: Sequence[Words], dpi: float) -> Picture:
    """The words side by side on one base line, drawn and rastered like any paper.

    Raises:
        UserError: a character no font has.
    """
    pens = [Pen(one.role, one.size) for one in words]
    tallest = max(pen.size for pen in pens) / POINTS
    sizes = [fonts.width(one.text, one.role, one.size) / POINTS for one in words]
    sheet = Size(
        sum(sizes) + GAP * (len(sizes) - 1) + 2 * MARGIN, (RISE + DROP) * tallest + 2 * MARGIN
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "strip.pdf"
        paper = Paper(file, fonts, sheet, About(""))
        x = MARGIN
        for one, pen, width in zip(words, pens, sizes, strict=True):
            paper.text(x, MARGIN + RISE * tallest, one.text, pen)
            x += width + GAP
        paper.finish()
        return raster.page_picture(file, 0, dpi)
