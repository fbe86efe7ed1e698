"""What an .xlsx part says beyond its values: error cells, hidden rows, how large its table is.

python-calamine reads the values and leaves these out. The bytes stream by once, are counted
against the budget on the way, and nothing of them is kept.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from models.exchange.reading.limits import CELLS, MEGABYTE, Budget, oversized
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import column_index
from models.exchange.reading.xml_events import XmlReader, dtd_refused

_ERROR = re.compile(
    rb'<(?:\w+:)?c (?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>'
    rb"(?:<(?:\w+:)?f[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{1,20})<"
)
_HIDDEN = re.compile(rb'<(?:\w+:)?row (?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="([0-9]{1,7})"')
_FILLED = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"(?:[^<>]*[^/<>])?>')
_SMALL_PART = 16 * MEGABYTE


@dataclass(slots=True)
class Marks:
    """The marks of one sheet: (row from 1, column index from 0) of errors, hidden row numbers."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Names:
    """Collects sheet names with their relation, and relations with their parts."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def read_marks(parcel: Parcel, budget: Budget) -> dict[str, Marks]:
    """The marks of every worksheet by the sheet's name.

    Raises:
        Refusal: a part is damaged, declares a document type, or is too big.
    """
    names = _Names()
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        if part in parcel:
            XmlReader(names.start, lambda _: None).read([parcel.read(part, _SMALL_PART)])
    _check_rest(parcel)
    found: dict[str, Marks] = {}
    for name, relation in names.sheets:
        part = _part(names.targets.get(relation, ""))
        found[name] = _scan(parcel, part, budget) if part in parcel else Marks()
    return found


def _check_rest(parcel: Parcel) -> None:
    """Count the shared texts too, and refuse a document type in them."""
    for part in ("xl/sharedstrings.xml", "xl/styles.xml"):
        if part in parcel:
            for place, piece in enumerate(parcel.chunks(part)):
                if place == 0 and b"<!DOCTYPE" in piece[:4096]:
                    raise dtd_refused()


def _part(target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _scan(parcel: Parcel, part: str, budget: Budget) -> Marks:
    marks = Marks()
    carry = b""
    columns: set[bytes] = set()
    last_row = 0
    for place, piece in enumerate(parcel.chunks(part)):
        if place == 0 and b"<!DOCTYPE" in piece[:4096]:
            raise dtd_refused()
        block = carry + piece
        cut = max(block.rfind(b"<row "), block.rfind(b"<c "), 0)
        block, carry = (block[:cut], block[cut:]) if cut else (block, b"")
        last_row = max(last_row, _note(block, marks, columns))
    last_row = max(last_row, _note(carry, marks, columns))
    width = max((column_index(letters.decode()) + 1 for letters in columns), default=0)
    if last_row * width > CELLS:
        raise oversized()

    return marks


def _note(block: bytes, marks: Marks, columns: set[bytes]) -> int:
    """Keep the marks of a block; gives the last row that holds something in it."""
    if b't="e"' in block:
        for letters, row, text in _ERROR.findall(block):
            marks.errors[int(row), column_index(letters.decode())] = text.decode("ascii", "replace")
    if b"hidden=" in block:
        marks.hidden_rows.update(int(row) for row in _HIDDEN.findall(block))
    if b"</" not in block:
        return 0
    filled = _FILLED.findall(block)
    columns.update(letters for letters, _ in filled)
    return int(filled[-1][1]) if filled else 0
