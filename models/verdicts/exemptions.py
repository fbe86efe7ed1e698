"""Leave that lessens what is owed (产假、病假、支教 …): filed, then approved or refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.verdicts.periods import months_within

STATE_NAMES = {"filed": "待批", "approved": "已批", "refused": "未批"}
_COLUMNS = (
    "id", "teacher_id", "ground", "first_day", "last_day", "reason", "state", "decided_by",
    "decided_on", "opinion",
)  # fmt: skip
_APPROVED = """
SELECT teacher_id, ground, first_day, last_day FROM exemption WHERE state = 'approved'
    AND first_day <= :last AND last_day >= :first
    AND (:ids IS NULL OR teacher_id IN (SELECT value FROM json_each(:ids)))
"""
_LIST = """
SELECT x.id, x.teacher_id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, '') AS school,
    x.ground, x.first_day, x.last_day, x.reason, x.state, x.decided_by, x.decided_on, x.opinion
FROM exemption AS x JOIN teacher AS t ON t.id = x.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE (:teacher IS NULL OR x.teacher_id = :teacher) AND (:state IS NULL OR x.state = :state)
ORDER BY x.first_day DESC, t.name_pinyin, x.id
"""


@dataclass(frozen=True, slots=True)
class Exemption:
    """One leave as lists show it; codes and states by name, days ISO."""

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    school: str
    ground: str
    first_day: str
    last_day: str
    reason: str
    state: str
    decided_by: str
    decided_on: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Leave:
    """An approved leave as far as sums ask: its state's code and the whole months it covers."""

    ground: str
    months: range


def file_exemption(
    office: Office, teacher_id: str, ground: str, days: tuple[date, date], reason: str
) -> Operation:
    """File a leave for approval.

    Args:
        office: the office.
        teacher_id: whose.
        ground: code of ``teacher_status``.
        days: first and last day.
        reason: why, in words.

    Raises:
        UserError: no such teacher or state, no reason, the last day before the first.
    """
    first, last = days
    name = office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher_id,))
    if name is None:
        raise UserError("verdicts.no_teacher", "这名教师已不在名册中。", "请刷新后重新选择。")
    state = office.codes["teacher_status"].get(ground)
    if state is None:
        raise UserError("verdicts.ground", f"没有“{ground}”这种岗位状态。", "请从列表中选择。")
    if not reason.strip():
        raise UserError("verdicts.no_reason", "没有写减免的事由。", "请写明事由和依据。")
    if last < first:
        raise UserError("verdicts.days", f"结束日期 {last} 早于开始日期 {first}。", "请核对日期。")
    with office.store.operation(
        "verdicts.file_exemption", f"申报减免：{name} {state.name} {first} 至 {last}"
    ) as operation:
        row = (
            office.store.ids.new_id(), teacher_id, ground, first.isoformat(), last.isoformat(),
            reason.strip(), "filed", None, None, None,
        )  # fmt: skip
        office.store.insert("exemption", _COLUMNS, [row])
    return operation


def decide_exemptions(
    office: Office, ids: Sequence[str], *, approve: bool, opinion: str = ""
) -> Operation:
    """Approve or refuse filed leaves; a refusal needs a reason.

    Raises:
        UserError: nothing selected, none of them still waits, or a refusal without a reason.
    """
    if not approve and not opinion.strip():
        raise UserError("verdicts.no_opinion", "不批准要写明原因。", "请填写原因。")
    waiting = office.store.value(
        "SELECT COUNT(*) FROM exemption WHERE state = 'filed'"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    if not waiting:
        raise UserError(
            "verdicts.none_waiting",
            "选中的减免不在待批之列：都已经批过，或已不存在。",
            "请刷新列表。",
        )
    word = "批准" if approve else "不批准"
    with office.store.operation("verdicts.decide", f"{word}减免 {waiting} 条") as operation:
        office.store.execute(
            "UPDATE exemption SET state = ?, decided_by = ?, decided_on = ?, opinion = ?"
            " WHERE state = 'filed' AND id IN (SELECT value FROM json_each(?))",
            (
                "approved" if approve else "refused",
                office.store.person,
                office.store.clock.today().isoformat(),
                opinion.strip() or None,
                json.dumps(list(ids)),
            ),
        )
    return operation


def exemptions(
    office: Office, *, teacher_id: str | None = None, state: str | None = None
) -> list[Exemption]:
    """The leaves on file, the latest first."""
    found = office.store.query(_LIST, {"teacher": teacher_id, "state": state})
    table = office.codes["teacher_status"]
    return [
        Exemption(
            **{
                **{name: row[name] or "" for name in row.keys()},  # noqa: SIM118 - a sqlite3.Row
                "ground": table.name_of(row["ground"]),
                "state": STATE_NAMES[row["state"]],
            }
        )
        for row in found
    ]


def count_waiting(office: Office) -> int:
    """How many leaves wait for a decision."""
    return int(office.store.value("SELECT COUNT(*) FROM exemption WHERE state = 'filed'"))


def approved_leave(
    office: Office, years: tuple[int, int], ids: Iterable[str] | None = None
) -> dict[str, list[Leave]]:
    """Teacher to the approved leaves that touch those years."""
    given = {
        "first": f"{years[0]}-01-01",
        "last": f"{years[1]}-12-31",
        "ids": None if ids is None else json.dumps(sorted(set(ids))),
    }
    found: dict[str, list[Leave]] = {}
    for row in office.store.query(_APPROVED, given):
        months = months_within(row["first_day"], row["last_day"])
        found.setdefault(row["teacher_id"], []).append(Leave(row["ground"], months))
    return found
