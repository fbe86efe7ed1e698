"""The rows that have problems, given back in the sender's own layout with their reasons."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from models.entities.cells import ErrorValue, Raw
from models.entities.problems import Severity
from models.errors import WorldError
from models.exchange.reading.sheets import Sheet, column_index
from models.exchange.reading.source import Source
from models.exchange.row_problems import RowProblem

REASONS = "错误说明"
LONGEST_TEXT = 32_767
_GIVEN_BACK = (Severity.REFUSE, Severity.WARN)
_FILLS = {
    Severity.REFUSE: PatternFill("solid", fgColor="FCE8E6"),
    Severity.WARN: PatternFill("solid", fgColor="FFF1DB"),
}
_HEAD = PatternFill("solid", fgColor="EEF2F6")
_WORDS = {Severity.REFUSE: "未收下", Severity.WARN: "已收下，请核对"}
_WIDTH = 14
_REASON_WIDTH = 60
_ByRow = dict[int, list[RowProblem]]


class PlacedTable(Protocol):
    """Where a table stands in its file: its sheet, its first row (titles included), its header."""

    @property
    def sheet(self) -> str | None:
        """The sheet's name; None for CSV files."""
        ...

    @property
    def top_row(self) -> int:
        """The first row that belongs to it."""
        ...

    @property
    def header_row(self) -> int:
        """The row of the header."""
        ...


class ToldPlan(Protocol):
    """What taking a file would do, as far as it is given back to its sender."""

    @property
    def tables(self) -> Sequence[PlacedTable]:
        """The tables found in it."""
        ...

    def problems(self) -> list[RowProblem]:
        """Every problem with its place."""
        ...


def write_error_workbook(source: Source, plan: ToldPlan, out: Path) -> int:
    """Write the rows of the plan that were refused or warned of into a new workbook.

    Titles and header stand as in the sender's file, so that the corrected workbook can be sent
    and read again; the added column is read past.

    Args:
        source: the file as it was read.
        plan: what importing it would do.
        out: the workbook to write; an existing one is replaced.

    Returns:
        How many rows were given back.

    Raises:
        WorldError: the workbook cannot be written.
    """
    by_sheet: dict[str | None, _ByRow] = defaultdict(lambda: defaultdict(list))
    for problem in plan.problems():
        if problem.severity in _GIVEN_BACK:
            by_sheet[problem.sheet][problem.row].append(problem)
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {sheet.name: sheet for sheet in source.sheets}
    for name, problems in by_sheet.items():
        page = book.create_sheet((name or "Sheet1")[:31])
        tables = [table for table in plan.tables if table.sheet == name]
        _write_sheet(page, sheets[name], tables, problems)
    if not book.worksheets:
        book.create_sheet("没有问题")
    _save(book, out)
    return sum(len(rows) for rows in by_sheet.values())


def _save(book: Workbook, out: Path) -> None:
    part = out.with_name(out.name + ".part")
    try:
        book.save(part)
        os.replace(part, out)  # noqa: PTH105 - replaces an existing file on Windows too
    except OSError as error:
        part.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise WorldError(
            "export.disk_full" if full else "export.not_written",
            f"{'磁盘已满，' if full else ''}错误工作簿没有写成：{out}。",
            "请腾出空间或换个位置。"
            if full
            else "请核对文件夹是否存在、能否写入，并关闭正打开它的程序。",
        ) from error


def _write_sheet(
    page: Worksheet, sheet: Sheet, tables: Sequence[PlacedTable], problems: _ByRow
) -> None:
    """Titles, headers and the rows with problems; the reasons in the first free column."""
    heads = {table.header_row for table in tables}
    above = [range(table.top_row, table.header_row + 1) for table in tables]
    widths = [len(cells) for number, cells in sheet.numbered() if number in problems]
    width = max([*widths, *(len(sheet.row(number)) for number in heads)])
    line = 0
    for number, cells in sheet.numbered():
        if number not in problems and not any(number in rows for rows in above):
            continue
        line += 1
        for column, raw in enumerate(cells):
            _write_cell(_cell(page, line, column), raw)
        if number in heads:
            _finish_header(page, line, width)
        elif number in problems:
            _write_problems(page, line, width, problems[number])
    for column in range(width):
        page.column_dimensions[get_column_letter(column + 1)].width = _WIDTH
    page.column_dimensions[get_column_letter(width + 1)].width = _REASON_WIDTH


def _finish_header(page: Worksheet, line: int, width: int) -> None:
    _cell(page, line, width).value = REASONS
    for column in range(width + 1):
        cell = _cell(page, line, column)
        cell.font, cell.fill = Font(bold=True), _HEAD
    page.freeze_panes = page.freeze_panes or f"A{line + 1}"


def _write_problems(page: Worksheet, line: int, width: int, problems: Sequence[RowProblem]) -> None:
    """Colour and comment the bad cells of a row, and say why in its last column."""
    for problem in sorted(problems, key=lambda one: one.severity is Severity.REFUSE):
        if problem.column is not None:
            cell = _cell(page, line, column_index(problem.column))
            cell.fill = _FILLS[problem.severity]
            cell.comment = Comment(problem.message, "师训通")
    reasons = "；".join(f"{_WORDS[one.severity]}：{one.message}" for one in problems)
    last = _cell(page, line, width)
    last.value = reasons
    last.alignment = Alignment(wrap_text=True, vertical="top")


def _write_cell(cell: Cell, raw: Raw) -> None:
    """The cell as it was; text stays text whatever it begins with."""
    match raw:
        case None | bool() | int() | float() | datetime() | date():
            cell.value = raw
        case ErrorValue():
            cell.value = raw.text
            cell.data_type = "s"
        case _:
            cell.value = str(raw)[:LONGEST_TEXT]
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = True


def _cell(page: Worksheet, line: int, column: int) -> Cell:
    """The cell at a line from 1 and a column index from 0."""
    found = page.cell(line, column + 1)
    assert isinstance(found, Cell)
    return found
