"""How papers write the dates that rows store as ISO text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.text.names import pad_name
from models.text.numerals import (
    date_in_chinese,
    date_on_paper,
    number_in_chinese,
    year_in_chinese,
)
from reports.kit.paper import BASIC

MONTH_LENGTH = len("2026-07")


def plain_date(day: str) -> str:
    """``2026-07-01`` as ``2026年7月1日``, ``2026-07`` as ``2026年7月``; other text unchanged."""
    found = _parsed(day)
    if found is None:
        return day
    return f"{found.year}年{found.month}月" if _is_month(day) else date_on_paper(found)


def formal_date(day: str) -> str:
    """``2026-07-21`` as ``二〇二六年七月二十一日``, the way certificates are dated."""
    found = _parsed(day)
    if found is None:
        return day
    if _is_month(day):
        return f"{year_in_chinese(found.year)}年{number_in_chinese(found.month)}月"
    return date_in_chinese(found)


def span(first_day: str, last_day: str) -> str:
    """``2025.03.01—03.05`` of two ISO days, as far as they are known."""
    first, last = first_day.replace("-", "."), last_day.replace("-", ".")
    if not first or not last or first == last:
        return first or last
    return f"{first}—{last[5:] if first[:4] == last[:4] else last}"


def years(first: int, last: int) -> str:
    """``2021—2025 年``, or ``2025 年`` of a single one."""
    return f"{first} 年" if first == last else f"{first}—{last} 年"


def percent(part: int, whole: int) -> str:
    """``3`` of ``4`` as ``75.0%``, never rounded up to 100; ``—`` of nothing."""
    if not whole:
        return "—"
    tenths = (part * 2000 // whole + 1) // 2
    return f"{(min(tenths, 999) if part < whole else tenths) / 10:.1f}%"


MILLION = 10**6


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """A part of a whole as a number for a spreadsheet, fine enough to be rounded once more."""
    return (Decimal(part) / whole).quantize(Decimal(1) / MILLION) if whole else None


def share_in_words(value: Decimal) -> str:
    """Such a share as ``percent`` writes it."""
    return percent(int(value * MILLION), MILLION)


def _is_month(day: str) -> bool:
    return len(day) == MONTH_LENGTH


def _parsed(day: str) -> date | None:
    """The day, or the first of the month; None for text that is neither."""
    try:
        return date.fromisoformat(f"{day}-01" if _is_month(day) else day)
    except ValueError:
        return None


def aligned_name(name: str) -> str:
    """The name as papers align it: two characters are set as wide as three.

    One of two characters that no reader but a few finds again in a spaced word stays as it is: a
    name that can be searched is worth more than one that lines up.
    """
    return pad_name(name) if name and min(name) <= BASIC else name
