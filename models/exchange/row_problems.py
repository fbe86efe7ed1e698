"""A problem of one row of a workbook, placed where its sender will look for it."""

from __future__ import annotations

from dataclasses import dataclass

from models.entities.problems import Severity


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands in its file."""

    sheet: str | None
    row: int

    def seen_from(self, other: RowPlace) -> str:
        """The row as a sentence about another row names it: with its sheet if that differs."""
        if self.sheet == other.sheet:
            return f"第 {self.row} 行"
        return f"工作表“{self.sheet}”第 {self.row} 行"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to tell about one row, or about one cell of it.

    Attributes:
        sheet: the sheet's name; None for CSV files and web tables.
        row: the spreadsheet's own row number, from 1; in a CSV file the record number.
        column: the column's letter; None where the whole row is meant.
        value: the cell as it was, as text ("" where there was none).
        severity: what it does to the row.
        code: a stable name such as ``"id_number.check_digit"``.
        message: one Chinese sentence: what is wrong and what to do.
    """

    sheet: str | None
    row: int
    column: str | None
    value: str
    severity: Severity
    code: str
    message: str
