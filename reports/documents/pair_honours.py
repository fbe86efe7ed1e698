"""结对工程评选结果: units by the share of mentees who reached the goal, and the best pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.sealing import sealed
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.sealing import Seal
    from reports.kit.table import Line

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
UNITS = (
    Column("名次", CellKind.SHORT),
    Column("单位"),
    Column("对子数", CellKind.NUMBER),
    Column("达成目标", CellKind.NUMBER),
    Column("达成率", CellKind.NUMBER),
    Column("活动次数", CellKind.NUMBER),
    Column("荣誉"),
)
PAIRS = (
    Column("序号", CellKind.SHORT),
    Column("师傅", CellKind.NAME),
    Column("师傅单位"),
    Column("徒弟", CellKind.NAME),
    Column("徒弟单位"),
    Column("学科", CellKind.SHORT),
    Column("活动次数", CellKind.NUMBER),
    Column("荣誉"),
)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its place; "" where it is too small to be ranked."""

    rank: str
    name: str
    pairs: int
    reached: int
    ratio: str
    visits: int
    honour: str = ""


@dataclass(frozen=True, slots=True)
class BestPair:
    """A pair proposed for an honour."""

    mentor: str
    mentor_school: str
    mentee: str
    mentee_school: str
    subject: str
    visits: int
    honour: str = ""


@dataclass(frozen=True, slots=True)
class PairHonours:
    """What the list says.

    Attributes:
        title: ``城乡对口帮扶工程评选结果``.
        scope: as of when.
        office, printed_at: who prints it and when.
        rule: how it was ranked, in a sentence, with what the sources say.
        units, pairs: the tables, the best first.
        seal: whose seal, and the words it stands under.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    rule: str
    units: tuple[UnitLine, ...]
    pairs: tuple[BestPair, ...]
    seal: Seal


def build(
    honours: PairHonours, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the list as a PDF.

    Raises:
        UserError: nothing is ranked; characters no font has (with the people concerned), or the
            file is there.
    """
    if not honours.units:
        raise UserError(
            "pair.no_results", "还没有可以排名的结果。", "请先在“成果”中认定各对子是否达成目标。"
        )
    texts = [(one.name, [one.name]) for one in honours.units]
    texts += [
        (f"{one.mentor}—{one.mentee}", [one.mentor, one.mentee, one.mentor_school])
        for one in honours.pairs
    ]
    missing = fonts.missing(texts)
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, honours.printed_at, progress, overwrite)
    sheet = Sheet(honours.title, honours.office, A4, CLOSE)
    return furniture.write(output, sheet, list(_blocks(honours, fonts, sheet.width)))


def _blocks(honours: PairHonours, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(honours.title, honours.scope, width)
    yield paragraph(honours.rule, BODY, fonts, width)
    yield heading(f"一、单位排名（{len(honours.units)} 个）", HEADING)
    units: list[Line] = [
        (one.rank, one.name, str(one.pairs), str(one.reached), one.ratio, str(one.visits),
         one.honour)
        for one in honours.units
    ]  # fmt: skip
    yield table(UNITS, units, fonts, width)
    if honours.pairs:
        yield heading(f"二、优秀对子（{len(honours.pairs)} 对）", HEADING)
        yield table(PAIRS, _pairs(honours), fonts, width)
    yield Block(
        (Gap(4), Signatures(("评选人", "审核人", "单位负责人"), width)), bound=frozenset({1})
    )
    yield sealed(honours.seal, width)


def _pairs(honours: PairHonours) -> list[Line]:
    return [
        (
            str(number), one.mentor, one.mentor_school, one.mentee, one.mentee_school,
            one.subject, str(one.visits), one.honour,
        )
        for number, one in enumerate(honours.pairs, start=1)
    ]  # fmt: skip
