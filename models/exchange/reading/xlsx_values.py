"""What the cell of an .xlsx sheet holds, by its type, its style and its stored text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from math import isfinite

from models.entities.cells import ErrorValue, Raw
from models.exchange.reading.limits import Budget
from models.exchange.reading.number_formats import Shown, from_iso, shown_number
from models.exchange.reading.xlsx_strings import cell_text

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_REMEMBERED = 50_000


class CellType(Enum):
    """The ``t`` of a cell (ECMA-376 part 1, 18.18.11)."""

    NUMBER = "n"
    SHARED = "s"
    TEXT = "str"
    INLINE = "inlineStr"
    FLAG = "b"
    ERROR = "e"
    MOMENT = "d"


@dataclass(slots=True)
class CellValues:
    """Makes raw values of stored texts; values that come again are one object.

    Attributes:
        strings: the shared texts of the workbook, None for an empty one.
        styles: what each cell style shows, by its index.
        budget: what may still be kept.
        from_1904: whether the workbook counts its days from 1904.
    """

    strings: list[str | None]
    styles: list[Shown]
    budget: Budget
    from_1904: bool = False
    _numbers: dict[tuple[str, Shown], Raw] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def shown(self, style: str | None) -> Shown:
        """What the style with this index shows; a number where there is no such style."""
        index = int(style) if style and style.isdigit() and len(style) < 8 else 0
        return self.styles[index] if index < len(self.styles) else Shown.NUMBER

    def value(self, kind: CellType, shown: Shown, stored: str) -> Raw:
        """The raw value of a cell with something in it."""
        if kind is CellType.NUMBER:
            return self.number(stored, shown)
        if kind is CellType.SHARED:
            return self.shared(stored)
        if kind is CellType.FLAG:
            return stored.strip() in ("1", "true")
        if kind is CellType.ERROR:
            return ErrorValue(stored.strip()[:20])
        if kind is CellType.MOMENT:
            return from_iso(stored) or self.text(stored)
        return self.text(stored)

    def shared(self, stored: str) -> str | None:
        """The shared text of an index; None for an empty text or an index nothing stands under."""
        try:
            index = int(stored)
        except ValueError:
            return None
        return self.strings[index] if 0 <= index < len(self.strings) else None

    def number(self, stored: str, shown: Shown) -> Raw:
        """The number, date or time of a number cell."""
        known = self._numbers.get((stored, shown))
        if known is not None:
            return known
        number = self._read_number(stored, shown)
        if len(self._numbers) < _REMEMBERED:
            self._numbers[stored, shown] = number
        return number

    def text(self, stored: str) -> str | None:
        """A text that stands in the cell itself; None where it is empty."""
        known = self._texts.get(stored)
        if known is not None:
            return known or None
        text = cell_text(stored)
        self.budget.take_text(len(text))
        if len(self._texts) < _REMEMBERED:
            self._texts[stored] = text
        return text or None

    def _read_number(self, stored: str, shown: Shown) -> Raw:
        stored = stored.strip()
        if not _NUMBER.fullmatch(stored):
            return ErrorValue("#NUM!") if stored.casefold() in ("nan", "inf") else stored or None
        number = float(stored)
        if not isfinite(number):
            return ErrorValue("#NUM!")
        return shown_number(number, shown, from_1904=self.from_1904)
