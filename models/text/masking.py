"""Personal data as lists, papers and messages show them unless the full form is asked for."""

from __future__ import annotations

_SHORT = 8


def mask_id_number(number: str) -> str:
    """First four and last four of an identity number, six stars between: 2202******0020."""
    if len(number) <= _SHORT:
        return "*" * len(number)
    return f"{number[:4]}******{number[-4:]}"


def mask_phone(phone: str) -> str:
    """First three and last four of each number, stars between: 138****5521."""
    return "、".join(_mask_one(part) for part in phone.split("、"))


def _mask_one(phone: str) -> str:
    kept = 3 if len(phone) > _SHORT else 0
    hidden = max(len(phone) - kept - 4, 0)
    return f"{phone[:kept]}{'*' * hidden}{phone[kept + hidden :]}"
