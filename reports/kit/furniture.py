"""What stands on every page around the content: margins, title, page numbers, print date."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reports.kit import flow, saving
from reports.kit.fonts import Role
from reports.kit.paper import A4, About, Align, Paper, Pen
from reports.kit.setting import centred, leading
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.flow import Block, Placed
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Size

FOOT = Pen(Role.SONG, 9, "#404040")
TITLE = Pen(Role.BIAOSONG, 18)
SCOPE = Pen(Role.SONG, 10.5, "#404040")


class Margins(NamedTuple):
    """White edges of a page in millimetres; the foot stands in the lower one."""

    left: float = 20
    top: float = 20
    right: float = 20
    bottom: float = 20


PLAIN = Margins()
CLOSE = Margins(15, 15, 15, 17)
"""For papers that are mostly tables."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished paper."""

    pages: int
    path: Path


@dataclass(frozen=True, slots=True)
class Output:
    """Where a paper goes and what it is made with.

    Attributes:
        path: the file to write.
        fonts: the fonts of this computer.
        printed_at: the moment that stands on the paper and in its properties.
        progress: told page by page; may cancel.
        overwrite: whether a file of that name may be replaced.
    """

    path: Path
    fonts: Fonts
    printed_at: datetime
    progress: Progress
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The look of a document's pages.

    Attributes:
        title: of the document, in its properties.
        office: who made it; stands in the foot.
        size: of the paper.
        margins: around the content.
        footed: whether office, page number and print date stand in the foot.
    """

    title: str
    office: str
    size: Size = A4
    margins: Margins = PLAIN
    footed: bool = True

    @property
    def width(self) -> float:
        """Of the content in millimetres."""
        return self.size.width - self.margins.left - self.margins.right

    @property
    def room(self) -> float:
        """The height of the content in millimetres."""
        return self.size.height - self.margins.top - self.margins.bottom


def title_block(title: str, scope: str, width: float) -> Block:
    """The title in the middle and below it what the paper covers; stays with what follows."""
    lines = [centred(title, TITLE, width)]
    if scope:
        lines.append(centred(scope, SCOPE, width))
    pieces = (*lines, flow.Gap(3))
    return flow.Block(pieces, bound=frozenset(range(len(pieces))))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document with pages of its own, such as one person's or one school's.

    Attributes:
        bookmark: its line in the list of bookmarks; "" for none.
        blocks: what it says.
        sheet: the look of its pages where it is not that of the document.
    """

    bookmark: str
    blocks: Sequence[Block]
    sheet: Sheet | None = None


LABEL = "正在排版"


def write(output: Output, sheet: Sheet, blocks: Sequence[Block]) -> Built:
    """Lay the blocks out and write the file.

    Raises:
        UserError: a character that no font has, or the file is already there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    pages = flow.lay_out(blocks, sheet.room)
    with _pages(output, sheet) as drawn:
        for number, placed in enumerate(pages, start=1):
            output.progress.step(number - 1, len(pages), LABEL)
            drawn.add(placed, (number, len(pages)))
    output.progress.report(len(pages), len(pages), LABEL)
    return Built(len(pages), output.path)


def write_parts(output: Output, sheet: Sheet, parts: Iterable[Part], count: int) -> Built:
    """Write parts one after another into one file; pages are counted within each of them.

    Args:
        output: where to, told part by part.
        sheet: the look of all pages.
        parts: taken as they come, so that only one is held at a time.
        count: how many they are.

    Raises:
        UserError, WorldError, CancelledByUser: as ``write``.
    """
    with _pages(output, sheet) as drawn:
        for place, part in enumerate(parts):
            output.progress.step(place, count, LABEL)
            drawn.sheet = part.sheet or sheet
            pages = flow.lay_out(part.blocks, drawn.sheet.room)
            for number, placed in enumerate(pages, start=1):
                drawn.add(placed, (number, len(pages)), part.bookmark if number == 1 else "")
    output.progress.report(count, count, LABEL)
    return Built(drawn.count, output.path)


@contextmanager
def _pages(output: Output, sheet: Sheet) -> Generator[_Pages]:
    """The pages of a file that is whole in the end or not there."""
    about = About(sheet.title, author=sheet.office, made_at=output.printed_at)
    with saving.fresh_file(output.path, overwrite=output.overwrite) as draft:
        pages = _Pages(Paper(draft, output.fonts, sheet.size, about), sheet, output)
        yield pages
        pages.paper.finish()


@dataclass
class _Pages:
    """Pages drawn one after another."""

    paper: Paper
    sheet: Sheet
    output: Output
    count: int = 0

    def add(self, placed: Sequence[Placed], place: tuple[int, int], bookmark: str = "") -> None:
        """Draw a page: its content, its foot, its bookmark."""
        if self.count:
            self.paper.next_page()
        self.count += 1
        self.paper.resize(self.sheet.size)
        if bookmark:
            self.paper.bookmark(bookmark)
        margins = self.sheet.margins
        for piece, y in placed:
            piece.draw(self.paper, margins.left, margins.top + y)
        if self.sheet.footed:
            _foot(self.paper, self.sheet, self.output, place)


def _foot(paper: Paper, sheet: Sheet, output: Output, place: tuple[int, int]) -> None:
    """Office left, page in the middle, print date right."""
    y = sheet.size.height - sheet.margins.bottom + leading(FOOT) + 3
    left, right = sheet.margins.left, sheet.size.width - sheet.margins.right
    number, total = place
    printed = plain_date(output.printed_at.date().isoformat())
    paper.text(left, y, sheet.office, FOOT)
    paper.text((left + right) / 2, y, f"第 {number} 页　共 {total} 页", FOOT, align=Align.CENTER)
    paper.text(right, y, f"打印日期：{printed}", FOOT, align=Align.RIGHT)
