"""The rows that have problems, given back in the sender's own layout with their reasons."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from models.entities.cells import ErrorValue, Raw
from models.entities.problems import Severity
from models.errors import WorldError
from models.exchange.plans import ImportPlan, TablePlan
from models.exchange.reading.sheets import Sheet, column_index
from models.exchange.reading.source import Source
from models.exchange.row_problems import RowProblem

REASONS = "错误说明"
_GIVEN_BACK = (Severity.REFUSE, Severity.WARN)
_COLOURS = {Severity.REFUSE: "#FCE8E6", Severity.WARN: "#FFF1DB"}
_WORDS = {Severity.REFUSE: "未收下", Severity.WARN: "已收下，请核对"}
_WIDTH = 14
_REASON_WIDTH = 60
_BY_ROW = dict[int, list[RowProblem]]


def write_error_workbook(source: Source, plan: ImportPlan, out: Path) -> int:
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
    by_sheet: dict[str | None, _BY_ROW] = defaultdict(lambda: defaultdict(list))
    for problem in plan.problems():
        if problem.severity in _GIVEN_BACK:
            by_sheet[problem.sheet][problem.row].append(problem)
    part = out.with_name(out.name + ".part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with Workbook(str(part), options) as book:
            looks = _Looks(book)
            sheets = {sheet.name: sheet for sheet in source.sheets}
            for table in plan.tables:
                problems = by_sheet.get(table.sheet)
                if problems:
                    page = book.add_worksheet(_sheet_name(table.sheet, book))
                    _write_table(page, sheets[table.sheet], table, problems, looks)
            if not book.worksheets():
                book.add_worksheet("没有问题")
        os.replace(part, out)  # noqa: PTH105 - replaces an existing file on Windows too
    except OSError as error:
        raise WorldError(
            "export.not_written",
            f"写不了 {out}：{error.strerror}。",
            "请关闭正打开它的程序，或换个位置。",
        ) from error
    return sum(len(rows) for rows in by_sheet.values())


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self.plain = book.add_format({"num_format": "@", "border": 1})
        self.number = book.add_format({"num_format": "0.##########", "border": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        self.title = book.add_format({"bold": True})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True}
        )
        self.reason = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        self.bad = {
            severity: book.add_format({"num_format": "@", "bg_color": colour, "border": 1})
            for severity, colour in _COLOURS.items()
        }


def _write_table(
    page: Worksheet, sheet: Sheet, table: TablePlan, problems: _BY_ROW, looks: _Looks
) -> None:
    width = max((len(cells) for number, cells in sheet.numbered() if number in problems), default=0)
    width = max(width, len(sheet.row(table.header_row)))
    line = 0
    for number, cells in sheet.numbered():
        if number < table.header_row:
            _write_cells(page, line, cells, dict.fromkeys(range(len(cells)), looks.title), looks)
        elif number == table.header_row:
            _write_cells(page, line, cells, dict.fromkeys(range(len(cells)), looks.head), looks)
            page.write_string(line, width, REASONS, looks.head)
            page.freeze_panes(line + 1, 0)
        elif number in problems:
            _write_bad(page, line, (cells, width), problems[number], looks)
        else:
            continue
        line += 1
    page.set_column(0, max(width - 1, 0), _WIDTH)
    page.set_column(width, width, _REASON_WIDTH)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{line + 1}"})


def _write_bad(
    page: Worksheet,
    line: int,
    row: tuple[Sequence[Raw], int],
    problems: Sequence[RowProblem],
    looks: _Looks,
) -> None:
    """One row given back: its cells as they were, the bad ones coloured and commented."""
    cells, width = row
    formats: dict[int, Format] = {}
    for problem in problems:
        if problem.column is not None:
            column = column_index(problem.column)
            formats.setdefault(column, looks.bad[problem.severity])
            page.write_comment(line, column, problem.message)
    _write_cells(page, line, (*cells, *(None,) * (width - len(cells))), formats, looks)
    reasons = "；".join(f"{_WORDS[one.severity]}：{one.message}" for one in problems)
    page.write_string(line, width, reasons, looks.reason)


def _write_cells(
    page: Worksheet, line: int, cells: Sequence[Raw], formats: Mapping[int, Format], looks: _Looks
) -> None:
    for column, cell in enumerate(cells):
        chosen = formats.get(column)
        match cell:
            case None:
                if chosen is not None:
                    page.write_blank(line, column, None, chosen)
            case bool():
                page.write_boolean(line, column, cell, chosen)
            case int() | float():
                page.write_number(line, column, cell, chosen or looks.number)
            case datetime() | date():
                page.write_datetime(line, column, cell, looks.day)
            case ErrorValue():
                page.write_string(line, column, cell.text, chosen or looks.plain)
            case _:
                page.write_string(line, column, str(cell)[:32_767], chosen or looks.plain)


def _sheet_name(name: str | None, book: Workbook) -> str:
    """The sender's sheet name, made unique where two tables stood on one sheet."""
    wanted = name or "Sheet1"
    taken = {page.get_name() for page in book.worksheets()}
    return wanted if wanted not in taken else f"{wanted[:27]}({len(taken) + 1})"
