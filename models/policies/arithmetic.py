"""The sums the rules prescribe, exact throughout: hours to credits, days to hours."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from models.policies.records import Conversion, Day

_HUNDREDTH = Decimal("0.01")


def exact_credits(rule: Conversion, hours: Decimal) -> Fraction:
    """The credits of so many hours without any rounding."""
    return Fraction(hours) * Fraction(rule.credits) / Fraction(rule.hours)


def credits_for(rule: Conversion, hours: Decimal) -> Decimal:
    """The credits of one entry, to two places by the rule's own rounding.

    At 10 to 1 nothing is ever rounded: 15 hours are 1.5 credits (桦甸 2009:
    「考试合格者按15学时、1.5学分记入教师继续教育证书」).
    """
    hundredths = exact_credits(rule, hours) * 100
    whole = hundredths.numerator // hundredths.denominator
    if rule.rounding == "half-up" and (hundredths - whole) * 2 >= 1:
        whole += 1
    return Decimal(whole) * _HUNDREDTH


def hours_for(rule: Day, days: Decimal) -> Decimal:
    """The hours of so many days of training (温州 2012: 「每天以8学时认定培训学时」)."""
    return days * rule.hours
