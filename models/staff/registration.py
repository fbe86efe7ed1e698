"""Taking teachers into the register and changing what it says of them, one or many at a time."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.entities.describe import columns
from models.errors import UserError
from models.office.context import Office
from models.staff.numbering import take_numbers
from models.staff.periods import record_changes
from models.staff.records import Teacher
from models.store.operations import Operation
from models.text.pinyin import Reading, read_name

STORED = tuple(
    name
    for described in columns(Teacher)
    for name in (("school_id", "school_reported") if described == "school" else (described,))
)
_INSERTED = ("id", *STORED, "name_pinyin", "name_initials")


@dataclass(frozen=True, slots=True)
class TeacherChange:
    """What to write of one teacher.

    Attributes:
        id: the teacher's identity, fresh from the id source for a new one.
        values: stored column to new value; a column left out stays as it is.
        new: whether the register does not have the teacher yet.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    new: bool = False


def write_teachers(office: Office, changes: Sequence[TeacherChange], as_of: str) -> None:
    """Write many teachers at once; call it inside an operation.

    New teachers without a number get the next of the office's series. Where school, post, status
    or head-teacher duty of a known teacher changes, the period before is closed on ``as_of``.
    """
    known = [change for change in changes if not change.new]
    _insert(office, [change for change in changes if change.new])
    record_changes(office, {change.id: change.values for change in known}, as_of)
    _update(office, known)


def save_teacher(
    office: Office, teacher_id: str | None, values: Mapping[str, object], as_of: str | None = None
) -> Operation:
    """Take one teacher in, or change a known one, as one undoable step.

    Args:
        office: the office.
        teacher_id: the teacher to change; None for a new one.
        values: stored columns as ``clean_teacher`` and the directory give them.
        as_of: the day from which the change holds (ISO); today where left out.

    Raises:
        UserError: a new teacher without name or whose ID number the register has already.
    """
    name = str(values.get("name") or "")
    if teacher_id is None:
        _refuse_known(office, values)
    shown = name or str(office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher_id,)))
    verb = "新增教师" if teacher_id is None else "修改教师"
    with office.store.operation("staff.save_teacher", f"{verb} {shown}") as operation:
        day = as_of or office.store.clock.today().isoformat()
        identity = teacher_id or office.store.ids.new_id()
        change = TeacherChange(identity, values, new=teacher_id is None)
        write_teachers(office, [change], day)
    return operation


def delete_teachers(office: Office, teacher_ids: Sequence[str]) -> Operation:
    """Take teachers out of the register; undo brings them back whole.

    Raises:
        UserError: one of them has hours, papers or pairs that name them.
    """
    if not teacher_ids:
        raise UserError("staff.none_selected", "没有选中教师。", "请先在表中选中要删除的教师。")
    try:
        with office.store.operation("staff.delete", f"删除教师 {len(teacher_ids)} 人") as operation:
            for identity in teacher_ids:
                office.store.execute("DELETE FROM teacher WHERE id = ?", (identity,))
    except sqlite3.IntegrityError as error:
        raise UserError(
            "staff.teacher_in_use",
            "选中的教师中有人已有学时、成绩、证书、称号、团队任职或结对，不能删除。",
            "人已离开的，请把“岗位状态”改为离职、退休等，历史会完整保留。",
        ) from error
    return operation


def change_many(
    office: Office, teacher_ids: Sequence[str], column: str, value: object
) -> Operation:
    """Give many teachers the same value in one column, as one undoable step (批量修改)."""
    title = next(
        (described.title for name, described in columns(Teacher).items() if name == column), column
    )
    with office.store.operation(
        "staff.change_many", f"批量修改 {len(teacher_ids)} 人的“{title}”"
    ) as operation:
        changes = [TeacherChange(one, {column: value}) for one in teacher_ids]
        write_teachers(office, changes, office.store.clock.today().isoformat())
    return operation


def _refuse_known(office: Office, values: Mapping[str, object]) -> None:
    if not values.get("name"):
        raise UserError("staff.no_name", "姓名是空的。", "请填写姓名。")
    number = values.get("id_number")
    known = office.store.one(
        "SELECT t.name, i.name AS school FROM teacher AS t"
        " LEFT JOIN institution AS i ON i.id = t.school_id WHERE t.id_number = ?",
        (number,),
    )
    if number and known is not None:
        raise UserError(
            "staff.known_person",
            f"此人已在库（{known['school'] or '未定学校'} {known['name']}）。",
            "如要调入本校，请打开该教师修改所在学校。",
        )


def _insert(office: Office, new: Sequence[TeacherChange]) -> None:
    """Insert new teachers with one statement."""
    numberless = sum(1 for change in new if not change.values.get("teacher_no"))
    numbers = iter(take_numbers(office, numberless)) if numberless else iter(())
    readings = _readings([str(change.values["name"]) for change in new])
    rows = (
        (
            change.id,
            *(
                (change.values.get(name) or next(numbers))
                if name == "teacher_no"
                else change.values.get(name)
                for name in STORED
            ),
            *readings[str(change.values["name"])],
        )
        for change in new
    )
    office.store.insert("teacher", _INSERTED, rows)


def _update(office: Office, known: Sequence[TeacherChange]) -> None:
    """Update known teachers, grouped by the set of columns that change."""
    groups: dict[tuple[str, ...], list[tuple[object, ...]]] = defaultdict(list)
    for change in known:
        values = dict(change.values)
        if "name" in values:
            reading = read_name(str(values["name"]))
            values |= {"name_pinyin": reading.full, "name_initials": reading.initials}
        if values:
            groups[tuple(values)].append((*values.values(), change.id))
    for names, rows in groups.items():
        assignments = ", ".join(f"{name} = ?" for name in names)
        for row in rows:
            office.store.execute(f"UPDATE teacher SET {assignments} WHERE id = ?", row)  # noqa: S608


def _readings(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Pinyin and initials of each distinct name."""
    readings: dict[str, Reading] = {name: read_name(name) for name in set(names)}
    return {name: (reading.full, reading.initials) for name, reading in readings.items()}
