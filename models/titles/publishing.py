"""The public list (公示) of a batch, the objections to it, and what was decided on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.batches import BatchRow, open_for_change
from models.titles.kinds import title_rules
from models.titles.nominating import open_nomination
from models.titles.nominations import NominationRow, nominations
from models.training.words import need_words

_TOLD = 3
_OBJECTIONS = """
SELECT o.id, o.nomination_id, t.name, n.school_name AS school, o.received_on,
    COALESCE(o.sender, '') AS sender, o.text, o.upheld, COALESCE(o.decision, '') AS decision,
    COALESCE(o.decided_by, '') AS decided_by, COALESCE(o.decided_on, '') AS decided_on
FROM title_objection AS o JOIN nomination AS n ON n.id = o.nomination_id
JOIN teacher AS t ON t.id = n.teacher_id
WHERE n.batch_id = ? ORDER BY o.received_on, o.id
"""


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to somebody on a public list; ``upheld`` is None until it is decided."""

    id: str
    nomination_id: str
    name: str
    school: str
    received_on: str
    sender: str
    text: str
    upheld: int | None
    decision: str
    decided_by: str
    decided_on: str

    @property
    def state_name(self) -> str:
        """What was decided, in the office's words."""
        if self.upheld is None:
            return "待处理"
        return "异议成立" if self.upheld else "异议不成立"


def publish(office: Office, batch_id: str, first: str, last: str) -> Operation:
    """Put on the public list everybody who was checked and has nothing in the way.

    Everybody else who was recommended is refused with the reasons. A list that hangs already is
    made anew from what is recommended and listed now.

    Args:
        office: the office.
        batch_id: the batch.
        first: the first day on which it hangs, ISO.
        last: the last one.

    Raises:
        UserError: no such batch, closed or granted; somebody who was not checked; nobody fit;
            more than the quota; days the wrong way round or too few.
    """
    found = open_for_change(office, batch_id)
    if found.granted_on:
        raise UserError("titles.granted", f"“{found.name}”已认定，不能再公示。", "请另开一批。")
    _check_days(first, last)
    asked = [one for one in nominations(office, batch_id) if one.state not in ("dropped",)]
    fit = _fit(found, asked)
    with office.store.operation("titles.publish", f"{found.name}公示 {len(fit)} 人") as operation:
        office.store.execute(
            "UPDATE title_batch SET listed_from = ?, listed_until = ? WHERE id = ?",
            (first, last, batch_id),
        )
        for one in asked:
            state = ("listed", None) if one.fit else ("refused", _reasons(one))
            office.store.execute(
                "UPDATE nomination SET state = ?, reason = ? WHERE id = ?", (*state, one.id)
            )
    return operation


def unpublish(office: Office, batch_id: str) -> Operation:
    """Take a public list back: everybody on it is recommended again.

    Raises:
        UserError: no such batch, closed, granted, or it does not hang.
    """
    found = open_for_change(office, batch_id)
    if found.granted_on or not found.listed_from:
        raise UserError("titles.not_listed", f"“{found.name}”没有在公示。", "请刷新列表。")
    with office.store.operation("titles.unpublish", f"收回{found.name}公示") as operation:
        office.store.execute(
            "UPDATE title_batch SET listed_from = NULL, listed_until = NULL WHERE id = ?",
            (batch_id,),
        )
        office.store.execute(
            "UPDATE nomination SET state = 'nominated', reason = NULL"
            " WHERE batch_id = ? AND state IN ('listed', 'refused')",
            (batch_id,),
        )
    return operation


def object_to(
    office: Office, nomination_id: str, text: str, *, sender: str = "", on: str = ""
) -> Operation:
    """Put down an objection to somebody on a public list.

    Raises:
        UserError: no words, or the person is not on a public list.
    """
    words = need_words(text, "异议的内容")
    one = open_nomination(office, nomination_id)
    if one.state != "listed":
        raise UserError("titles.not_listed", f"{one.name}没有在公示。", "请先公示。")
    day = on or office.store.clock.today().isoformat()
    with office.store.operation("titles.object", f"对{one.name}的异议") as operation:
        office.store.insert(
            "title_objection",
            ("id", "nomination_id", "received_on", "sender", "text"),
            [(office.store.ids.new_id(), nomination_id, day, sender.strip() or None, words)],
        )
    return operation


def decide(office: Office, objection_id: str, *, upheld: bool, decision: str) -> Operation:
    """Decide on an objection; where it is upheld, the person drops out of the batch.

    What was said of somebody who dropped out meanwhile can be decided too; nothing follows from it.

    Raises:
        UserError: no such objection, decided already, no words, a closed batch.
    """
    words = need_words(decision, "处理意见")
    row = office.store.one("SELECT * FROM title_objection WHERE id = ?", (objection_id,))
    if row is None or row["upheld"] is not None:
        raise UserError("titles.no_objection", "没有这条异议，或已经处理。", "请刷新列表。")
    one = open_nomination(office, row["nomination_id"], even_dropped=True)
    title = f"对{one.name}的异议{'成立' if upheld else '不成立'}"
    with office.store.operation("titles.decide", title) as operation:
        today = office.store.clock.today().isoformat()
        office.store.execute(
            "UPDATE title_objection SET upheld = ?, decision = ?, decided_by = ?, decided_on = ?"
            " WHERE id = ?",
            (int(upheld), words, office.store.person, today, objection_id),
        )
        if upheld and one.state != "dropped":
            office.store.execute(
                "UPDATE nomination SET state = 'dropped', reason = ? WHERE id = ?",
                (f"公示有异议：{words}", one.id),
            )
    return operation


def objections(office: Office, batch_id: str) -> list[Objection]:
    """The objections to a batch's list, the earliest first."""
    return [Objection(*row) for row in office.store.query(_OBJECTIONS, (batch_id,))]


def _check_days(first: str, last: str) -> None:
    least = title_rules().listed_days
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError as error:
        raise UserError(
            "titles.days", f"公示日期“{first}”“{last}”看不懂。", "请写成 2025-09-01。"
        ) from error
    if days < least:
        earliest = (date.fromisoformat(first) + timedelta(days=least - 1)).isoformat()
        raise UserError(
            "titles.days",
            f"公示只有 {max(days, 0)} 天，至少要 {least} 天。",
            f"请把截止日期定在 {earliest} 或以后。",
        )


def _fit(batch: BatchRow, asked: list[NominationRow]) -> list[NominationRow]:
    unchecked = [
        one for one in asked if not one.checked and title_rules().kind(one.kind).conditions
    ]
    if unchecked:
        names = "、".join(one.name for one in unchecked[:_TOLD])
        raise UserError(
            "titles.unchecked",
            f"“{batch.name}”有 {len(unchecked)} 人还没有审核：{names}等。",
            "请先审核，再公示。",
        )
    fit = [one for one in asked if one.fit]
    if not fit:
        raise UserError(
            "titles.nobody_fit", f"“{batch.name}”没有符合条件的人选。", "请核对审核结果，或破格。"
        )
    if batch.quota is not None and len(fit) > batch.quota:
        raise UserError(
            "titles.beyond_quota",
            f"“{batch.name}”总名额 {batch.quota} 人，符合条件的有 {len(fit)} 人。",
            "请让一部分人退出，或调整总名额。",
        )
    return fit


def _reasons(one: NominationRow) -> str:
    return "；".join(finding.text for finding in one.obstacles)
