"""Amounts as people type them: 15, １５, 15学时, 1,200, 1.5分."""

from __future__ import annotations

import re
from decimal import Decimal

from models.text.numerals import to_digits
from models.text.unreadable import UnreadableError
from models.text.width import identifier

_AMOUNT = re.compile(
    r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?"
    r"个?(?:学时|课时|学分|小时|周年|多年|[分时节年岁个人天元])?"
)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}")


def read_decimal(raw: str | float) -> Decimal:
    """The exact amount ``raw`` says, without its unit.

    A number cell is taken at the fifteen digits it can hold surely, so that 2.4 is 2.4.

    Raises:
        UnreadableError: when there is no one amount in it.
    """
    if isinstance(raw, (int, float)):
        return _of_cell(raw)
    text = to_digits(identifier(raw))
    if _EXPONENT.fullmatch(text):
        return Decimal(text)
    found = _AMOUNT.fullmatch(text)
    if found is None or not (found[2] or found[3]) or "多" in text:
        raise UnreadableError("number.unreadable", "看不出是多少，请只填数字")
    return Decimal(f"{found[1]}{(found[2] or '0').replace(',', '')}{found[3] or ''}")


def _of_cell(number: float) -> Decimal:
    amount = Decimal(format(number, ".15g"))
    if not amount.is_finite():
        raise UnreadableError("number.unreadable", "看不出是多少，请只填数字")
    return amount


def plain(amount: Decimal) -> str:
    """``amount`` as people write it: no exponent, no needless zeros (15, 1.5)."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits_of(number: float) -> str:
    """A whole number of a cell as its digits: 15020363047.0 is "15020363047".

    Raises:
        UnreadableError: when it is not whole or too long to be held exactly.
    """
    if number != number or abs(number) >= 1e15 or int(number) != number:
        raise UnreadableError("number.damaged", "被 Excel 转成数字，已不完整，请设为文本后重新填写")
    return str(int(number))


def whole_or_fraction(amount: Decimal) -> Decimal:
    """``amount`` without an exponent and without needless zeros: 80, not 8E+1."""
    return Decimal(plain(amount))
