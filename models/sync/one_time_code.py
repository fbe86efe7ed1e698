"""The code of an enrolment file: 24 digits on paper or by telephone, good for one school once.

Each group of six has five digits by chance and one that checks them and the group's place, so that
a slip of the pen is named instead of refused. 66 bits are left, each guess costs half a second.
"""

from __future__ import annotations

import secrets
import unicodedata

from models.errors import UserError

GROUPS, LENGTH = 4, 6


def new_code() -> str:
    """A code from the operating system's random source, as it is printed: 6-6-6-6 digits."""
    chosen = [[secrets.randbelow(10) for _ in range(LENGTH - 1)] for _ in range(GROUPS)]
    return "-".join(
        "".join(map(str, (*digits, _check(place, digits)))) for place, digits in enumerate(chosen)
    )


def plain_code(typed: str) -> str:
    """The 24 digits of a code as a person typed it, with or without dashes and spaces.

    Raises:
        UserError: it has another length, or a group was copied wrong.
    """
    spelled = unicodedata.normalize("NFKC", typed)
    kept = [one for one in spelled if not one.isspace() and unicodedata.category(one) != "Pd"]
    code = "".join(kept)
    if len(code) != GROUPS * LENGTH or not (code.isascii() and code.isdigit()):
        raise UserError(
            "sync.code_length",
            f"注册码应是 {GROUPS * LENGTH} 位数字，现在是 {len(code)} 位。",
            "请照注册单逐组输入，每组 6 位，共 4 组。",
        )
    for place in range(GROUPS):
        group = code[place * LENGTH : (place + 1) * LENGTH]
        if _check(place, list(map(int, group[:-1]))) != int(group[-1]):
            raise UserError(
                "sync.code_group",
                f"注册码第 {place + 1} 组“{group}”不对。",
                "请与注册单核对这一组，也看看各组的次序。",
            )
    return code


def _check(place: int, digits: list[int]) -> int:
    """The check digit of ISO 7064 MOD 11,10 over the group's place and its digits."""
    product = 10
    for digit in (place, *digits):
        product = ((product + digit) % 10 or 10) * 2 % 11
    return (11 - product) % 10
