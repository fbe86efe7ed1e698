"""People left out of a frame one by one, each with the reason and who signed for it."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.exams.freezing import find_frame
from models.exams.records import Exam
from models.exams.tables import EXCLUSION
from models.office.context import Office
from models.store.operations import Operation

_LIST = """
SELECT x.id, x.teacher_id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, '') AS school,
    x.reason, x.signed_by, x.decided_on
FROM exam_exclusion AS x JOIN teacher AS t ON t.id = x.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE x.exam_id = ? ORDER BY school, t.teacher_no
"""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Somebody a person decided to leave out.

    Attributes:
        id: its identity.
        teacher_id, teacher_no, name, school: who it is.
        reason: such as 产假.
        signed_by: who decided it and signs for it.
        decided_on: ISO date.
    """

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    school: str
    reason: str
    signed_by: str
    decided_on: str


def exclusions(office: Office, exam: Exam) -> list[Exclusion]:
    """Who was left out so far, by school and number."""
    return [Exclusion(*row) for row in office.store.query(_LIST, (exam.id,))]


@dataclass(frozen=True, slots=True)
class ExclusionWish:
    """A decision to leave somebody out.

    Attributes:
        teacher_id: who.
        reason: why.
        signed_by: who signs for it.
    """

    teacher_id: str
    reason: str
    signed_by: str


def exclude(
    office: Office, exam: Exam, wish: ExclusionWish, *, for_anew: bool = False
) -> Operation:
    """Leave somebody out of the frame, as one undoable step; a second time changes the reason.

    Args:
        office: the office.
        exam: of which exam.
        wish: who, why, and who signs.
        for_anew: whether it is meant for a frame that will be frozen anew, where one is frozen.

    Raises:
        UserError: the frame is frozen, no reason or sign-off, or no such teacher.
    """
    _refuse_frozen(office, exam, for_anew=for_anew)
    if not wish.reason.strip() or not wish.signed_by.strip():
        raise UserError(
            "exam.no_reason",
            "不列入名单的，要写明原因和批准人。",
            "如：原因“产假”，批准人“王主任”。",
        )
    who = office.store.value("SELECT name FROM teacher WHERE id = ?", (wish.teacher_id,))
    if who is None:
        raise UserError("exam.no_teacher", "这位教师已不在库中。", "请重新选择。")
    with office.store.operation("exams.exclude", f"“{exam.name}”不列入 {who}") as operation:
        office.store.execute(
            "DELETE FROM exam_exclusion WHERE exam_id = ? AND teacher_id = ?",
            (exam.id, wish.teacher_id),
        )
        today = office.store.clock.today().isoformat()
        said = (wish.teacher_id, wish.reason.strip(), wish.signed_by.strip(), today)
        row = (office.store.ids.new_id(), exam.id, *said)
        office.store.insert("exam_exclusion", ("id", *EXCLUSION), [row])
    return operation


def include_again(
    office: Office, exam: Exam, teacher_id: str, *, for_anew: bool = False
) -> Operation:
    """Take an exclusion back, as one undoable step.

    Raises:
        UserError: the frame is frozen, or the teacher was not left out.
    """
    _refuse_frozen(office, exam, for_anew=for_anew)
    found = [one for one in exclusions(office, exam) if one.teacher_id == teacher_id]
    if not found:
        raise UserError("exam.not_excluded", "这位教师没有被排除。", "请核对编号。")
    title = f"“{exam.name}”重新列入 {found[0].name}"
    with office.store.operation("exams.include", title) as operation:
        office.store.execute("DELETE FROM exam_exclusion WHERE id = ?", (found[0].id,))
    return operation


def _refuse_frozen(office: Office, exam: Exam, *, for_anew: bool) -> None:
    if not for_anew and find_frame(office, exam.id) is not None:
        raise UserError(
            "exam.frozen_already",
            f"“{exam.name}”的名单已经冻结，现在改动不影响这份名单。",
            "确需改的，请说明是为重新冻结而改，再写明原因重新冻结。",
        )
