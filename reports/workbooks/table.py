"""Any list as it is shown, as a workbook: fast, flat in memory, safe to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.workbooks import book as books
from reports.workbooks.book import ColumnKind, Properties, SheetColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.workbooks.book import Book, Sheet
    from reports.workbooks.streaming import Value

PAGE_WIDTH = 110  # full-width characters that can be read when squeezed onto a sheet of A4
HEAD, LINE = 24, 16  # points: the header at least, and each line of its titles
EXTRA_ROWS = 1000  # empty rows below the list that offer the same choices

__all__ = ["ColumnKind", "SheetColumn", "TableSheet", "Written", "write_table", "write_tables"]


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A list to be written.

    Attributes:
        title: name of the sheet and title of the file.
        columns: from left to right.
        rows: their cells in the order of the columns, read once; a cell is text, a whole number,
            a decimal or None. Text is never taken for anything else.
        author: the office.
        made_at: the moment in the file's properties.
        total: how many rows there will be, if known, for the progress.
        heading: a line above the header across the table; "" for none.
        book: title of the file where it is not the sheet's own.
        frozen: how many columns stay in sight.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Sequence[Value]]
    author: str
    made_at: datetime
    total: int | None = None
    heading: str = ""
    book: str = ""
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """A finished workbook: where it is, and how many rows of data it holds."""

    path: Path
    rows: int


def write_table(
    path: Path, sheet: TableSheet, progress: Progress, *, overwrite: bool = False
) -> Written:
    """Write a list as a workbook.

    The header is frozen, filtered and repeated on printed pages; identifiers are text and show no
    green corner.

    Args:
        path: the file to write.
        sheet: the list.
        progress: told every few hundred rows; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: more rows or longer texts than a sheet can hold, or the file is there.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    return write_tables(path, [sheet], progress, overwrite=overwrite)


def write_tables(
    path: Path, sheets: Sequence[TableSheet], progress: Progress, *, overwrite: bool = False
) -> Written:
    """Write lists as the sheets of one workbook, titled as the first one's file.

    Only one of them may offer choices that are too long for a rule.

    Raises:
        UserError, WorldError, CancelledByUser: as ``write_table``.
    """
    first = sheets[0]
    about = Properties(first.book or first.title, first.author, first.made_at)
    count = 0
    with books.new_book(path, about, overwrite=overwrite) as book:
        for sheet in sheets:
            count += _write_sheet(book, sheet, progress)
    return Written(path, count)


def _write_sheet(book: Book, sheet: TableSheet, progress: Progress) -> int:
    """One list; gives how many rows it has."""
    target = books.add_sheet(book, sheet.title)
    head = _write_head(book, target, sheet)
    styles = [books.style_index(books.body_style(book, one.kind)) for one in sheet.columns]
    count = 0
    for count in target.write_rows(head + 1, sheet.rows, styles):
        progress.step(count, sheet.total, "正在写入工作簿")
    _finish(book, target, sheet, (head, head + count))
    return count


def _write_head(book: Book, target: Sheet, sheet: TableSheet) -> int:
    """Heading, header and column widths; gives the index of the header row."""
    head = 0
    if sheet.heading:
        style = book.add_format({**books.FONT, "bold": True, "font_size": 14, "valign": "vcenter"})
        target.set_row(0, 28)
        target.write_string(0, 0, sheet.heading, style)
        head = 1
    target.set_row(head, max(HEAD, LINE * max(map(_lines, sheet.columns))))
    style = books.head_style(book)
    for at, column in enumerate(sheet.columns):
        target.set_column(at, at, column.width * 2 + 1.5)
        target.write_string(head, at, column.title, style)
    return head


def _finish(book: Book, target: Sheet, sheet: TableSheet, rows: tuple[int, int]) -> None:
    """Everything around the cells: filter, choices, printing, no green corners."""
    head, last = rows
    right = len(sheet.columns) - 1
    target.freeze_panes(head + 1, sheet.frozen)
    target.autofilter(head, 0, last, right)
    target.ignore_errors({"number_stored_as_text": f"A1:{_corner(right, last)}"})
    books.print_on_a4(target)
    target.repeat_rows(head)
    if sum(one.width for one in sheet.columns) <= PAGE_WIDTH:
        target.fit_to_pages(1, 0)
    chosen = [(at, one.choices) for at, one in enumerate(sheet.columns) if one.choices]
    sources = books.choice_sources(book, [choices for _, choices in chosen])
    for (at, _), source in zip(chosen, sources, strict=True):
        books.add_choices(target, (head + 1, at, last + EXTRA_ROWS, at), source)


def _lines(column: SheetColumn) -> int:
    """How many lines a header needs, with the room that the filter's arrow takes."""
    return max(1, -(-len(column.title) // max(1, int(column.width))))


def _corner(column: int, row: int) -> str:
    return f"{books.column_letters(column)}{row + 1}"
