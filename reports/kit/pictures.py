"""Photos, codes and pictures of sheets, painted into their places."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from reports.kit.codes import QUIET, code_of
from reports.kit.paper import POINTS
from reports.kit.photos import Jpeg

if TYPE_CHECKING:
    from reports.kit.forms import CodeArea, PhotoArea
    from reports.kit.paper import Paper


class Square(NamedTuple):
    """A place for a code that is no part of a form, in millimetres."""

    x: float
    y: float
    size: float


def draw_photo(paper: Paper, area: PhotoArea, jpeg: bytes) -> None:
    """Fill the area with a photo of ``plain_photo``; what is too much is cut off evenly."""
    name, made = _embedded(paper, jpeg)
    scale = max(area.width / made.width, area.height / made.height) * POINTS
    width, height = made.width * scale, made.height * scale
    left, bottom = area.x * POINTS, (paper.size.height - area.y - area.height) * POINTS
    room = area.width * POINTS, area.height * POINTS
    x, y = left - (width - room[0]) / 2, bottom - (height - room[1]) / 2
    clip = f"{left:.3f} {bottom:.3f} {room[0]:.3f} {room[1]:.3f} re W n"
    paper.paint(f"q {clip} {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /{name} Do Q")


def draw_picture(paper: Paper, jpeg: bytes) -> None:
    """Fill the whole sheet with a picture."""
    name, _ = _embedded(paper, jpeg)
    width, height = paper.size.width * POINTS, paper.size.height * POINTS
    paper.paint(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /{name} Do Q")


def draw_code(paper: Paper, area: CodeArea | Square, text: str) -> None:
    """Paint the code of a text into the area, white edge included, as one stencil."""
    code = code_of(text)
    module = area.size / (code.side + 2 * QUIET)
    side = code.side * module * POINTS
    x = (area.x + QUIET * module) * POINTS
    y = (paper.size.height - area.y - area.size + QUIET * module) * POINTS
    corner = f"{area.x * POINTS:.3f} {(paper.size.height - area.y - area.size) * POINTS:.3f}"
    white = f"1 g {corner} {area.size * POINTS:.3f} {area.size * POINTS:.3f} re f"
    head = f"/W {code.side} /H {code.side} /IM true /BPC 1 /F /AHx"
    stencil = f"BI {head} ID {code.bits.hex()}> EI"
    paper.paint(f"q {white} 0 g {side:.3f} 0 0 {side:.3f} {x:.3f} {y:.3f} cm {stencil} Q")


def _embedded(paper: Paper, jpeg: bytes) -> tuple[str, Jpeg]:
    """The picture kept in the file once, however often it is painted."""
    made = Jpeg(jpeg)
    return paper.embed(hashlib.sha1(jpeg, usedforsecurity=False).hexdigest(), made), made
