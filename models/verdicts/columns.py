"""From what the ledger brings to what was owed and achieved, one requirement at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.verdicts.board import Column
from models.verdicts.exemptions import Leave
from models.verdicts.owing import months_owed, owed
from models.verdicts.people import Crowd, Person
from models.verdicts.periods import MONTHS, Month, month_of
from models.verdicts.questions import Question

ONE = 100
"""One of a thing that is counted, in hundredths."""
Leaves = Mapping[str, Sequence[Leave]]
Yearly = Mapping[str, Mapping[int, int]]
"""Teacher to year to amount."""


@dataclass(frozen=True, slots=True)
class Lessened:
    """What lessens somebody's share: a late start where that counts, and leave."""

    start: Month | None
    leaves: Sequence[Leave]

    def owed(self, one: Question, years: tuple[int, int]) -> int:
        """What is owed over those years, in hundredths; 0 where no month is left."""
        whole = (years[1] - years[0] + 1) * MONTHS
        left = months_owed(years, self.start, self.leaves, one.relief)
        return owed(one.least, left, whole)


def lessened(one: Question, people: Crowd, leaves: Leaves) -> dict[int, Lessened]:
    """Place to what lessens the share of the person there; who owes in full is left out."""
    by_start = one.demand.prorate == "months"
    if not by_start and not one.relief:
        return {}
    found: dict[int, Lessened] = {}
    for place, person in enumerate(people):
        start = month_of(person.work_start) if by_start else None
        late = start is not None and start.number > one.first * MONTHS
        mine = [leave for leave in leaves.get(person.id, ()) if leave.ground in one.relief]
        if late or mine:
            found[place] = Lessened(start if late else None, mine)
    return found


def total_column(one: Question, people: Crowd, achieved: Sequence[int], leaves: Leaves) -> Column:
    """A requirement whose amount over all its years is judged."""
    applies, unknown = _whom(one, people)
    required = [one.least if yes else 0 for yes in applies]
    years = (one.first, one.full_last)
    for place, share in lessened(one, people, leaves).items():
        if applies[place]:
            required[place] = share.owed(one, years)
            applies[place] = required[place] > 0
    if one.demand.window == "year":  # not asked of anybody who started work later
        for place, person in enumerate(people):
            if applies[place] and _start_year(person) > one.last:
                applies[place], required[place] = False, 0
    return Column(one, applies, required, achieved, unknown)


def years_column(
    one: Question,
    people: Crowd,
    masks: Sequence[int],
    special: Mapping[int, Lessened],
    yearly: Yearly,
) -> Column:
    """A requirement judged year by year: how many years are asked, and how many reach it.

    Args:
        one: the requirement.
        people: of whom.
        masks: bit n is set if the n-th year reaches what is owed in full.
        special: place to what lessens the share of the person there.
        yearly: amounts of those people, year by year.
    """
    applies, unknown = _whom(one, people)
    asked = _asked_years(one, people)
    achieved = [(mask & years).bit_count() * ONE for mask, years in zip(masks, asked, strict=True)]
    required = [
        years.bit_count() * ONE if yes else 0 for yes, years in zip(applies, asked, strict=True)
    ]
    for place, share in special.items():
        if applies[place]:
            amounts = yearly.get(people[place].id, {})
            required[place], achieved[place] = _years_of(one, share, asked[place], amounts)
    applies = [yes and owing > 0 for yes, owing in zip(applies, required, strict=True)]
    return Column(one, applies, required, achieved, unknown)


def parts_column(
    one: Question,
    people: Crowd,
    amounts: Mapping[str, Mapping[int, int]],
    asked: Sequence[range],
) -> Column:
    """A requirement judged term by term.

    Args:
        one: the requirement.
        people: of whom.
        amounts: teacher to term to amount.
        asked: for each person the terms that are asked.
    """
    applies, unknown = _whom(one, people)
    required: list[int] = []
    achieved: list[int] = []
    for place, (person, terms) in enumerate(zip(people, asked, strict=True)):
        applies[place] = applies[place] and bool(terms)
        required.append(len(terms) * ONE if applies[place] else 0)
        reached = amounts.get(person.id, {})
        achieved.append(sum(ONE for term in terms if reached.get(term, 0) >= one.least))
    return Column(one, applies, required, achieved, unknown)


def given_column(
    one: Question,
    people: Crowd,
    required: Mapping[str, int],
    achieved: Mapping[str, int],
    unknown: Mapping[int, tuple[str, ...]] | None = None,
) -> Column:
    """A requirement that concerns just those who owe something; amounts by teacher."""
    applies = [False] * len(people)
    owing, reached = [0] * len(people), [0] * len(people)
    if required:  # most of the time of few, often of nobody
        for place, person in enumerate(people):
            amount = required.get(person.id, 0)
            if amount > 0:
                applies[place], owing[place] = True, amount
                reached[place] = achieved.get(person.id, 0)
    return Column(one, applies, owing, reached, unknown or {})


def _whom(one: Question, people: Crowd) -> tuple[list[bool], dict[int, tuple[str, ...]]]:
    """Whom it concerns, and the missing facts of those of whom that cannot be told."""
    if not one.whom.asks:
        return [True] * len(people), {}
    answers = people.each(one.whom.answer)
    unknown = {place: missing for place, (_, missing) in enumerate(answers) if missing}
    return [yes for yes, _ in answers], unknown


def _start_year(person: Person) -> int:
    start = month_of(person.work_start)
    return 0 if start is None else start.year


def _asked_years(one: Question, people: Crowd) -> list[int]:
    """For each person the years asked, as a mask: those from the year of starting work on."""
    years = range(one.first, one.last + 1)
    return people.each(
        lambda person: sum(1 << (year - one.first) for year in years if year >= _start_year(person))
    )


def owed_by_year(one: Question, person: Person, leaves: Leaves) -> dict[int, int]:
    """Each year that is asked of somebody, and what is owed in it, in hundredths."""
    share = lessened(one, Crowd([person]), leaves).get(0, Lessened(None, ()))
    (asked,) = _asked_years(one, Crowd([person]))
    return _owed_by_year(one, share, asked)


def _owed_by_year(one: Question, share: Lessened, asked: int) -> dict[int, int]:
    found = {
        year: share.owed(one, (year, year))
        for year in range(one.first, one.last + 1)
        if asked >> (year - one.first) & 1
    }
    return {year: owing for year, owing in found.items() if owing > 0}


def _years_of(
    one: Question, share: Lessened, asked: int, amounts: Mapping[int, int]
) -> tuple[int, int]:
    """How many years are asked of somebody whose share is lessened, and how many reach it."""
    owing = _owed_by_year(one, share, asked)
    reached = sum(amounts.get(year, 0) >= amount for year, amount in owing.items())
    return len(owing) * ONE, reached * ONE
