"""The cells of a sent row as text in the file: exact, and the same text for the same cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from models.text.numbers import plain
from models.uploads.forms import Form
from models.uploads.translating import Cell, normal

_AMOUNT = "n"
_BETWEEN = "\x1f"


def packed(cells: Sequence[Cell]) -> str:
    """The cells as JSON; a decimal becomes ``{"n": "1.5"}``."""
    said = [{_AMOUNT: plain(one)} if isinstance(one, Decimal) else one for one in cells]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Cell, ...]:
    """The cells of a text that ``packed`` made."""
    said: list[str | int | dict[str, str] | None] = json.loads(text)
    return tuple(Decimal(one[_AMOUNT]) if isinstance(one, dict) else one for one in said)


def row_key(form: Form, cells: Sequence[Cell]) -> str:
    """What tells a row from all others of the form, as both sides write it; "" for no key."""
    places = {one.key: place for place, one in enumerate(form.columns)}
    said = [normal(form.column(name), cells[places[name]]) for name in form.key]
    return _BETWEEN.join(said) if any(said) else ""
