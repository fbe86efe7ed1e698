"""Chinese numerals: read from what people type, written as papers want them."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = "〇一二三四五六七八九"
_ZEROS = "○◯⭕零"
_LETTER_O = "OoОо"  # Latin and Cyrillic: typed where 〇 was not found on the keyboard
_TO_ARABIC = str.maketrans(
    _DIGITS + _ZEROS + _LETTER_O, "0123456789" + "0" * len(_ZEROS + _LETTER_O)
)
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_NUMERAL = re.compile(f"[{_DIGITS}{_ZEROS}十廿卅]")
_O_AMONG_DIGITS = re.compile(f"(?<=[0-9])[{_LETTER_O}]+(?=[0-9])")


def to_digits(text: str) -> str:
    """``text`` with Chinese numerals as digits: 二○○八年十一月 becomes 2008年11月."""
    if not _NUMERAL.search(text):
        return _O_AMONG_DIGITS.sub(lambda found: "0" * len(found[0]), text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    text = _TENS.sub(lambda found: f"{found[1] or '一'}{found[2] or '〇'}", text)
    return text.translate(_TO_ARABIC)


def number_in_chinese(number: int) -> str:
    """A number from 0 to 99 in words: 十一, 二十, 九十九.

    Raises:
        ValueError: for any other number.
    """
    if not 0 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def year_in_chinese(year: int) -> str:
    """A year digit by digit: 二〇二六."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def date_in_chinese(day: date) -> str:
    """A day as official papers write it under a seal: 二〇二六年十一月二十三日."""
    month, number = number_in_chinese(day.month), number_in_chinese(day.day)
    return f"{year_in_chinese(day.year)}年{month}月{number}日"


def date_on_paper(day: date) -> str:
    """A day in Arabic numerals, without leading zeros (GB/T 9704-2012): 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
