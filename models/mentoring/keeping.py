"""Whether pairs keep their agreements: so many visits in each school term they stood through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.mentoring.pairs import COUNTED, PairRow, pair_rows
from models.mentoring.programmes import programme
from models.mentoring.visits import visit_rows
from models.office.context import Office
from models.training.school_terms import term_days, term_name, term_of, terms_between


@dataclass(frozen=True, slots=True)
class Unkept:
    """A pair that did not keep its agreement: in which terms, with how many visits each."""

    pair: PairRow
    terms: tuple[tuple[str, int], ...]
    wanted: int

    @property
    def reason(self) -> str:
        """Why, in one sentence for the proposal."""
        told = "、".join(f"{term_name(term)}活动 {count} 次" for term, count in self.terms)
        return f"{self.pair.called}：{told}，每学期应不少于 {self.wanted} 次。"


def unkept(office: Office, programme_id: str) -> list[Unkept]:
    """The filed pairs that had too few visits in a term that is over.

    A term counts for a pair that stood through all of it.
    """
    found = programme(office, programme_id)
    visits = visit_rows(office, programme_id)
    counts = Counter((one.pair_id, term_at(one.held_on)) for one in visits)
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


def term_at(day: str) -> str:
    """The term of an ISO day."""
    return term_of(date.fromisoformat(day))


def whole_terms(pair: PairRow, today: str) -> Iterator[str]:
    """The terms that a pair stood through and that are over."""
    if not pair.starts_on:
        return
    last = min(pair.ends_on or today, today)
    after = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    for term in terms_between(pair.starts_on, last):
        begin, end = term_days(term)
        if pair.starts_on <= begin and end <= after:
            yield term
