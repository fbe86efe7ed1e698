"""What an .xlsx workbook says beyond its values: error cells, hidden rows, how large it would be.

python-calamine reads the values and leaves these out. The bytes stream by once, are counted
against the budget on the way, and nothing of them is kept.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from models.exchange.reading.limits import CELLS, COLUMN, MEGABYTE, ROW, Budget, damaged, oversized
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import column_index
from models.exchange.reading.xml_events import XmlReader, dtd_refused

_ERROR = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>'
    rb"(?:<(?:\w+:)?f[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})<"
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row (?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="([0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLAIN_CELL = re.compile(
    rb'<(?:\w+:)?c (?:[^<>"]*"[^<>"]*")*?[^<>"]*\br="([A-Z]{1,3})([0-9]{1,7})"'
)
_HOLDS = re.compile(rb"</(?:\w+:)?(?:v|is|f)>")
_LONG_TEXT = re.compile(rb"<(?:\w+:)?si>.*?</(?:\w+:)?si>", re.DOTALL)
_SHARED = re.compile(rb'\bt="s"[^<>]*><(?:\w+:)?v>(\d{1,7})<')
_LONG = 4096
_DIGITS = 10
_SMALL_PART = 16 * MEGABYTE


@dataclass(slots=True)
class Marks:
    """The marks of one sheet: (row from 1, column index from 0) of errors, hidden row numbers."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    hidden_rows: set[int] = field(default_factory=set[int])


class _OddError(Exception):
    """A part that is written in another way than every spreadsheet program writes it."""


@dataclass(slots=True)
class _Names:
    """Collects sheet names with their relation, and relations with their parts."""

    sheets: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    targets: dict[str, str] = field(default_factory=dict[str, str])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


@dataclass(slots=True)
class _Extent:
    """Counts rows and columns of an oddly written sheet, empty cells included."""

    row: int = 0
    column: int = 0
    height: int = 0
    width: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            stated = attributes.get("r", "").strip()
            if stated and not (stated.isdecimal() and len(stated) < _DIGITS):
                raise damaged()
            self.row = int(stated) if stated else self.row + 1
            self.column = 0
        elif name == "c":
            self._cell(attributes.get("r", "").strip().upper())
            self.height, self.width = max(self.height, self.row), max(self.width, self.column)
            if self.row > ROW or self.column > COLUMN or self.height * self.width > CELLS:
                raise oversized()

    def _cell(self, reference: str) -> None:
        if not reference:
            self.column += 1
            return
        found = re.fullmatch(r"\$?([A-Z]{1,6})\$?(\d{1,9})", reference)
        if found is None:
            raise damaged()
        self.column, self.row = column_index(found[1]) + 1, int(found[2])


def read_marks(parcel: Parcel, budget: Budget) -> dict[str, Marks]:
    """The marks of every worksheet by the sheet's name.

    Raises:
        Refusal: a part is damaged, declares a document type, or is too big.
    """
    names = _Names()
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if part in parcel:
            XmlReader(names.start, lambda _: None).read([parcel.read(part, _SMALL_PART)])
    long_texts = _long_texts(parcel)
    found: dict[str, Marks] = {}
    for name, relation in names.sheets:
        part = _part(names.targets.get(relation, ""))
        found[name] = _scan(parcel, part, budget, long_texts) if part in parcel else Marks()
    return found


def _long_texts(parcel: Parcel) -> dict[int, int]:
    """Place and length of the shared texts that would fill the memory if many cells named them."""
    found: dict[int, int] = {}
    part = "xl/sharedstrings.xml"
    if part not in parcel:
        return found
    carry, place = b"", 0
    for number, piece in enumerate(parcel.chunks(part)):
        if number == 0 and not _starts_plainly(piece):
            XmlReader(lambda _n, _a: None, lambda _n: None).read(parcel.chunks(part))
            return found
        block = carry + piece
        end = 0
        for match in _LONG_TEXT.finditer(block):
            if match.end() - match.start() > _LONG:
                found[place] = match.end() - match.start()
            place, end = place + 1, match.end()
        carry = block[end:]
        if len(carry) > _SMALL_PART:
            raise oversized("里有一格的文字长得不正常，没有读取。")
    return found


def _part(target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _scan(parcel: Parcel, part: str, budget: Budget, long_texts: dict[int, int]) -> Marks:
    try:
        return _scan_plain(parcel, part, budget, long_texts)
    except _OddError:
        extent = _Extent()
        XmlReader(extent.start, lambda _: None).read(parcel.chunks(part))
        return Marks()


def _scan_plain(parcel: Parcel, part: str, budget: Budget, long_texts: dict[int, int]) -> Marks:
    """Go through a part by search; quick, and right for what spreadsheet programs write.

    Raises:
        _OddError: it is written in another way.
    """
    marks = Marks()
    carry = b""
    columns: set[bytes] = set()
    last_row = 0
    for place, piece in enumerate(parcel.chunks(part)):
        if place == 0 and not _starts_plainly(piece):
            raise _OddError
        block = carry + piece
        cut = max(block.rfind(b"<row "), block.rfind(b"<c "))
        if cut <= 0 and len(block) > _SMALL_PART:
            raise _OddError
        block, carry = (block[:cut], block[cut:]) if cut > 0 else (b"", block)
        last_row = max(last_row, _note(block, marks, columns))
        _charge(block, long_texts, budget)
    last_row = max(last_row, _note(carry, marks, columns))
    _charge(carry, long_texts, budget)
    width = max((column_index(letters.decode()) + 1 for letters in columns), default=0)
    if last_row > ROW or width > COLUMN or last_row * width > CELLS:
        raise oversized()
    return marks


def _starts_plainly(piece: bytes) -> bool:
    """Whether a part begins as UTF-8 without a document type.

    Raises:
        Refusal: it declares one.
    """
    if b"<!DOCTYPE" in piece[:4096]:
        raise dtd_refused()
    return piece.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and b"\x00" not in piece


def _note(block: bytes, marks: Marks, columns: set[bytes]) -> int:
    """Keep the marks of a block; gives the last row that holds something in it."""
    if b't="e"' in block:
        for letters, row, text in _ERROR.findall(block):
            marks.errors[int(row), column_index(letters.decode())] = text.decode("ascii", "replace")
    if b"hidden=" in block:
        marks.hidden_rows.update(int(row) for row in _HIDDEN.findall(block))
    if b"<!" in block:
        raise _OddError
    if not _HOLDS.search(block):
        return 0
    cells = _PLAIN_CELL.findall(block)
    if len(cells) != len(_ANY_CELL.findall(block)):
        raise _OddError
    columns.update({letters for letters, _ in cells})
    return max((int(row) for _, row in (cells[0], cells[-1])), default=0) if cells else 0


def _charge(block: bytes, long_texts: dict[int, int], budget: Budget) -> None:
    """Count the long shared texts that the cells of a block name."""
    if not long_texts:
        return
    for place in _SHARED.findall(block):
        budget.shared_left -= long_texts.get(int(place), 0)
    if budget.shared_left < 0:
        raise oversized()
