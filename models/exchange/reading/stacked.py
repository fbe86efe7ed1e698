"""Tables of several schools below each other on one sheet, each under its own title and header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.entities.cells import Raw
from models.exchange.reading.sheets import Sheet
from models.text.tidy import key

_SHORTEST_TITLE = 5
_SCHOOL = re.compile(r"(?:中学|小学|学校|幼儿园|中心校|[\d一二三四五六七八九十]中|\w小)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sheet with one table: its rows only, and the numbers of its header rows."""

    sheet: Sheet
    header_rows: tuple[int, ...]


def stacked_parts(sheet: Sheet, header_rows: Sequence[int], texts: Sequence[str]) -> list[Part]:
    """The sheet cut before each title that stands above the header words once more.

    A header that comes again without a title, as at the top of a printed page, cuts nothing.

    Args:
        sheet: the sheet.
        header_rows: the numbers of the first header's rows.
        texts: its words by column.
    """
    heads = [key(text) for text in texts]
    cuts = [(0, tuple(header_rows)), *_cuts(sheet, header_rows, heads)]
    ends = [start for start, _ in cuts[1:]] + [len(sheet.numbers)]
    parts: list[Part] = []
    for (start, rows), end in zip(cuts, ends, strict=True):
        own = replace(sheet, numbers=sheet.numbers[start:end], rows=sheet.rows[start:end])
        parts.append(Part(replace(own, notes=()) if parts else own, rows))
    return parts


def _cuts(
    sheet: Sheet, header_rows: Sequence[int], heads: Sequence[str]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Place of the first title and numbers of the header rows of every later table."""
    height = len(header_rows)
    for place, cells in enumerate(sheet.rows):
        if sheet.numbers[place] <= header_rows[-1] or not _stands_again(cells, heads):
            continue
        top = place - height + 1
        first = top
        while sheet.numbers[first - 1] > header_rows[-1] and _is_title(sheet.rows[first - 1]):
            first -= 1
        if first < top:
            yield first, tuple(sheet.numbers[top : place + 1])


def _stands_again(cells: Sequence[Raw], heads: Sequence[str]) -> bool:
    """Whether a row has the header's words, every one that it has in its own column."""
    first = next((column for column, head in enumerate(heads) if head), None)
    if first is None or first >= len(cells) or key(str(cells[first] or "")) != heads[first]:
        return False
    words = [(column, head) for column, head in enumerate(heads) if head and column < len(cells)]
    same = sum(1 for column, head in words if key(str(cells[column] or "")) == head)
    return same >= 2 and same * 2 > len(words)


def _is_title(cells: Sequence[Raw]) -> bool:
    """Whether a row has one text alone that is no lonely name of a person."""
    filled = [cell for cell in cells if cell is not None]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return False
    text = key(filled[0])
    return len(text) >= _SHORTEST_TITLE or _SCHOOL.search(text) is not None
