"""The sums the rules prescribe, exact throughout: hours to credits, days to hours."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from models.codes.library import CodeTables
from models.policies.records import Conversion, Day, Rules
from models.policies.wording import selection_codes

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


def conversion_of(
    rules: Rules, codes: CodeTables, mode: str | None, theme: str | None
) -> Conversion:
    """The ratio that holds for a training of that form and theme (both as codes)."""
    facts = {"mode": mode, "theme": theme}
    for rule in rules.conversions:
        for selection in rule.of:
            wanted = selection_codes(selection, codes)
            if all(facts.get(name) in known for name, known in wanted.items()):
                return rule
    return rules.conversion


def hours_for(rule: Day, days: Decimal) -> Decimal:
    """The hours of so many days of training (温州 2012: 「每天以8学时认定培训学时」)."""
    return days * rule.hours
