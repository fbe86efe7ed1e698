"""What becomes of pairs that stand: another mentor, an end before time, their agreement."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.errors import UserError
from models.mentoring.costs import obstacles
from models.mentoring.days import day_given
from models.mentoring.pairs import OPEN, STANDING, PairRow, pair_rows, these_pairs
from models.mentoring.people import Known, gather, mentee_of
from models.mentoring.programmes import running
from models.office.context import Office
from models.store.operations import Operation
from models.training.words import need_words

_NEW = (
    "id", "programme_id", "mentor_id", "mentee_id", "subject", "stage", "mentor_school_id",
    "mentee_school_id", "replaces", "reason", "fixed", "state",
)  # fmt: skip


def change_mentor(
    office: Office, pair_id: str, mentor_id: str, reason: str, on: str = ""
) -> tuple[str, Operation]:
    """Give a mentee another mentor: the old pair is dissolved, a new one takes the steps anew.

    Args:
        office: the office.
        pair_id: the pair that ends.
        mentor_id: who leads from now on.
        reason: why.
        on: the last day of the old pair, today where left out.

    Returns:
        The new pair's identity and the undoable step.

    Raises:
        UserError: no reason; the pair does not stand; the new mentor is the old one, cannot lead,
            has no room left, or a hard rule is in the way.
    """
    words = need_words(reason, "更换师傅的原因")
    (pair,) = these_pairs(office, [pair_id])
    _refuse_fallen([pair])
    if mentor_id == pair.mentor_id:
        raise UserError("mentoring.same_mentor", f"{pair.called}没有换人。", "请选另一位师傅。")
    school = _fit_mentor(office, pair, mentor_id)
    identity = office.store.ids.new_id()
    with office.store.operation("mentoring.change_mentor", f"{pair.mentee}更换师傅") as operation:
        _dissolve(office, [pair], words, on)
        row = (
            identity, pair.programme_id, mentor_id, pair.mentee_id, pair.subject or None,
            pair.stage or None, school, pair.mentee_school_id or None, pair.id, words, 1,
            "proposed",
        )  # fmt: skip
        office.store.insert("pair", _NEW, [row])
    return identity, operation


def dissolve(office: Office, pair_ids: Sequence[str], reason: str, on: str = "") -> Operation:
    """End pairs before their time; they stay in the file with the reason.

    Raises:
        UserError: no reason, or a pair that does not stand.
    """
    words = need_words(reason, "解除的原因")
    found = these_pairs(office, pair_ids)
    _refuse_fallen(found)
    with office.store.operation("mentoring.dissolve", f"解除师徒 {len(found)} 对") as operation:
        _dissolve(office, found, words, on)
    return operation


def sign(
    office: Office,
    pair_ids: Sequence[str],
    signed_on: str | None,
    *,
    goals: str | None = None,
    tasks: str | None = None,
) -> Operation:
    """Put down that agreements were signed, and their own goals and tasks where given.

    None leaves day, goals or tasks as they are; "" for goals or tasks takes the programme's again.

    Raises:
        UserError: a pair that does not stand; a day that is none or yet to come.
    """
    found = these_pairs(office, pair_ids)
    _refuse_fallen(found)
    day = None if signed_on is None else day_given(office, signed_on)
    with office.store.operation("mentoring.sign", f"签订协议 {len(found)} 份") as operation:
        ids = json.dumps([one.id for one in found])
        for column, text in (("signed_on", day), ("goals", goals), ("tasks", tasks)):
            if text is not None:
                office.store.execute(
                    f"UPDATE pair SET {column} = ?"  # noqa: S608 - one of the three columns
                    " WHERE id IN (SELECT value FROM json_each(?))",
                    (text.strip() or None, ids),
                )
    return operation


def note_agreement_numbers(office: Office, numbers: dict[str, str]) -> Operation:
    """Put down the numbers that the issue of agreements gave; pair to number.

    Raises:
        UserError: a pair that is not there any more.
    """
    found = these_pairs(office, list(numbers))
    with office.store.operation("mentoring.number", f"协议编号 {len(found)} 份") as operation:
        for one in found:
            office.store.execute(
                "UPDATE pair SET agreement_no = ? WHERE id = ?", (numbers[one.id], one.id)
            )
    return operation


def _fit_mentor(office: Office, pair: PairRow, mentor_id: str) -> str | None:
    """The school of a mentor who may take the mentee over."""
    programme = running(office, pair.programme_id)
    crowd = gather(office, programme)
    mentor = Known(crowd).mentor(mentor_id)
    broken = obstacles(mentor, mentee_of(office, programme, pair), crowd.rules)
    if broken:
        raise UserError(
            "mentoring.rule", f"{mentor.name}不能带{pair.mentee}：{broken[0]}。", "请另选师傅。"
        )
    rows = pair_rows(office, pair.programme_id, OPEN)
    led = sum(1 for one in rows if one.mentor_id == mentor_id)
    if led >= mentor.room:
        raise UserError(
            "mentoring.full",
            f"{mentor.name}最多带 {mentor.room} 人，现有 {led} 人。",
            "请另选师傅，或先加大这位师傅的名额。",
        )
    return mentor.school.id or None


def _refuse_fallen(pairs: Sequence[PairRow]) -> None:
    for one in pairs:
        if one.state not in STANDING:
            raise UserError(
                "mentoring.not_standing",
                f"{one.called}现在是“{one.state_name}”，不能这样办理。",
                "只有已申报、已推荐、已备案的师徒可以办理。",
            )


def _dissolve(office: Office, pairs: Sequence[PairRow], reason: str, on: str) -> None:
    day = day_given(office, on)
    for one in pairs:
        if one.starts_on and day < one.starts_on:
            raise UserError(
                "mentoring.days",
                f"解除日期 {day} 早于{one.called}的开始日期 {one.starts_on}。",
                "请核对日期。",
            )
    office.store.execute(
        "UPDATE pair SET state = 'dissolved', state_reason = ?, ends_on = ?"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (reason, day, json.dumps([one.id for one in pairs])),
    )
