"""骨干覆盖情况: stage by subject by level, holes at once, and the ratios the county is to reach."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.text.numerals import number_in_chinese
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.matrix import MatrixCell, matrix
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

TITLE = "骨干教师覆盖情况"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
RATIOS = (
    Column("指标"),
    Column("教师", CellKind.NUMBER),
    Column("应有", CellKind.NUMBER),
    Column("现有", CellKind.NUMBER),
    Column("占比", CellKind.NUMBER),
    Column("结论", CellKind.SHORT),
    Column("依据"),
)


@dataclass(frozen=True, slots=True)
class StageRows:
    """One stage: its rows are subjects, its columns the levels."""

    stage: str
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class TitleCoverage:
    """What the sheet says.

    Attributes:
        office, printed_at: who prints it and when.
        day: the day it stands for, in words.
        summary: the whole in a sentence.
        columns: titles of the columns of the matrices, behind the subject.
        stages: the matrices.
        ratios: how the county stands, as rows of ``RATIOS``.
        holes: the cells without anybody, in words.
    """

    office: str
    printed_at: datetime
    day: str
    summary: str
    columns: tuple[str, ...]
    stages: tuple[StageRows, ...]
    ratios: tuple[Row, ...]
    holes: tuple[str, ...]


def build(
    found: TitleCoverage, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sheet as a PDF.

    Raises:
        UserError: characters no font has (with their place), or the file is there.
    """
    missing = fonts.missing(
        [
            *((one.stage, [name for name, _ in one.rows]) for one in found.stages),
            *((row[0], row) for row in found.ratios),
        ]
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(TITLE, found.office, A4, CLOSE)
    output = Output(out, fonts, found.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(found, fonts, sheet.width)))


def _blocks(found: TitleCoverage, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(TITLE, found.day, width)
    yield facts([("总的情况", found.summary)], fonts, width)
    numbers = map(number_in_chinese, count(1))
    if found.ratios:
        yield heading(f"{next(numbers)}、比例指标", HEADING)
        yield table(RATIOS, list(found.ratios), fonts, width)
    for stage in found.stages:
        yield heading(f"{next(numbers)}、{stage.stage}", HEADING)
        yield matrix(("学科", *found.columns), stage.rows, fonts, width)
    yield heading(f"{next(numbers)}、没有骨干的学科", HEADING)
    words = "；".join(found.holes) if found.holes else "没有空白"
    yield paragraph(f"{words}。", BODY, fonts, width)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)
