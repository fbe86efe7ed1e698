"""How many people of each stratum are drawn. Exact fractions, never floating point."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from models.errors import UserError
from models.policies.records import Rounding

ROUNDING_NAMES: dict[Rounding, str] = {
    "ceiling": "进一",
    "half-up-min-1": "四舍五入且不少于一人",
    "largest-remainder": "最大余数",
}

ROUNDING_RULES: dict[Rounding, str] = {
    "ceiling": "每组人数乘以比例，有小数的一律进一",
    "half-up-min-1": "每组人数乘以比例，四舍五入，不足一人的抽一人",
    "largest-remainder": (
        "先把总人数乘以比例并四舍五入（至少一人），得应抽总数；各组先抽人数乘以比例的整数部分，"
        "余下的名额按小数部分由大到小各给一组，小数相同的按组名的编码次序"
    ),
}
"""The rules in plain words, as printed on a record."""


def quotas(sizes: Mapping[str, int], fraction: Fraction, rounding: Rounding) -> dict[str, int]:
    """The number to draw from each stratum.

    ``ceiling`` and ``half-up-min-1`` look at each stratum alone. ``largest-remainder`` first
    fixes the total (the share of all people, half up, at least one), gives each stratum the whole
    part of its share and hands out the rest by the largest remainder; equal remainders in code
    point order of the stratum.

    Args:
        sizes: stratum to its number of people (at least one).
        fraction: the share to draw, above 0 and at most 1.
        rounding: one of the three rules.
    """
    match rounding:
        case "ceiling":
            return {name: _ceiling(size * fraction) for name, size in sizes.items()}
        case "half-up-min-1":
            return {name: max(1, _half_up(size * fraction)) for name, size in sizes.items()}
        case "largest-remainder":
            return _largest_remainder(sizes, fraction)


def counts(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """The same number from each stratum, or all its people where they are fewer.

    Args:
        sizes: stratum to its number of people.
        count: people to draw from each, at least one.
    """
    return {name: min(count, size) for name, size in sizes.items()}


def read_count(text: str) -> int:
    """A number of people as a person types it.

    Raises:
        UserError: not a whole number above 0.
    """
    if not text.strip().isdecimal() or not int(text):
        raise UserError("exam.quota", f"每组抽取人数“{text}”不对。", "请写整数，至少为 1。")
    return int(text)


def read_fraction(text: str) -> Fraction:
    """A share as a person types it: ``0.1``, ``10%``, ``1/10``.

    Raises:
        UserError: not a share, or not above 0 and at most 1.
    """
    tidy = text.strip().replace("％", "%")
    try:
        share = Fraction(tidy[:-1]) / 100 if tidy.endswith("%") else Fraction(tidy)
    except (ValueError, ZeroDivisionError) as error:
        raise UserError(
            "exam.fraction", f"抽取比例“{text}”看不懂。", "请写成 0.1、10% 或 1/10。"
        ) from error
    if not 0 < share <= 1:
        raise UserError("exam.fraction", f"抽取比例“{text}”应大于 0、不超过 1。", "如 0.1 或 10%。")
    return share


def write_fraction(share: Fraction) -> str:
    """The share as text that ``read_fraction`` gives back: 0.1 where it ends, else 1/3."""
    rest = share.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{share.numerator}/{share.denominator}"
    return format((Decimal(share.numerator) / Decimal(share.denominator)).normalize(), "f")


def read_rounding(text: str) -> Rounding:
    """The rounding rule of that name (English or as printed).

    Raises:
        UserError: there is no such rule.
    """
    for rule in get_args(Rounding):
        if text in (rule, ROUNDING_NAMES[rule]):
            return rule
    raise UserError(
        "exam.rounding",
        f"没有“{text}”这种取整办法。",
        "可用：" + "、".join(f"{key}（{name}）" for key, name in ROUNDING_NAMES.items()) + "。",
    )


def _ceiling(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _largest_remainder(sizes: Mapping[str, int], fraction: Fraction) -> dict[str, int]:
    total = max(1, _half_up(sum(sizes.values()) * fraction))
    shares = {name: size * fraction for name, size in sizes.items()}
    given = {name: share.numerator // share.denominator for name, share in shares.items()}
    by_remainder = sorted(sizes, key=lambda name: (given[name] - shares[name], name))
    for name in by_remainder[: total - sum(given.values())]:
        given[name] += 1
    return given
