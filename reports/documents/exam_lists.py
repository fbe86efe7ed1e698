"""考试成绩的各种名单: ranked lists, score lists, awards; a title and one table after another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.text.numerals import number_in_chinese
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, A4_LANDSCAPE, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Column, Line

HEADING = Pen(Role.HEI, 12)
NOTE = Pen(Role.SONG, 10)
WIDEST = 10
"""Lists with more columns lie on their side."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """One table: its heading ("" where it is the only one), columns, lines, a note below."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExamList:
    """What a list says.

    Attributes:
        title, scope: above it.
        office, printed_at: who prints it and when.
        parts: its tables in order.
        signing: labels of the lines to sign at the end.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    parts: tuple[ListPart, ...]
    signing: tuple[str, ...] = ("登分人", "复核人", "负责人")


def build(
    listed: ExamList, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the list as a PDF.

    Raises:
        UserError: characters no font has (with the line concerned), or the file is there.
    """
    missing = fonts.missing(
        (" ".join(line[:3]), line)
        for part in listed.parts
        for line in part.lines
        if isinstance(line, tuple)
    )
    if missing:
        raise no_glyphs(missing)
    wide = max(len(part.columns) for part in listed.parts) > WIDEST
    sheet = Sheet(listed.title, listed.office, A4_LANDSCAPE if wide else A4, CLOSE)
    output = Output(out, fonts, listed.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(listed, fonts, sheet.width)))


def _blocks(listed: ExamList, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(listed.title, listed.scope, width)
    numbers = map(number_in_chinese, count(1))
    for part in listed.parts:
        if part.title:
            yield heading(f"{next(numbers)}、{part.title}", HEADING)
        if part.lines:
            yield table(part.columns, part.lines, fonts, width)
        if part.note:
            yield Block((Gap(1),))
            yield paragraph(part.note, NOTE, fonts, width, indent=0)
    if listed.signing:
        yield Block((Gap(4), Signatures(listed.signing, width)), whole=True)
