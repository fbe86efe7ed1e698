"""Windows that belong to one person: the months after starting work, or in a new post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.verdicts.people import Crowd, Person
from models.verdicts.periods import Month, Period, month_of
from models.verdicts.questions import Question
from models.verdicts.sums import Window, term_of

Found = tuple[list[Window], dict[int, tuple[str, ...]]]
"""The windows, and the place of a person to the missing facts that leave it open."""


def probation_windows(one: Question, people: Crowd, period: Period) -> Found:
    """The probation of everybody whose it falls to this period to judge.

    Over a cycle that is who started work within it; over one year, whose probation ended in it.
    """
    found: list[Window] = []
    unknown: dict[int, tuple[str, ...]] = {}
    for place, asked in enumerate(people.each(lambda person: _probation(one, person, period))):
        if asked is None:
            continue
        start, missing = asked
        if start is None:
            unknown[place] = missing
        else:
            end = start.later(one.demand.months).first_day
            found.append(Window(people[place].id, start.first_day, end))
    return found, unknown


def post_windows(
    one: Question,
    people: Crowd,
    period: Period,
    starts: Mapping[tuple[str, str], str],
) -> Found:
    """The first months in the post of everybody who holds it, where its beginning is recorded."""
    found: list[Window] = []
    for person in people if starts else ():
        begun = starts.get((person.id, person.post or ""))
        if begun is None or not one.whom.holds(person):
            continue
        start = month_of(begun)
        if start is None:
            continue
        end = _months_after(begun, one.demand.months)
        if _year_before(end) == period.first if period.single else start.year in period.years:
            found.append(Window(person.id, begun, end))
    return found, {}


def asked_terms(one: Question, person: Person, first_months: Sequence[int], last_day: str) -> range:
    """The numbers of the terms asked of somebody: from that of starting work to that of the day."""
    start = month_of(person.work_start)
    first = 0 if start is None else term_of(start.first_day, one.first, first_months)
    return range(max(0, first), term_of(last_day, one.first, first_months) + 1)


def _probation(
    one: Question, person: Person, period: Period
) -> tuple[Month | None, tuple[str, ...]] | None:
    """The month a probation to be judged began, or what is missing to tell; None for neither."""
    yes, missing = one.whom.answer(person)
    start = month_of(person.work_start)
    if yes and start is None:
        missing = ("work_start",)
    if missing:
        return None, missing
    if not yes or start is None or not _falls(start, one.demand.months, period):
        return None
    return start, ()


def _falls(start: Month, months: int, period: Period) -> bool:
    """Whether a window that starts in this month is judged in the period."""
    if not period.single:
        return start.year in period.years
    return start.later(months - 1).year == period.first


def _year_before(day: str) -> int:
    """The year of the day before."""
    return int(day[:4]) - day.endswith("-01-01")


def _months_after(day: str, months: int) -> str:
    """The same day so many months later; the first of the next month where it has no such day."""
    begun = date.fromisoformat(day)
    month = Month(begun.year * 12 + begun.month - 1 + months)
    try:
        return date(month.year, month.number % 12 + 1, begun.day).isoformat()
    except ValueError:
        return month.later(1).first_day
