"""抽签记录附页: who was called up for whom and why, after the record was signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs, spelled
from reports.kit.furniture import Output, Sheet
from reports.kit.paper import Pen
from reports.kit.setting import Signatures, paragraph
from reports.kit.table import CellKind, Column, Section, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

BODY = Pen(Role.SONG, 10.5)
COLUMNS = (
    Column("序号", CellKind.SHORT),
    Column("不能参加的", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
    Column("原因"),
    Column("候补名次", CellKind.SHORT),
    Column("递补的", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
)
RULE = "递补的人是抽签时已经排定的：在同一组内按签号的次序，取下一名候补。抽签记录本身不作改动。"
NONE = "到打印时为止，没有人被替换。"


@dataclass(frozen=True, slots=True)
class CalledUp:
    """One person in another's place; ``place`` is the reserve's, from 1."""

    stratum: str
    left: str
    left_no: str
    reason: str
    place: int
    came: str
    came_no: str


@dataclass(frozen=True, slots=True)
class ReservesSheet:
    """What the sheet says.

    Attributes:
        title: ``2026年县级抽测抽签记录附页（候补递补）``.
        office: who drew.
        printed_at: the moment of printing.
        purpose: the name of the exam.
        facts: which draw it belongs to: what, and how it is.
        called: those called up, groups together, in the order of the reserves.
        witnesses: labels of the lines to sign.
    """

    title: str
    office: str
    printed_at: datetime
    purpose: str
    facts: tuple[tuple[str, str], ...]
    called: tuple[CalledUp, ...]
    witnesses: tuple[str, ...] = ("经办人", "监督人", "负责人")


def build(
    found: ReservesSheet, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sheet as a PDF.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing(
        (one.left, (one.left, one.came, one.reason, one.stratum)) for one in found.called
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(found.title, found.office)
    blocks = list(_blocks(found, fonts, sheet.width))
    return furniture.write(Output(out, fonts, found.printed_at, progress, overwrite), sheet, blocks)


def _blocks(found: ReservesSheet, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(found.title, found.purpose, width)
    told = [(label, spelled(text, fonts)) for label, text in found.facts]
    yield facts(told, fonts, width)
    yield Block((Gap(3),))
    if found.called:
        yield table(COLUMNS, list(_rows(found)), fonts, width)
        yield Block((Gap(3),))
    yield paragraph(RULE if found.called else NONE, BODY, fonts, width)
    yield Block((Gap(6), Signatures(found.witnesses, width)), whole=True)


def _rows(found: ReservesSheet) -> Iterator[Line]:
    last = None
    for number, one in enumerate(found.called, start=1):
        if one.stratum != last:
            yield Section(one.stratum)
            last = one.stratum
        place = f"第 {one.place} 名"
        yield (str(number), one.left, one.left_no, one.reason, place, one.came, one.came_no)
