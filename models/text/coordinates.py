"""Geographical degrees as people write them: 126.745, 东经126.745°, 126°44′43″, 126度44分."""

from __future__ import annotations

import re
from decimal import Decimal

from models.text.numbers import read_decimal
from models.text.unreadable import UnreadableError
from models.text.width import identifier

_PLACES = Decimal("0.000001")
_SIXTY = 60
_SIDES = re.compile(r"^(?:东经|北纬|[EN])|[EN]$", re.IGNORECASE)
_PARTS = re.compile(
    r"(\d{1,3}(?:\.\d+)?)[°度]"
    r"(?:(\d{1,2}(?:\.\d+)?)[′'’分])?"
    r"(?:(\d{1,2}(?:\.\d+)?)[″\"”秒])?"
)


def read_degrees(raw: str | float) -> Decimal:
    """The degrees that ``raw`` says, at six places: a tenth of a metre.

    Raises:
        UnreadableError: when there are none in it.
    """
    if not isinstance(raw, str):
        return read_decimal(raw).quantize(_PLACES)
    text = _SIDES.sub("", identifier(raw))
    found = _PARTS.fullmatch(text)
    if found is None:
        try:
            return read_decimal(text).quantize(_PLACES)
        except UnreadableError as error:
            told = "看不出是多少度，请写成度，如 126.745312"
            raise UnreadableError("coordinate.unreadable", told) from error
    degrees, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    if minutes >= _SIXTY or seconds >= _SIXTY:
        raise UnreadableError("coordinate.unreadable", "的分或秒不小于 60，请核对")
    return (degrees + minutes / _SIXTY + seconds / _SIXTY**2).quantize(_PLACES)
