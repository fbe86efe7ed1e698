"""School terms as plans name them: ``2025-2026-1`` is the first term of the year 2025—2026."""

from __future__ import annotations

import re
from datetime import date

from models.errors import UserError
from models.text.tidy import key

_WORDS = re.compile(
    r"(?P<first>\d{4})(?:[-—–~至](?P<last>\d{4}))?(?:学年度?)?[-第]?(?P<part>[12一二上下])(?:学期|期)?"
)
_PARTS = {"1": 1, "一": 1, "上": 1, "2": 2, "二": 2, "下": 2}
_NAMES = {1: "第一学期", 2: "第二学期"}
FIRST_MONTH, SECOND_MONTH = 8, 2
"""The first term begins in August, the second in February."""


def read_term(text: str) -> str:
    """The term a person means: ``2025-2026学年第一学期``, ``2025—2026第2学期``, ``2025-2026-1``.

    Raises:
        UserError: it is no term.
    """
    found = _WORDS.fullmatch(key(text))
    first = int(found["first"]) if found else 0
    if found is None or (found["last"] and int(found["last"]) != first + 1):
        raise UserError(
            "teams.term", f"“{text}”不是学期。", "请写成“2025-2026学年第一学期”或“2025-2026-1”。"
        )
    return f"{first}-{first + 1}-{_PARTS[found['part']]}"


def term_of(day: date) -> str:
    """The term a day lies in."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}-{2 if SECOND_MONTH <= day.month < FIRST_MONTH else 1}"


def term_name(term: str) -> str:
    """How the office writes a term."""
    first, last, part = term.split("-")
    return f"{first}—{last}学年{_NAMES[int(part)]}"


def term_days(term: str) -> tuple[str, str]:
    """The first day of a term and the first day after it, ISO."""
    first, last, part = term.split("-")
    if part == "1":
        return f"{first}-{FIRST_MONTH:02d}-01", f"{last}-{SECOND_MONTH:02d}-01"
    return f"{last}-{SECOND_MONTH:02d}-01", f"{last}-{FIRST_MONTH:02d}-01"
