"""School terms: ``2025-2026-1`` is the first term of the year 2025—2026.

When they begin is data of ``resources/school_terms.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache

import resources
from models.errors import UserError
from models.text.tidy import key

_WORDS = re.compile(
    r"(?P<first>\d{4})(?:[-—–~至](?P<last>\d{4}))?(?:学年度?)?[-第]?(?P<part>[12一二上下])(?:学期|期)?"
)
_PARTS = {"1": 1, "一": 1, "上": 1, "2": 2, "二": 2, "下": 2}
_NAMES = {1: "第一学期", 2: "第二学期"}


@cache
def _months() -> tuple[int, int]:
    """The months in which the first and the second term begin."""
    raw = tomllib.loads(resources.path("school_terms.toml").read_text(encoding="utf-8"))
    return int(raw["first_month"]), int(raw["second_month"])


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
    begin, second = _months()
    first = day.year if day.month >= begin else day.year - 1
    return f"{first}-{first + 1}-{2 if second <= day.month < begin else 1}"


def term_name(term: str) -> str:
    """How the office writes a term."""
    first, last, part = term.split("-")
    return f"{first}—{last}学年{_NAMES[int(part)]}"


def term_days(term: str) -> tuple[str, str]:
    """The first day of a term and the first day after it, ISO."""
    first, last, part = term.split("-")
    begin, second = _months()
    if part == "1":
        return f"{first}-{begin:02d}-01", f"{last}-{second:02d}-01"
    return f"{last}-{second:02d}-01", f"{last}-{begin:02d}-01"


def terms_between(first: str, last: str) -> Iterator[str]:
    """The terms that have a day between two ISO days, both inclusive; the earliest first."""
    day = first
    while day <= last:
        term = term_of(date.fromisoformat(day))
        yield term
        day = term_days(term)[1]
