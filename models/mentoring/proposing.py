"""Proposals: solving, keeping what was solved, and setting pairs by hand around which to solve."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.errors import UserError
from models.mentoring.costs import Mentee, Mentor, obstacles
from models.mentoring.matching import Matching, match
from models.mentoring.pairs import OPEN, STANDING, PairRow, pair_rows, these_pairs
from models.mentoring.people import Crowd, Known, gather, troubled
from models.mentoring.programmes import Programme, running
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.text.quotes import quoted

_COLUMNS = (
    "id", "programme_id", "mentor_id", "mentee_id", "subject", "stage", "mentor_school_id",
    "mentee_school_id", "fixed", "state", "replaces", "reason",
)  # fmt: skip
_TRIED = ("refused", "dissolved")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a matching of a programme came to.

    Attributes:
        programme: of which.
        crowd: who could be paired and who could not.
        matching: the pairs, those that stand or are fixed among them.
    """

    programme: Programme
    crowd: Crowd
    matching: Matching


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair as a person set it."""

    mentor_id: str
    mentee_id: str
    fixed: bool = True


@dataclass(frozen=True, slots=True)
class Set:
    """What came of pairs set by hand: how many, what they break in words, and the step."""

    count: int
    told: tuple[str, ...]
    operation: Operation


def propose(office: Office, programme_id: str, progress: Progress | None = None) -> Proposal:
    """Solve a programme around the pairs that stand or are fixed; nothing is written.

    Such a pair takes its mentee and its mentor's place also where one of the two is no participant
    any more, which is told. Who was refused or dissolved as a pair is not proposed again.

    Raises:
        UserError: the programme is closed, or nobody can be paired on one of the two sides; the
            sentence says why and what can be done.
        CancelledByUser: the person asked to stop.
    """
    found = running(office, programme_id)
    crowd = gather(office, found)
    _refuse_nobody(found, crowd)
    rows = pair_rows(office, programme_id, (*OPEN, *_TRIED))
    kept = [
        one
        for one in rows
        if one.state in STANDING or (one.state == "proposed" and (one.fixed or one.replaces))
    ]
    around = _around(crowd, kept, [one for one in rows if one.state in _TRIED])
    given = [(one.mentor_id, one.mentee_id) for one in kept]
    matching = match(
        crowd.mentors, around.mentees, crowd.rules, given, progress, Counter(around.busy)
    )
    told = (f"{one.pair.called}：{one.why}。{one.hint}" for one in troubled(office, found, kept))
    return Proposal(found, crowd, replace(matching, conflicts=(*matching.conflicts, *told)))


def keep(office: Office, proposal: Proposal) -> Operation:
    """Put a proposal in the place of the proposals that were not fixed."""
    found = proposal.programme
    pairs = proposal.matching.pairs
    with office.store.operation(
        "mentoring.propose", f"{found.name}匹配 {len(pairs)} 对"
    ) as operation:
        _clear(office, found.id, fixed_too=False)
        standing = {(one.mentor_id, one.mentee_id) for one in pair_rows(office, found.id, OPEN)}
        rows = [
            _row(office, found.id, one.mentor, one.mentee, fixed=False) + _taken_over(None)
            for one in pairs
            if (one.mentor.id, one.mentee.id) not in standing
        ]
        office.store.insert("pair", _COLUMNS, rows)
    return operation


def set_pairs(
    office: Office, programme_id: str, choices: Sequence[Choice], *, replace_all: bool = False
) -> Set:
    """Set proposed pairs by hand; each takes the place of the mentee's earlier proposal.

    What that one was to take over from an ended pair, and why, goes over to the new one.
    In a whole table that comes back, pairs on their way or run are passed over. What pairs break
    of the rules is told and not refused: a person decided.

    Args:
        office: the office.
        programme_id: of which.
        choices: who leads whom, and whether the matching leaves that alone.
        replace_all: whether all other proposals are taken out, as when a whole table comes back.

    Raises:
        UserError: nobody chosen; a mentee twice, paired already, or no participant who can be
            paired; a mentor likewise. The sentence says who and why.
    """
    found = running(office, programme_id)
    if not choices:
        raise UserError("mentoring.no_pair_chosen", "没有要写入的师徒。", "请核对表格。")
    crowd = gather(office, found)
    rows = pair_rows(office, programme_id, OPEN)
    if replace_all:
        choices = _not_standing(choices, rows)
    known = Known(crowd)
    chosen = [(known.mentor(one.mentor_id), known.mentee(one.mentee_id)) for one in choices]
    _refuse_twice([mentee for _, mentee in chosen], rows)
    with office.store.operation(
        "mentoring.set_pairs", f"{found.name}指定师徒 {len(choices)} 对"
    ) as operation:
        if replace_all:
            _clear(office, programme_id, fixed_too=True)
        takers = {one.mentee_id: one for one in rows if one.replaces and one.state == "proposed"}
        new = [
            _row(office, programme_id, mentor, mentee, fixed=choice.fixed)
            + _taken_over(takers.get(mentee.id))
            for choice, (mentor, mentee) in zip(choices, chosen, strict=True)
            if mentee.id not in takers or takers[mentee.id].mentor_id != mentor.id
        ]
        _clear_of(office, programme_id, [one[_COLUMNS.index("mentee_id")] for one in new])
        office.store.insert("pair", _COLUMNS, new)
    after = pair_rows(office, programme_id, OPEN)
    told = [
        f"{mentor.name}带{mentee.name}：{what}。"
        for mentor, mentee in chosen
        for what in obstacles(mentor, mentee, crowd.rules)
    ]
    return Set(len(choices), (*told, *_over_full(crowd.mentors, after)), operation)


def fix(office: Office, pair_ids: Sequence[str], *, fixed: bool) -> Operation:
    """Fix proposed pairs so that solving anew leaves them alone, or let them go again.

    Raises:
        UserError: one of them is not a proposal any more.
    """
    found = _proposed(office, pair_ids)
    verb = "固定" if fixed else "取消固定"
    with office.store.operation("mentoring.fix", f"{verb}师徒 {len(found)} 对") as operation:
        office.store.execute(
            "UPDATE pair SET fixed = ? WHERE id IN (SELECT value FROM json_each(?))",
            (int(fixed), json.dumps([one.id for one in found])),
        )
    return operation


def take_back(office: Office, pair_ids: Sequence[str]) -> Operation:
    """Take proposals out again; pairs that stand are dissolved instead.

    Raises:
        UserError: one of them is not a proposal any more.
    """
    found = _proposed(office, pair_ids)
    with office.store.operation("mentoring.take_back", f"撤回拟配对 {len(found)} 对") as operation:
        office.store.execute(
            "DELETE FROM pair WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([one.id for one in found]),),
        )
    return operation


@dataclass(frozen=True, slots=True)
class _Around:
    """Who is to be matched around pairs that stay; mentors whose places others hold, for each."""

    mentees: tuple[Mentee, ...]
    busy: tuple[str, ...]


def _around(crowd: Crowd, kept: Sequence[PairRow], tried: Sequence[PairRow]) -> _Around:
    """Leave out who has a mentor that is no participant, and avoid what was tried in vain."""
    mentors, mentees = ({one.id for one in part} for part in (crowd.mentors, crowd.mentees))
    led = {one.mentee_id for one in kept if one.mentor_id not in mentors}
    staying = {(one.mentor_id, one.mentee_id) for one in kept}
    avoids: dict[str, set[str]] = defaultdict(set)
    for one in tried:
        if (one.mentor_id, one.mentee_id) not in staying:
            avoids[one.mentee_id].add(one.mentor_id)
    return _Around(
        tuple(
            replace(one, avoids=one.avoids | avoids[one.id]) if one.id in avoids else one
            for one in crowd.mentees
            if one.id not in led
        ),
        tuple(one.mentor_id for one in kept if one.mentee_id not in mentees),
    )


def _refuse_nobody(found: Programme, crowd: Crowd) -> None:
    for people, part, word in (
        (crowd.mentors, "mentor", found.kind.mentor),
        (crowd.mentees, "mentee", found.kind.mentee),
    ):
        if people:
            continue
        why = [one for one in crowd.excluded if one.part == part]
        told = "；".join(f"{one.name}{one.why}" for one in why[:3])
        more = f"等 {len(why)} 人都不能结对" if len(why) > 3 else ""
        raise UserError(
            "mentoring.nobody_to_pair",
            f"{quoted(found.name)}没有可以结对的{word}" + (f"：{told}{more}。" if told else "。"),
            why[0].hint if why else f"请先登记{word}的意愿，或导入调查表。",
        )


def _refuse_twice(mentees: Sequence[Mentee], rows: Sequence[PairRow]) -> None:
    standing = {one.mentee_id: one for one in rows if one.state in STANDING}
    seen: set[str] = set()
    for one in mentees:
        if one.id in seen:
            raise UserError(
                "mentoring.mentee_twice",
                f"{one.name}（{one.no}）出现了两次。",
                "一名徒弟在一项工程里只跟一位师傅，请只留一行。",
            )
        seen.add(one.id)
        if one.id in standing:
            known = standing[one.id]
            raise UserError(
                "mentoring.paired",
                f"{one.name}（{one.no}）已与{known.mentor}结对（{known.state_name}）。",
                "要换师傅请用“更换师傅”并写明原因。",
            )


def _not_standing(choices: Sequence[Choice], rows: Sequence[PairRow]) -> list[Choice]:
    """The choices besides those that say what stands already."""
    standing = {(one.mentor_id, one.mentee_id) for one in rows if one.state in STANDING}
    return [one for one in choices if (one.mentor_id, one.mentee_id) not in standing]


def _over_full(mentors: Sequence[Mentor], rows: Sequence[PairRow]) -> list[str]:
    counts: dict[str, int] = {}
    for one in rows:
        counts[one.mentor_id] = counts.get(one.mentor_id, 0) + 1
    return [
        f"{one.name}（{one.no}）最多带 {one.room} 人，现有 {counts[one.id]} 人。"
        for one in mentors
        if counts.get(one.id, 0) > one.room
    ]


def _proposed(office: Office, pair_ids: Sequence[str]) -> list[PairRow]:
    found = these_pairs(office, pair_ids)
    for one in found:
        if one.state != "proposed":
            raise UserError(
                "mentoring.not_proposed",
                f"{one.called}现在是“{one.state_name}”，不是拟配对。",
                "办过手续的师徒请用“更换师傅”或“解除”。",
            )
    return found


def _clear(office: Office, programme_id: str, *, fixed_too: bool) -> None:
    office.store.execute(
        "DELETE FROM pair WHERE programme_id = ? AND state = 'proposed' AND replaces IS NULL"
        " AND fixed <= ?",
        (programme_id, int(fixed_too)),
    )


def _clear_of(office: Office, programme_id: str, mentee_ids: Sequence[object]) -> None:
    office.store.execute(
        "DELETE FROM pair WHERE programme_id = ? AND state = 'proposed'"
        " AND mentee_id IN (SELECT value FROM json_each(?))",
        (programme_id, json.dumps(list(mentee_ids))),
    )


def _row(
    office: Office, programme_id: str, mentor: Mentor, mentee: Mentee, *, fixed: bool
) -> tuple[object, ...]:
    shared = [code for code in mentee.subjects if code in mentor.subjects]
    return (
        office.store.ids.new_id(), programme_id, mentor.id, mentee.id,
        "、".join(shared or mentee.subjects) or None, mentee.stage or None,
        mentor.school.id or None, mentee.school.id or None, int(fixed), "proposed",
    )  # fmt: skip


def _taken_over(known: PairRow | None) -> tuple[object, object]:
    """Which pair a new proposal takes the place of, and why, as the proposal before it had it."""
    return (known.replaces or None, known.reason or None) if known else (None, None)
