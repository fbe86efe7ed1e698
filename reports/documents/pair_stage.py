"""结对工程阶段报告: what was done in a stretch of a programme, with plots, and who falls short."""

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
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.figures import Part
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
SHADES = (("已达到", charts.DARK), ("还不够", charts.MIDDLE), ("没有活动", charts.LIGHT))
"""Shades of bars of shares: pairs that keep their agreement, that fall short, that do nothing."""


@dataclass(frozen=True, slots=True)
class StageReport:
    """What the report says.

    Attributes:
        title: ``城乡对口帮扶工程阶段报告``.
        scope: of which days.
        office, printed_at: who prints it and when.
        facts: label and text in front.
        words: paragraphs in front of the figures: what the meeting found.
        parts: in reading order.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    facts: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    parts: tuple[Part, ...]


def build(
    report: StageReport, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the report as a PDF.

    Raises:
        UserError: characters no font has, or the file is there.
    """
    texts = [(part.title, figure_texts(part)) for part in report.parts]
    texts.append((report.title, [*report.words, *(text for _, text in report.facts)]))
    missing = fonts.missing(texts)
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, report.printed_at, progress, overwrite)
    sheet = Sheet(report.title, report.office, A4, CLOSE)
    return furniture.write(output, sheet, list(_blocks(report, fonts, sheet.width)))


def _blocks(report: StageReport, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(report.title, report.scope, width)
    yield facts(report.facts, fonts, width, across=2)
    if report.words:
        yield Block((Gap(2),))
    for words in report.words:
        yield paragraph(words, BODY, fonts, width)
    numbers = map(number_in_chinese, count(1))
    for part in report.parts:
        yield heading(f"{next(numbers)}、{part.title}", HEADING)
        yield from part_blocks(part, fonts, width, SHADES)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)
