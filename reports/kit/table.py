"""Tables as blocks of a flow: column widths by content, long cells wrapped, heads repeated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit.breaking import break_lines
from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.paper import POINTS, Align, Pen
from reports.kit.setting import BASE_LINE
from reports.kit.wording import aligned_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.kit.flow import Piece
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7)
"""Sizes tried in turn until the columns fit, in points."""

LEADING = 1.3  # of the size
SIDE = 1.3  # blank left and right of a cell, in millimetres
ABOVE = 1.1  # blank above and below, in millimetres
NARROWEST = 6  # characters a wrapped column keeps at least
GRID = "#555555"
HEAD_FILL = "#EEF1F5"
SECTION_FILL = "#F7F8FA"


class CellKind(StrEnum):
    """What a column holds; it decides side, padding and whether long cells wrap."""

    TEXT = "text"  # left, wraps
    NAME = "name"  # left, two characters set as wide as three
    SHORT = "short"  # centred: 男, 是, dates, identifiers
    NUMBER = "number"  # right
    LABEL = "label"  # 黑体 on a tint, for tables of facts


ALIGNS = {CellKind.NUMBER: Align.RIGHT, CellKind.SHORT: Align.CENTER}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed table."""

    title: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Section:
    """A row that announces the rows below it, across all columns."""

    title: str


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A row that sums up those above it: in 黑体 on a tint, never torn from the last of them."""

    cells: Row


Line = Row | Section | Total
"""What a table is made of, from top to bottom."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Column widths, least height in millimetres, size in points, common to a table's rows."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    size: float
    least: float = 0.0

    @property
    def leading(self) -> float:
        """The height of a line in millimetres."""
        return self.size * LEADING / POINTS


@dataclass(frozen=True, slots=True)
class _TableRow:
    """A row as a piece of a flow: for each cell its lines."""

    look: _Look
    cells: tuple[tuple[str, ...], ...]
    pen: Pen
    fill: str = ""

    @property
    def height(self) -> float:
        """By the cell with the most lines."""
        lines = max(map(len, self.cells)) * self.look.leading + 2 * ABOVE
        return max(lines, self.look.least)

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Fill, border and text of each cell."""
        height, left = self.height, x
        if self.fill:
            paper.fill(x, y, sum(self.look.widths), height, self.fill)
        for column, width, lines in zip(
            self.look.columns, self.look.widths, self.cells, strict=True
        ):
            if column.kind is CellKind.LABEL:
                paper.fill(x, y, width, height, HEAD_FILL)
            self._draw_lines(paper, column, (x, y, width), lines)
            x += width
        paper.cells((left, y), self.look.widths, height, GRID)

    def _draw_lines(
        self,
        paper: Paper,
        column: Column,
        place: tuple[float, float, float],
        lines: tuple[str, ...],
    ) -> None:
        x, y, width = place
        align = ALIGNS.get(column.kind, Align.LEFT)
        at = {Align.LEFT: x + SIDE, Align.CENTER: x + width / 2, Align.RIGHT: x + width - SIDE}
        leading = self.look.leading
        top = y + (self.height - len(lines) * leading) / 2
        pen = replace(self.pen, role=Role.HEI) if column.kind is CellKind.LABEL else self.pen
        for number, line in enumerate(lines):
            base = top + (number + BASE_LINE) * leading
            spoken = line if column.kind is CellKind.NAME else None
            shown = line if spoken is None else aligned_name(line)
            spoken = spoken if shown != line else None
            paper.text(at[align], base, shown, pen, align=align, spoken=spoken)


@dataclass(frozen=True, slots=True)
class _SectionRow:
    """A section's title across the table."""

    look: _Look
    title: str
    pen: Pen

    @property
    def height(self) -> float:
        """Of one line."""
        return self.look.leading + 2 * ABOVE

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Fill, border and title."""
        width = sum(self.look.widths)
        paper.fill(x, y, width, self.height, SECTION_FILL)
        paper.cells((x, y), (width,), self.height, GRID)
        paper.text(x + SIDE, y + ABOVE + BASE_LINE * self.look.leading, self.title, self.pen)


def by_school(rows: Iterable[tuple[str, Row]]) -> list[Row | Section]:
    """Rows given with their schools, numbered throughout, under the names of the schools."""
    lines: list[Row | Section] = []
    school = None
    for number, (name, row) in enumerate(rows, start=1):
        if name != school:
            school = name
            lines.append(Section(name))
        lines.append((str(number), *row))
    return lines


def table(
    columns: Sequence[Column],
    rows: Sequence[Line],
    fonts: Fonts,
    width: float,
    *,
    least: float = 0.0,
) -> Block:
    """A table as wide as ``width`` millimetres.

    Args:
        columns: from left to right.
        rows: cells as text in the order of the columns, sections, or totals.
        fonts: to measure with.
        width: of the table.
        least: how high a row is at least, in millimetres, where people are to write into it.

    Raises:
        UserError: so many columns that they do not fit at the smallest size.
    """
    look = replace(_look(tuple(columns), rows, fonts, width), least=least)
    body, head = Pen(Role.SONG, look.size), Pen(Role.HEI, look.size)
    titles = tuple(
        _lines(column.title, fonts, head, place_width)
        for column, place_width in zip(look.columns, look.widths, strict=True)
    )
    bound = {at for at, row in enumerate(rows) if isinstance(row, Section)}
    bound |= {at - 1 for at, row in enumerate(rows) if isinstance(row, Total) and at}
    return Block(
        tuple(_piece(row, look, fonts, (body, head)) for row in rows),
        head=_TableRow(look, titles, head, HEAD_FILL),
        bound=frozenset(bound),
    )


def _piece(row: Line, look: _Look, fonts: Fonts, pens: tuple[Pen, Pen]) -> Piece:
    """A row ready to be drawn; the pens are those of the body and of the head."""
    body, head = pens
    match row:
        case Section(title):
            return _SectionRow(look, title, head)
        case Total(cells):
            return _TableRow(look, _cells(cells, look, fonts, head), head, SECTION_FILL)
        case _:
            return _TableRow(look, _cells(row, look, fonts, body), body)


FACT_SIZE = 10.5
LABEL_EMS = 7  # the width of the column of labels


def facts(
    pairs: Sequence[tuple[str, str]], fonts: Fonts, width: float, *, across: int = 1
) -> Block:
    """A table without a head: what, and how it is.

    Args:
        pairs: label and text; a text that is too long wraps.
        fonts: to measure with.
        width: of the table in millimetres.
        across: how many pairs stand side by side.
    """
    label = LABEL_EMS * FACT_SIZE / POINTS + 2 * SIDE
    columns = (Column("", CellKind.LABEL), Column("")) * across
    look = _Look(columns, (label, width / across - label) * across, FACT_SIZE)
    pen = Pen(Role.SONG, FACT_SIZE)
    filled = [*pairs, *[("", "")] * (-len(pairs) % across)]
    rows = [
        tuple(text for pair in filled[at : at + across] for text in pair)
        for at in range(0, len(filled), across)
    ]
    return Block(tuple(_TableRow(look, _cells(row, look, fonts, pen), pen) for row in rows))


def _cells(row: Row, look: _Look, fonts: Fonts, pen: Pen) -> tuple[tuple[str, ...], ...]:
    return tuple(
        _lines(text, fonts, pen, width) for text, width in zip(row, look.widths, strict=True)
    )


def _lines(text: str, fonts: Fonts, pen: Pen, width: float) -> tuple[str, ...]:
    """The text of a cell, cut into lines where it is too wide."""
    advances = fonts.advances(text, pen.role, pen.size)
    room = (width - 2 * SIDE) * POINTS + 0.01
    if sum(advances) <= room:
        return (text,)
    return tuple(text[line.start : line.end] for line in break_lines(text, advances, room))


def _look(columns: tuple[Column, ...], rows: Sequence[Line], fonts: Fonts, width: float) -> _Look:
    """The largest size at which the columns fit, and their widths."""
    ems = _natural(columns, rows, fonts)
    for size in SIZES:
        em = size / POINTS
        wanted = [value * em + 2 * SIDE for value in ems]
        least = [
            min(one, NARROWEST * em + 2 * SIDE) if column.kind is CellKind.TEXT else one
            for column, one in zip(columns, wanted, strict=True)
        ]
        if sum(wanted) <= width or (size <= SIZES[3] and sum(least) <= width):
            return _Look(columns, tuple(_fit(wanted, least, width)), size)
    raise UserError(
        "paper.too_wide", f"{len(columns)} 列太多，一页放不下。", "请减少要打印的列后重试。"
    )


def _natural(columns: tuple[Column, ...], rows: Sequence[Line], fonts: Fonts) -> list[float]:
    """The widest cell of each column, in ems."""
    widest = [fonts.width(column.title, Role.HEI, 1) for column in columns]
    for row in rows:
        if isinstance(row, Section):
            continue
        cells, role = (row.cells, Role.HEI) if isinstance(row, Total) else (row, Role.SONG)
        for at, text in enumerate(cells):
            shown = aligned_name(text) if columns[at].kind is CellKind.NAME else text
            if len(shown) > widest[at] / 2:  # else it cannot be the widest: 2 characters an em
                widest[at] = max(widest[at], fonts.width(shown, role, 1))
    return widest


def _fit(wanted: list[float], least: list[float], width: float) -> list[float]:
    """Share ``width`` out: spare room in proportion, lack from the widest that may wrap."""
    spare = width - sum(wanted)
    if spare >= 0:
        return [one * width / sum(wanted) for one in wanted]
    level = max(wanted)
    low, high = 0.0, level
    for _ in range(40):  # halving finds the common cap to far below a dot
        level = (low + high) / 2
        capped = [max(floor, min(one, level)) for one, floor in zip(wanted, least, strict=True)]
        low, high = (low, level) if sum(capped) > width else (level, high)
    return [max(floor, min(one, low)) for one, floor in zip(wanted, least, strict=True)]
