"""Start and end written in one cell: 2023.10.2-10.5, 2023-10-02至2023-10-05."""

from __future__ import annotations

import re
from datetime import date

from models.text.dates import PartialDate, read_date
from models.text.numerals import to_digits
from models.text.unreadable import UnreadableError
from models.text.width import identifier, to_half

_STRONG = re.compile(r"至|到|~|～|—+|–+|―+|─+|--+|→")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_DAY = re.compile(r"(\d{1,2})[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")


def read_period(raw: str | float | date) -> tuple[PartialDate, PartialDate]:
    """First and last day of ``raw``; what the end leaves out (year, month) it takes from the start.

    A single day is a period of one day. An end before its start is given back as it is.

    Raises:
        UnreadableError: when no two dates can be read.
    """
    if not isinstance(raw, str):
        only = read_date(raw)
        return only, only
    text = to_digits(identifier(to_half(_REMARK.sub("", raw))))
    readings = [period for first, last in _halves(text) if (period := _read_halves(first, last))]
    for period in sorted(readings, key=lambda period: not period[0].is_full):
        return period
    raise UnreadableError(
        "period.unreadable", "看不出起止日期，请按 2023-10-02至2023-10-05 的样子填写"
    )


def _halves(text: str) -> list[tuple[str, str]]:
    """Every way to take ``text`` apart that makes sense, the surest first."""
    strong = _STRONG.split(text)
    if len(strong) == 2:
        return [(strong[0], strong[1])]
    if len(strong) > 2:
        return []
    dashes = [place for place, char in enumerate(text) if char == "-"]
    parted = [(text[:at], text[at + 1 :]) for at in reversed(dashes)]
    # Halves of one length are two whole dates; the others have a shortened end; else one day.
    return [*sorted(parted, key=lambda halves: abs(len(halves[0]) - len(halves[1]))), (text, text)]


def _read_halves(first: str, last: str) -> tuple[PartialDate, PartialDate] | None:
    try:
        start = read_date(first)
    except UnreadableError:
        return None
    end = _read_end(last, start)
    whole = start.century_known and start.month is not None
    return (start, end) if end is not None and whole else None


def _read_end(text: str, start: PartialDate) -> PartialDate | None:
    month_day, day = _MONTH_DAY.fullmatch(text), _DAY.fullmatch(text)
    try:
        if month_day:
            return _later(start, int(month_day[1]), int(month_day[2]))
        if day and start.day is not None:
            return _later(start, start.month or 1, int(day[1]))
        end = read_date(text)
    except UnreadableError:
        return None
    return end if end.century_known and end.month is not None else None


def _later(start: PartialDate, month: int, day: int) -> PartialDate | None:
    """The day in the year of ``start``, or in the next where the year has turned meanwhile."""
    turned = month < (start.month or 1) and start.month == 12 and month <= 2
    year = start.year + 1 if turned else start.year
    try:
        date(year, month, day)
    except ValueError:
        return None
    return PartialDate(year, month, day)
