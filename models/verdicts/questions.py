"""A pack's requirements made ready to be put to people and to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.codes.library import CodeTables
from models.entities.display import to_hundredths
from models.policies.records import Pack
from models.policies.requirements import Requirement, Selection, Terms, Whom
from models.verdicts.conditions import Condition, condition
from models.verdicts.periods import Period
from models.verdicts.selections import Chosen, any_of, chosen

AMOUNTS = {
    "hours": "e.hours",
    "credits": "COALESCE(e.credits, 0)",
    "count": "CASE e.kind WHEN 'reversal' THEN -100 ELSE 100 END",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One requirement over one period.

    Attributes:
        demand: the requirement as the pack says it.
        whom: whom it concerns.
        of: what counts; nothing means everything.
        excluded: what does not, with the reason.
        for_all: for courses: those due from everybody of their stage and track.
        first, last: the years looked at, up to that of the day.
        full_last: the last year of the window, whatever the day.
        relief: states for which an approved leave lessens what is owed, as codes.
        several: whether the period has several years.
        least: owed in full, in hundredths of the unit.
    """

    demand: Requirement
    whom: Condition
    of: tuple[Chosen, ...]
    for_all: tuple[Chosen, ...]
    excluded: tuple[tuple[Chosen, str], ...]
    first: int
    last: int
    full_last: int
    relief: frozenset[str]
    several: bool
    least: int

    @property
    def over_years(self) -> bool:
        """Whether whole calendar years of the ledger answer it."""
        return self.demand.window in ("cycle", "year") and self.demand.measure != "courses"

    @property
    def by_parts(self) -> bool:
        """Whether it is judged part by part (years, terms) and the parts are counted."""
        if self.demand.measure == "courses":
            return False
        return self.demand.window == "term" or (self.demand.window == "year" and self.several)

    @property
    def unit(self) -> str:
        """What the amounts are: 学时, 学分, 次, 门; 年 or 学期 where parts are counted."""
        if not self.by_parts:
            return self.demand.unit
        return "学期" if self.demand.window == "term" else "年"

    def counts_sql(self) -> str:
        """SQL for whether an entry ``e`` counts."""
        return " AND ".join(f"({part})" for part in (self.chosen_sql(), self.allowed_sql()) if part)

    def chosen_sql(self) -> str:
        """SQL for whether an entry is of what counts, "" if everything is."""
        return any_of(self.of) if self.of else ""

    def allowed_sql(self) -> str:
        """SQL for whether an entry is not excluded, "" if nothing is."""
        if not self.excluded:
            return ""
        return f"({any_of([one for one, _ in self.excluded])}) IS NOT TRUE"

    def amount_sql(self, *, allowed: bool = False) -> str:
        """SQL for what an entry ``e`` brings, in hundredths; 0 for one that does not count.

        ``allowed`` says that excluded entries are left out already.
        """
        counts = self.chosen_sql() if allowed else self.counts_sql()
        amount = AMOUNTS[self.demand.measure]
        return f"CASE WHEN {counts} THEN {amount} ELSE 0 END" if counts else amount


@dataclass(frozen=True, slots=True)
class Questions:
    """What a pack asks over a period, and of whom.

    Attributes:
        pack: the pack.
        period: the period.
        day: the day on which people are looked at.
        people: who is judged at all.
        asked: the requirements that are due.
        terms: the terms of a year.
    """

    pack: Pack
    period: Period
    day: date
    people: Condition
    asked: tuple[Question, ...]
    terms: Terms

    def last_day(self, one: Question) -> str:
        """The last day that a question looks at, ISO."""
        return min(self.day, date(one.last, 12, 31)).isoformat()


def questions_of(pack: Pack, period: Period, day: date, codes: CodeTables) -> Questions:
    """The requirements of a pack that are due over a period, in the pack's order."""
    asked = tuple(
        _question(pack, demand, period, day, codes)
        for demand in pack.requirements
        if demand.window != "cycle" or period.ends_cycle
    )
    people = condition(pack.people or Whom(), codes, day)
    return Questions(pack, period, day, people, asked, pack.terms or Terms())


def _question(
    pack: Pack, demand: Requirement, period: Period, day: date, codes: CodeTables
) -> Question:
    years = period.whole_cycle if demand.window == "cycle" else (period.first, period.last)
    states = codes["teacher_status"]
    relief = frozenset(
        entry.code for word in demand.relief if (entry := states.find(word)) is not None
    )
    return Question(
        demand=demand,
        whom=condition(demand.whom, codes, day),
        of=_all_chosen(demand.of, codes),
        for_all=_all_chosen(demand.for_all, codes),
        excluded=tuple(
            (chosen(one, codes), one.reason)
            for one in pack.exclusions
            if demand.window in one.windows
        ),
        first=years[0],
        last=min(years[1], day.year),
        full_last=years[1],
        relief=relief,
        several=not period.single,
        least=to_hundredths(demand.least),
    )


def _all_chosen(selections: Sequence[Selection], codes: CodeTables) -> tuple[Chosen, ...]:
    return tuple(chosen(one, codes) for one in selections)
