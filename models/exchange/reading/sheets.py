"""The sheets of a workbook as raw cells under the spreadsheet's own row and column numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from models.entities.cells import Raw
from models.exchange.reading.limits import COLUMN, MERGED, ROW, Budget, oversized


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: first and last row from 1, first and last column index from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the one table of a CSV file.

    Only rows that hold something are kept. A row is a tuple that begins with column A and ends
    with its last cell that holds something; a blank cell is None. A value merged over several
    rows stands in the first column of every row of the merge.

    Attributes:
        name: the sheet's name; None for CSV files and web tables.
        hidden: whether the sheet is hidden.
        numbers: the spreadsheet's own row numbers, from 1, ascending.
        rows: the cells of these rows.
        merges: the merged ranges.
        hidden_rows: numbers of rows that are hidden or filtered away.
        notes: what a person should know of the reading, as Chinese sentences.
    """

    name: str | None
    hidden: bool = False
    numbers: Sequence[int] = ()
    rows: Sequence[tuple[Raw, ...]] = ()
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    def numbered(self) -> Iterator[tuple[int, tuple[Raw, ...]]]:
        """Row number and cells of every row that holds something."""
        return zip(self.numbers, self.rows, strict=True)

    def row(self, number: int) -> tuple[Raw, ...]:
        """The cells of a row by its number; empty where the row is blank."""
        place = bisect_left(self.numbers, number)
        if place < len(self.numbers) and self.numbers[place] == number:
            return self.rows[place]
        return ()

    def cell(self, number: int, column: int) -> Raw:
        """The cell at a row number and a column number, both from 1."""
        cells = self.row(number)
        return cells[column - 1] if 0 < column <= len(cells) else None


@cache
def column_letter(index: int) -> str:
    """The letter of a column by its index from 0: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index from 0 of a column by its letters: A gives 0, AA gives 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


@dataclass(slots=True)
class SheetBuilder:
    """Collects the rows of one sheet within the budget of its file."""

    name: str | None
    budget: Budget
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    _merges: list[Merge] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    _rows: list[tuple[Raw, ...]] = field(default_factory=list)
    _ascending: bool = True

    def add_row(self, number: int, cells: list[Raw]) -> None:
        """Keep a row; trailing blank cells are dropped, a blank row is not kept."""
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            return
        if not 0 < number <= ROW or len(cells) > COLUMN:
            raise oversized("的表格超出了电子表格的最大行列数。")
        self.budget.take_cells(len(cells))
        if self._numbers and number <= self._numbers[-1]:
            self._ascending = False
        self._numbers.append(number)
        self._rows.append(tuple(cells))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note a merged range; rows from 1, column indexes from 0, all inclusive."""
        if bottom > top or right > left:
            self.budget.take_cells(1)
            self._merges.append(Merge(top, left, bottom, right))

    def finish(self) -> Sheet:
        """The sheet with its merged values filled down."""
        if not self._ascending:
            self._put_in_order()
        self._fill_merges()
        return Sheet(
            name=self.name,
            hidden=self.hidden,
            numbers=self._numbers,
            rows=self._rows,
            merges=tuple(self._merges),
            hidden_rows=frozenset(self.hidden_rows),
            notes=tuple(self.notes),
        )

    def _put_in_order(self) -> None:
        """Sort the rows; of two rows with one number the later cells win."""
        found: dict[int, tuple[Raw, ...]] = {}
        for number, cells in zip(self._numbers, self._rows, strict=True):
            found[number] = _laid_over(found[number], cells) if number in found else cells
        self._numbers = sorted(found)
        self._rows = [found[number] for number in self._numbers]

    def _fill_merges(self) -> None:
        left = MERGED
        for merge in self._merges:
            if merge.bottom == merge.top:
                continue
            start = bisect_left(self._numbers, merge.top)
            if start == len(self._numbers) or self._numbers[start] != merge.top:
                continue
            anchor = self._rows[start]
            value = anchor[merge.left] if merge.left < len(anchor) else None
            if value is None:
                continue
            end = bisect_left(self._numbers, merge.bottom + 1)
            for place in range(start + 1, end):
                left -= 1 + (merge.left + len(self._rows[place])) // 64
                self._rows[place] = _with_cell(self._rows[place], merge.left, value)
            if left < 0:
                self.notes.append("合并单元格过多，后面的合并区域没有展开。")
                return


def _laid_over(below: tuple[Raw, ...], above: tuple[Raw, ...]) -> tuple[Raw, ...]:
    width = max(len(below), len(above))
    pairs = zip(
        below + (None,) * (width - len(below)), above + (None,) * (width - len(above)), strict=True
    )
    return tuple(old if new is None else new for old, new in pairs)


def _with_cell(cells: tuple[Raw, ...], index: int, value: Raw) -> tuple[Raw, ...]:
    if index < len(cells):
        return cells if cells[index] is not None else (*cells[:index], value, *cells[index + 1 :])
    return (*cells, *(None,) * (index - len(cells)), value)
