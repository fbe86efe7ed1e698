"""The lists of choices an empty workbook offers, those of Excel 2010 and later too."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.errors import UserError
from models.exchange.filling.filling import sheet_text
from models.exchange.reading.limits import UNPACKED, Budget, Refusal
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import Sheet, column_index
from models.exchange.reading.xml_events import XmlReader

_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_SAME_SHEET = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_PLACE = re.compile(r"([A-Z]+)(\d+)?(?::([A-Z]+)(\d+)?)?")
_LONGEST = 2000


@dataclass(slots=True)
class _Rules:
    """Collects the list rules of a sheet: the source, and the cells it holds for."""

    found: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    _listed: bool = False
    _source: str = ""
    _cells: str = ""
    _inside: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "dataValidation":
            self._listed = attributes.get("type") == "list"
            self._source, self._cells = "", attributes.get("sqref", "")
        self._inside = name

    def text(self, text: str) -> None:
        if self._inside in ("formula1", "f") and self._listed:
            self._source += text
        elif self._inside == "sqref" and self._listed:
            self._cells += text

    def end(self, name: str) -> None:
        if name == "dataValidation" and self._listed:
            self.found.append((self._source.strip(), self._cells.strip()))
        if name in ("formula1", "formula2", "sqref", "f"):
            self._inside = ""


@dataclass(slots=True)
class _NamedRanges:
    """Collects the names that stand for ranges."""

    found: dict[str, str] = field(default_factory=dict[str, str])
    _name: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._name = attributes.get("name", "") if name == "definedName" else ""

    def text(self, text: str) -> None:
        if self._name:
            self.found[self._name] = self.found.get(self._name, "") + text

    def end(self, _name: str) -> None:
        self._name = ""


def lists_of(book: bytes, sheets: Sequence[Sheet], sheet: str, row: int) -> dict[int, list[str]]:
    """Column index to the choices that hold for its cell in a row.

    Args:
        book: the workbook's bytes.
        sheets: its sheets, hidden ones too: a list often stands on one of them.
        sheet: the sheet to fill in.
        row: a row of data.

    Raises:
        UserError: it is no .xlsx workbook or has no such sheet.
    """
    rules, names = _Rules(), _NamedRanges()
    try:
        _, text = sheet_text(book, sheet)
        XmlReader(rules.start, rules.end, rules.text).read([text.encode()])
        parcel = Parcel(io.BytesIO(book), Budget())
        reader = XmlReader(names.start, names.end, names.text)
        reader.read([parcel.read("xl/workbook.xml", UNPACKED)])
    except Refusal as refusal:
        raise UserError("upload.book", f"上级的空表{refusal.reason}", refusal.hint) from refusal
    found: dict[int, list[str]] = {}
    for source, cells in rules.found:
        choices = _choices(source, sheets, sheet, names.found)
        for column in _columns(cells, row) if choices else ():
            found.setdefault(column, choices)
    return found


def _choices(source: str, sheets: Sequence[Sheet], own: str, names: dict[str, str]) -> list[str]:
    if source.startswith('"'):
        return [one.strip() for one in source.strip('"').split(",") if one.strip()]
    source = names.get(source.lstrip("="), source).lstrip("=")
    if (other := _RANGE.fullmatch(source)) is not None:
        name = (other[1] or other[2]).replace("''", "'")
        return _cells(sheets, name, other.groups()[2:])
    same = _SAME_SHEET.fullmatch(source)
    return _cells(sheets, own, same.groups()) if same is not None else []


def _cells(sheets: Sequence[Sheet], name: str, corners: Sequence[str | None]) -> list[str]:
    """The filled cells of a range, column after column."""
    sheet = next((one for one in sheets if one.name == name), None)
    left, top, right, bottom = corners
    if sheet is None or not left or not top:
        return []
    last = min(int(bottom or top), int(top) + _LONGEST)
    found: list[str] = []
    for column in range(column_index(left), column_index(right or left) + 1):
        for number in range(int(top), last + 1):
            cell = sheet.cell(number, column + 1)
            if cell is not None and str(cell).strip():
                said = str(cell).strip()
                found.append(said.removesuffix(".0") if isinstance(cell, float) else said)
    return found


def _columns(cells: str, row: int) -> list[int]:
    """The columns of a rule's cells that reach into a row."""
    found: list[int] = []
    for part in cells.split():
        place = _PLACE.fullmatch(part.replace("$", ""))
        if place is None:
            continue
        top, bottom = int(place[2] or 1), int(place[4] or place[2] or row)
        if top <= row <= bottom:
            found += range(column_index(place[1]), column_index(place[3] or place[1]) + 1)
    return found
