"""Pairs of mentor and mentee as lists show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import HUNDREDTHS, plain_decimal
from models.errors import UserError
from models.office.context import Office

STATE_NAMES = {
    "proposed": "拟配对",
    "applied": "已申报",
    "recommended": "学校已推荐",
    "filed": "已备案",
    "refused": "未通过",
    "dissolved": "已解除",
    "ended": "期满",
}
STANDING = ("applied", "recommended", "filed")
"""The states of pairs that are on their way or run."""
OPEN = ("proposed", *STANDING)
"""The states of pairs that are proposed, on their way, or run."""
COUNTED = ("filed", "ended")
"""The states of pairs that have a result."""
WORKED = (*COUNTED, "dissolved")
"""The states of pairs that may have been at work."""
RESULT_NAMES = {"reached": "达成", "not_reached": "未达成"}
_SELECT = """
SELECT p.*, a.teacher_no AS mentor_no, a.name AS mentor, b.teacher_no AS mentee_no,
    b.name AS mentee, COALESCE(s.name, '') AS mentor_school, COALESCE(u.name, '') AS mentee_school,
    COALESCE(v.visits, 0) AS visits, COALESCE(v.hours, 0) AS hours, g.goals AS usual_goals,
    g.tasks AS usual_tasks
FROM pair AS p JOIN programme AS g ON g.id = p.programme_id
JOIN teacher AS a ON a.id = p.mentor_id JOIN teacher AS b ON b.id = p.mentee_id
LEFT JOIN institution AS s ON s.id = p.mentor_school_id
LEFT JOIN institution AS u ON u.id = p.mentee_school_id
LEFT JOIN (SELECT pair_id, COUNT(*) AS visits, SUM(hours) AS hours FROM pair_visit
    GROUP BY pair_id) AS v ON v.pair_id = p.id
"""
_ORDER = "ORDER BY s.name, a.name_pinyin, a.teacher_no, b.name_pinyin, b.teacher_no, p.id"
_OF_PROGRAMME = f"""{_SELECT} WHERE p.programme_id = :programme
AND (:states IS NULL OR p.state IN (SELECT value FROM json_each(:states))) {_ORDER}"""  # noqa: S608 - our own words
_THESE = f"{_SELECT} WHERE p.id IN (SELECT value FROM json_each(?)) {_ORDER}"  # noqa: S608
_WORDS = (
    "subject", "stage", "starts_on", "ends_on", "replaces", "reason", "state_reason",
    "agreement_no", "signed_on", "result", "result_on", "result_note", "mentor_no", "mentee_no",
    "mentor_school_id", "mentee_school_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair; what is not known is "".

    Attributes:
        id, programme_id, mentor_id, mentee_id: which and who.
        mentor_no, mentor, mentor_school, mentor_school_id: the mentor, at the school of the time.
        mentee_no, mentee, mentee_school, mentee_school_id: the mentee likewise.
        subject, stage: codes.
        subject_name, stage_name: in the office's words.
        state, fixed: how far it is; whether the matching leaves it alone.
        starts_on, ends_on, replaces, reason: since when, until when, which pair it took the place
            of and why.
        state_reason: why it was refused, dissolved or ended.
        goals, tasks: its own, else the programme's.
        agreement_no, signed_on: of the agreement.
        result, result_on, result_note: ``reached`` or ``not_reached``, when found, and on what.
        visits, hours: how many there were, and their hours in hundredths.
    """

    id: str
    programme_id: str
    mentor_id: str
    mentee_id: str
    mentor_no: str
    mentor: str
    mentor_school: str
    mentor_school_id: str
    mentee_no: str
    mentee: str
    mentee_school: str
    mentee_school_id: str
    subject: str
    subject_name: str
    stage: str
    stage_name: str
    state: str
    fixed: bool
    starts_on: str
    ends_on: str
    replaces: str
    reason: str
    state_reason: str
    goals: str
    tasks: str
    agreement_no: str
    signed_on: str
    result: str
    result_on: str
    result_note: str
    visits: int
    hours: int

    @property
    def state_name(self) -> str:
        """The state in the office's words."""
        return STATE_NAMES[self.state]

    @property
    def result_name(self) -> str:
        """The result in the office's words, "" for none."""
        return RESULT_NAMES.get(self.result, "")

    @property
    def called(self) -> str:
        """The pair as sentences name it."""
        return f"{self.mentor}带{self.mentee}"


def pair_rows(
    office: Office, programme_id: str, states: Sequence[str] | None = None
) -> list[PairRow]:
    """The pairs of a programme, by the mentor's school and name; ``states`` narrows."""
    given = None if states is None else json.dumps(list(states))
    rows = office.store.query(_OF_PROGRAMME, {"programme": programme_id, "states": given})
    return [_row(office, dict(row)) for row in rows]


def these_pairs(office: Office, pair_ids: Sequence[str]) -> list[PairRow]:
    """The pairs of those identities.

    Raises:
        UserError: none is given, or one is not there any more.
    """
    wanted = list(dict.fromkeys(pair_ids))
    if not wanted:
        raise UserError("mentoring.no_pair_chosen", "没有选中师徒。", "请先选择师徒。")
    found = [_row(office, dict(row)) for row in office.store.query(_THESE, (json.dumps(wanted),))]
    if len(found) != len(wanted):
        raise UserError("mentoring.no_pair", "有师徒已不在库中。", "请刷新列表。")
    return found


def pair_between(office: Office, programme_id: str, mentor_no: str, mentee_no: str) -> PairRow:
    """The latest pair of two teachers by number, one that stands before one that does not.

    Raises:
        UserError: there is none.
    """
    found = [
        one
        for one in pair_rows(office, programme_id)
        if (one.mentor_no, one.mentee_no) == (mentor_no, mentee_no)
    ]
    if not found:
        raise UserError(
            "mentoring.no_pair",
            f"这项工程里没有 {mentor_no} 带 {mentee_no} 这对师徒。",
            "请用 pair list 核对编号。",
        )
    return max(found, key=lambda one: (one.state in STANDING, one.state == "proposed"))


def state_meant(text: str) -> str:
    """The state a person means by its name or key.

    Raises:
        UserError: there is none.
    """
    for state, name in STATE_NAMES.items():
        if text.strip() in (state, name):
            return state
    names = "、".join(f"{name}（{state}）" for state, name in STATE_NAMES.items())
    raise UserError("mentoring.no_state", f"没有“{text}”这种状态。", f"可以填：{names}。")


def shown_hours(hundredths: int) -> str:
    """Hours as the office writes them."""
    return plain_decimal(Decimal(hundredths) / HUNDREDTHS)


def _row(office: Office, row: dict[str, Any]) -> PairRow:
    words = {name: row[name] or "" for name in _WORDS}
    subject, stage = office.codes["subject"], office.codes["stage"]
    return PairRow(
        id=row["id"],
        programme_id=row["programme_id"],
        mentor_id=row["mentor_id"],
        mentee_id=row["mentee_id"],
        mentor=row["mentor"],
        mentee=row["mentee"],
        mentor_school=row["mentor_school"],
        mentee_school=row["mentee_school"],
        state=row["state"],
        fixed=bool(row["fixed"]),
        goals=row["goals"] or row["usual_goals"] or "",
        tasks=row["tasks"] or row["usual_tasks"] or "",
        visits=row["visits"],
        hours=row["hours"],
        subject_name="、".join(
            subject.name_of(code) for code in words["subject"].split("、") if code
        ),
        stage_name=stage.name_of(words["stage"]) if words["stage"] else "",
        **words,
    )
