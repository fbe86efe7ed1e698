"""A sheet whose rows go to the disk as they come, several times faster than cell by cell.

XlsxWriter makes the workbook: styles, validations, filters, properties. In its constant-memory
mode it keeps the rows of a sheet as text in a temporary file until the workbook is closed; this
sheet writes that text itself, row by row, with one format string a cell (the cost of XlsxWriter
is the object it makes of every cell). Measured in ``docs/decisions/0005-writing-workbooks.md``.

A cell is an inline string or a number. There is no third kind, so that nothing handed in can
become a formula, a link or an error value.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, TextIO, cast
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name  # pyright: ignore[reportMissingTypeStubs]
from xlsxwriter.worksheet import Worksheet  # pyright: ignore[reportMissingTypeStubs]

from models.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Value = str | int | Decimal | None
"""What a cell may hold."""

CHUNK = 200  # rows joined to one write
LAST_ROW = 1_048_576
LONGEST_TEXT = 32_767
WHOLE_DIGITS = 10**15
"""From here on a spreadsheet would round a whole number: it is written as text."""

SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^[ \t\n]|[ \t\n]$")
"""Texts that are not written as they are."""

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
ESCAPED = re.compile("_(x[0-9A-Fa-f]{4}_)")


class StreamingSheet(Worksheet):
    """A worksheet with ``write_rows`` beside XlsxWriter's own methods."""

    def write_rows(
        self, first: int, rows: Iterable[Sequence[Value]], styles: Sequence[int]
    ) -> Iterator[int]:
        """Write rows below everything written so far, telling how many are done now and then.

        Args:
            first: the index of the first row, counted from 0.
            rows: their cells, as many as there are styles.
            styles: index of the cell format of each column.

        Raises:
            UserError: more rows or longer texts than a sheet can hold.
        """
        self._write_single_row(first)
        places = [(xl_col_to_name(column), style) for column, style in enumerate(styles)]
        stream = cast("TextIO", self.row_data_fh)  # pyright: ignore[reportUnknownMemberType]
        number, chunk = first, list[str]()
        for number, row in enumerate(rows, start=first + 1):
            chunk.append(_row(number, row, places))
            if len(chunk) == CHUNK:
                stream.write("".join(chunk))
                chunk.clear()
                yield number - first
        stream.write("".join(chunk))
        self.dim_rowmax = max(number - 1, first - 1)
        self.dim_colmax = len(styles) - 1
        self.previous_row = number
        yield number - first

    def give_up(self) -> None:
        """Let go of the temporary file, so that it can be deleted."""
        self._opt_close()


def _row(number: int, row: Sequence[Value], places: Sequence[tuple[str, int]]) -> str:
    if number > LAST_ROW:
        raise UserError(
            "workbook.too_many_rows",
            f"工作表最多 {LAST_ROW - 1} 行数据，放不下全部内容。",
            "请用筛选分几次导出。",
        )
    cells = [
        _cell(f"{name}{number}", style, value)
        for (name, style), value in zip(places, row, strict=True)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, style: int, value: Value) -> str:
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if not isinstance(value, str):
        digits = str(value) if isinstance(value, int) else f"{value:f}"
        if -WHOLE_DIGITS < value < WHOLE_DIGITS:
            return f'<c r="{place}" s="{style}"><v>{digits}</v></c>'
        value = digits
    if SPECIAL.search(value):
        return _special(place, style, value)
    if len(value) > LONGEST_TEXT:
        raise _too_long(place, value)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'


def _special(place: str, style: int, value: str) -> str:
    """A text with characters that XML or the format (ECMA-376, 22.9.2.19) wants written apart."""
    value = ESCAPED.sub(r"_x005F_\1", value)
    value = FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(value) > LONGEST_TEXT:
        raise _too_long(place, value)
    text = f'<t xml:space="preserve">{escape(value)}</t>'
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{text}</is></c>'


def _too_long(place: str, value: str) -> UserError:
    return UserError(
        "workbook.text_too_long",
        f"单元格 {place} 的内容有 {len(value)} 个字，超过工作表的上限 {LONGEST_TEXT}。",
        "请先缩短该处内容。",
    )
