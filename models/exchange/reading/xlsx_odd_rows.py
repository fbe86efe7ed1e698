"""The rows of an .xlsx sheet that is written in an unusual but valid way, by an XML parser."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.entities.cells import Raw
from models.exchange.reading.limits import COLUMN, LONGEST_TEXT, ROW, damaged, oversized
from models.exchange.reading.number_formats import Shown
from models.exchange.reading.sheets import SheetBuilder, column_index
from models.exchange.reading.xlsx_rows import unsaved_formulas
from models.exchange.reading.xlsx_values import CellType, CellValues
from models.exchange.reading.xml_events import XmlReader

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TYPES = {kind.value: kind for kind in CellType}


def read_odd_rows(pieces: Iterable[bytes], values: CellValues, sheet: SheetBuilder) -> None:
    """Add the rows, merges and hidden rows of a sheet part.

    Raises:
        Refusal: the part is damaged, hostile or too big.
    """
    rows = _OddRows(values, sheet)
    XmlReader(rows.start, rows.end, rows.text).read(pieces)
    rows.finish()


class _OddRows:
    """Collects rows from XML events; rows and cells without a place are counted on."""

    def __init__(self, values: CellValues, sheet: SheetBuilder) -> None:
        self._values, self._sheet = values, sheet
        self._row = 0
        self._index = -1
        self._cells: list[Raw] = []
        self._kind = CellType.NUMBER, Shown.NUMBER
        self._parts: list[str] = []
        self._length = 0
        self._taking = self._phonetic = self._formula = False
        self._inside = False
        self._unsaved = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c" and self._inside:
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._taking = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        elif name == "row" and self._inside:
            self._start_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "sheetData":
            self._inside = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self._taking = False
        elif name == "c" and self._inside:
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._inside:
            self._sheet.add_row(self._row, self._cells)
            self._cells = []
        elif name == "sheetData":
            self._inside = False

    def text(self, piece: str) -> None:
        """Characters of the element."""
        if self._taking:
            self._length += len(piece)
            if self._length > LONGEST_TEXT:
                raise oversized()
            self._parts.append(piece)

    def finish(self) -> None:
        """Take note that the part has ended."""
        if self._unsaved:
            self._sheet.notes.append(unsaved_formulas(self._unsaved))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdigit() and len(number) < 8 else self._row + 1
        self._index = -1
        if attributes.get("hidden") in ("1", "true"):
            self._sheet.hide([self._row])

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._index = column_index(place[1].upper()) if place else self._index + 1
        kind = _TYPES.get(attributes.get("t", "n"), CellType.TEXT)
        self._kind = kind, self._values.shown(attributes.get("s"))
        self._parts.clear()
        self._length = 0
        self._formula = False

    def _end_cell(self) -> None:
        stored = "".join(self._parts)
        if not stored:
            self._unsaved += self._formula and self._kind[0] is not CellType.TEXT
            return
        if self._index >= COLUMN or self._row > ROW:
            raise oversized("的表格超出了电子表格的最大行列数。")
        self._cells.extend([None] * (self._index + 1 - len(self._cells)))
        self._cells[self._index] = self._values.value(*self._kind, stored)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corner, opposite = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
        if corner is None or opposite is None:
            raise damaged()
        self._sheet.merge(
            int(corner[2]),
            column_index(corner[1].upper()),
            int(opposite[2]),
            column_index(opposite[1].upper()),
        )
