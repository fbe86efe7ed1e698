"""Sheets of a course to be filled in and sent back: sign-in, homework and exchange, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.entities.display import plain_decimal
from models.exchange.course_sheets import WORK_COLUMNS
from models.office.context import Office
from models.training.components import (
    ROUNDING,
    component_marks,
    components_of,
)
from models.training.courses import pass_mark, read
from models.training.enrolments import Participant, participants
from models.training.gate import gate
from models.training.sessions import PRESENCE_NAMES, attendance_of, sessions_of
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

_PERSON = (
    SheetColumn("教师编号", 7, ColumnKind.ID),
    SheetColumn("姓名", 6),
    SheetColumn("学校", 14),
)


def sign_in_sheet(office: Office, course_id: str) -> TableSheet:
    """The people of a course with a column for each session, filled as far as it is known."""
    sessions = sessions_of(office, course_id)
    known = attendance_of(office, course_id)
    words = tuple(PRESENCE_NAMES.values())
    heads = [SheetColumn(one.title, 9, choices=words) for one in sessions]

    def cells(person: Participant) -> list[str]:
        noted = (known.get(one.id, {}) for one in sessions)
        return [PRESENCE_NAMES[one[person.id]] if person.id in one else "" for one in noted]

    rows = [[*_who(one), *cells(one)] for one in _class(office, course_id)]
    return _sheet(office, course_id, ("签到表", ""), heads, rows)


def work_sheet(office: Office, course_id: str) -> TableSheet:
    """The people of a course with homework, posts and quality."""
    rows = office.store.query(
        "SELECT id, homework, posts, quality FROM enrolment WHERE course_id = ?", (course_id,)
    )
    known = {row["id"]: row for row in rows}
    heads = [SheetColumn(title, 7, ColumnKind.INTEGER) for title in WORK_COLUMNS.values()]
    lines = [
        [*_who(one), *(known[one.id][name] for name in WORK_COLUMNS)]
        for one in _class(office, course_id)
    ]
    return _sheet(office, course_id, ("作业与交流登记表", ""), heads, lines)


def score_sheet(office: Office, course_id: str) -> TableSheet:
    """The people of a course with a column for each part of the score, or for the score."""
    parts = components_of(office, course_id)
    known = component_marks(office, course_id)
    people = _class(office, course_id)
    mark = plain_decimal(pass_mark(office, read(office, course_id)))
    if not parts:
        rows = [[*_who(one), _result(one)] for one in people]
        heads = [SheetColumn("成绩", 6)]
        return _sheet(office, course_id, ("成绩表", f"（{mark} 分及格）"), heads, rows)
    heads = [SheetColumn(f"{one.name}（{plain_decimal(one.weight)}%）", 8) for one in parts]

    def cells(person: Participant) -> list[str]:
        said = known.get(person.id, {})
        return [said[one.id].text if one.id in said else "" for one in parts]

    rows = [[*_who(one), *cells(one), _result(one)] for one in people]
    heads.append(SheetColumn("合成总分", 6))
    return _sheet(office, course_id, ("成绩表", f"（{ROUNDING}，{mark} 分及格）"), heads, rows)


def gate_sheet(office: Office, course_id: str) -> TableSheet:
    """Who may take the exam and who may not, with what is missing."""
    heads = [SheetColumn("考试资格", 6), SheetColumn("还缺", 30), SheetColumn("说明", 16)]
    rows = [
        [
            one.teacher_no,
            one.name,
            one.school,
            "具备" if one.may_sit else "不具备",
            "；".join(one.missing),
            one.lifted or "；".join(item.evidence for item in one.items if item.evidence),
        ]
        for one in gate(office, course_id)
    ]
    return _sheet(office, course_id, ("考试资格审核表", ""), heads, rows)


def _class(office: Office, course_id: str) -> list[Participant]:
    return [one for one in participants(office, course_id) if one.in_class]


def _who(person: Participant) -> list[str]:
    return [person.teacher_no, person.name, person.school]


def _result(person: Participant) -> str:
    return person.grade or ("" if person.score is None else plain_decimal(person.score))


def _sheet(
    office: Office,
    course_id: str,
    titles: tuple[str, str],
    heads: Sequence[SheetColumn],
    rows: Sequence[Sequence[str | int | None]],
) -> TableSheet:
    course = read(office, course_id)
    title, remark = titles

    def each() -> Iterator[Sequence[str | int | None]]:
        return iter(rows)

    return TableSheet(
        title=title,
        columns=(*_PERSON, *heads),
        rows=each(),
        author=office.identity.name,
        made_at=office.store.clock.now(),
        total=len(rows),
        heading=f"{course['title']}{title}{remark}",
    )
