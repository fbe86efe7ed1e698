"""The rows of a worksheet part as pieces of its own text, so that all else stays as is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.exchange.reading.sheets import column_index, column_letter

_DATA = re.compile(
    r"<(?P<mark>(?:\w+:)?)sheetData\s*(?:/>|>(?P<rows>.*?)</(?P=mark)sheetData\s*>)", re.DOTALL
)
_ROW = re.compile(
    r"<(?:\w+:)?row\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?:/>|>(?P<cells>.*?)</(?:\w+:)?row\s*>)",
    re.DOTALL,
)
_CELL = re.compile(
    r"<(?:\w+:)?c\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?:/>|>(?P<content>.*?)</(?:\w+:)?c\s*>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LETTERS = re.compile("[A-Z]+")
_FORMULA = re.compile(r"<(?:\w+:)?f\b")
_LEFT_OUT = frozenset({"r", "spans"})


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """A cell of the empty workbook: its style, what it holds, and its own text."""

    style: str
    content: str
    text: str

    @property
    def computed(self) -> bool:
        """Whether it holds a formula."""
        return bool(_FORMULA.search(self.content))


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A row of the empty workbook: the attributes of its element, and its cells by column."""

    attributes: str
    cells: dict[int, TemplateCell]


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A worksheet part cut into what stands before its rows, the rows, and what stands behind.

    Attributes:
        before, after: its text around the rows, the element ``sheetData`` left out.
        mark: the prefix of its elements with the colon; "" for none.
        rows: by number, ascending.
    """

    before: str
    after: str
    mark: str
    rows: dict[int, TemplateRow]


def read_rows(text: str) -> TemplateSheet | None:
    """The sheet in pieces; None where it has no rows' element at all."""
    found = _DATA.search(text)
    if found is None:
        return None
    rows: dict[int, TemplateRow] = {}
    number = 0
    for row in _ROW.finditer(found["rows"] or ""):
        attributes = _attributes(row["attributes"])
        number = int(attributes.get("r", number + 1))
        kept = "".join(
            f' {name}="{value}"' for name, value in attributes.items() if name not in _LEFT_OUT
        )
        rows[number] = TemplateRow(kept, dict(_cells(row["cells"] or "", number)))
    return TemplateSheet(
        text[: found.start()], text[found.end() :], found["mark"], dict(sorted(rows.items()))
    )


def _cells(text: str, number: int) -> Iterator[tuple[int, TemplateCell]]:
    column = -1
    for cell in _CELL.finditer(text):
        attributes = _attributes(cell["attributes"])
        place = _LETTERS.match(attributes.get("r", ""))
        column = column_index(place[0]) if place else column + 1
        whole = cell[0]
        if place is None:  # some programs leave the place out where it is the next one
            head = whole.index("c") + 1
            whole = f'{whole[:head]} r="{column_letter(column)}{number}"{whole[head:]}'
        yield column, TemplateCell(attributes.get("s", ""), cell["content"] or "", whole)


def _attributes(text: str) -> dict[str, str]:
    return {
        name: double if double or not single else single
        for name, double, single in _ATTRIBUTE.findall(text)
    }
