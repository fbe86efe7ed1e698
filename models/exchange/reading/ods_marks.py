"""What an .ods file says beyond its values: error cells, hidden rows, merged ranges, its size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.exchange.reading.limits import CELLS, ROW, oversized
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import Merge
from models.exchange.reading.xml_events import XmlReader

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d+")
_HIDDEN = 10_000
"""Hidden rows that are told of; a list that hides more has them at its end, empty."""


@dataclass(slots=True)
class OdsMarks:
    """The marks of one sheet; rows from 1, column indexes from 0."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    height: int = 0
    width: int = 0


@dataclass(slots=True)
class _Walk:
    """Walks the content part and keeps count of rows and columns, repeats included."""

    sheets: dict[str, OdsMarks] = field(default_factory=dict)
    _marks: OdsMarks = field(default_factory=OdsMarks)
    _row: int = 0
    _column: int = 0
    _row_repeat: int = 1
    _repeat: int = 1
    _is_error: bool = False
    _text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._marks = self.sheets.setdefault(attributes.get("name", ""), OdsMarks())
            self._row = 0
        elif name == "table-row":
            self._row_repeat = _number(attributes.get("number-rows-repeated"))
            self._row += 1
            self._column = 0
            hidden = self._marks.hidden_rows
            if attributes.get("visibility") in ("collapse", "filter") and len(hidden) < _HIDDEN:
                hidden.update(range(self._row, self._row + min(self._row_repeat, _HIDDEN)))
        elif name in ("table-cell", "covered-table-cell"):
            self._start_cell(attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._repeat = _number(attributes.get("number-columns-repeated"))
        down = _number(attributes.get("number-rows-spanned"))
        across = _number(attributes.get("number-columns-spanned"))
        if (down > 1 or across > 1) and len(self._marks.merges) < ROW:
            bottom, right = self._row + down - 1, self._column + across - 1
            self._marks.merges.append(Merge(self._row, self._column, bottom, right))
        self._is_error = attributes.get("value-type") in ("string", "error", None)
        self._text = []

    def text(self, piece: str) -> None:
        if self._text is not None:
            self._text.append(piece)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell"):
            self._end_cell("".join(self._text or ()).strip())
            self._column += self._repeat
            self._text = None
        elif name == "table-row":
            self._row += self._row_repeat - 1

    def _end_cell(self, text: str) -> None:
        if not text:
            return
        self._marks.height = max(self._marks.height, self._row + self._row_repeat - 1)
        self._marks.width = max(self._marks.width, self._column + self._repeat)
        if self._marks.height * self._marks.width > CELLS:
            raise oversized()
        if self._is_error and _ERROR.fullmatch(text):
            self._marks.errors[self._row, self._column] = text


def read_ods_marks(parcel: Parcel) -> dict[str, OdsMarks]:
    """The marks of every sheet by its name.

    Raises:
        Refusal: the content is damaged, declares a document type, or is too big.
    """
    walk = _Walk()
    XmlReader(walk.start, walk.end, walk.text).read(parcel.chunks("content.xml"))
    return walk.sheets


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 1
