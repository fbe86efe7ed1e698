"""Workbooks in the OpenDocument format, as LibreOffice and WPS write them (OASIS ODF 1.3, part 3).

Read here and not by python-calamine: that reader tells neither error values nor merged ranges nor
hidden rows, and a cell that says "repeat me in every column of every row" fills its memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite

from models.entities.cells import ErrorValue, Raw
from models.exchange.reading.limits import COLUMN, LONGEST_TEXT, ROW, SHEETS, Budget, oversized
from models.exchange.reading.number_formats import from_iso, plain_number
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import Sheet, SheetBuilder
from models.exchange.reading.xml_events import XmlReader
from models.progress import Progress

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|(?:Err|错误)[:：]\d+")
_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = ("annotation", "ruby-text", "frame", "custom-shape", "note")
_NUMBERS = ("float", "percentage", "currency")


def read_ods(parcel: Parcel, budget: Budget, progress: Progress) -> Iterator[Sheet]:
    """The sheets in the workbook's order.

    Raises:
        Refusal: the content is missing, damaged, hostile or too big.
    """
    progress.step(0, None, "读取表格")
    walk = _Walk(budget)
    XmlReader(walk.start, walk.end, walk.text).read(parcel.chunks("content.xml"))
    return (builder.finish() for builder in walk.sheets)


class _Walk:
    """Collects the rows of every sheet from XML events, repeated rows and cells unrolled."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: list[SheetBuilder] = []
        self._budget = budget
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._tables = 0
        self._row = 0
        self._row_repeat = 1
        self._row_hidden = False
        self._cells: list[Raw] = []
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._text = _CellText()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _CELLS and self._tables == 1:
            self._cell = attributes
            self._text = _CellText()
        elif self._cell is not None and name != "table":
            self._text.start(name, attributes)
        elif name == "table-row" and self._tables == 1:
            self._start_row(attributes)
        elif name == "table":
            self._start_table(attributes)
        elif name == "style" and attributes.get("family") == "table":
            self._style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def end(self, name: str) -> None:
        """An element ends."""
        if name in _CELLS and self._tables == 1:
            self._end_cell(covered=name == "covered-table-cell")
        elif self._cell is not None and name != "table":
            self._text.end(name)
        elif name == "table-row" and self._tables == 1:
            self._end_row()
        elif name == "table":
            self._tables -= 1

    def text(self, piece: str) -> None:
        """Characters of an element."""
        if self._cell is not None and self._tables == 1:
            self._text.add(piece)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            if len(self.sheets) == SHEETS:
                raise oversized()
            hidden = attributes.get("style-name") in self._hidden_styles
            self.sheets.append(SheetBuilder(attributes.get("name", ""), self._budget, hidden))
            self._row = 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row_repeat = _count(attributes.get("number-rows-repeated"))
        self._row_hidden = attributes.get("visibility") in ("collapse", "filter")
        self._cells = []
        self._column = 0

    def _end_row(self) -> None:
        first, after = self._row + 1, self._row + 1 + self._row_repeat
        self._row += self._row_repeat
        if not self._cells:
            return
        if after - 1 > ROW:
            raise oversized("的表格超出了电子表格的最大行列数。")
        sheet = self.sheets[-1]
        for number in range(first, after):
            sheet.add_row(number, self._cells)
        if self._row_hidden:
            sheet.hide(range(first, after))

    def _end_cell(self, *, covered: bool) -> None:
        cell = self._cell or {}
        repeat = _count(cell.get("number-columns-repeated"))
        value = None if covered else self._value(cell)
        down, across = (
            _count(cell.get(f"number-{what}-spanned"), 1 << 20) for what in ("rows", "columns")
        )
        if down > 1 or across > 1:
            top, left = self._row + 1, self._column
            self.sheets[-1].merge(top, left, top + down - 1, left + across - 1)
        if value is not None:
            if self._column + repeat > COLUMN:
                raise oversized("的表格超出了电子表格的最大行列数。")
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * repeat)
        self._column += repeat
        self._cell = None

    def _value(self, cell: dict[str, str]) -> Raw:
        kind = cell.get("value-type")
        text = self._text.whole()
        if kind == "error" or (text and "formula" in cell and _ERROR.fullmatch(text)):
            return ErrorValue(text[:20] or "#VALUE!")
        if kind in _NUMBERS:
            return _number(cell.get("value", "")) if "value" in cell else text or None
        if kind == "date":
            return from_iso(cell.get("date-value", "")) or text or None
        if kind == "boolean":
            return cell.get("boolean-value") == "true"
        text = text or cell.get("string-value", "")
        if not text:
            return None
        self._budget.take_text(len(text))
        return text


class _CellText:
    """The paragraphs of a cell without its comment and its drawings."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._aside = 0
        self._inside = 0
        self._length = 0
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _ASIDE:
            self._aside += 1
        elif self._aside:
            return
        elif name == "p":
            if self._paragraphs:
                self._parts.append("\n")
            self._paragraphs += 1
            self._inside += 1
        elif name == "s":
            self.add(" " * _count(attributes.get("c"), 1000))
        elif name == "tab":
            self.add("\t")
        elif name == "line-break":
            self.add("\n")

    def end(self, name: str) -> None:
        if name in _ASIDE:
            self._aside -= 1
        elif name == "p" and not self._aside:
            self._inside -= 1

    def add(self, piece: str) -> None:
        if self._inside and not self._aside:
            self._length += len(piece)
            if self._length > LONGEST_TEXT:
                raise oversized()
            self._parts.append(piece)

    def whole(self) -> str:
        return "".join(self._parts)


def _count(text: str | None, most: int = 1 << 31) -> int:
    """A repeat or span; 1 where none is given, never more than any sheet has room for."""
    if not text or not text.isdecimal():
        return 1
    return max(1, min(int(text), most)) if len(text) < 10 else most


def _number(text: str) -> Raw:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return plain_number(number) if isfinite(number) else ErrorValue("#NUM!")
