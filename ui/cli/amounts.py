"""Exact amounts as other programs read them."""

from __future__ import annotations

from decimal import Decimal


def number(amount: Decimal | None) -> int | float | None:
    """An amount as a JSON number: whole ones as integers; at most two decimal places are left."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
