"""培训者工作量: what every trainer gave in a year, and how far the targets are reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import charts, furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4_LANDSCAPE
from reports.kit.setting import Signatures
from reports.kit.table import CellKind, Column, Total, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.charts import Bar
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

COLUMNS = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("学校"),
    Column("团队与身份"),
    Column("活动", CellKind.NUMBER),
    Column("授课学时", CellKind.NUMBER),
    Column("已入账", CellKind.NUMBER),
    Column("分项"),
    Column("台账学时", CellKind.NUMBER),
    Column("达到", CellKind.SHORT),
)
CHARTED = 15


@dataclass(frozen=True, slots=True)
class TeamWorkload:
    """What the sheet says.

    Attributes:
        title: ``2025 年培训者工作量``.
        scope: which teams.
        office, printed_at: who prints it and when.
        facts: the targets and how they stand.
        rows: cells in the order of the columns, without the running number.
        total: the last row, with an empty running number.
        bars: the busiest, as bars.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: Row
    bars: tuple[Bar, ...]


def build(
    found: TeamWorkload, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sheet as a PDF on A4 lying on its side.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing((row[0], row) for row in found.rows)
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(found.title, found.office, A4_LANDSCAPE, CLOSE)
    output = Output(out, fonts, found.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(found, fonts, sheet.width)))


def _blocks(found: TeamWorkload, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(found.title, found.scope, width)
    yield facts(found.facts, fonts, width)
    yield Block((Gap(2),))
    if found.bars:
        yield charts.bars(found.bars[:CHARTED], fonts, width)
        yield Block((Gap(2),))
    rows = [(str(number), *row) for number, row in enumerate(found.rows, start=1)]
    yield table(COLUMNS, [*rows, Total(found.total)], fonts, width)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)
