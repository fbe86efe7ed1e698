"""Parts of statistics: each a chart and a table of figures, the same on paper and in workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.kit import charts
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.paper import Pen
from reports.kit.setting import paragraph
from reports.kit.table import CellKind, Column, Total, table
from reports.kit.wording import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.kit.charts import Bar, Share
    from reports.kit.fonts import Fonts
    from reports.kit.table import Line, Row

BODY = Pen(Role.SONG, 10.5)

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


def figure_texts(part: Part) -> list[str]:
    """The words in the cells of a part, whose characters a font must have."""
    return [cell for row in part.rows for cell in row if isinstance(cell, str)]


def part_blocks(
    part: Part, fonts: Fonts, width: float, shades: Sequence[tuple[str, str]]
) -> Iterator[Block]:
    """Charts, table and note of a part; ``shades`` are those of its bars of shares."""
    if part.bars and part.upright:
        yield charts.columns(part.bars, width)
    elif part.bars:
        yield charts.bars(part.bars, fonts, width)
    if part.shares:
        yield charts.shares(part.shares, shades, fonts, width)
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
