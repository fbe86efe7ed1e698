"""Telephone numbers, several of them in one cell, and their masked form."""

from __future__ import annotations

import re

from models.text.numbers import digits_of
from models.text.unreadable import UnreadableError
from models.text.width import to_half, without_blanks

_MOBILE = re.compile(r"(?:\+?0{0,2}86-?)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"\(?(0\d{2,3})?\)?-?(\d{7,8})(?:[-转#*]+(\d{1,6}))?")
_SEPARATORS = re.compile(r"[、,;/|\\\n]|(?<=\d{7}) +(?=[01]\d{2,})|或")
_TAIL = re.compile(r"(?<=\d)\.0+$")


def read_phone(raw: str | float) -> str:
    """The number as it is dialled; several of one cell joined by 、.

    Mobile numbers lose blanks and dashes, others are written 0432-66223344 or 66223344-801.

    Raises:
        UnreadableError: when a part of it is no telephone number.
    """
    text = raw if isinstance(raw, str) else digits_of(raw)
    parts = [_one(part) for part in _SEPARATORS.split(to_half(text).strip()) if part.strip()]
    if not parts:
        raise UnreadableError("phone.unreadable", _complaint(""))
    return "、".join(dict.fromkeys(parts))


def _one(text: str) -> str:
    number = _TAIL.sub("", without_blanks(text).strip("'`"))
    squeezed = number.replace("-", "")
    mobile = _MOBILE.fullmatch(squeezed)
    if mobile:
        return mobile[1]
    landline = _LANDLINE.fullmatch(number)
    if landline is None:
        raise UnreadableError("phone.unreadable", _complaint(squeezed))
    return "-".join(part for part in landline.groups() if part)


def _complaint(digits: str) -> str:
    if re.search(r"\d[eE]\+?\d", digits):
        return "被 Excel 转成了科学计数，已不完整，请把该列设为文本后重新填写"
    if digits.isdigit() and digits.startswith("1"):
        return f"是 {len(digits)} 位，手机号应为 11 位，请核对"
    return "不是电话号码，请核对"
