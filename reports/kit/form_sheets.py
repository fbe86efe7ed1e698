"""Copies of a small form side by side on sheets of A4, as pieces of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.kit import copy_checks
from reports.kit.flow import Block
from reports.kit.form_drawing import BACKGROUND, Filler, Filling
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.paper import A4, A4_LANDSCAPE, POINTS, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.copy_content import Copy
    from reports.kit.forms import Form
    from reports.kit.furniture import Output
    from reports.kit.paper import Paper
    from reports.kit.photos import PhotoShelf

CUT = "#9AA6B2"
MARK = (1.0, 5.0)  # millimetres: from the middle of a cut, how far its marks reach


@dataclass
class FormSheets:
    """Copies of one form, as many on a sheet as fit.

    Attributes:
        form: what stands where.
        copies: what they say; read sheet by sheet, so that they may be made as they are asked for.
        output: whose fonts it is drawn with.
        shelf: holds photos that had to be made plain; open until the file is written.
    """

    form: Form
    copies: Sequence[Copy]
    output: Output
    shelf: PhotoShelf
    _paper: Paper | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.filler = Filler(self.form, self.output.fonts)
        self.size = max((A4, A4_LANDSCAPE), key=lambda size: _count(size, self.form.size))
        if not _count(self.size, self.form.size):
            self.size = self.form.size
        self.columns = int(self.size.width // self.form.width)
        self.rows = int(self.size.height // self.form.height)

    def part(self, title: str, office: str) -> Part:
        """All sheets as one part of a document.

        Raises:
            UserError: a value is lacking, a text does not fit, characters no font has, photos that
                are none, with the people concerned.
            CancelledByUser: the person asked to stop.
        """
        copy_checks.check(self.form, self.copies, self.filler, self.shelf, self.output)
        each = self.columns * self.rows
        pages = [_Page(self, at, each) for at in range(0, len(self.copies), each)]
        sheet = Sheet(title, office, self.size, Margins(0, 0, 0, 0), footed=False)
        return Part(f"{self.form.title}（{len(self.copies)} 张）", [Block(tuple(pages))], sheet)

    def draw(self, paper: Paper, at: int, count: int) -> None:
        """The sheet that begins with a copy."""
        if paper is not self._paper:
            self.filler.background(paper)
            self._paper = paper
        left = (self.size.width - self.columns * self.form.width) / 2
        top = (self.size.height - self.rows * self.form.height) / 2
        for place, copy in enumerate(self.copies[at : at + count]):
            x = left + place % self.columns * self.form.width
            y = top + place // self.columns * self.form.height
            photo = None if copy.photo is None else self.shelf.get(at + place, copy.photo)
            paper.paint(f"q 1 0 0 1 {x * POINTS:.3f} {-y * POINTS:.3f} cm")
            paper.lay(BACKGROUND)
            self.filler.draw(paper, Filling(copy.values, copy.rows, photo, copy.code))
            paper.paint("Q")
        self._marks(paper, left, top)

    def _marks(self, paper: Paper, left: float, top: float) -> None:
        """Small crosses where four copies meet."""
        near, far = MARK
        for column in range(1, self.columns):
            for row in range(1, self.rows):
                x, y = left + column * self.form.width, top + row * self.form.height
                for way in (-1, 1):
                    paper.line((x + way * near, y), (x + way * far, y), colour=CUT)
                    paper.line((x, y + way * near), (x, y + way * far), colour=CUT)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet as a piece that fills its page."""

    sheets: FormSheets
    at: int
    count: int

    @property
    def height(self) -> float:
        """The whole sheet."""
        return self.sheets.size.height

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """The copies of this sheet; a piece of this kind fills the page from its corner."""
        self.sheets.draw(paper, self.at, self.count)


def _count(sheet: Size, form: Size) -> int:
    """How many copies fit on a sheet."""
    return int(sheet.width // form.width) * int(sheet.height // form.height)
