"""The best pairs of mentors and mentees: people, costs and hard rules in, pairs with reasons out.

Pure: no database, no clock, no chance. As many mentees as possible are paired, and of all ways to
do so one of least total cost is taken; the order of the input does not matter.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from models.mentoring.costs import (
    Mentee,
    Mentor,
    Person,
    Reason,
    Rules,
    breaks_between_schools,
    breaks_stage,
    breaks_subject,
    obstacles,
    place_reason,
    reasons_of,
    stage_reason,
    subject_reason,
)
from models.mentoring.lacking import Lacking
from models.progress import Progress

_Key = TypeVar("_Key", bound=Hashable)
_Someone = TypeVar("_Someone", bound=Person)


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed pair.

    Attributes:
        mentor, mentee: who.
        cost: what it costs with all that is not ideal about it.
        why: everything about it in words, with what each thing costs.
        fixed: whether it was given and not chosen.
    """

    mentor: Mentor
    mentee: Mentee
    cost: int
    why: tuple[str, ...]
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A mentee for whom nobody is left, why, and what can be done."""

    mentee: Mentee
    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """What came of a matching.

    Attributes:
        pairs: by mentor's number, then by mentee's.
        unmatched: by mentee's number.
        total_cost: of all pairs, the fixed ones too.
        conflicts: what the fixed pairs break, in words.
    """

    pairs: tuple[Proposed, ...]
    unmatched: tuple[Unmatched, ...]
    total_cost: int
    conflicts: tuple[str, ...]


def match(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    rules: Rules,
    fixed: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
    busy: Mapping[str, int] | None = None,
) -> Matching:
    """Propose pairs around those that are fixed.

    Args:
        mentors: who may lead, with how many they take at most.
        mentees: who is to be led.
        rules: costs and what is forbidden.
        fixed: mentor and mentee, by identity, of pairs that stay; they may break rules, which is
            told. Pairs of people who are not among those given are passed over.
        progress: told how far it is; may cancel.
        busy: mentor to how many mentees besides those given take a place already.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    others = busy or {}
    leading, led = _in_order(mentors), _in_order(mentees)
    by_mentor = {one.id: one for one in leading}
    by_mentee = {one.id: one for one in led}
    kept = {
        mentee: mentor
        for mentor, mentee in sorted(fixed)
        if mentor in by_mentor and mentee in by_mentee
    }
    taken: dict[str, int] = defaultdict(int, others)
    for mentor in kept.values():
        taken[mentor] += 1
    open_ = [one for one in led if one.id not in kept]
    chosen = _assigned(leading, open_, rules, taken, progress or Progress())
    pairs = [(by_mentor[mentor], by_mentee[mentee], True) for mentee, mentor in kept.items()]
    pairs += [(leading[at], one, False) for one, at in zip(open_, chosen, strict=True) if at >= 0]
    left = [one for one, at in zip(open_, chosen, strict=True) if at < 0]
    proposed = _explained(pairs, rules, others)
    lacking = Lacking(leading, rules)
    return Matching(
        proposed,
        tuple(Unmatched(one, *lacking.of(one)) for one in left),
        sum(one.cost for one in proposed),
        _conflicts(proposed, rules, others),
    )


def _in_order(people: Iterable[_Someone]) -> list[_Someone]:
    """Everybody once, by number: what comes out must not depend on how they came in."""
    return sorted({one.id: one for one in people}.values(), key=lambda one: (one.no, one.id))


def _assigned(
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    rules: Rules,
    taken: Mapping[str, int],
    progress: Progress,
) -> list[int]:
    """For each mentee the place of a mentor, -1 for none."""
    solver: Any = importlib.import_module("models.mentoring.assigning")
    ban: int = solver.FORBIDDEN

    def cost(broken: bool, price: int) -> int:  # noqa: FBT001 - two facts about one cell
        return ban if broken else price

    axes = [
        _axis(solver, mentors, mentees, lambda one: one.subjects, lambda a, b: cost(
            breaks_subject(a, b, rules), subject_reason(a, b, rules).cost)),
        _axis(solver, mentors, mentees, lambda one: one.stage, lambda a, b: cost(
            breaks_stage(a, b, rules), stage_reason(a, b, rules).cost)),
        _axis(solver, mentors, mentees, lambda one: one.school, lambda a, b: cost(
            breaks_between_schools(a, b, rules), place_reason(a, b, rules).cost)),
    ]  # fmt: skip
    untitled = [bool("titled" in rules.hard and not one.title) for one in mentors]
    wish = rules.weights.wish
    task = solver.Task(
        axes=axes,
        row_costs=[wish if one.wants else 0 for one in mentees],
        column_costs=[
            cost(bare, rules.weights.level * one.level + (wish if one.wants else 0))
            for one, bare in zip(mentors, untitled, strict=True)
        ],
        special=_special(mentors, mentees, -wish, ban),
        room=[max(0, one.room - taken.get(one.id, 0)) for one in mentors],
        taken=[taken.get(one.id, 0) for one in mentors],
        load=rules.weights.load,
    )
    found: list[int] = solver.assign(task, progress)
    return found


def _axis(
    solver: Any,  # noqa: ANN401 - the module that is loaded when it is needed
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    key: Callable[[Person], _Key],
    cost: Callable[[_Key, _Key], int],
) -> Any:  # noqa: ANN401
    """The costs in one respect, worked out once for each two that differ in it."""
    columns = {one: at for at, one in enumerate(dict.fromkeys(key(one) for one in mentors))}
    rows = {one: at for at, one in enumerate(dict.fromkeys(key(one) for one in mentees))}
    return solver.Axis(
        [rows[key(one)] for one in mentees],
        [columns[key(one)] for one in mentors],
        [[cost(column, row) for column in columns] for row in rows],
    )


def _special(
    mentors: Sequence[Mentor], mentees: Sequence[Mentee], wished: int, ban: int
) -> list[tuple[int, int, int]]:
    """What wishes take off the cost of single pairs, and which single pairs may not be."""
    columns = {one.id: at for at, one in enumerate(mentors)}
    rows = {one.id: at for at, one in enumerate(mentees)}
    found: list[tuple[int, int, int]] = []
    for row, mentee in enumerate(mentees):
        found += [(row, columns[one], wished) for one in mentee.wants if one in columns]
        banned = {*mentee.avoids, mentee.id}
        found += [(row, columns[one], ban) for one in banned if one in columns]
    for column, mentor in enumerate(mentors):
        found += [(rows[one], column, wished) for one in mentor.wants if one in rows]
        found += [(rows[one], column, ban) for one in mentor.avoids if one in rows]
    return found


def _explained(
    pairs: Iterable[tuple[Mentor, Mentee, bool]], rules: Rules, busy: Mapping[str, int]
) -> tuple[Proposed, ...]:
    """The pairs with their costs; each further mentee of a mentor costs more than the one before.

    The fixed ones came first.
    """
    order = sorted(pairs, key=lambda one: (one[0].no, one[0].id, not one[2], one[1].no, one[1].id))
    counts: dict[str, int] = defaultdict(int, busy)
    found: list[Proposed] = []
    for mentor, mentee, fixed in order:
        reasons = reasons_of(mentor, mentee, rules)
        place = counts[mentor.id]
        counts[mentor.id] += 1
        load = rules.weights.load * place
        why = [one.priced for one in reasons]
        if place:
            why.append(Reason(f"师傅的第 {place + 1} 名徒弟", load).priced)
        total = sum(one.cost for one in reasons) + load
        found.append(Proposed(mentor, mentee, total, tuple(why), fixed))
    return tuple(found)


def _conflicts(pairs: Sequence[Proposed], rules: Rules, busy: Mapping[str, int]) -> tuple[str, ...]:
    """What the given pairs break."""
    told: list[str] = []
    counts: dict[str, int] = defaultdict(int, busy)
    for one in pairs:
        counts[one.mentor.id] += 1
        if one.fixed:
            broken = obstacles(one.mentor, one.mentee, rules)
            who = f"{one.mentor.name}（{one.mentor.no}）带{one.mentee.name}（{one.mentee.no}）"
            told += [f"{who}：{what}。" for what in broken]
    leading = {one.mentor.id: one.mentor for one in pairs}
    for identity, mentor in leading.items():
        if counts[identity] > mentor.room:
            who, count = f"{mentor.name}（{mentor.no}）", counts[identity]
            told.append(f"{who}最多带 {mentor.room} 人，已固定 {count} 人。")
    return tuple(told)
