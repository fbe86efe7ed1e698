"""Who takes which course."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import read
from models.training.marks import RESULT_NAMES

_NEW = """
SELECT t.id, t.school_id FROM json_each(?) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value
WHERE NOT EXISTS (SELECT 1 FROM enrolment AS e WHERE e.course_id = ? AND e.teacher_id = t.id)
ORDER BY wanted.key
"""
_OF_COURSE = """
SELECT e.id, e.teacher_id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported) AS school,
    e.enrolled_on, e.score, e.grade, e.result, e.remark,
    EXISTS (SELECT 1 FROM ledger_entry AS l WHERE l.course_id = e.course_id
        AND l.teacher_id = e.teacher_id AND l.kind <> 'reversal'
        AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = l.id)) AS posted
FROM enrolment AS e JOIN teacher AS t ON t.id = e.teacher_id
LEFT JOIN institution AS i ON i.id = COALESCE(e.school_id, t.school_id)
WHERE e.course_id = ? ORDER BY school, t.name_pinyin, t.teacher_no
"""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of people to enrol.

    Attributes:
        enrolled: taken in now.
        known: in the course before.
        operation: the undoable step.
    """

    enrolled: int
    known: int
    operation: Operation


@dataclass(frozen=True, slots=True)
class Participant:
    """One person of a course.

    Attributes:
        id: the enrolment.
        teacher_id, teacher_no, name, school: who it is; the school is that of the enrolment.
        score: points; None where the sheet had a word or nothing.
        grade: the word of the sheet, "" for none.
        result: 合格, 不合格, 缺考, 缓考, 作弊 or "" as long as there is none.
        posted: whether its hours stand in the ledger.
    """

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    school: str
    score: Decimal | None
    grade: str
    result: str
    posted: bool


def enrol(office: Office, course_id: str, teacher_ids: Sequence[str]) -> Enrolled:
    """Enrol teachers in a course as one undoable step; who is in it already stays so.

    Raises:
        UserError: no such course, a closed course, nobody selected, somebody not in the register.
    """
    course = read(office, course_id)
    _refuse_closed(course)
    wanted = list(dict.fromkeys(teacher_ids))
    if not wanted:
        raise UserError("training.nobody", "没有选中教师。", "请先选择参训教师。")
    _refuse_unknown(office, wanted)
    title = f"{course['title']}报名 {len(wanted)} 人"
    with office.store.operation("training.enrol", title) as operation:
        new = office.store.query(_NEW, (json.dumps(wanted), course_id))
        today = office.store.clock.today().isoformat()
        office.store.insert(
            "enrolment",
            ("id", "course_id", "teacher_id", "school_id", "enrolled_on"),
            [(office.store.ids.new_id(), course_id, row[0], row[1], today) for row in new],
        )
    return Enrolled(len(new), len(wanted) - len(new), operation)


def withdraw(office: Office, course_id: str, teacher_ids: Sequence[str]) -> Operation:
    """Take teachers out of a course again; undo brings them back.

    Raises:
        UserError: one of them has a result.
    """
    course = read(office, course_id)
    chosen = set(teacher_ids)
    marked = [
        one.name
        for one in participants(office, course_id)
        if one.result and one.teacher_id in chosen
    ]
    if marked:
        raise UserError(
            "training.has_result",
            f"{'、'.join(marked[:5])}{'等' if len(marked) > 5 else ''}已有成绩，不能退出。",
            "请先撤销成绩录入。",
        )
    with office.store.operation(
        "training.withdraw", f"{course['title']}退出 {len(chosen)} 人"
    ) as operation:
        for teacher_id in teacher_ids:
            office.store.execute(
                "DELETE FROM enrolment WHERE course_id = ? AND teacher_id = ?",
                (course_id, teacher_id),
            )
    return operation


def participants(office: Office, course_id: str) -> list[Participant]:
    """The people of a course with their results, by school and name."""
    return [_participant(dict(row)) for row in office.store.query(_OF_COURSE, (course_id,))]


def _participant(row: dict[str, Any]) -> Participant:
    return Participant(
        id=row["id"],
        teacher_id=row["teacher_id"],
        teacher_no=row["teacher_no"],
        name=row["name"],
        school=row["school"] or "",
        score=from_hundredths(row["score"]),
        grade=row["grade"] or "",
        result=RESULT_NAMES[row["result"]] if row["result"] else "",
        posted=bool(row["posted"]),
    )


def _refuse_closed(course: dict[str, Any]) -> None:
    if course["status"] == "closed":
        raise UserError(
            "training.course_closed", f"“{course['title']}”已结束，不能再报名。", "请改选其他课程。"
        )


def _refuse_unknown(office: Office, teacher_ids: Sequence[str]) -> None:
    known = office.store.value(
        "SELECT COUNT(*) FROM json_each(?) AS wanted"
        " CROSS JOIN teacher AS t ON t.id = wanted.value",
        (json.dumps(teacher_ids),),
    )
    if known != len(teacher_ids):
        raise UserError(
            "training.no_such_teacher",
            f"有 {len(teacher_ids) - known} 名教师已不在名册中。",
            "请刷新后重新选择。",
        )
