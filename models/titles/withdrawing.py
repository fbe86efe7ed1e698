"""Ending titles: withdrawn as a sanction, ended by leaving, or written by mistake."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.grants import Grant, grants_named
from models.titles.holding import follow
from models.titles.kinds import title_rules
from models.titles.terms import end_of_term
from models.training.words import need_words

_TOLD = 5


def withdraw(
    office: Office,
    grant_ids: Sequence[str],
    reason: str,
    *,
    on: str = "",
    decided_by: str = "",
    consequence: str | None = None,
) -> Operation:
    """Withdraw titles (取消称号) as one undoable step; the register follows.

    Args:
        office: the office.
        grant_ids: which.
        reason: why, in words.
        on: from which day, ISO; today where left out.
        decided_by: who decided; the person at the desk where left out.
        consequence: what follows, in words; what the kind says where left out.

    Raises:
        UserError: none chosen, no reason, one that does not hold any more, a day before the
            grant or still to come.
    """
    words = need_words(reason, "取消的原因")
    found = grants_named(office, grant_ids)
    day = on or office.store.clock.today().isoformat()
    with office.store.operation("titles.withdraw", _title("取消", found)) as operation:
        _end(office, found, day, ("withdrawn", words, decided_by), consequence)
    return operation


def end_by_leaving(
    office: Office, grant_ids: Sequence[str], reason: str, *, on: str = ""
) -> Operation:
    """End titles because the person retired, left or gave them up; no sanction follows.

    Raises:
        UserError: as ``withdraw``.
    """
    words = need_words(reason, "终止的原因")
    found = grants_named(office, grant_ids)
    day = on or office.store.clock.today().isoformat()
    with office.store.operation("titles.leave", _title("终止", found)) as operation:
        _end(office, found, day, ("left", words, ""), "")
    return operation


def mark_mistaken(office: Office, grant_ids: Sequence[str], reason: str) -> Operation:
    """Mark titles as entered by mistake: they never held; the lines stay to be seen.

    Raises:
        UserError: as ``withdraw``.
    """
    words = need_words(reason, "登记有误的原因")
    found = grants_named(office, grant_ids)
    today = office.store.clock.today().isoformat()
    with office.store.operation("titles.mistaken", _title("登记有误", found)) as operation:
        _end(office, found, today, ("mistaken", words, ""), "")
    return operation


def _end(
    office: Office,
    found: Sequence[Grant],
    day: str,
    end: tuple[str, str, str],
    consequence: str | None,
) -> None:
    how, words, by = end
    _refuse(office, found, day, how)
    for one in found:
        follows = consequence
        if follows is None:
            follows = title_rules().kind(one.kind).withdrawn
        office.store.execute(
            "UPDATE title_grant SET ended_on = ?, ended_how = ?, ended_because = ?, ended_by = ?,"
            " consequence = ? WHERE id = ?",
            (day, how, words, by.strip() or office.store.person, follows or None, one.id),
        )
    follow(office, [one.teacher_id for one in found])


def _refuse(office: Office, found: Sequence[Grant], day: str, how: str) -> None:
    over = [one for one in found if one.state not in ("valid", "lapsed", "coming")]
    if over:
        told = "；".join(f"{one.name}的{one.title}{one.state_name}" for one in over[:_TOLD])
        raise UserError("titles.over", f"{told}。", "请从选择中去掉他们，本次没有写入。")
    if day > office.store.clock.today().isoformat():
        raise UserError("titles.day", f"{day} 还没有到。", "请填今天或以前的日期。")
    early = [one for one in found if one.granted_on > day and how != "mistaken"]
    if early:
        one = early[0]
        raise UserError(
            "titles.day",
            f"{one.name} {one.granted_on} 才授予{one.title}，不能在 {day} 结束。",
            "请核对日期；登记错了的请标为“登记有误”。",
        )


def barred_until(office: Office, teacher_ids: Sequence[str]) -> Mapping[str, str]:
    """Teacher to the day until which a withdrawn title bars every new nomination.

    For how long is said by the title that was withdrawn, not by the one that is wanted now.
    """
    rows = office.store.query(
        "SELECT teacher_id, kind, MAX(ended_on) AS day FROM title_grant"
        " WHERE ended_how = 'withdrawn' AND teacher_id IN (SELECT value FROM json_each(?))"
        " GROUP BY teacher_id, kind",
        (json.dumps(list(teacher_ids)),),
    )
    today = office.store.clock.today().isoformat()
    found: dict[str, str] = {}
    for row in rows:
        until = end_of_term(row["day"], title_rules().kind(row["kind"]).barred_years) or ""
        if until >= max(today, found.get(row["teacher_id"], "")):
            found[row["teacher_id"]] = until
    return found


def _title(verb: str, found: Sequence[Grant]) -> str:
    if len(found) == 1:
        return f"{verb}{found[0].name}的{found[0].title}"
    return f"{verb}称号 {len(found)} 个"
