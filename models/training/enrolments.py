"""Who takes which course."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths, plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.course import APPROVAL_NAMES
from models.training.courses import read
from models.training.events import note
from models.training.marks import RESULT_NAMES
from models.training.quotas import refuse_beyond_quota

_NEW = """
SELECT t.id, t.school_id FROM json_each(?) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value
WHERE NOT EXISTS (SELECT 1 FROM enrolment AS e WHERE e.course_id = ? AND e.teacher_id = t.id)
ORDER BY wanted.key
"""
_WAITING = """
SELECT id FROM enrolment WHERE course_id = ? AND state IN ('chosen', 'supported', 'refused')
AND teacher_id IN (SELECT value FROM json_each(?))
"""
_ADMIT = """
UPDATE enrolment SET state = 'approved', state_reason = NULL
WHERE id IN (SELECT value FROM json_each(?))
"""
_OF_COURSE = """
SELECT e.id, e.teacher_id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported) AS school,
    e.enrolled_on, e.score, e.grade, e.result, e.remark, COALESCE(e.state, 'approved') AS state,
    e.state_reason, e.lifted, e.first_score, e.first_grade, e.first_result,
    COALESCE(e.school_id, t.school_id) AS school_id,
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
        state: chosen, supported, approved, refused or replaced.
        school_id: the school whose quota it takes.
        first: the result before a re-sit as text, "" for none.
        lifted: why the gate to the exam was lifted, "" where it was not.
        reason: why the person was refused or replaced.
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
    state: str = "approved"
    school_id: str | None = None
    first: str = ""
    lifted: str = ""
    reason: str = ""

    @property
    def in_class(self) -> bool:
        """Whether the county has taken the person into the course."""
        return self.state == "approved"


def enrol(office: Office, course_id: str, teacher_ids: Sequence[str]) -> Enrolled:
    """Enrol teachers in a course as one undoable step; who is in it already stays so.

    Raises:
        UserError: no such course, a closed or unapproved course, a project with classes, nobody
            selected, somebody not in the register, a school beyond its quota.
    """
    course = open_course(office, course_id)
    wanted = list(dict.fromkeys(teacher_ids))
    if not wanted:
        raise UserError("training.nobody", "没有选中教师。", "请先选择参训教师。")
    _refuse_unknown(office, wanted)
    title = f"{course['title']}报名 {len(wanted)} 人"
    with office.store.operation("training.enrol", title) as operation:
        new = add_people(office, course, wanted, "approved")
        _admit_waiting(office, course, wanted)
    return Enrolled(len(new), len(wanted) - len(new), operation)


def open_course(office: Office, course_id: str) -> dict[str, Any]:
    """The course, if people may come into it.

    Raises:
        UserError: no such course; it is closed, not approved, or a project whose classes take
            the people.
    """
    course = read(office, course_id)
    title = course["title"]
    if course["status"] == "closed":
        raise UserError(
            "training.course_closed", f"“{title}”已结束，不能再报名。", "请改选其他课程。"
        )
    if course["approval"] not in (None, "approved"):
        state = APPROVAL_NAMES[course["approval"]]
        raise UserError(
            "training.not_approved", f"“{title}”{state}，还不能报名。", "请先批准这门培训。"
        )
    if course["classes"]:
        raise UserError(
            "training.is_project",
            f"“{title}”是有 {course['classes']} 个班的项目，不能直接报名。",
            "请选其中一个班报名。",
        )
    return course


def add_people(
    office: Office, course: Mapping[str, Any], teacher_ids: Sequence[str], state: str
) -> list[str]:
    """Put people who are not in the course into it; call it inside an operation.

    Returns:
        The new enrolments.

    Raises:
        UserError: a school beyond its quota.
    """
    new = office.store.query(_NEW, (json.dumps(list(teacher_ids)), course["id"]))
    today = office.store.clock.today().isoformat()
    rows = [(office.store.ids.new_id(), course["id"], row[0], row[1], today, state) for row in new]
    office.store.insert(
        "enrolment", ("id", "course_id", "teacher_id", "school_id", "enrolled_on", "state"), rows
    )
    refuse_beyond_quota(office, course)
    return [row[0] for row in rows]


def _admit_waiting(office: Office, course: Mapping[str, Any], teacher_ids: Sequence[str]) -> None:
    """People who had chosen the course, even in vain, and whom the office enrols are approved."""
    found = office.store.query(_WAITING, (course["id"], json.dumps(list(teacher_ids))))
    ids = [str(row[0]) for row in found]
    if ids:
        office.store.execute(_ADMIT, (json.dumps(ids),))
        note(office.store, "enrolment", ids, "approved", "本单位直接报名")
        refuse_beyond_quota(office, course)


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
        office.store.execute(
            "DELETE FROM enrolment WHERE course_id = ?"
            " AND teacher_id IN (SELECT value FROM json_each(?))",
            (course_id, json.dumps(sorted(chosen))),
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
        state=row["state"],
        school_id=row["school_id"],
        first=_first(row),
        lifted=row["lifted"] or "",
        reason=row["state_reason"] or "",
    )


def _first(row: Mapping[str, Any]) -> str:
    """The result before a re-sit, as a list shows it."""
    if not row["first_result"]:
        return ""
    score = from_hundredths(row["first_score"])
    words = row["first_grade"] or ("" if score is None else plain_decimal(score))
    result = RESULT_NAMES[row["first_result"]]
    return result if words in ("", result) else f"{words} {result}"


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
