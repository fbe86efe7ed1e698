"""Sessions of a course and who was there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from models.entities.display import from_hundredths, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.text.labels import tidy_label
from models.training.courses import read
from models.training.enrolments import participants

Presence = Literal["present", "late", "leave", "absent"]
PRESENCE_NAMES: dict[Presence, str] = {
    "present": "到",
    "late": "迟到",
    "leave": "请假",
    "absent": "缺勤",
}
_WORDS: dict[str, Presence] = {
    **{name: state for state, name in PRESENCE_NAMES.items()},
    "出勤": "present",
    "√": "present",
    "✓": "present",
    "1": "present",
    "是": "present",
    "已到": "present",
    "签到": "present",
    "事假": "leave",
    "病假": "leave",
    "公假": "leave",
    "旷课": "absent",
    "缺席": "absent",
    "未到": "absent",
    "×": "absent",
    "0": "absent",
    "否": "absent",
}
_SESSIONS = """
SELECT s.*, COUNT(CASE WHEN a.state IN ('present', 'late') THEN 1 END) AS there,
    COUNT(a.id) AS noted
FROM course_session AS s LEFT JOIN attendance AS a ON a.session_id = s.id
WHERE s.course_id = ? GROUP BY s.id ORDER BY s.held_on, s.number
"""
_DROP = """
DELETE FROM attendance WHERE session_id = ?
AND enrolment_id IN (SELECT json_extract(value, '$[0]') FROM json_each(?))
"""
_OF_COURSE = """
SELECT a.session_id, a.enrolment_id, a.state FROM attendance AS a
JOIN course_session AS s ON s.id = a.session_id WHERE s.course_id = ?
"""


@dataclass(frozen=True, slots=True)
class CourseSession:
    """One session.

    Attributes:
        id: the session.
        number: its place in the course, from 1.
        held_on: ISO day.
        topic: what it was about, "" for none.
        hours: how many; None where the course does not say.
        there: how many came.
        noted: of how many it is known.
    """

    id: str
    number: int
    held_on: str
    topic: str
    hours: Decimal | None
    there: int
    noted: int

    @property
    def title(self) -> str:
        """As the head of a sign-in sheet's column names it."""
        return f"第{self.number}次 {self.held_on}"


def add_session(
    office: Office, course_id: str, held_on: str, topic: str = "", hours: Decimal | None = None
) -> Operation:
    """Enter a session of a course.

    Raises:
        UserError: a day outside the course, or hours of 0, below, or above 24.
    """
    course = read(office, course_id)
    _check_day(course, held_on)
    if hours is not None and not Decimal(0) < hours <= Decimal(24):
        raise UserError(
            "training.session_hours", f"一次上课 {hours} 学时不合理。", "请填 0 到 24 之间的学时。"
        )
    number = 1 + int(
        office.store.value(
            "SELECT COALESCE(MAX(number), 0) FROM course_session WHERE course_id = ?", (course_id,)
        )
    )
    title = f"{course['title']}第{number}次上课"
    with office.store.operation("training.session", title) as operation:
        amount = None if hours is None else to_hundredths(hours)
        row = (office.store.ids.new_id(), course_id, number, held_on, topic.strip() or None, amount)
        columns = ("id", "course_id", "number", "held_on", "topic", "hours")
        office.store.insert("course_session", columns, [row])
    return operation


def remove_session(office: Office, session_id: str) -> Operation:
    """Take a session out with who was there; undo brings both back."""
    with office.store.operation("training.session_removed", "删除一次上课") as operation:
        office.store.execute("DELETE FROM course_session WHERE id = ?", (session_id,))
    return operation


def sessions_of(office: Office, course_id: str) -> list[CourseSession]:
    """The sessions of a course by day."""
    return [
        CourseSession(
            row["id"],
            row["number"],
            row["held_on"],
            row["topic"] or "",
            from_hundredths(row["hours"]),
            row["there"],
            row["noted"],
        )
        for row in office.store.query(_SESSIONS, (course_id,))
    ]


def read_presence(text: str) -> Presence:
    """What a cell of a sign-in sheet means.

    Raises:
        UserError: no word that is known.
    """
    found = _WORDS.get(tidy_label(text))
    if found is None:
        raise UserError(
            "training.presence", f"签到“{text}”看不懂。", "请填到、迟到、请假、缺勤（或 √、×）。"
        )
    return found


def attendance_of(office: Office, course_id: str) -> dict[str, dict[str, Presence]]:
    """Session to enrolment to who was there, for a whole course."""
    found: dict[str, dict[str, Presence]] = {}
    for session_id, enrolment_id, state in office.store.query(_OF_COURSE, (course_id,)):
        found.setdefault(session_id, {})[enrolment_id] = state
    return found


def note_attendance(
    office: Office, course_id: str, said: Mapping[str, Mapping[str, Presence]]
) -> Operation:
    """Write who was there, as one undoable step; what was written before is replaced.

    Args:
        office: the office.
        course_id: the course.
        said: session to enrolment to presence.

    Raises:
        UserError: a session of another course, or somebody who is not in the class.
    """
    course = read(office, course_id)
    sessions = {one.id for one in sessions_of(office, course_id)}
    people = {one.id for one in participants(office, course_id) if one.in_class}
    strangers = {one for states in said.values() for one in states} - people
    if strangers or said.keys() - sessions:
        raise UserError(
            "training.not_enrolled",
            f"签到中有 {len(strangers)} 人不是“{course['title']}”的学员，或不是它的课次。",
            "请先为他们报名，或从签到表中去掉。",
        )
    count = sum(len(states) for states in said.values())
    title = f"{course['title']}签到 {count} 人次"
    with office.store.operation("training.attendance", title) as operation:
        for session_id, states in said.items():
            _write(office, session_id, states)
    return operation


def all_present(
    office: Office, course_id: str, session_id: str, *, but: Sequence[str] = ()
) -> Operation:
    """Note everybody of a class as there, but for some who were absent (enrolments)."""
    people = [one.id for one in participants(office, course_id) if one.in_class]
    states: dict[str, Presence] = dict.fromkeys(people, "present")
    states.update(dict.fromkeys(but, "absent"))
    return note_attendance(office, course_id, {session_id: states})


def _write(office: Office, session_id: str, states: Mapping[str, Presence]) -> None:
    """Replace what differs; rows that stay the same are left alone."""
    sql = "SELECT enrolment_id, state FROM attendance WHERE session_id = ?"
    known = {row[0]: row[1] for row in office.store.query(sql, (session_id,))}
    fresh = [(one, state) for one, state in states.items() if known.get(one) != state]
    office.store.execute(_DROP, (session_id, json.dumps(fresh)))
    rows = [(office.store.ids.new_id(), session_id, one, state) for one, state in fresh]
    office.store.insert("attendance", ("id", "session_id", "enrolment_id", "state"), rows)


def _check_day(course: Mapping[str, Any], held_on: str) -> None:
    start, end = course["start_date"], course["end_date"]
    if (start and held_on < start) or (end and held_on > end):
        raise UserError(
            "training.outside_class",
            f"{held_on} 不在“{course['title']}”的 {start or '…'} 至 {end or '…'} 之内。",
            "请核对日期，或先修改课程的起止日期。",
        )
