"""The time a verdict looks at: whole years, and the day on which people are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from models.policies.cycles import Cycle

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """Whole calendar years, both ends included.

    Attributes:
        first, last: the years.
        cycle: the cycle they lie in, where the period is a part of one.
    """

    first: int
    last: int
    cycle: Cycle | None = None

    @property
    def label(self) -> str:
        """2011-2015, or 2015 alone."""
        return str(self.first) if self.single else f"{self.first}-{self.last}"

    @property
    def single(self) -> bool:
        """Whether it is one year."""
        return self.first == self.last

    @property
    def years(self) -> range:
        """Its years."""
        return range(self.first, self.last + 1)

    @property
    def ends_cycle(self) -> bool:
        """Whether demands over the whole cycle fall due in it."""
        return self.cycle is None or self.last == self.cycle.last

    @property
    def whole_cycle(self) -> tuple[int, int]:
        """First and last year of its cycle."""
        return (
            (self.first, self.last) if self.cycle is None else (self.cycle.first, self.cycle.last)
        )


def of_cycle(cycle: Cycle) -> Period:
    """The period that is a cycle."""
    return Period(cycle.first, cycle.last)


def of_year(year: int, cycle: Cycle) -> Period:
    """The period that is one year of a cycle."""
    return Period(year, year, cycle)


def day_of(period: Period, today: date) -> date:
    """The day on which people are looked at: the period's last, or today while it runs."""
    return min(date(period.last, 12, 31), today)


@dataclass(frozen=True, slots=True)
class Month:
    """A month, counted from the year 0."""

    number: int

    @property
    def year(self) -> int:
        """The calendar year it lies in."""
        return self.number // MONTHS

    @property
    def first_day(self) -> str:
        """Its first day, ISO."""
        return f"{self.year:04d}-{self.number % MONTHS + 1:02d}-01"

    def later(self, months: int) -> Month:
        """The month so many months later."""
        return Month(self.number + months)


@lru_cache(maxsize=4096)
def month_of(text: str | None) -> Month | None:
    """The month of an ISO month or day; January where only the year is known, None for nothing."""
    if not text or len(text) < len("2008") or not text[:4].isdecimal():
        return None
    month = int(text[5:7]) if text[5:7].isdecimal() else 1
    return Month(int(text[:4]) * MONTHS + month - 1)


def months_within(first_day: str, last_day: str) -> range:
    """The numbers of the months that lie wholly between two days, both included."""
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day) + timedelta(days=1)
    start = first.year * MONTHS + first.month - 1 + (first.day > 1)
    return range(start, max(start, last.year * MONTHS + last.month - 1))
