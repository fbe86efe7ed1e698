"""A workbook being written with XlsxWriter: one set of safe options and cell styles for all."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.exceptions import (  # pyright: ignore[reportMissingTypeStubs]
    FileCreateError,
)

from reports.kit.saving import fresh_file
from reports.workbooks.streaming import StreamingSheet

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import datetime
    from pathlib import Path

Book = Any
"""XlsxWriter's ``Workbook``, which has no types."""

Sheet = Any
"""A ``StreamingSheet`` seen as XlsxWriter's untyped ``Worksheet``."""

Style = Any
"""XlsxWriter's ``Format``."""

FONT = {"font_name": "宋体", "font_size": 11}
GRID = "#C3C9D1"
HEAD_FILL = "#E3EBF6"
NEEDED_FILL = "#FBE5D6"
INLINE_CHOICES = 255  # a list of choices written into the rule itself may be this long
A4 = 9  # ECMA-376, 18.18.50
CHOICES_SHEET = "选项"

REFERENCE_MARKS = "[]:*?/\\"

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": FONT,
}


class ColumnKind(StrEnum):
    """What a column holds; it decides the cell format."""

    TEXT = "text"
    ID = "id"  # text that looks like a number: ID numbers, phones, teacher numbers
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"  # a share of 1
    DATE = "date"  # ISO text: months, partial and full dates alike


FORMATS = {ColumnKind.INTEGER: "0", ColumnKind.PERCENT: "0.0%"}
NUMBERS = frozenset({ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.PERCENT})


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a written sheet.

    Attributes:
        title: the header.
        width: in full-width characters.
        kind: what it holds.
        choices: what one may choose from; () for anything.
    """

    title: str
    width: float = 8
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself."""

    title: str
    author: str
    made_at: datetime


@contextmanager
def new_book(path: Path, about: Properties, *, overwrite: bool) -> Generator[Book]:
    """Give an empty XlsxWriter workbook; it becomes the file ``path`` if all goes well.

    Its sheets are made by ``add_sheet``. Temporary files are gone in every case.

    Raises:
        UserError, WorldError: as ``fresh_file``.
    """
    with (
        fresh_file(path, overwrite=overwrite) as draft,
        TemporaryDirectory(prefix="shixuntong-", ignore_cleanup_errors=True) as folder,
    ):
        book: Book = Workbook(str(draft), {**OPTIONS, "tmpdir": folder})
        book.set_properties(
            {
                "title": about.title,
                "author": about.author,
                "created": about.made_at.replace(tzinfo=None),
            }
        )
        try:
            yield book
            _close(book)
        finally:
            for sheet in book.worksheets():
                sheet.give_up()


def _close(book: Book) -> None:
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*_cause(error)) from error


def _cause(error: FileCreateError) -> tuple[object, ...]:
    """Number and words of the failure XlsxWriter wraps."""
    cause = error.args[0] if error.args else None
    return cause.args if isinstance(cause, OSError) else (None, str(error))


def add_sheet(book: Book, name: str) -> Sheet:
    """A new sheet, ``name`` cut down to what a sheet may be called."""
    return book.add_worksheet(sheet_name(name), StreamingSheet)


def sheet_name(text: str) -> str:
    """``text`` as a sheet may be called: 31 characters, without the marks of references."""
    kept = "".join(" " if char in REFERENCE_MARKS else char for char in text)
    return kept.strip(" '")[:31].rstrip() or "Sheet1"


def head_style(book: Book, fill: str = HEAD_FILL) -> Style:
    """The style of header cells."""
    look = {"bold": True, "bg_color": fill, "border": 1, "border_color": GRID, "text_wrap": True}
    return book.add_format({**FONT, **look, "align": "center", "valign": "vcenter"})


def body_style(book: Book, kind: ColumnKind) -> Style:
    """The style of body cells of a kind.

    All that is not a number has the format text, with the mark that Excel shows as a leading
    apostrophe: a cell that begins with ``=`` stays text even if a person edits it.
    """
    look: dict[str, object] = {"border": 1, "border_color": GRID, "valign": "vcenter"}
    if kind in NUMBERS:
        look |= {"align": "right"}
        if kind in FORMATS:
            look |= {"num_format": FORMATS[kind]}
    else:
        look |= {"num_format": "@", "quote_prefix": True}
    return book.add_format({**FONT, **look})


def print_on_a4(sheet: Sheet) -> None:
    """Let the sheet print on A4 paper on its side, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def style_index(style: Style) -> int:
    """The number by which cells name a style."""
    return style._get_xf_index()  # noqa: SLF001 - a written row needs it, no public way


def choice_sources(
    book: Book,
    lists: Sequence[tuple[str, ...]],
) -> list[str | list[str]]:
    """For each list of choices the source of its rule.

    Short lists stand in the rule; long ones, and those with commas, on a sheet that is hidden
    so that it cannot be shown by a click.
    """
    long = [choices for choices in dict.fromkeys(lists) if not _fits_inline(choices)]
    if long:
        _write_lists(add_sheet(book, CHOICES_SHEET), long)
    ranges = {
        choices: f"='{CHOICES_SHEET}'!${column_letters(at)}$1:${column_letters(at)}${len(choices)}"
        for at, choices in enumerate(long)
    }
    return [ranges.get(choices, list(choices)) for choices in lists]


def _fits_inline(choices: tuple[str, ...]) -> bool:
    joined = ",".join(choices)
    return len(joined) <= INLINE_CHOICES and not any(
        mark in choice for choice in choices for mark in ',"'
    )


def _write_lists(sheet: Sheet, lists: list[tuple[str, ...]]) -> None:
    for row in range(max(map(len, lists))):
        for column, choices in enumerate(lists):
            if row < len(choices):
                sheet.write_string(row, column, choices[row])
    sheet.very_hidden()


def column_letters(column: int) -> str:
    """The letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def add_choices(
    sheet: Sheet,
    place: tuple[int, int, int, int],
    source: str | list[str],
    hint: str = "",
) -> None:
    """Offer choices in the cells of ``place``: first row, first column, last row, last column.

    Another word is questioned, not refused: aliases are understood on reading.
    """
    sheet.data_validation(
        *place,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "不在选项中",
            "error_message": "所填内容不在选项中。确认无误可以保留。",
            **({"input_message": hint[:255]} if hint else {}),
        },
    )
