"""统计: a year or an exam in figures, each part with its chart and its table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.text.numerals import number_in_chinese
from reports.kit import charts, furniture
from reports.kit.figures import figure_texts, part_blocks
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.figures import Part
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built

HEADING = Pen(Role.HEI, 12)
SHADES = (("全部达到", charts.DARK), ("待核实", charts.MIDDLE), ("未达到", charts.LIGHT))


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures under a title; ``scope`` says as of when, ``parts`` come in reading order."""

    title: str
    office: str
    printed_at: datetime
    scope: str
    parts: tuple[Part, ...]


def build(
    statistics: Statistics,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Built:
    """Write the statistics as a PDF.

    Raises:
        UserError: characters no font has, or the file is there.
    """
    missing = fonts.missing((part.title, figure_texts(part)) for part in statistics.parts)
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, statistics.printed_at, progress, overwrite)
    sheet = Sheet(statistics.title, statistics.office, A4, CLOSE)
    return furniture.write(output, sheet, list(_blocks(statistics, fonts, sheet.width)))


def _blocks(statistics: Statistics, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(statistics.title, statistics.scope, width)
    numbers = map(number_in_chinese, count(1))
    for part in statistics.parts:
        yield heading(f"{next(numbers)}、{part.title}", HEADING)
        yield from part_blocks(part, fonts, width, SHADES)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)
