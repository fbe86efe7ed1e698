"""Schools and teachers as a person names them on a command line."""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.staff.directory import school_named
from models.staff.queries import TeacherFilter, teacher_by_no, teacher_ids

__all__ = ["school_named", "school_teachers", "teacher_of"]


def school_teachers(office: Office, school: str) -> list[str]:
    """The teachers of a school named in any way it goes by.

    Raises:
        UserError: no such school.
    """
    return teacher_ids(office, TeacherFilter(equal={"school_id": school_named(office, school).id}))


def teacher_of(office: Office, teacher_no: str) -> str:
    """The identity of the teacher with that number.

    Raises:
        UserError: there is none.
    """
    found = teacher_by_no(office, teacher_no)
    if found is None:
        raise UserError(
            "staff.no_such_number",
            f"没有编号为 {teacher_no} 的教师。",
            "请用 teachers find 查找。",
        )
    return found
