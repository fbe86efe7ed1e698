"""Official papers page by page: red head, page numbers, the 版记 at the end (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.kit import flow, saving
from reports.kit.flow import Placed
from reports.kit.fonts import Role
from reports.kit.furniture import LABEL, Built
from reports.kit.official import ASCENT, MIDDLE, Indent, Span, set_lines
from reports.kit.paper import POINTS, About, Align, Paper, Pen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.kit.flow import Block
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Output
    from reports.kit.official import Geometry, GridLine


class HeadMode(StrEnum):
    """What stands at the head of the first page."""

    RED = "red"  # mark and line are printed in red
    PRINTED = "printed"  # the paper bears them already (红头套打): room is left, nothing drawn
    NONE = "none"  # the paper begins with its title


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the first page as a piece; it ends on a line of the grid.

    Attributes:
        mark: ``桦甸市教师进修学校文件``.
        number: ``桦教师训〔2025〕12号``.
        mode: whether the red is drawn.
        geometry: the measures.
    """

    mark: str
    number: str
    mode: HeadMode
    geometry: Geometry

    @property
    def size(self) -> float:
        """Of the mark in points: as large as its words allow."""
        head = self.geometry.head
        fitting = head.mark_width * POINTS / max(1, len(self.mark))
        return max(head.mark_smallest, min(head.mark_largest, fitting))

    @property
    def number_base(self) -> float:
        """The base line of the number, from the upper edge of the 版心."""
        head, pitch = self.geometry.head, self.geometry.page.pitch
        line = head.mark_top + self.size / POINTS + head.blank_lines * pitch
        return line + pitch / 2 + MIDDLE * self.geometry.type.body / POINTS

    @property
    def rule(self) -> float:
        """The red line, from the upper edge of the 版心."""
        below = (1 - ASCENT) * self.geometry.type.body / POINTS
        return self.number_base + below + self.geometry.head.number_gap

    @property
    def height(self) -> float:
        """Down to the line of the grid on which the title stands."""
        pitch = self.geometry.page.pitch
        return round(self.rule / pitch + self.geometry.head.after_lines) * pitch

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """The number always; mark and line unless the paper bears them."""
        page, red = self.geometry.page, self.geometry.head.red
        middle = x + page.text_width / 2
        number = Pen(Role.FANG, self.geometry.type.body)
        paper.text(middle, y + self.number_base, self.number, number, align=Align.CENTER)
        if self.mode is not HeadMode.RED:
            return
        base = y + self.geometry.head.mark_top + ASCENT * self.size / POINTS
        pen = Pen(Role.BIAOSONG, self.size, red)
        paper.text(middle, base, self.mark, pen, align=Align.CENTER)
        rule = y + self.rule
        thick = self.geometry.head.rule
        paper.line((x, rule), (x + page.text_width, rule), thickness=thick, colour=red)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The 版记: who gets copies, who printed, when.

    Attributes:
        copies_to: the offices after 抄送, "" for none.
        printed_by, printed_on: 印发机关 and 印发日期 as they are to stand.
    """

    copies_to: str
    printed_by: str
    printed_on: str


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch that begins on a new page: the letter itself, an attachment."""

    bookmark: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """What is written.

    Attributes:
        title, office: in the file's properties.
        sections: the letter, then its attachments.
        imprint: on the last page; None for none.
    """

    title: str
    office: str
    sections: Sequence[Section]
    imprint: Imprint | None = None


def write(output: Output, document: OfficialPaper, geometry: Geometry) -> Built:
    """Lay an official paper out and write it.

    Raises:
        UserError: a character that no font has, or the file is already there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    lines = _imprint_lines(document.imprint, geometry, output.fonts)
    pages = _pages(document, geometry, _imprint_height(document.imprint, geometry, lines))
    about = About(document.title, author=document.office, made_at=output.printed_at)
    with saving.fresh_file(output.path, overwrite=output.overwrite) as draft:
        paper = Paper(draft, output.fonts, geometry.sheet, about)
        for number, (bookmark, placed) in enumerate(pages, start=1):
            output.progress.step(number - 1, len(pages), LABEL)
            if number > 1:
                paper.next_page()
            if bookmark:
                paper.bookmark(bookmark)
            for piece, y in placed:
                piece.draw(paper, geometry.page.left, geometry.page.top + y)
            _page_number(paper, geometry, number)
        if document.imprint is not None:
            _draw_imprint(paper, geometry, document.imprint, lines)
        paper.finish()
    output.progress.report(len(pages), len(pages), LABEL)
    return Built(len(pages), output.path)


def _pages(
    document: OfficialPaper, geometry: Geometry, imprint: float
) -> list[tuple[str, list[Placed]]]:
    """The pages with their bookmarks; one more where the 版记 does not fit on the last."""
    room = geometry.page.text_height + 0.01
    found: list[tuple[str, list[Placed]]] = []
    for section in document.sections:
        for number, placed in enumerate(flow.lay_out(section.blocks, room)):
            found.append(("" if number else section.bookmark, placed))
    used = max((one.y + one.piece.height for one in found[-1][1]), default=0)
    if imprint and used + imprint > room:
        found.append(("", []))
    return found


DASH = 0.3  # of the size: how far a dash of 宋体 stands above its base line


def _page_number(paper: Paper, geometry: Geometry, number: int) -> None:
    """— 1 — below the 版心: right on odd pages, left on even ones."""
    page, size = geometry.page, geometry.type.small
    inset = geometry.number.indent * size / POINTS
    base = page.bottom + geometry.number.below + DASH * size / POINTS
    text, pen = f"— {number} —", Pen(Role.SONG, size)
    if number % 2:
        paper.text(page.right - inset, base, text, pen, align=Align.RIGHT)
    else:
        paper.text(page.left + inset, base, text, pen)


COPIES = "抄送："


def _imprint_lines(imprint: Imprint | None, geometry: Geometry, fonts: Fonts) -> list[GridLine]:
    """The lines after 抄送, those that are wrapped aligned with the first office."""
    if imprint is None or not imprint.copies_to:
        return []
    pen = Pen(Role.FANG, geometry.type.small)
    inset = geometry.imprint.indent
    hanging = Indent(inset, inset + len(COPIES), inset)
    words = [Span(f"{COPIES}{imprint.copies_to.rstrip('。')}。")]
    return set_lines(words, geometry, fonts, hanging, pen)


def _imprint_row(geometry: Geometry) -> float:
    """The height of one line of the 版记, in millimetres."""
    return geometry.type.small * geometry.imprint.leading / POINTS


def _imprint_height(
    imprint: Imprint | None, geometry: Geometry, lines: Sequence[GridLine]
) -> float:
    if imprint is None:
        return 0.0
    return _imprint_row(geometry) * (1 + len(lines)) + geometry.imprint.thick


def _draw_imprint(
    paper: Paper, geometry: Geometry, imprint: Imprint, lines: Sequence[GridLine]
) -> None:
    """A thick line on the edge of the 版心, above it who printed, a thin line, who gets copies."""
    page, measures = geometry.page, geometry.imprint
    pen = Pen(Role.FANG, geometry.type.small)
    row = _imprint_row(geometry)
    inset = measures.indent * geometry.type.small / POINTS

    def rule(y: float, thickness: float) -> None:
        paper.line((page.left, y), (page.right, y), thickness=thickness)

    rule(page.bottom, measures.thick)
    base = page.bottom - row / 2 + MIDDLE * pen.size / POINTS
    paper.text(page.left + inset, base, imprint.printed_by, pen)
    day = f"{imprint.printed_on}印发" if imprint.printed_on else ""
    paper.text(page.right - inset, base, day, pen, align=Align.RIGHT)
    top = page.bottom - row
    if lines:
        rule(top, measures.thin)
        top -= sum(line.height for line in lines)
        for number, line in enumerate(lines):
            line.draw(paper, page.left, top + number * line.height)
    rule(top, measures.thick)
