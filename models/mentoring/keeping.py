"""Whether pairs keep their agreements: so many visits in each half year they stood through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.mentoring.pairs import COUNTED, PairRow, pair_rows
from models.mentoring.programmes import Programme, programme
from models.mentoring.visits import visit_rows
from models.office.context import Office

_LAST_OF_FIRST_HALF = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A half year."""

    year: int
    second: bool

    @property
    def name(self) -> str:
        """In the office's words."""
        return f"{self.year} 年{'下' if self.second else '上'}半年"

    @property
    def days(self) -> tuple[str, str]:
        """Its first and last day."""
        return (
            (f"{self.year}-07-01", f"{self.year}-12-31")
            if self.second
            else (f"{self.year}-01-01", f"{self.year}-06-30")
        )


@dataclass(frozen=True, slots=True)
class Unkept:
    """A pair that did not keep its agreement: in which half years, with how many visits each."""

    pair: PairRow
    terms: tuple[tuple[Term, int], ...]
    wanted: int

    @property
    def reason(self) -> str:
        """Why, in one sentence for the proposal."""
        told = "、".join(f"{term.name}活动 {count} 次" for term, count in self.terms)
        return f"{self.pair.called}：{told}，每学期应不少于 {self.wanted} 次。"


def unkept(office: Office, programme_id: str) -> list[Unkept]:
    """The filed pairs that had too few visits in a half year that is over.

    A half year counts for a pair that stood through all of it.
    """
    found = programme(office, programme_id)
    visits = visit_rows(office, programme_id)
    counts = Counter((one.pair_id, term_of(one.held_on)) for one in visits)
    today = office.store.clock.today().isoformat()
    told: list[Unkept] = []
    for pair in pair_rows(office, programme_id, COUNTED):
        few = tuple(
            (term, counts[pair.id, term])
            for term in whole_terms(pair, today)
            if counts[pair.id, term] < found.kind.kept.visits
        )
        if few:
            told.append(Unkept(pair, few, found.kind.kept.visits))
    return told


def term_of(day: str) -> Term:
    """The half year of an ISO day."""
    return Term(int(day[:4]), int(day[5:7]) > _LAST_OF_FIRST_HALF)


def whole_terms(pair: PairRow, today: str) -> Iterator[Term]:
    """The half years that a pair stood through and that are over."""
    if not pair.starts_on:
        return
    last = min(pair.ends_on or today, today)
    for year in range(int(pair.starts_on[:4]), int(last[:4]) + 1):
        for term in (Term(year, second=False), Term(year, second=True)):
            begin, end = term.days
            if pair.starts_on <= begin and end <= last:
                yield term


def terms_of(found: Programme, today: date) -> list[Term]:
    """The half years of a programme that have begun, the earliest first."""
    last = min(found.ends_on, today.isoformat())
    return [
        term
        for year in range(int(found.starts_on[:4]), int(last[:4]) + 1)
        for term in (Term(year, second=False), Term(year, second=True))
        if term.days[1] >= found.starts_on and term.days[0] <= last
    ]
