"""The steps on which a proposal becomes a filed pair: 个人申报 → 学校推荐 → 培训部审核备案."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.errors import UserError
from models.mentoring.days import day_given
from models.mentoring.kinds import Step
from models.mentoring.pairs import STATE_NAMES, PairRow, these_pairs
from models.mentoring.people import Register, broken_rules
from models.mentoring.programmes import Programme, running
from models.office.context import Office
from models.store.operations import Operation
from models.training.words import need_words

_COLUMNS = ("id", "pair_id", "step", "decision", "opinion", "person", "decided_on")
_OF = """
SELECT step, decision, opinion, person, decided_on FROM pair_step WHERE pair_id = ?
ORDER BY decided_on, rowid
"""
EXCEPTION = "特例："
DECISION_NAMES = {"agreed": "同意", "refused": "不同意"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken on a pair."""

    step: str
    name: str
    decision: str
    opinion: str
    person: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is said with a step.

    Attributes:
        opinion: to it; a refusal needs one.
        exception: why pairs that break a hard rule are filed all the same.
        on: ISO day of the decision, such as of pairs that were filed on paper before; "" for today.
    """

    opinion: str = ""
    exception: str = ""
    on: str = ""


def take_step(
    office: Office,
    pair_ids: Sequence[str],
    step_id: str,
    said: str | Said = "",
    *,
    agrees: bool = True,
) -> Operation:
    """Take a step on pairs of one programme that have come to it.

    Who steps on must still be fit: a mentor with a standing title, people in post, open schools.
    Filed pairs begin on the day of filing, not before the programme's first day. What such a pair
    breaks of the hard rules needs a reason, which is kept with the pair and the step.

    Args:
        office: the office.
        pair_ids: the pairs.
        step_id: of which step.
        said: what is said with it, or the opinion alone.
        agrees: whether the pairs go on.

    Raises:
        UserError: a pair that is not at this step, somebody who is not fit any more, a refusal
            without a reason, a pair against the rules without one, pairs of several programmes, a
            day that is none or yet to come.
    """
    words = said if isinstance(said, Said) else Said(said)
    if not agrees:
        need_words(words.opinion, "不同意的原因")
    day = day_given(office, words.on)
    found = these_pairs(office, pair_ids)
    programme = _one_programme(office, found)
    step = step_of(programme, step_id)
    _refuse_others(programme, step, found)
    if agrees:
        refuse_unfit(office, programme, found)
    last = agrees and step.id == programme.kind.steps[-1].id
    excepted = _excepted(office, programme, found, words.exception) if last else set[str]()
    word = "同意" if agrees else "不同意"
    title = f"{step.name}{word} {len(found)} 对"
    with office.store.operation("mentoring.step", title) as operation:
        note = _Note(step.id, "agreed" if agrees else "refused", words.opinion.strip(), day)
        for part, reason in _parts(found, excepted, words.exception.strip()):
            because = reason if agrees else words.opinion.strip()
            _move(office, part, step.id if agrees else "refused", because)
            told = "；".join(text for text in (reason, note.opinion) if text)
            _write_note(office, part, replace(note, opinion=told))
        if last:
            _begin(office, programme, found, day)
    return operation


def _refuse_others(programme: Programme, step: Step, pairs: Sequence[PairRow]) -> None:
    before = programme.kind.step_before(step.id)
    for one in pairs:
        if one.state != before:
            raise UserError(
                "mentoring.wrong_step",
                f"{one.called}现在是“{one.state_name}”，不能办“{step.name}”。",
                f"只有“{STATE_NAMES[before]}”的师徒可以办这一步。",
            )


def _excepted(
    office: Office, programme: Programme, pairs: Sequence[PairRow], exception: str
) -> set[str]:
    """The pairs that break a hard rule; they need a reason."""
    broken = broken_rules(office, programme, pairs)
    for one in pairs:
        if one.id in broken and not exception.strip():
            raise UserError(
                "mentoring.rule",
                f"{one.called}：{'、'.join(broken[one.id])}，不合这项工程的要求。",
                "请改配；确需备案的，写明特例的理由。",
            )
    return set(broken)


def _parts(
    pairs: Sequence[PairRow], excepted: set[str], exception: str
) -> Iterator[tuple[list[PairRow], str]]:
    """The pairs that keep the rules and those that do not, each with what is told of them."""
    for apart in (False, True):
        part = [one for one in pairs if (one.id in excepted) == apart]
        if part:
            yield part, f"{EXCEPTION}{exception}" if apart else ""


def step_of(programme: Programme, word: str) -> Step:
    """The step of a programme with that id or name.

    Raises:
        UserError: there is none.
    """
    found = next((one for one in programme.kind.steps if word in (one.id, one.name)), None)
    if found is None:
        names = "、".join(f"{one.name}（{one.id}）" for one in programme.kind.steps)
        raise UserError("mentoring.no_step", f"没有“{word}”这一步。", f"可以填：{names}。")
    return found


def next_step(programme: Programme, pair: PairRow) -> Step | None:
    """The step that a pair waits for; None for one that is filed or has come to an end."""
    return next(
        (one for one in programme.kind.steps if programme.kind.step_before(one.id) == pair.state),
        None,
    )


def steps_of(office: Office, programme: Programme, pair_id: str) -> list[Taken]:
    """What was decided on a pair, the earliest first."""
    names: dict[str, str] = {one.id: one.name for one in programme.kind.steps}
    return [
        Taken(
            row["step"], names.get(str(row["step"]), str(row["step"])), row["decision"],
            row["opinion"] or "", row["person"], row["decided_on"],
        )
        for row in office.store.query(_OF, (pair_id,))
    ]  # fmt: skip


def refuse_unfit(office: Office, programme: Programme, pairs: Sequence[PairRow]) -> None:
    """Refuse pairs of people who cannot be paired any more.

    Raises:
        UserError: the first of them, why, and what can be done.
    """
    register = Register(office, programme)
    for one in pairs:
        trouble = register.pair_trouble(one)
        if trouble is not None:
            raise UserError("mentoring.unfit", f"{one.called}：{trouble[0]}。", trouble[1])


def _one_programme(office: Office, pairs: Sequence[PairRow]) -> Programme:
    ids = {one.programme_id for one in pairs}
    if len(ids) != 1:
        raise UserError(
            "mentoring.several_programmes", "选中的师徒分属几项工程。", "请一项一项办理。"
        )
    return running(office, ids.pop())


def _move(office: Office, pairs: Sequence[PairRow], state: str, reason: str) -> None:
    ids = json.dumps([one.id for one in pairs])
    office.store.execute(
        "UPDATE pair SET state = ?, state_reason = ? WHERE id IN (SELECT value FROM json_each(?))",
        (state, reason or None, ids),
    )


def _begin(office: Office, programme: Programme, pairs: Sequence[PairRow], day: str) -> None:
    """Let filed pairs run from a day to the programme's end."""
    office.store.execute(
        "UPDATE pair SET starts_on = COALESCE(starts_on, ?), ends_on = COALESCE(ends_on, ?)"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (max(day, programme.starts_on), programme.ends_on, json.dumps([one.id for one in pairs])),
    )


@dataclass(frozen=True, slots=True)
class _Note:
    step: str
    decision: str
    opinion: str
    day: str


def _write_note(office: Office, pairs: Sequence[PairRow], note: _Note) -> None:
    person = office.store.person or "（未署名）"
    rows = [
        (
            office.store.ids.new_id(), one.id, note.step, note.decision, note.opinion or None,
            person, note.day,
        )
        for one in pairs
    ]  # fmt: skip
    office.store.insert("pair_step", _COLUMNS, rows)
