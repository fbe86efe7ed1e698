"""统计: a year or an exam in figures, each part with its chart and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from models.text.numerals import number_in_chinese
from reports.kit import charts, furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Total, table
from reports.kit.wording import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.charts import Bar, Share
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line, Row

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
SHADES = (("全部达到", charts.DARK), ("待核实", charts.MIDDLE), ("未达到", charts.LIGHT))

Figure = str | int | Decimal | None


class FigureKind(StrEnum):
    """What a column of figures holds."""

    TEXT = "text"
    WHOLE = "whole"
    AMOUNT = "amount"
    FIXED = "fixed"  # with all its decimals
    SHARE = "share"  # of 1


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a part; ``width`` in full-width characters, for workbooks."""

    title: str
    kind: FigureKind = FigureKind.WHOLE
    width: float = 7


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the statistics.

    Attributes:
        title: ``学时按培训形式``.
        columns, rows: the table.
        total: a last row that sums up; () for none.
        bars: drawn across above the table; upright: side by side instead.
        shares: bars of shares above the table.
        note: below it.
    """

    title: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Figure, ...], ...]
    total: tuple[Figure, ...] = ()
    bars: tuple[Bar, ...] = ()
    upright: bool = False
    shares: tuple[Share, ...] = ()
    note: str = ""


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
    missing = fonts.missing(
        (part.title, [cell for row in part.rows for cell in row if isinstance(cell, str)])
        for part in statistics.parts
    )
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
        yield from _part(part, fonts, width)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)


def _part(part: Part, fonts: Fonts, width: float) -> Iterator[Block]:
    if part.bars and part.upright:
        yield charts.columns(part.bars, width)
    elif part.bars:
        yield charts.bars(part.bars, fonts, width)
    if part.shares:
        yield charts.shares(part.shares, SHADES, fonts, width)
    if part.bars or part.shares:
        yield Block((Gap(2),), bound=frozenset({0}))
    if part.rows:
        lines: list[Line] = [_row(part, row) for row in part.rows]
        lines += [Total(_row(part, part.total))] if part.total else []
        yield table([_column(one) for one in part.columns], lines, fonts, width)
    if part.note:
        yield Block((Gap(1),))
        yield paragraph(part.note, BODY, fonts, width, indent=0)


def _column(one: FigureColumn) -> Column:
    return Column(one.title, CellKind.TEXT if one.kind is FigureKind.TEXT else CellKind.NUMBER)


def _row(part: Part, row: tuple[Figure, ...]) -> Row:
    return tuple(shown(column.kind, value) for column, value in zip(part.columns, row, strict=True))


def shown(kind: FigureKind, value: Figure) -> str:
    """A figure as it stands on paper; "" for none."""
    if value is None:
        return ""
    if kind is FigureKind.SHARE and isinstance(value, Decimal):
        return share_in_words(value)
    if isinstance(value, int):
        return f"{value:,}"
    if kind is FigureKind.FIXED and isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else value
