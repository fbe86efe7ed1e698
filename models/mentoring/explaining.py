"""Pairs as they stand, explained: what each costs and why, what it breaks, who else could lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.mentoring.costs import Mentee, Mentor, Rules, obstacles, reasons_of
from models.mentoring.lacking import Lacking
from models.mentoring.matching import Unmatched
from models.mentoring.pairs import OPEN, PairRow, pair_rows
from models.mentoring.people import Crowd, Known, gather, troubled
from models.mentoring.programmes import programme
from models.office.context import Office

_NOT_SOLVED = ("还没有匹配。", "请按“自动匹配”，或由人指定。")


@dataclass(frozen=True, slots=True)
class ExplainedPair:
    """One pair with its reasons.

    Attributes:
        pair: which.
        cost: what is not ideal about it, without the mentor's other mentees; None where one of
            the two is not among the participants any more.
        why: everything about it in words, with what each thing costs.
        conflicts: what it breaks, in words.
        led: how many the mentor leads in the programme; room: how many at most, None if unknown.
    """

    pair: PairRow
    cost: int | None
    why: tuple[str, ...]
    conflicts: tuple[str, ...]
    led: int
    room: int | None


@dataclass(frozen=True, slots=True)
class Explained:
    """The pairs of a programme that are proposed or stand, and who is left.

    Attributes:
        pairs: by the mentor's school and name.
        unmatched: mentees without a pair, and why.
        crowd: who can be paired and who cannot.
    """

    pairs: tuple[ExplainedPair, ...]
    unmatched: tuple[Unmatched, ...]
    crowd: Crowd


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could lead a mentee: cost, reasons, what would be broken, how full."""

    mentor: Mentor
    cost: int
    why: tuple[str, ...]
    conflicts: tuple[str, ...]
    led: int


def explain(office: Office, programme_id: str) -> Explained:
    """The pairs of a programme as they stand, whoever chose them."""
    found = programme(office, programme_id)
    crowd = gather(office, found)
    rows = pair_rows(office, programme_id, OPEN)
    led = Counter(one.mentor_id for one in rows)
    troubles = {one.pair.id: f"{one.why}。" for one in troubled(office, found, rows)}
    people = _Explaining(crowd)
    pairs = tuple(people.explained(one, led, troubles.get(one.id, "")) for one in rows)
    paired = {one.mentee_id for one in rows}
    lacking = Lacking(crowd.mentors, crowd.rules)
    unmatched = tuple(
        Unmatched(one, *(lacking.of(one) if rows else _NOT_SOLVED))
        for one in sorted(crowd.mentees, key=lambda one: (one.no, one.id))
        if one.id not in paired
    )
    return Explained(pairs, unmatched, crowd)


def candidates(office: Office, programme_id: str, mentee_id: str) -> list[Candidate]:
    """Who could lead a mentee: those whom no rule forbids first, the cheapest first.

    Raises:
        UserError: the mentee cannot be paired.
    """
    crowd = gather(office, programme(office, programme_id))
    mentee = Known(crowd).mentee(mentee_id)
    led = Counter(one.mentor_id for one in pair_rows(office, programme_id, OPEN))
    found = [_candidate(one, mentee, crowd.rules, led[one.id]) for one in crowd.mentors]
    return sorted(found, key=lambda one: (len(one.conflicts), one.cost, one.mentor.no))


def _candidate(mentor: Mentor, mentee: Mentee, rules: Rules, led: int) -> Candidate:
    why, cost = _reasons(mentor, mentee, rules)
    full = [f"{mentor.name}已带 {led} 人，最多 {mentor.room} 人"] if led >= mentor.room else []
    return Candidate(mentor, cost, why, (*obstacles(mentor, mentee, rules), *full), led)


def _reasons(mentor: Mentor, mentee: Mentee, rules: Rules) -> tuple[tuple[str, ...], int]:
    reasons = reasons_of(mentor, mentee, rules)
    return tuple(one.priced for one in reasons), sum(one.cost for one in reasons)


class _Explaining:
    """Pairs explained by what is known of their two."""

    def __init__(self, crowd: Crowd) -> None:
        self._known = Known(crowd)
        self._rules = crowd.rules

    def explained(self, one: PairRow, led: Counter[str], trouble: str) -> ExplainedPair:
        """A pair with what is known of its two."""
        mentor = self._known.mentors.get(one.mentor_id)
        mentee = self._known.mentees.get(one.mentee_id)
        count = led[one.mentor_id]
        if mentor is None or mentee is None:
            told = trouble or f"{one.mentor if mentor is None else one.mentee}已不在意愿名单里。"
            return ExplainedPair(one, None, (), (told,), count, mentor and mentor.room)
        why, cost = _reasons(mentor, mentee, self._rules)
        return ExplainedPair(
            one, cost, why, self._conflicts(mentor, mentee, count), count, mentor.room
        )

    def _conflicts(self, mentor: Mentor, mentee: Mentee, led: int) -> tuple[str, ...]:
        broken: Sequence[str] = obstacles(mentor, mentee, self._rules)
        over = [f"{mentor.name}最多带 {mentor.room} 人，现有 {led} 人"] if led > mentor.room else []
        return tuple(f"{text}。" for text in (*broken, *over))
