"""公民身份号码 after GB 11643-1999 and the 15 digits it replaced.

A right check digit says that the number was typed well, not whose it is. County codes are those of
the time of issue, so only the province is looked at, and only to warn.
"""

from __future__ import annotations

import re
from datetime import date

from models.text.unreadable import UnreadableError
from models.text.width import identifier

LENGTH = 18
OLD_LENGTH = 15
EARLIEST_BIRTH_YEAR = 1880

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_WELL_FORMED = re.compile("[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_MASKED = re.compile("[*●•#?×]|XXX")
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def from_old(digits: str) -> str:
    """The 18 characters that follow by rule from the old 15 digits: born in 19.., check added."""
    longer = f"{digits[:6]}19{digits[6:]}"
    return longer + check_digit(longer)


def tidy_id_number(text: str) -> str:
    """``text`` in half width with a capital X, without blanks, apostrophes and dashes."""
    return identifier(text).replace("-", "").upper().removesuffix(".0")


def read_id_number(text: str, today: date) -> str:
    """The valid 18 characters ``text`` means; 15 old digits are converted.

    Raises:
        UnreadableError: with a sentence on what is wrong. The number is never in it.
    """
    number = tidy_id_number(text)
    if len(number) == OLD_LENGTH and number.isdecimal():
        number = from_old(number)
    if not _WELL_FORMED.fullmatch(number):
        raise _malformed(number)
    _check_birth(number, today)
    expected = check_digit(number[:17])
    if number[17] != expected:
        raise UnreadableError("id_number.check_digit", f"身份证号第 18 位应为 {expected}，请核对")
    return number


def _malformed(number: str) -> UnreadableError:
    if _MASKED.search(number):
        return UnreadableError("id_number.masked", "身份证号有几位被星号遮住，请填写完整的号码")
    if _SCIENTIFIC.fullmatch(number):
        return UnreadableError(
            "id_number.scientific",
            "身份证号变成了科学计数，后几位已丢失，请把该列设为文本后重新填写",
        )
    if len(number) != LENGTH:
        return UnreadableError(
            "id_number.length", f"身份证号应为 18 位，现在是 {len(number)} 位，请核对"
        )
    place = next(at for at, char in enumerate(number) if not "0" <= char <= "9")
    return UnreadableError(
        "id_number.character",
        f"身份证号第 {place + 1} 位不是数字，请核对（只有第 18 位可以是 X）",
    )


def _check_birth(number: str, today: date) -> None:
    try:
        born = birth_date(number)
    except ValueError:
        shown = f"{number[6:10]} 年 {number[10:12]} 月 {number[12:14]} 日"
        raise UnreadableError(
            "id_number.date", f"身份证号里的出生日期没有这一天（{shown}），请核对"
        ) from None
    if born > today:
        raise UnreadableError("id_number.future", "身份证号里的出生日期还没有到，请核对")
    if born.year < EARLIEST_BIRTH_YEAR:
        raise UnreadableError("id_number.date", f"身份证号里的出生年是 {born.year}，请核对")


def birth_date(number: str) -> date:
    """The day of birth in 18 characters; ``ValueError`` where there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_code(number: str) -> str:
    """The sex after GB/T 2261.1: "1" (male) for an odd 17th digit, else "2" (female)."""
    return "1" if int(number[16]) % 2 else "2"


def has_known_province(number: str) -> bool:
    """Whether the first two digits are a province of GB/T 2260 (with 83: residence permits)."""
    return number[:2] in _PROVINCES
