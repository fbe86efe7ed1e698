"""Which number formats show a date or a time, and what date a serial number means.

ECMA-376 part 1: 18.8.30 (number formats) and 18.17.4.1 (dates as serial numbers).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import Enum

from models.entities.cells import Raw

EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LEAP_BUG = 60  # serial numbers below count from 1899-12-31: Lotus took 1900 for a leap year
_LAST = 2_958_466  # 10000-01-01
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_TOKEN = re.compile(r"[dmyhs]", re.IGNORECASE)
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59), *range(71, 82)))
_ELAPSED_ID = 46


class Shown(Enum):
    """What a number format makes of a number."""

    NUMBER = 0
    DATE = 1
    ELAPSED = 2


def shown_by_id(number_format: int) -> Shown:
    """What a built-in format shows; 27-36 and 50-58 are the Chinese dates of WPS and Excel."""
    if number_format == _ELAPSED_ID:
        return Shown.ELAPSED
    return Shown.DATE if number_format in _DATES else Shown.NUMBER


def shown_by_code(code: str) -> Shown:
    """What a format code such as ``yyyy"年"m"月"`` shows."""
    if code.strip().casefold() == "general":
        return Shown.NUMBER
    first = _LITERAL.sub("", code.split(";")[0])
    if _ELAPSED.search(first):
        return Shown.ELAPSED
    return Shown.DATE if _TOKEN.search(first) else Shown.NUMBER


def shown_number(number: float, shown: Shown, *, from_1904: bool = False) -> Raw:
    """The number as its format shows it: a number, a date, a moment, a time, a duration.

    A number that is no date of the spreadsheet's calendar stays a number.
    """
    if shown is Shown.NUMBER or not 0 <= number < _LAST:
        return plain_number(number)
    if shown is Shown.ELAPSED:
        return timedelta(seconds=round(number * 86_400))
    if not from_1904 and int(number) == _LEAP_BUG:
        return plain_number(number)
    epoch = EPOCH_1904 if from_1904 else EPOCH_1900
    if not from_1904 and 1 <= number < _LEAP_BUG:
        epoch += timedelta(days=1)
    moment = epoch + timedelta(seconds=round(number * 86_400))
    if 0 < number < 1:
        return moment.time()
    return moment.date() if number == int(number) else moment


def plain_number(number: float) -> Raw:
    """A whole number as ``int`` while a cell holds it exactly (15 digits); else as it is.

    A longer number has lost its last digits in the workbook already: it stays a ``float``.
    """
    if number.is_integer() and -1e15 < number < 1e15:
        return int(number)
    return number


def from_iso(text: str) -> date | datetime | None:
    """The date or moment of an ISO 8601 text, None where it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    return moment.date() if len(text.strip()) <= len("2001-01-01") else moment
