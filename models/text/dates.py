"""Dates as people write them and spreadsheets keep them, read without guessing.

What is missing stays missing: a month without its day is a partial date, a year of two digits has
no century until somebody who knows more (an ID number, a working age) supplies it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.text.numerals import to_digits
from models.text.unreadable import UnreadableError
from models.text.width import identifier, to_half

_EPOCH = date(1899, 12, 30)
_SERIALS = range(7306, 73051)  # 1920-01-01 … 2099-12-31 as a spreadsheet counts days
_YEARS = range(1850, 2200)
_SEPARATOR = r"[-/.,、·_\\年]"
_FULL = re.compile(
    rf"(\d{{4}}|\d{{2}}){_SEPARATOR}{{1,2}}(\d{{1,2}})[-/.,、·_\\月](\d{{1,2}})[日号]?\.?"
)
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}{{1,2}}(\d{{1,2}})月?(?:份)?\.?")
_YEAR = re.compile(r"(\d{4})年?(?:度)?")
_COMPACT = re.compile(r"(18\d\d|19\d\d|20\d\d)(\d\d)(\d\d)?|(\d\d)(\d\d)(\d\d)")
_REMARK = re.compile(r"\([^()]*\)$")
_TIME = re.compile(r"[T ]\s*\d{1,2}[:：时]\d{1,2}.*$")
_TAIL = re.compile(r"(?:至今|以来|起|参加工作|工作|出生|生|至|[-—~]+)$")
_BLANK_AMONG_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_WHOLE_NUMBER = re.compile(r"(\d{5,8})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    Attributes:
        year: all four digits, or the last two where ``century_known`` is False.
        month: 1 to 12, or None.
        day: day of the month, or None.
        century_known: whether ``year`` is the whole year.
    """

    year: int
    month: int | None = None
    day: int | None = None
    century_known: bool = True

    @property
    def is_full(self) -> bool:
        """Whether century, month and day are all there."""
        return self.century_known and self.month is not None and self.day is not None

    @property
    def has_month(self) -> bool:
        """Whether century and month are there."""
        return self.century_known and self.month is not None

    @property
    def text(self) -> str:
        """ISO text as far as it is known: 2008, 2008-08 or 2008-08-01."""
        parts = (f"{self.year:04d}", self.month, self.day)
        return "-".join(p if isinstance(p, str) else f"{p:02d}" for p in parts if p is not None)

    @property
    def month_text(self) -> str:
        """YYYY-MM; ask ``has_month`` first."""
        return f"{self.year:04d}-{self.month:02d}"

    def as_date(self) -> date:
        """The day itself; ask ``is_full`` first."""
        return date(self.year, self.month or 1, self.day or 1)

    def agrees_with(self, day: date) -> bool:
        """Whether ``day`` may be meant: every part that is known is the same."""
        same_year = self.year == (day.year if self.century_known else day.year % 100)
        return same_year and self.month in (None, day.month) and self.day in (None, day.day)

    def in_century(self, century: int) -> PartialDate:
        """The same date with the years of two digits counted from ``century`` (1900, 2000)."""
        return (
            self if self.century_known else PartialDate(century + self.year, self.month, self.day)
        )


class AmbiguousDateError(UnreadableError):
    """A date with two meanings; ``choices`` holds both."""

    def __init__(self, message: str, choices: tuple[PartialDate, ...]) -> None:
        super().__init__("date.ambiguous", message)
        self.choices = choices


def read_date(raw: str | float | date) -> PartialDate:
    """The date ``raw`` says, as far as it says one.

    Raises:
        AmbiguousDateError: a number cell such as 2008.1, January or October with its zero lost.
        UnreadableError: no date, or a day that does not exist.
    """
    if isinstance(raw, datetime):
        return PartialDate(raw.year, raw.month, raw.day)
    if isinstance(raw, date):
        return PartialDate(raw.year, raw.month, raw.day)
    if isinstance(raw, (int, float)):
        return _of_number(raw)
    return _of_text(raw)


def _unreadable() -> UnreadableError:
    return UnreadableError("date.unreadable", "看不出日期，请按 2008-08-01 的样子填写")


def _made(year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    """Check the parts against the calendar (a leap year where the century is not known)."""
    whole = int(year)
    known = len(year) == 4
    if known and whole not in _YEARS:
        raise _unreadable()
    try:
        date(whole if known else 2000, int(month or 1), int(day or 1))
    except ValueError:
        raise UnreadableError("date.impossible", "没有这一天，请核对") from None
    return PartialDate(whole, int(month) if month else None, int(day) if day else None, known)


def _of_number(number: float) -> PartialDate:
    if number != number or not 0 < number < 1e9:
        raise _unreadable()
    if int(number) in _SERIALS:
        return _of_serial(int(number))
    if int(number) == number:
        return _of_digits(str(int(number)))
    year, _, fraction = format(number, ".10g").partition(".")
    if len(fraction) > 2 or len(year) not in (2, 4):
        raise _unreadable()
    if fraction == "1":
        choices = (_made(year, "1"), _made(year, "10"))
        raise AmbiguousDateError(
            f"是数字单元格，分不清是 1 月还是 10 月，请设为文本后写成 {year}-01 或 {year}-10",
            choices,
        )
    return _made(year, fraction)


def _of_serial(serial: int) -> PartialDate:
    day = _EPOCH + timedelta(days=serial)
    return PartialDate(day.year, day.month, day.day)


def _of_digits(digits: str) -> PartialDate:
    if len(digits) == 5 and digits.isdecimal() and int(digits) in _SERIALS:
        return _of_serial(int(digits))
    compact = _COMPACT.fullmatch(digits)
    if compact:
        return _made(*(part for part in compact.groups() if part))
    year = _YEAR.fullmatch(digits)
    if year:
        return _made(year[1])
    raise _unreadable()


def _of_text(text: str) -> PartialDate:
    spaced = _BLANK_AMONG_DIGITS.sub("-", _TIME.sub("", to_half(text).strip()))
    plain = _TAIL.sub("", to_digits(_REMARK.sub("", identifier(spaced))))
    full = _FULL.fullmatch(plain)
    if full:
        return _made(full[1], full[2], full[3])
    month = _MONTH.fullmatch(plain)
    if month:
        return _made(month[1], month[2])
    whole = _WHOLE_NUMBER.fullmatch(plain)
    return _of_digits(whole[1] if whole else plain.rstrip("年度"))
