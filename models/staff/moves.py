"""Teachers who change school, and schools that are merged or closed; history stays whole."""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import UserError
from models.office.context import Office
from models.staff.registration import TeacherChange, write_teachers
from models.store.operations import Operation

MERGED = "merged"
CLOSED = "closed"


def move_teachers(
    office: Office, teacher_ids: Sequence[str], institution_id: str, on: str
) -> Operation:
    """Move teachers to another school from a day on; where they were until then stays recorded.

    Raises:
        UserError: the school is not in the list.
    """
    name = _name_of(office, institution_id)
    title = f"{len(teacher_ids)} 名教师调入{name}"
    with office.store.operation("staff.move", title) as operation:
        values = {"school_id": institution_id, "school_reported": None}
        write_teachers(office, [TeacherChange(one, values) for one in teacher_ids], on)
        for one in teacher_ids:
            office.store.execute(
                "UPDATE staff_question SET answer = 'moved'"
                " WHERE teacher_id = ? AND institution_id = ? AND answer IS NULL",
                (one, institution_id),
            )
    return operation


def close_institution(
    office: Office, institution_id: str, on: str, successor_id: str | None = None
) -> Operation:
    """Close a school on a day, or merge it into a successor that takes over its teachers.

    Raises:
        UserError: a school is merged into itself, or teachers would be left without a school.
    """
    name = _name_of(office, institution_id)
    if successor_id == institution_id:
        raise UserError(
            "staff.merged_into_itself", f"“{name}”不能并入它自己。", "请另选并入的学校。"
        )
    left = [
        str(row[0])
        for row in office.store.query(
            "SELECT id FROM teacher WHERE school_id = ?", (institution_id,)
        )
    ]
    if left and successor_id is None:
        raise UserError(
            "staff.teachers_left",
            f"“{name}”还有 {len(left)} 名教师。",
            "请先把他们调走，或选择并入的学校。",
        )
    title = f"{name}并入{_name_of(office, successor_id)}" if successor_id else f"撤销{name}"
    with office.store.operation("staff.close_institution", title) as operation:
        office.store.execute(
            "UPDATE institution SET status = ?, closed_on = ?, successor_id = ? WHERE id = ?",
            (MERGED if successor_id else CLOSED, on, successor_id, institution_id),
        )
        if left:
            values = {"school_id": successor_id}
            write_teachers(office, [TeacherChange(one, values) for one in left], on)
    return operation


def _name_of(office: Office, institution_id: str | None) -> str:
    name = office.store.value("SELECT name FROM institution WHERE id = ?", (institution_id,))
    if name is None:
        raise UserError("staff.no_such_institution", "这个机构已不在库中。", "请刷新列表。")
    return str(name)
