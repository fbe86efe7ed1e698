"""公文（通报、通知）: a letter on the grid of GB/T 9704-2012 with ranked tables and a 版记."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import official_pages
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import Output
from reports.kit.official import (
    GridLine,
    Indent,
    Span,
    centred,
    paragraph,
    read_geometry,
    set_lines,
)
from reports.kit.official_pages import Head, HeadMode, Imprint, OfficialPaper, Section
from reports.kit.paper import POINTS, Pen
from reports.kit.table import table
from reports.kit.title_cutting import cut_title
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.official import Geometry
    from reports.kit.table import Column, Line

HEADINGS = (
    (re.compile("[一二三四五六七八九十]+、"), Role.HEI),
    (re.compile("（[一二三四五六七八九十]+）"), Role.KAI),
)
"""一、 in 黑体, （一） in 楷体; 1. and （1） stay 仿宋 (7.3.3)."""

HEADING_END = "。"
TABLE_HERE = re.compile(r"【表(\d+)】")
"""A paragraph of its own where a table stands in the text instead of being attached."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A table that goes with the letter.

    Attributes:
        title: as it stands above the table and in the letter.
        columns, rows: the table; ranks are cells like others.
        note: a line below it, "" for none.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Circular:
    """What an official letter says.

    Attributes:
        title: cut into lines by its meaning; ``//`` says where a person wants a line to end.
        paragraphs: the text; a paragraph that begins with 一、 or （一） is a heading up to its
            first 。; ``【表1】`` alone puts the first attachment's table there.
        office, printed_at: who makes the file and when.
        organ: whose mark stands at the head, without 文件; head: how.
        number: 文号.
        addressees: 主送, without colon.
        attachments: tables that follow on pages of their own.
        signer, signed_on: below the text; an ISO day is written out.
        sealed: whether a seal is put on it, for which room is left.
        copies_to, printed_by, printed_on: the 版记; no 版记 where ``printed_by`` is "".
    """

    title: str
    paragraphs: tuple[str, ...]
    office: str
    printed_at: datetime
    organ: str = ""
    head: HeadMode = HeadMode.NONE
    number: str = ""
    addressees: str = ""
    attachments: tuple[Attachment, ...] = ()
    signer: str = ""
    signed_on: str = ""
    sealed: bool = True
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return "".join(cut_title(self.title, 10_000))


def build(
    circular: Circular, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the letter as a PDF.

    Raises:
        UserError: no title or text; 【表N】 without such a table; characters no font has (with
            their place), or the file is there.
    """
    _check(circular, fonts)
    output = Output(out, fonts, circular.printed_at, progress, overwrite)
    letter = _Letter(circular, read_geometry(), fonts)
    sections = [Section(circular.plain_title, list(letter.blocks()))]
    sections += [
        Section(f"{name} {one.title}", list(letter.attached(name, one)))
        for name, one in letter.attachments()
    ]
    imprint = (
        Imprint(circular.copies_to, circular.printed_by, plain_date(circular.printed_on))
        if circular.printed_by
        else None
    )
    document = OfficialPaper(circular.plain_title, circular.office, sections, imprint)
    return official_pages.write(output, document, letter.geometry)


def _check(circular: Circular, fonts: Fonts) -> None:
    if not circular.title.strip() or not any(one.strip() for one in circular.paragraphs):
        raise UserError("circular.empty", "公文没有标题或正文。", "请先填写标题和正文。")
    for place in _placed(circular):
        if not 0 < place <= len(circular.attachments):
            raise UserError(
                "circular.no_table",
                f"正文里写了【表{place}】，但只有 {len(circular.attachments)} 张表。",
                "请改正表的序号，或删去这一行。",
            )
    missing = fonts.missing(_texts(circular))
    if missing:
        raise no_glyphs(missing)


def _texts(circular: Circular) -> Iterator[tuple[str, Sequence[str]]]:
    """Every text with its place."""
    yield "标题和文号", (circular.title, circular.organ, circular.number, circular.addressees)
    for number, text in enumerate(circular.paragraphs, start=1):
        yield f"正文第{number}段", (text,)
    yield "落款和版记", (circular.signer, circular.copies_to, circular.printed_by)
    for one in circular.attachments:
        yield one.title, (one.title, one.note)
        for row in one.rows:
            cells = row if isinstance(row, tuple) else ()
            yield f"{one.title}：{'　'.join(cells[:2])}", cells


def _placed(circular: Circular) -> list[int]:
    """The numbers of the tables that stand in the text."""
    found = (TABLE_HERE.fullmatch(text.strip()) for text in circular.paragraphs)
    return [int(one.group(1)) for one in found if one]


@dataclass(frozen=True, slots=True)
class _Letter:
    """The letter being set."""

    circular: Circular
    geometry: Geometry
    fonts: Fonts

    def attachments(self) -> list[tuple[str, Attachment]]:
        """Those on pages of their own, with what they are called."""
        placed = set(_placed(self.circular))
        left = [
            one
            for number, one in enumerate(self.circular.attachments, start=1)
            if number not in placed
        ]
        if len(left) == 1:
            return [("附件", left[0])]
        return [(f"附件{number}", one) for number, one in enumerate(left, start=1)]

    def blocks(self) -> Iterator[Block]:
        """The letter from its head to the day of issue."""
        one = self.circular
        if one.head is not HeadMode.NONE:
            mark = f"{one.organ or one.office}文件"
            yield Block((Head(mark, one.number, one.head, self.geometry),), bound=frozenset({0}))
        yield self._title(one.title)
        if one.head is HeadMode.NONE and one.number:
            number = centred(one.number, self.geometry, Role.FANG, self.geometry.type.body)
            yield Block((number, self._blank()), bound=frozenset({0, 1}))
        if one.addressees:
            words = one.addressees.rstrip("：: ") + "："
            yield paragraph([Span(words)], self.geometry, self.fonts, Indent(0), bound=True)
        yield from self._text()
        yield self._end()

    def attached(self, name: str, one: Attachment) -> Iterator[Block]:
        """An attachment: its name in the corner, its title on the third line, its table."""
        corner = GridLine((Span(name, Role.HEI),), self.geometry.pen(), self.geometry.page.pitch)
        yield Block((corner, self._blank()), bound=frozenset({0, 1}))
        yield self._title(one.title)
        yield from self._table(one)

    def _title(self, title: str) -> Block:
        size = self.geometry.type.title
        most = int(self.geometry.page.text_width * POINTS / size)
        lines = [
            centred(line, self.geometry, Role.BIAOSONG, size) for line in cut_title(title, most)
        ]
        pieces = (*lines, self._blank())
        return Block(pieces, bound=frozenset(range(len(pieces))))

    def _blank(self, lines: int = 1) -> Gap:
        return Gap(self.geometry.page.pitch * lines)

    def _text(self) -> Iterator[Block]:
        """The paragraphs; the last line of the last one stays with the day of issue."""
        texts = [text.strip() for text in self.circular.paragraphs if text.strip()]
        for number, text in enumerate(texts):
            here = TABLE_HERE.fullmatch(text)
            if here:
                yield from self._inner_table(self.circular.attachments[int(here.group(1)) - 1])
                continue
            spans = spans_of(text)
            heading = len(spans) == 1 and spans[0].role is not Role.FANG
            block = paragraph(spans, self.geometry, self.fonts, bound=heading)
            last = number == len(texts) - 1 and not heading
            kept = frozenset({len(block.pieces) - 1})
            yield Block(block.pieces, bound=kept) if last else block

    def _inner_table(self, one: Attachment) -> Iterator[Block]:
        line = centred(one.title, self.geometry, Role.HEI, self.geometry.type.small)
        yield Block((line,), bound=frozenset({0}))
        yield from self._table(one)
        yield Block((Gap(2),))

    def _table(self, one: Attachment) -> Iterator[Block]:
        yield table(one.columns, one.rows, self.fonts, self.geometry.page.text_width)
        if one.note:
            small = Pen(Role.FANG, self.geometry.type.small - 2)
            lines = set_lines([Span(one.note)], self.geometry, self.fonts, Indent(0), small)
            yield Block((Gap(1.5), *lines))

    def _end(self) -> Block:
        """附件说明, room for the seal, who signs, the day: never alone on a page."""
        lines = [*self._note(), *self._signature()]
        return Block(tuple(lines), whole=True)

    def _note(self) -> Iterator[GridLine | Gap]:
        """One line below the text, names aligned with each other (7.3.4)."""
        titles = ["".join(cut_title(one.title, 10_000)) for _, one in self.attachments()]
        if titles:
            yield self._blank()
        for number, title in enumerate(titles, start=1):
            mark = f"{number}. " if len(titles) > 1 else ""
            words = f"{'附件：' if number == 1 else ''}{mark}{title}"
            names = 5 + (1.1 if mark else 0)
            first = 2 if number == 1 else 5
            yield from set_lines([Span(words)], self.geometry, self.fonts, Indent(first, names))

    def _signature(self) -> Iterator[GridLine | Gap]:
        """With a seal: the office above the middle of the day; without: both at the right."""
        one, measures = self.circular, self.geometry.signature
        if not one.signer and not one.signed_on:
            return
        yield self._blank(measures.blank_lines if one.sealed else 1)
        page, day = self.geometry.page, plain_date(one.signed_on)
        wide = self._width(day), self._width(one.signer)
        if one.sealed:
            right = page.text_width - measures.sealed_indent * page.character
            middle = min(right - wide[0] / 2, page.text_width - wide[1] / 2)
            starts = right - wide[0], middle - wide[1] / 2
        else:
            right = page.text_width - measures.plain_indent * page.character
            shift = 2 * page.character
            signer = min(right - wide[1], right - wide[0] - shift)
            starts = signer + shift, signer
        if one.signer:
            yield self._line(one.signer, starts[1])
        if day:
            yield self._line(day, starts[0])

    def _line(self, text: str, x: float) -> GridLine:
        return GridLine((Span(text),), self.geometry.pen(), self.geometry.page.pitch, x)

    def _width(self, text: str) -> float:
        pen = self.geometry.pen()
        points = self.fonts.width(text, pen.role, pen.size) + pen.tracking * len(text)
        return points / POINTS


def spans_of(text: str) -> list[Span]:
    """A paragraph with its heading, if it begins with one, in the heading's typeface."""
    for rule, role in HEADINGS:
        if rule.match(text):
            end = text.find(HEADING_END) + 1
            if 0 < end < len(text):
                return [Span(text[:end], role), Span(text[end:])]
            return [Span(text, role)]
    return [Span(text)]
