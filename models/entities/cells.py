"""A raw cell as a workbook, a form or the clipboard hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error value of a spreadsheet, such as ``#N/A``."""

    text: str


Raw = str | int | float | bool | datetime | date | time | timedelta | ErrorValue | None
