"""Sheets of a course that come back: who signed in, homework and exchange, marks by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from models.errors import UserError
from models.exchange.person_lines import PersonLine, read_person_lines, refuse_lines
from models.exchange.reading.headers import header_word
from models.office.context import Office
from models.store.operations import Operation
from models.training.components import (
    components_of,
    read_component_mark,
    record_component_marks,
)
from models.training.enrolments import Participant, participants
from models.training.gate import ITEMS, record_work
from models.training.marks import Mark
from models.training.scoring import Scored
from models.training.sessions import Presence, note_attendance, read_presence, sessions_of

WORK_COLUMNS = {"homework": "作业份数", "posts": "原创文章篇数", "quality": "交流质量分"}
_Value = TypeVar("_Value")


def take_sign_in(office: Office, course_id: str, path: Path) -> Operation:
    """Take a sign-in sheet back; empty cells leave what is known.

    Raises:
        UserError: no session to sign in for, no such table, somebody not in the class, or a word
            that is not known. Nothing is written then.
    """
    sessions = sessions_of(office, course_id)
    if not sessions:
        raise UserError(
            "training.no_sessions", "这门课程还没有登记上课。", "请先登记上课的日期，再导出签到表。"
        )
    titles = {one.title: one.id for one in sessions} | {one.held_on: one.id for one in sessions}
    found = _read(office, course_id, path, titles, read_presence)
    said: dict[str, dict[str, Presence]] = {}
    for person, states in found.items():
        for session_id, state in states.items():
            said.setdefault(session_id, {})[person.id] = state
    return note_attendance(office, course_id, said)


def take_work(office: Office, course_id: str, path: Path) -> Operation:
    """Take homework, posts and quality from a workbook; empty cells leave what is known.

    Raises:
        UserError: no such table, somebody not in the class, or a figure that is not whole.
    """
    titles = {title: name for name, title in WORK_COLUMNS.items()}
    titles |= {ITEMS[name]: name for name in WORK_COLUMNS}
    found = _read(office, course_id, path, titles, _whole)
    figures = {person.id: said for person, said in found.items()}
    return record_work(office, course_id, figures)


def take_component_marks(
    office: Office, course_id: str, path: Path, *, resit: bool = False
) -> Scored:
    """Take marks by part from a workbook; empty cells leave what is known.

    Raises:
        UserError: no such table, somebody not in the class, or a mark that cannot be read.
    """
    titles = {one.name: one.id for one in components_of(office, course_id)}
    found = _read(office, course_id, path, titles, read_component_mark)
    marks: dict[str, Mapping[str, Mark]] = {
        person.teacher_id: said for person, said in found.items()
    }
    return record_component_marks(office, course_id, marks, resit=resit)


def _read(
    office: Office,
    course_id: str,
    path: Path,
    titles: Mapping[str, str],
    convert: Callable[[str], _Value],
) -> dict[Participant, dict[str, _Value]]:
    """The filled cells by person and key; everything that is wrong is told at once."""
    by_word = {header_word(title): name for title, name in titles.items()}

    def wanted(texts: Sequence[str]) -> Mapping[int, str]:
        words = {at: header_word(text) for at, text in enumerate(texts)}
        return {at: by_word[word] for at, word in words.items() if word in by_word}

    asked = "、".join(f"“{title}”" for title in list(titles)[:3])
    lines = read_person_lines(office, path, wanted, asked)
    people = {one.teacher_no: one for one in participants(office, course_id) if one.in_class}
    found: dict[Participant, dict[str, _Value]] = {}
    troubles: list[str] = []
    for line in lines:
        person = people.get(line.teacher_no)
        if person is None:
            troubles.append(f"第 {line.row} 行：{line.teacher_no} 没有报名本课程")
        elif person in found:
            troubles.append(f"第 {line.row} 行：{line.teacher_no} 在表中出现两次")
        else:
            found[person] = _convert(line, convert, troubles)
    refuse_lines(path, "training.bad_sheet", troubles)
    return {person: said for person, said in found.items() if said}


def _convert(
    line: PersonLine, convert: Callable[[str], _Value], troubles: list[str]
) -> dict[str, _Value]:
    said: dict[str, _Value] = {}
    for name, text in line.texts.items():
        if not text:
            continue
        try:
            said[name] = convert(text)
        except UserError as error:
            troubles.append(f"第 {line.row} 行：{error.message.rstrip('。')}")
    return said


def _whole(text: str) -> int:
    plain = text.removesuffix(".0")
    if not plain.isdecimal():
        raise UserError("training.figure", f"“{text}”不是整数。", "请填整数，不带单位。")
    return int(plain)
