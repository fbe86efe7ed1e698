"""Pairs that did not keep their agreement: the title's withdrawal is proposed, a person decides.

桦甸 2009: 「对没有履行带徒协议的骨干教师取消骨干称号」.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from models.errors import UserError
from models.mentoring.kinds import read_kinds
from models.mentoring.pairs import WORKED, PairRow, these_pairs
from models.office.context import Office
from models.store.operations import Operation
from models.titles.grants import teacher_grants
from models.titles.holding import adopt
from models.titles.kinds import title_rules
from models.training.words import need_words

Decision = Literal["withdraw", "keep"]
Withdraw = Callable[[Office, Sequence[str], str], object]
"""Takes grants of titles back for a reason; who calls knows what stands on them."""
DECISION_NAMES = {"withdraw": "取消称号", "keep": "保留称号"}
_COLUMNS = ("id", "pair_id", "teacher_id", "reason", "proposed_by", "proposed_on")
_LIST = """
SELECT w.*, a.name AS mentor, a.teacher_no AS mentor_no, b.name AS mentee
FROM withdrawal_proposal AS w JOIN pair AS p ON p.id = w.pair_id
JOIN teacher AS a ON a.id = w.teacher_id JOIN teacher AS b ON b.id = p.mentee_id
WHERE p.programme_id = :programme OR w.id = :one
ORDER BY w.decided_on IS NOT NULL, w.proposed_on DESC, w.rowid
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to withdraw a mentor's title; what is not decided is "".

    Attributes:
        id, pair_id, teacher_id: which, on whose account.
        mentor, mentor_no, mentee: by name.
        reason, proposed_by, proposed_on: why, by whom, when.
        decision, opinion, decided_by, decided_on: what a person decided.
    """

    id: str
    pair_id: str
    teacher_id: str
    mentor: str
    mentor_no: str
    mentee: str
    reason: str
    proposed_by: str
    proposed_on: str
    decision: str
    opinion: str
    decided_by: str
    decided_on: str


def propose_withdrawal(office: Office, pair_ids: Sequence[str], reason: str) -> Operation:
    """Propose to withdraw the titles of the mentors of pairs.

    Raises:
        UserError: no reason; a pair that was never filed, or of whom it is proposed already.
    """
    words = need_words(reason, "没有履行协议的情况")
    found = these_pairs(office, pair_ids)
    for one in found:
        _check(office, one)
    today = office.store.clock.today().isoformat()
    person = office.store.person or "（未署名）"
    with office.store.operation(
        "mentoring.propose_withdrawal", f"建议取消称号 {len(found)} 人"
    ) as operation:
        rows = [
            (office.store.ids.new_id(), one.id, one.mentor_id, words, person, today)
            for one in found
        ]
        office.store.insert("withdrawal_proposal", _COLUMNS, rows)
    return operation


def decide_withdrawal(
    office: Office,
    proposal_id: str,
    decision: Decision,
    opinion: str,
    withdraw: Withdraw,
) -> Operation:
    """Decide on a proposal; if so, the titles the office can withdraw end in the same step.

    Args:
        office: the office.
        proposal_id: which.
        decision: whether the title goes.
        opinion: on what grounds.
        withdraw: takes the titles back, and with them what stands on them, such as certificates.

    Raises:
        UserError: no opinion, decided already, or no title that holds and is the office's to take.
    """
    words = need_words(opinion, "决定的依据")
    found = proposal_of(office, proposal_id)
    if found.decision:
        raise UserError(
            "mentoring.decided",
            f"对{found.mentor}已于 {found.decided_on} 决定“{DECISION_NAMES[found.decision]}”。",
            "要改决定请先在操作记录里撤销。",
        )
    today = office.store.clock.today().isoformat()
    title = f"{DECISION_NAMES[decision]}：{found.mentor}"
    with office.store.operation("mentoring.decide_withdrawal", title) as operation:
        office.store.execute(
            "UPDATE withdrawal_proposal SET decision = ?, opinion = ?, decided_by = ?,"
            " decided_on = ? WHERE id = ?",
            (decision, words, office.store.person or "（未署名）", today, proposal_id),
        )
        if decision == "withdraw":
            adopt(office, [found.teacher_id])  # titles that only the register knows
            withdraw(office, _grants(office, found), f"{found.reason} {words}")
    return operation


def proposals_of(office: Office, programme_id: str) -> list[Proposal]:
    """The proposals of a programme, those that wait for a decision first."""
    return _read(office, programme_id, "")


def proposal_of(office: Office, proposal_id: str) -> Proposal:
    """One proposal.

    Raises:
        UserError: it is not there any more.
    """
    found = _read(office, "", proposal_id)
    if not found:
        raise UserError("mentoring.no_proposal", "这条建议已不在库中。", "请刷新列表。")
    return found[0]


def _read(office: Office, programme_id: str, one: str) -> list[Proposal]:
    words = ("decision", "opinion", "decided_by", "decided_on", "mentor_no")
    return [
        Proposal(
            row["id"], row["pair_id"], row["teacher_id"], row["mentor"],
            mentee=row["mentee"], reason=row["reason"], proposed_by=row["proposed_by"],
            proposed_on=row["proposed_on"], **{name: row[name] or "" for name in words},
        )
        for row in office.store.query(_LIST, {"programme": programme_id, "one": one})
    ]  # fmt: skip


def _grants(office: Office, found: Proposal) -> list[str]:
    """The titles of the mentor that hold and that the office itself can withdraw."""
    kinds, rules = read_kinds(), title_rules()
    held = [one for one in teacher_grants(office, found.teacher_id) if one.valid]
    own = [
        one.id
        for one in held
        if kinds.level_of(rules.kind(one.kind).levels.get(one.level)) in kinds.withdrawn
    ]
    if own:
        return own
    if held:
        told = "、".join(one.title for one in held)
        raise UserError(
            "mentoring.others_title",
            f"{found.mentor}的称号（{told}）不是本单位授予的，不能由本单位取消。",
            "请报授予单位取消，这里决定“保留称号”并写明情况。",
        )
    raise UserError(
        "mentoring.no_title",
        f"{found.mentor}没有有效的称号可以取消。",
        "请在骨干与名师里核对，或决定“保留称号”并写明情况。",
    )


def _check(office: Office, one: PairRow) -> None:
    if one.state not in WORKED or not one.starts_on:
        raise UserError(
            "mentoring.not_filed",
            f"{one.called}现在是“{one.state_name}”，还没有协议可言。",
            "只有备案过的师徒可以这样办理。",
        )
    waiting = office.store.value(
        "SELECT COUNT(*) FROM withdrawal_proposal WHERE pair_id = ? AND decision IS NULL",
        (one.id,),
    )
    if waiting:
        raise UserError(
            "mentoring.proposed_already",
            f"对{one.mentor}因{one.called}取消称号的建议正等待决定。",
            "请先决定那一条。",
        )
