"""Who was at an activity of a team, from the list of a workbook: a sign-in sheet typed up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from models.errors import UserError
from models.exchange.person_lines import PersonLine, read_person_lines, refuse_lines
from models.office.context import Office
from models.staff.queries import teacher_by_no
from models.store.operations import Operation
from models.teams.activities import There, set_people
from models.teams.kinds import part_meant
from models.text.tidy import key

_COLUMNS = {
    "姓名": "name", "参加方式": "part", "身份": "part", "学时": "hours", "课时": "hours",
}  # fmt: skip


def take_activity_people(office: Office, activity_id: str, path: Path) -> Operation:
    """Note everybody on a list as having been at an activity, participants where it says nothing.

    Raises:
        UserError: no such table, somebody not in the register or listed twice, a word or hours
            that cannot be read. Nothing is written then.
        WorldError: the file cannot be read.
    """

    def wanted(texts: Sequence[str]) -> Mapping[int, str]:
        named = {at: _COLUMNS.get(key(text)) for at, text in enumerate(texts)}
        return {at: name for at, name in named.items() if name is not None}

    found: dict[str, There] = {}
    troubles: list[str] = []
    for line in read_person_lines(office, path, wanted, "“姓名”"):
        teacher = teacher_by_no(office, line.teacher_no)
        if teacher is None:
            troubles.append(f"第 {line.row} 行：名册中没有编号 {line.teacher_no}")
        elif teacher in found:
            troubles.append(f"第 {line.row} 行：{line.teacher_no} 在表中出现两次")
        else:
            _take(found, teacher, line, troubles)
    refuse_lines(path, "teams.bad_list", troubles)
    return set_people(office, activity_id, found)


def _take(found: dict[str, There], teacher: str, line: PersonLine, troubles: list[str]) -> None:
    try:
        part = part_meant(line.texts.get("part") or "participant")
        hours = line.texts.get("hours")
        found[teacher] = There(part, Decimal(hours) if hours else None)
    except InvalidOperation:
        troubles.append(f"第 {line.row} 行：学时“{line.texts['hours']}”不是数")
    except UserError as error:
        troubles.append(f"第 {line.row} 行：{error.message.rstrip('。')}")
