"""What became of mentees: whether they reached the designation that is the programme's goal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.errors import UserError
from models.mentoring.pairs import COUNTED, PairRow, pair_rows, these_pairs
from models.mentoring.programmes import Programme, programme
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.text.quotes import quoted
from models.training.words import need_words
from models.verdicts.basis import pack_over
from models.verdicts.designations import entitlements
from models.verdicts.judging import judge
from models.verdicts.periods import Period

Result = Literal["reached", "not_reached"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pair came to.

    Attributes:
        pair: which.
        result: whether the mentee reached the goal.
        note: on what that rests, or what is in the way.
    """

    pair: PairRow
    result: Result
    note: str


def judge_results(
    office: Office, programme_id: str, progress: Progress | None = None
) -> list[Outcome]:
    """Whether the mentees of filed pairs have reached the goal by the rule pack; nothing written.

    They are judged over the years of the programme that have begun, by the pack in force.

    Raises:
        UserError: no filed pair, no pack in force, or a pack without that designation.
    """
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id, COUNTED)
    if not pairs:
        raise UserError(
            "mentoring.no_filed",
            f"{quoted(found.name)}没有已备案的师徒。",
            "请先办完三步手续。",
        )
    period = _period(found, office.store.clock.today())
    pack = pack_over(office, period)
    goal = next((one for one in pack.designations if one.title == found.kind.goal), None)
    if goal is None:
        raise UserError(
            "mentoring.no_goal",
            f"规则包“{pack.title}”里没有“{found.kind.goal}”这种认定。",
            "请为这段时间指定有这种认定的规则包，或手工填写结果。",
        )
    mentees = list(dict.fromkeys(one.mentee_id for one in pairs))
    board = judge(office, period, pack, ids=mentees, progress=progress)
    known = {
        board.people[one.place].id: one
        for one in entitlements(office, board, pack)
        if one.designation.id == goal.id
    }
    basis = f"{pack.title}，{period.label} 年"
    outcomes: list[Outcome] = []
    for pair in pairs:
        one = known.get(pair.mentee_id)
        if one is not None and one.earned:
            outcomes.append(Outcome(pair, "reached", f"达到“{goal.title}”（{basis}）"))
        else:
            why = "；".join(one.reasons) if one is not None else "不在认定的范围内"
            outcomes.append(Outcome(pair, "not_reached", f"{why}（{basis}）"))
    return outcomes


def record_results(office: Office, outcomes: Sequence[Outcome]) -> Operation:
    """Put down what was found, in the place of earlier results.

    Raises:
        UserError: there is nothing to put down.
    """
    if not outcomes:
        raise UserError("mentoring.no_results", "没有要记下的结果。", "请先核算结果。")
    reached = sum(1 for one in outcomes if one.result == "reached")
    today = office.store.clock.today().isoformat()
    title = f"师徒结果 {len(outcomes)} 对，达成 {reached} 对"
    with office.store.operation("mentoring.result", title) as operation:
        for one in outcomes:
            office.store.execute(
                "UPDATE pair SET result = ?, result_on = ?, result_note = ? WHERE id = ?",
                (one.result, today, one.note, one.pair.id),
            )
    return operation


def set_result(
    office: Office, pair_ids: Sequence[str], result: Result | None, note: str
) -> Operation:
    """Put a result down by hand, or take it back with None; the reason stays with it.

    Raises:
        UserError: no reason, or a pair that was never filed.
    """
    words = need_words(note, "认定的依据")
    found = these_pairs(office, pair_ids)
    for one in found:
        if one.state not in COUNTED:
            raise UserError(
                "mentoring.not_filed",
                f"{one.called}现在是“{one.state_name}”，没有结果可填。",
                "只有已备案或期满的师徒有结果。",
            )
    today = office.store.clock.today().isoformat()
    with office.store.operation("mentoring.set_result", f"填写结果 {len(found)} 对") as operation:
        office.store.execute(
            "UPDATE pair SET result = ?, result_on = ?, result_note = ?"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (result, result and today, words, json.dumps([one.id for one in found])),
        )
    return operation


def _period(found: Programme, today: date) -> Period:
    first, last = int(found.starts_on[:4]), int(found.ends_on[:4])
    return Period(first, max(first, min(last, today.year)))
