"""Schools and teachers as a person names them on a command line."""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.staff.directory import Known, read_directory
from models.staff.queries import TeacherFilter, teacher_by_no, teacher_ids


def school_named(office: Office, school: str) -> Known:
    """The school of that name, full, short or otherwise known.

    Raises:
        UserError: no such school.
    """
    known = read_directory(office).find(school)
    if known is None:
        near = "、".join(one.name for one in read_directory(office).similar(school))
        raise UserError(
            "staff.no_such_school",
            f"机构名录中没有“{school}”。",
            f"是否指：{near}？" if near else "请核对名称。",
        )
    return known


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
