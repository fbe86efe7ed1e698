"""A sheet of paper measured in millimetres from its upper left corner, drawn into a PDF.

The one place that knows how ReportLab is set up. ReportLab 5.1 is used with: no ASCII85 around
binary streams and no comments (a fifth of the file), a first font that is embedded (else every
file lists an unembedded Helvetica, to which print shops and PDF/A object), and its invariant mode
with the time handed in, so that the same input gives the same bytes.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from reports.kit.fonts import Role
from reports.kit.letters import Letters

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime
    from pathlib import Path

    from reports.kit.fonts import Fonts
    from reports.kit.photos import Jpeg

rl_config.useA85 = 0
rl_config.pdfComments = 0

POINTS = 72 / 25.4
"""Points in a millimetre."""

BLACK = "#000000"
HAIRLINE = 0.12  # millimetres
BLANK = "\u3000"
BASIC = "\uffff"  # the last character that UTF-16 writes as one unit
WIDE_TRACKING = 0.08  # of the size; a wider gap is read back as a space between the letters


class Align(StrEnum):
    """Where a text stands to its point."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


SHIFT = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}


class Size(NamedTuple):
    """The size of a sheet in millimetres."""

    width: float
    height: float


A4 = Size(210, 297)
A4_LANDSCAPE = Size(297, 210)


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text is written.

    Attributes:
        role: the typeface.
        size: in points.
        colour: as ``#rrggbb``.
        tracking: extra space after each character, in points.
    """

    role: Role = Role.SONG
    size: float = 10.5
    colour: str = BLACK
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself in its properties."""

    title: str
    author: str = ""
    subject: str = ""
    made_at: datetime | None = None


class Operators(NamedTuple):
    """Ready-made page operators in the form ``Canvas.drawText`` takes."""

    code: str

    def getCode(self) -> str:  # noqa: N802 - ReportLab's name
        """The operators."""
        return self.code


class Paper:
    """A document being drawn, page after page. ``finish`` writes it."""

    def __init__(self, target: Path, fonts: Fonts, size: Size, about: About) -> None:
        """Begin the first page.

        Args:
            target: the file ``finish`` writes.
            fonts: the fonts of this computer.
            size: of every page.
            about: the document's properties.
        """
        self.size = size
        self.pages = 1
        self._fonts = fonts
        first = fonts.runs("国", Role.SONG)[0].font
        # Any: ReportLab's stubs leave most of the canvas untyped.
        self._canvas: Any = Canvas(
            str(target),
            pagesize=(size.width * POINTS, size.height * POINTS),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 5),
            lang="zh-CN",
            initialFontName=first.fontName,  # pyright: ignore[reportArgumentType] - stub says float
        )
        self._letters = Letters(fonts, self._canvas._doc)  # noqa: SLF001 - no public way
        _describe(self._canvas, about)

    def width(self, text: str, pen: Pen) -> float:
        """The width of ``text`` on one line, in millimetres."""
        return sum(self._fonts.advances(text, pen.role, pen.size), _spread(text, pen)) / POINTS

    def text(
        self,
        x: float,
        y: float,
        text: str,
        pen: Pen,
        *,
        align: Align = Align.LEFT,
        spoken: str | None = None,
    ) -> None:
        """Write one line of text.

        Args:
            x: of the point ``align`` refers to.
            y: of the base line.
            text: what to write.
            pen: how to write it.
            align: where the text stands to ``x``.
            spoken: what search and copy shall find where the letters are spaced for looks
                (``张　三``); by default the text itself.

        Raises:
            UserError: a character that no font has.
        """
        if text:
            self.paint(self.text_code((x, y), text, pen, align=align, spoken=spoken))

    def text_code(
        self,
        place: tuple[float, float],
        text: str,
        pen: Pen,
        *,
        align: Align = Align.LEFT,
        spoken: str | None = None,
    ) -> str:
        """The operators of ``text``, for what is written again on other pages."""
        left = place[0]
        if align is not Align.LEFT:
            left -= self.width(text, pen) * SHIFT[align]
        at = f"{left * POINTS:.3f} {(self.size.height - place[1]) * POINTS:.3f}"
        write = partial(self._letters.operators, role=pen.role, size=pen.size)
        code = _rare_name(text, spoken or "", write) or write(text)
        if pen.tracking:
            code = f"{pen.tracking:.3f} Tc {code} 0 Tc"
        if pen.colour != BLACK:
            code = f"{_rgb(pen.colour)} rg {code} 0 0 0 rg"
        code = f"BT 1 0 0 1 {at} Tm {code} ET"
        if spoken is None and pen.tracking > WIDE_TRACKING * pen.size:
            spoken = text
        if spoken is None or max(spoken) > BASIC:  # PDFium loses such characters in ActualText
            return code
        return f"/Span <</ActualText <FEFF{_utf16(spoken)}>>> BDC {code} EMC"

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        thickness: float = 0.15,
        colour: str = BLACK,
    ) -> None:
        """Draw a straight line between two points, ``thickness`` in millimetres."""
        self.path([start, end], thickness=thickness, colour=colour)

    def path(
        self,
        points: list[tuple[float, float]],
        *,
        thickness: float = 0.15,
        colour: str = BLACK,
        closed: bool = False,
    ) -> None:
        """Draw a line through the points with mitred corners."""
        canvas = self._canvas
        canvas.setLineWidth(thickness * POINTS)
        canvas.setStrokeColor(HexColor(colour))
        path = canvas.beginPath()
        for number, point in enumerate(points):
            (path.lineTo if number else path.moveTo)(*self._point(point))
        if closed:
            path.close()
        canvas.drawPath(path, stroke=1, fill=0)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle whose upper left corner is given."""
        self._canvas.setFillColor(HexColor(colour))
        corner = self._point((x, y + height))
        self._canvas.rect(*corner, width * POINTS, height * POINTS, stroke=0, fill=1)
        self._canvas.setFillColor(HexColor(BLACK))

    def frame(
        self,
        corner: tuple[float, float],
        size: Size,
        *,
        thickness: float = 0.15,
        colour: str = BLACK,
    ) -> None:
        """Draw a rectangle whose upper left corner and size are given."""
        (x, y), (width, height) = corner, size
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.path(corners, thickness=thickness, colour=colour, closed=True)

    def cells(
        self, corner: tuple[float, float], widths: tuple[float, ...], height: float, colour: str
    ) -> None:
        """Draw the hairlines around and between cells that stand side by side."""
        canvas = self._canvas
        canvas.setLineWidth(HAIRLINE * POINTS)
        canvas.setStrokeColor(HexColor(colour))
        left, bottom = self._point((corner[0], corner[1] + height))
        path = canvas.beginPath()
        path.rect(left, bottom, sum(widths) * POINTS, height * POINTS)
        for width in widths[:-1]:
            left += width * POINTS
            path.moveTo(left, bottom)
            path.lineTo(left, bottom + height * POINTS)
        canvas.drawPath(path, stroke=1, fill=0)

    def ring(
        self, centre: tuple[float, float], radius: float, *, thickness: float, colour: str
    ) -> None:
        """Draw a circle."""
        self._canvas.setLineWidth(thickness * POINTS)
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.circle(*self._point(centre), radius * POINTS, stroke=1, fill=0)

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * POINTS, (self.size.height - point[1]) * POINTS

    @contextmanager
    def template(self, name: str) -> Generator[None]:
        """What is drawn inside is kept once in the file, to be laid on pages by ``lay``."""
        self._canvas.beginForm(name)
        yield
        self._canvas.endForm()

    def lay(self, name: str) -> None:
        """Lay a template on the page."""
        self._canvas.doForm(name)

    def paint(self, operators: str) -> None:
        """Add ready-made page operators; what they change they restore (``q`` … ``Q``)."""
        self._canvas.drawText(Operators(operators))

    def embed(self, name: str, picture: Jpeg) -> str:
        """Keep a picture once in the file, for operators to paint.

        Args:
            name: of the picture; the same name is the same picture.
            picture: what to keep, where the file does not have it yet.

        Returns:
            What ``Do`` calls it on this page.
        """
        canvas = self._canvas
        document = canvas._doc  # noqa: SLF001 - ReportLab has no public way for a JPEG in memory
        known = document.getXObjectName(name)
        if known not in document.idToObject:
            document.Reference(picture, known)
            document.addForm(name, picture)
        canvas._currentPageHasImages = 1  # noqa: SLF001
        canvas._formsinuse.append(name)  # noqa: SLF001
        return str(known)

    def bookmark(self, title: str) -> None:
        """Make the page a line of the document's list of bookmarks."""
        key = f"page-{self.pages}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key)

    def next_page(self) -> None:
        """Close this page and begin another one."""
        self._canvas.showPage()
        self.pages += 1

    def resize(self, size: Size) -> None:
        """Give this page, of which nothing is drawn yet, and those after it another size."""
        if size != self.size:
            self.size = size
            self._canvas.setPageSize((size.width * POINTS, size.height * POINTS))

    @contextmanager
    def upside_down(self, centre: tuple[float, float]) -> Generator[None]:
        """What is drawn inside is turned by half a circle about a point."""
        x, y = self._point(centre)
        self._canvas.saveState()
        self._canvas.translate(2 * x, 2 * y)
        self._canvas.rotate(180)
        yield
        self._canvas.restoreState()

    def finish(self) -> None:
        """Close the last page and write the file."""
        self._canvas.showPage()
        self._canvas.save()


def _describe(canvas: Any, about: About) -> None:  # noqa: ANN401 - ReportLab's canvas is untyped
    """Set the document's properties, with the time handed in whatever time ReportLab offers."""
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("师训通")
    canvas.setKeywords("")
    if about.made_at is not None:
        moment = pdf_date(about.made_at)

        def stamp(*_now: int) -> str:
            return moment

        canvas.setDateFormatter(stamp)


def _spread(text: str, pen: Pen) -> float:
    """The extra space between the characters of a text, in points."""
    return pen.tracking * (len(text) - 1)


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it (ISO 32000-1, 7.9.4), with its time zone if it has one.

    >>> from datetime import datetime
    >>> pdf_date(datetime(2026, 11, 23, 9, 30))
    'D:20261123093000'
    """
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:5]}'" if zone else "")


def _rgb(colour: str) -> str:
    """``#rrggbb`` as three shares of 1."""
    return " ".join(f"{share / 255:.4g}" for share in bytes.fromhex(colour[1:]))


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _rare_name(text: str, name: str, write: Callable[[str], str]) -> str:
    """A padded name with one character that is not basic; "" for any other text.

    The other character says itself together with the blank, so that the name is found as one word.
    """
    first, blank, second = text.partition(BLANK)
    if not blank or first + second != name or not min(name) <= BASIC < max(name):
        return ""
    said, halves = (
        (first, (f"{first}{BLANK}", second))
        if first <= BASIC
        else (second, (first, f"{BLANK}{second}"))
    )
    return " ".join(
        f"/Span <</ActualText <FEFF{_utf16(said)}>>> BDC {write(half)} EMC"
        if BLANK in half
        else write(half)
        for half in halves
    )
