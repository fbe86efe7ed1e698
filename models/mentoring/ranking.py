"""Which units and pairs did best: units by the share of mentees who reached the goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.mentoring.kinds import Rank
from models.mentoring.pairs import COUNTED, PairRow, pair_rows
from models.mentoring.programmes import programme
from models.office.context import Office


@dataclass(frozen=True, slots=True)
class UnitRank:
    """How the mentees of one school did.

    Attributes:
        school_id, school: which.
        pairs, reached: how many pairs, and how many of them reached the goal.
        visits: how many visits they had.
        ratio: reached of pairs.
        place: 1 for the best, equals alike; None for a unit too small to be ranked.
        honoured: whether it is among the best.
    """

    school_id: str
    school: str
    pairs: int
    reached: int
    visits: int
    ratio: Fraction
    place: int | None = None
    honoured: bool = False


@dataclass(frozen=True, slots=True)
class PairRank:
    """How one pair did: those that reached the goal before others, then by visits and hours."""

    pair: PairRow
    place: int
    honoured: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units and pairs of a programme, the best first.

    Attributes:
        units: ranked ones first, then those too small.
        pairs: all that were filed or ran their course.
        terms: by what they are ranked and what the best are called.
        judged: how many pairs have a result at all.
    """

    units: tuple[UnitRank, ...]
    pairs: tuple[PairRank, ...]
    terms: Rank
    judged: int


def rank(office: Office, programme_id: str) -> Ranking:
    """The ranking of a programme by the results put down."""
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id, COUNTED)
    return ranking_of(pairs, found.kind.rank)


def ranking_of(pairs: Sequence[PairRow], terms: Rank) -> Ranking:
    """The ranking of pairs; pure."""
    judged = sum(1 for one in pairs if one.result)
    return Ranking(_units(pairs, terms), _pairs(pairs, terms), terms, judged)


def _units(pairs: Sequence[PairRow], terms: Rank) -> tuple[UnitRank, ...]:
    groups: dict[tuple[str, str], list[PairRow]] = defaultdict(list)
    for one in pairs:
        groups[one.mentee_school_id, one.mentee_school].append(one)
    large: list[UnitRank] = []
    small: list[UnitRank] = []
    for (school_id, school), members in groups.items():
        reached = sum(1 for one in members if one.result == "reached")
        visits = sum(one.visits for one in members)
        share = Fraction(reached, len(members))
        unit = UnitRank(school_id, school, len(members), reached, visits, share)
        (large if len(members) >= terms.least else small).append(unit)
    large.sort(key=lambda one: (-one.ratio, -one.pairs, one.school))
    small.sort(key=lambda one: (-one.ratio, -one.pairs, one.school))
    places = _places([(one.ratio,) for one in large])
    ranked = [
        UnitRank(
            one.school_id, one.school, one.pairs, one.reached, one.visits, one.ratio, place,
            place <= terms.units and one.reached > 0,
        )
        for one, place in zip(large, places, strict=True)
    ]  # fmt: skip
    return (*ranked, *small)


def _pairs(pairs: Sequence[PairRow], terms: Rank) -> tuple[PairRank, ...]:
    def merit(one: PairRow) -> tuple[Any, ...]:
        return (one.result == "reached", one.visits, one.hours)

    order = sorted(pairs, key=lambda one: (*(-int(part) for part in merit(one)), one.mentor_no,
                                           one.mentee_no, one.id))  # fmt: skip
    places = _places([merit(one) for one in order])
    return tuple(
        PairRank(one, place, place <= terms.pairs and one.result == "reached")
        for one, place in zip(order, places, strict=True)
    )


def _places(merits: Sequence[tuple[Any, ...]]) -> list[int]:
    """The places of what comes the best first; equals share one: 1, 1, 3."""
    first: dict[tuple[Any, ...], int] = {}
    return [first.setdefault(merit, place) for place, merit in enumerate(merits, start=1)]
