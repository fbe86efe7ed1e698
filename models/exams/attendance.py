"""Who did not sit an exam, or not honestly: absent, excused, cheated; and taken back again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from models.errors import UserError
from models.exams.examinees import examinees
from models.exams.records import STATE_NAMES, Exam, Examinee, ExamineeState
from models.office.context import Office
from models.store.operations import Operation

_MARKED = """
SELECT DISTINCT examinee_id FROM exam_mark
WHERE examinee_id IN (SELECT value FROM json_each(?))
"""
_WRITE = "UPDATE examinee SET state = ?, reason = ? WHERE id = ?"
_REASONED = ("excused", "cheated")
_UNMARKED = ("absent", "excused")


@dataclass(frozen=True, slots=True)
class Noted:
    """What is noted of somebody; ``expected`` takes back what was noted before."""

    state: ExamineeState
    reason: str = ""


def note_states(office: Office, exam: Exam, said: Mapping[str, Noted]) -> Operation:
    """Write who was absent, excused or cheated, as one undoable step.

    Args:
        office: the office.
        exam: the exam.
        said: examinee to what is noted.

    Raises:
        UserError: somebody of another exam or who was replaced, an excuse or cheating without
            reason, an absence of somebody who has points, or results that are out already.
    """
    if exam.published_on or exam.posted_on:
        raise UserError(
            "exam.closed",
            f"“{exam.name}”的成绩已经公布或登记，不能直接改缺考、缓考、作弊。",
            "请用“更正成绩”，写明原因。",
        )
    people = {one.id: one for one in examinees(office, exam)}
    for key, noted in said.items():
        _check(exam, people.get(key), noted)
    _refuse_marked(office, people, said)
    with office.store.operation("exams.attendance", _title(exam, people, said)) as operation:
        for key, noted in said.items():
            if (people[key].state, people[key].reason) != (noted.state, noted.reason.strip()):
                reason = noted.reason.strip() or None
                office.store.execute(_WRITE, (noted.state, reason, key))
    return operation


def counts(office: Office, exam: Exam) -> dict[ExamineeState, int]:
    """How many are in each state, as far as there are any."""
    found = Counter(one.state for one in examinees(office, exam))
    return {state: found[state] for state in STATE_NAMES if found[state]}


def _check(exam: Exam, one: Examinee | None, noted: Noted) -> None:
    if one is None or one.state == "replaced" or noted.state == "replaced":
        name = one.name if one else "这个人"
        raise UserError(
            "exam.not_sitting",
            f"{name}不在“{exam.name}”的考生名单里，或已由别人替换。",
            "请刷新后重试。",
        )
    if noted.state in _REASONED and not noted.reason.strip():
        raise UserError(
            "exam.no_reason", f"{one.name}{STATE_NAMES[noted.state]}没有写原因。", "请写明原因。"
        )


def _refuse_marked(
    office: Office, people: Mapping[str, Examinee], said: Mapping[str, Noted]
) -> None:
    away = [key for key, noted in said.items() if noted.state in _UNMARKED]
    marked = office.store.query(_MARKED, (json.dumps(away),))
    if marked:
        names = "、".join(people[row[0]].name for row in marked[:5])
        raise UserError(
            "exam.marked",
            f"{names}已经录了成绩，不能再记为缺考或缓考。",
            "请核对姓名；确实没有参加的，请先撤销其成绩。",
        )


def _title(exam: Exam, people: Mapping[str, Examinee], said: Mapping[str, Noted]) -> str:
    if len(said) == 1:
        ((key, noted),) = said.items()
        return f"“{exam.name}”{people[key].name}记为{STATE_NAMES[noted.state]}"
    return f"“{exam.name}”登记缺考、缓考、作弊 {len(said)} 人"
