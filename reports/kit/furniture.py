"""What stands on every page around the content: margins, title, page numbers, print date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reports.kit import flow, saving
from reports.kit.fonts import Role
from reports.kit.paper import A4, About, Align, Paper, Pen
from reports.kit.setting import centred, leading
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.flow import Block
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
    """

    title: str
    office: str
    size: Size = A4
    margins: Margins = PLAIN

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


def write(output: Output, sheet: Sheet, blocks: Sequence[Block]) -> Built:
    """Lay the blocks out and write the file.

    Raises:
        UserError: a character that no font has, or the file is already there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    pages = flow.lay_out(blocks, sheet.room)
    about = About(sheet.title, author=sheet.office, made_at=output.printed_at)
    with saving.fresh_file(output.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, sheet.size, about)
        for number, placed in enumerate(pages, start=1):
            output.progress.step(number - 1, len(pages), "正在排版")
            if number > 1:
                paper.next_page()
            for piece, y in placed:
                piece.draw(paper, sheet.margins.left, sheet.margins.top + y)
            _foot(paper, sheet, output, (number, len(pages)))
        paper.finish()
    output.progress.report(len(pages), len(pages), "正在排版")
    return Built(len(pages), output.path)


def _foot(paper: Paper, sheet: Sheet, output: Output, place: tuple[int, int]) -> None:
    """Office left, page in the middle, print date right."""
    y = sheet.size.height - sheet.margins.bottom + leading(FOOT) + 3
    left, right = sheet.margins.left, sheet.size.width - sheet.margins.right
    number, total = place
    printed = plain_date(output.printed_at.date().isoformat())
    paper.text(left, y, sheet.office, FOOT)
    paper.text((left + right) / 2, y, f"第 {number} 页　共 {total} 页", FOOT, align=Align.CENTER)
    paper.text(right, y, f"打印日期：{printed}", FOOT, align=Align.RIGHT)
