"""What a raw cell says, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from models.entities.cells import ErrorValue, Raw
from models.text import numbers
from models.text.unreadable import UnreadableError
from models.text.width import without_blanks

_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
    | {"#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#BUSY!"}
)
_NOTHING = frozenset(
    {"-", "--", "---", "—", "——", "–", "―", "/", "//", "\\", "、", ".", "。", "…", "……"}
    | {"无", "空", "暂无", "没有", "未填", "n/a", "na", "none", "null"}
)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value that is kept although a person should look at it."""

    value: Any
    code: str
    message: str


def as_text(raw: Raw) -> str:
    """A cell as the text a person sees in it: no ".0", no time of midnight."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, (int, float)):
        return number_as_text(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    if isinstance(raw, (date, time)):
        return raw.isoformat()
    if isinstance(raw, timedelta):
        return str(raw)
    return raw.text if isinstance(raw, ErrorValue) else ""


def number_as_text(number: float) -> str:
    """A number cell as people write the number: no exponent, no ".0"."""
    try:
        return numbers.plain(numbers.read_decimal(number))
    except UnreadableError:
        return str(number)


def or_number(raw: Raw) -> str | float:
    """A cell that should hold an amount: a number as it is, everything else as text."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return raw
    return as_text(raw)


def or_date(raw: Raw) -> str | float | date:
    """A cell that should hold a date: a date or number as it is, everything else as text."""
    return raw if isinstance(raw, date) else or_number(raw)


def is_blank(raw: Raw) -> bool:
    """Whether the cell is empty or holds nothing but blanks."""
    return raw is None or (isinstance(raw, str) and not without_blanks(raw))


def means_nothing(raw: Raw) -> bool:
    """Whether the cell only says that there is nothing to say: 无, -, /."""
    return isinstance(raw, str) and without_blanks(raw).casefold() in _NOTHING


def spreadsheet_error(raw: Raw) -> str:
    """The error value a spreadsheet left in the cell, also as plain text; "" for none."""
    if isinstance(raw, ErrorValue):
        return raw.text
    if isinstance(raw, str) and raw.startswith("#"):
        written = raw.strip().upper()
        return written if written in _ERRORS else ""
    return ""
