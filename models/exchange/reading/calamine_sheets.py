"""The sheets of .xlsx, .xlsb, .xls and .ods workbooks, read by python-calamine.

Cached values count: no formula is run, no link followed, no macro looked at.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from models.entities.cells import ErrorValue, Raw
from models.exchange.reading.limits import SHEETS, Budget, damaged, oversized
from models.exchange.reading.ods_marks import OdsMarks
from models.exchange.reading.parcels import locked
from models.exchange.reading.sheets import Sheet, SheetBuilder
from models.exchange.reading.xlsx_marks import Marks
from models.progress import Progress

AnyMarks = Marks | OdsMarks
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds a workbook under a password (MS-OFFCRYPTO 2.3.4.4)."""
_TROUBLE = (
    CalamineError,
    XmlError,
    ZipError,
    WorksheetNotFound,
    OSError,
    ValueError,
    OverflowError,
)


def read_sheets(
    path: Path, marks: Mapping[str, AnyMarks], budget: Budget, progress: Progress
) -> Iterator[Sheet]:
    """The worksheets in the workbook's order; charts and macro sheets are none.

    Args:
        path: the workbook.
        marks: what the parts say beyond the values, by sheet name.
        budget: what may still be kept.
        progress: told sheet by sheet.

    Raises:
        Refusal: the workbook is damaged, has a password, or is too big.
    """
    try:
        with path.open("rb") as handle, _calm():  # by content: an extension may lie
            book = CalamineWorkbook.from_filelike(handle)
    except PasswordError as error:
        raise locked() from error
    except _TROUBLE as error:
        raise (locked() if _ENCRYPTED in path.read_bytes() else damaged()) from error
    listed = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(listed) > SHEETS:
        raise oversized()
    for place, one in enumerate(listed):
        progress.step(place, len(listed), f"读取 {one.name}")
        hidden = one.visible is not SheetVisibleEnum.Visible
        builder = SheetBuilder(one.name, budget, hidden=hidden)
        try:
            with _calm():
                _fill(builder, book.get_sheet_by_name(one.name), marks.get(one.name, Marks()))
        except _TROUBLE as error:
            if not hidden:
                raise damaged() from error
        yield builder.finish()


@contextmanager
def _calm() -> Generator[None]:
    """A panic of the reading library is a damaged file; it comes as no ordinary exception."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _fill(builder: SheetBuilder, sheet: CalamineSheet, marks: AnyMarks) -> None:
    """Put the rows, merges and marks of a sheet into the builder."""
    errors: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in marks.errors.items():
        errors.setdefault(row, []).append((column, text))
    builder.hidden_rows.update(marks.hidden_rows)
    if sheet.start is not None:
        for number, cells in enumerate(_rows(sheet), sheet.start[0] + 1):
            line: list[Raw] = [None if cell == "" else cell for cell in cells]
            for column, text in errors.get(number, ()):
                line.extend([None] * (column + 1 - len(line)))
                line[column] = ErrorValue(text)
            builder.add_row(number, line)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        builder.merge(top + 1, left, bottom + 1, right)
    if isinstance(marks, OdsMarks):
        for merge in marks.merges:
            builder.merge(merge.top, merge.left, merge.bottom, merge.right)


def _rows(sheet: CalamineSheet) -> Iterator[list[Raw]]:
    """The rows from the first that holds something, each beginning with column A."""
    assert sheet.start is not None
    indent: list[Raw] = [None] * sheet.start[1]
    for cells in sheet.iter_rows():
        yield [*indent, *cells] if len(cells) <= sheet.width and indent else list(cells)
