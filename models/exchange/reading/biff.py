"""What the records of an .xls workbook say beyond the values (MS-XLS): errors, hidden rows, size.

The walk also proves that reading the workbook will not fill the memory: how large the tables are,
and how much text the cells name in all, for one shared text may be named by every cell.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.exchange.reading.biff_strings import text_lengths
from models.exchange.reading.limits import TEXT, damaged, oversized
from models.exchange.reading.parcels import locked

_BOF, _EOF, _FILEPASS, _CONTINUE = 0x809, 0x0A, 0x2F, 0x3C
_BOUNDSHEET, _SST, _DIMENSIONS, _ROW = 0x85, 0xFC, 0x200, 0x208
_FORMULA, _BOOLERR, _LABELSST, _MULRK = 0x06, 0x205, 0xFD, 0xBD
_VALUES = frozenset((_FORMULA, _BOOLERR, _LABELSST, _MULRK, 0x203, 0x204, 0x27E, 0xD6))
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_HIDDEN_ROW = 0x20
_ROWS, _COLUMNS = 65_536, 256
_PLACES = 3_000_000
"""Cells of the rectangles around all tables: 65,536 rows of 40 columns and some more."""


@dataclass(slots=True)
class Marks:
    """The marks of one sheet.

    Attributes:
        errors: error texts by row number from 1 and column index from 0.
        hidden_rows: numbers of hidden rows.
    """

    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    last_row: int = -1
    last_column: int = -1


def walk(stream: bytes) -> list[Marks]:
    """The marks of the sheets in the workbook's order.

    Raises:
        Refusal: the workbook has a password, is damaged, or is too big.
    """
    reader = _Walk()
    for place, record, body in _records(stream):
        reader.take(place, record, body)
    reader.check_text()
    return [reader.sheets.get(start, Marks()) for start in reader.starts]


def _records(stream: bytes) -> Iterator[tuple[int, int, memoryview]]:
    view = memoryview(stream)
    place, end = 0, len(stream) - 3
    head = struct.Struct("<2H")
    while place < end:
        record, length = head.unpack_from(stream, place)
        yield place, record, view[place + 4 : place + 4 + length]
        place += 4 + length


class _Walk:
    """Keeps what the records tell, sheet by sheet."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.sheets: dict[int, Marks] = {}
        self._sheet = Marks()
        self._texts: list[memoryview] = []
        self._in_texts = False
        self._named: dict[int, int] = {}
        self._places = 0
        self._depth = 0

    def take(self, place: int, record: int, body: memoryview) -> None:
        """Take one record; what is shorter than its kind demands is damaged."""
        try:
            if record in _VALUES:
                self._take_cell(record, body)
            else:
                self._take_other(place, record, body)
        except struct.error as error:
            raise damaged() from error

    def check_text(self) -> None:
        """Refuse a workbook whose cells name more text than any list holds."""
        if not self._named:
            return
        lengths = text_lengths(self._texts)
        named = sum(
            count * lengths[index] for index, count in self._named.items() if index < len(lengths)
        )
        if named > TEXT:
            raise oversized()

    def _take_other(self, place: int, record: int, body: memoryview) -> None:
        if record == _CONTINUE and self._in_texts:
            self._texts.append(body)
            return
        self._in_texts = record == _SST
        if record == _SST:
            self._texts = [body]
        elif record == _ROW:
            (row, _, _, _, _, _, flags) = struct.unpack_from("<7H", body)
            if flags & _HIDDEN_ROW:
                self._sheet.hidden_rows.add(row + 1)
        elif record == _BOF:
            self._start(place)
        elif record == _EOF:
            self._depth -= 1
        elif record == _BOUNDSHEET:
            self._list(body)
        elif record == _FILEPASS:
            raise locked()
        elif record == _DIMENSIONS:
            self._check_dimensions(body)

    def _start(self, place: int) -> None:
        self._depth += 1
        if self._depth == 1:  # a chart inside a sheet is none of its own
            self._sheet = self.sheets.setdefault(place, Marks())

    def _list(self, body: memoryview) -> None:
        (start, _, kind) = struct.unpack_from("<L2B", body)
        if kind == 0:
            self.starts.append(start)

    def _check_dimensions(self, body: memoryview) -> None:
        """Refuse a table that claims to be larger than the format allows."""
        if len(body) < 12:
            return
        (_, rows, _, columns) = struct.unpack_from("<2L2H", body)
        if rows > _ROWS or columns > _COLUMNS:
            raise oversized("的表格超出了电子表格的最大行列数。")

    def _take_cell(self, record: int, body: memoryview) -> None:
        (row, column) = struct.unpack_from("<2H", body)
        last = column
        if record == _MULRK:
            (last,) = struct.unpack_from("<H", body, len(body) - 2)
        self._grow(row, last)
        if record == _LABELSST:
            (index,) = struct.unpack_from("<L", body, 6)
            self._named[index] = self._named.get(index, 0) + 1
        elif record == _BOOLERR and body[7]:
            self._note_error(row, column, body[6])
        elif record == _FORMULA and body[6] == 2 and bytes(body[12:14]) == b"\xff\xff":
            self._note_error(row, column, body[8])

    def _grow(self, row: int, column: int) -> None:
        sheet = self._sheet
        if row <= sheet.last_row and column <= sheet.last_column:
            return
        self._places -= (sheet.last_row + 1) * (sheet.last_column + 1)
        sheet.last_row, sheet.last_column = max(sheet.last_row, row), max(sheet.last_column, column)
        self._places += (sheet.last_row + 1) * (sheet.last_column + 1)
        if self._places > _PLACES:
            raise oversized()

    def _note_error(self, row: int, column: int, code: int) -> None:
        self._sheet.errors.setdefault(row + 1, []).append((column, _ERRORS.get(code, "#N/A")))
