"""How much somebody owes of a requirement: in full, or less for a late start and for leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from models.verdicts.exemptions import Leave
from models.verdicts.periods import MONTHS, Month


def months_owed(
    years: tuple[int, int], start: Month | None, leaves: Iterable[Leave], grounds: Collection[str]
) -> int:
    """How many months of those years count for somebody.

    Args:
        years: first and last year.
        start: the month of starting work where a late start lessens what is owed, else None.
        leaves: approved leaves.
        grounds: the states for which a leave lessens it.
    """
    window = range(years[0] * MONTHS, (years[1] + 1) * MONTHS)
    away = {
        month for leave in leaves if leave.ground in grounds for month in leave.months
    }.intersection(window)
    first = window.start if start is None else max(window.start, start.number)
    return sum(1 for month in range(first, window.stop) if month not in away)


def owed(least: int, left: int, whole: int) -> int:
    """The share of ``left`` months out of ``whole``, in hundredths, rounded up."""
    return -(-least * left // whole)
