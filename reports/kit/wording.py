"""How papers write names and dates."""

from __future__ import annotations

from datetime import date

IDEOGRAPHIC_SPACE = "\u3000"
NUMERALS = "〇一二三四五六七八九"
TEN = 10


def padded_name(name: str) -> str:
    """A name as it stands in a list: two characters are set as wide as three.

    >>> padded_name("张三")
    '张\u3000三'
    """
    return f"{name[0]}{IDEOGRAPHIC_SPACE}{name[1]}" if _is_short(name) else name


def _is_short(name: str) -> bool:
    return len(name) == 2 and all(char > "\u2e7f" for char in name)


def plain_date(day: str) -> str:
    """``2026-07-01`` as ``2026年7月1日``, ``2026-07`` as ``2026年7月``; other text unchanged."""
    found = _parts(day)
    if found is None:
        return day
    year, month, *rest = found
    return f"{year}年{month}月" + "".join(f"{number}日" for number in rest)


def formal_date(day: str) -> str:
    """``2026-07-21`` as ``二〇二六年七月二十一日``, the way certificates are dated."""
    found = _parts(day)
    if found is None:
        return day
    year, month, *rest = found
    spelled = "".join(NUMERALS[int(digit)] for digit in str(year))
    return f"{spelled}年{_spoken(month)}月" + "".join(f"{_spoken(number)}日" for number in rest)


def _spoken(number: int) -> str:
    """A number below 100 as it is read: 21 is 二十一."""
    tens, ones = divmod(number, TEN)
    head = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return head + (NUMERALS[ones] if ones else "")


def _parts(day: str) -> list[int] | None:
    """Year, month and (if given) day of an ISO date or month; None for anything else."""
    full = f"{day}-01" if day.count("-") == 1 else day
    try:
        date.fromisoformat(full)
    except ValueError:
        return None
    return [int(part) for part in day.split("-")]
