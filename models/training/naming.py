"""Which teacher a person means who types a number or a name."""

from __future__ import annotations

from models.errors import UserError
from models.office.context import Office
from models.text.lists import listed

_LISTED = 4
_NAMED = """
SELECT t.id, t.teacher_no, COALESCE(i.name, t.school_reported, '') AS school
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE t.name = ? ORDER BY school, t.teacher_no
"""


def teacher_meant(office: Office, text: str) -> str:
    """The teacher of that number, or the only one of that name.

    Raises:
        UserError: nobody bears it, or several bear the name; the sentence gives their numbers.
    """
    wanted = text.strip()
    found = office.store.value("SELECT id FROM teacher WHERE teacher_no = ?", (wanted,))
    if found is not None:
        return str(found)
    named = office.store.query(_NAMED, (wanted,))
    if len(named) == 1:
        return str(named[0]["id"])
    if named:
        bearing = "、".join(f"{row['teacher_no']}（{row['school']}）" for row in named[:_LISTED])
        more = " 等" if len(named) > _LISTED else ""
        raise UserError(
            "staff.ambiguous_name",
            f"名册中有 {len(named)} 位{wanted}：{bearing}{more}。",
            "请改填教师编号。",
        )
    raise UserError(
        "staff.no_such_number", f"名册中没有编号或姓名为“{wanted}”的教师。", "请核对后再填。"
    )


def teachers_meant(office: Office, text: str) -> list[str]:
    """The teachers of those numbers or names, several in one field.

    Raises:
        UserError: as ``teacher_meant``.
    """
    return [teacher_meant(office, one) for one in listed(text)]
