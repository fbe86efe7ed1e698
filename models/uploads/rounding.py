"""Amounts of two decimal places against columns that take whole numbers; nothing is lost unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Collected:
    """What a collecting column sends of one amount.

    Attributes:
        whole: what goes into the cell.
        rest: what of this amount is kept for later, in hundredths: negative where earlier rests
            made it more than the amount itself.
    """

    whole: int
    rest: int


def is_whole(amount: Decimal) -> bool:
    """Whether nothing is lost by writing it as a whole number."""
    return amount == amount.to_integral_value()


def nearest(amount: Decimal) -> int:
    """The nearest whole number, halves away from zero, as people round."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def collect(amounts: Iterable[int], held: int = 0) -> list[Collected]:
    """What to send of one person's amounts, one after the other.

    What was sent so far is always the whole part of what there was so far, so that the sum sent
    never exceeds the sum there is and falls short of it by less than one.

    Args:
        amounts: in hundredths, none negative, in their order.
        held: what earlier uploads kept, in hundredths.
    """
    found: list[Collected] = []
    for amount in amounts:
        whole, left = divmod(held + amount, HUNDRED)
        found.append(Collected(whole, left - held))
        held = left
    return found
