"""A course as the papers of its class need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from models.entities.display import plain_decimal
from models.office.context import Office
from models.staff.queries import teacher_rows
from models.training.courses import read
from models.training.enrolments import Participant, participants
from models.training.sessions import sessions_of
from reports.documents.training_class import Member, Sitting, TrainingClass
from reports.kit.wording import plain_date
from reports.workbooks.book import SheetColumn
from reports.workbooks.table import TableSheet

Per = Literal["session", "day"]
_BLANK_DAY = "　　　　年　　月　　日"
_MOST_DAYS = 31


def training_class(office: Office, course_id: str, per: Per = "session") -> TrainingClass:
    """The class of a course: its facts, what is signed in for, everybody admitted.

    Args:
        office: the office.
        course_id: the course.
        per: a sheet for each session, or for each day with morning and afternoon. A course
            without sessions has a sheet for each of its days, or one without a day.

    Raises:
        UserError: no such course.
    """
    course = read(office, course_id)
    people = [one for one in participants(office, course_id) if one.in_class]
    return TrainingClass(
        title=str(course["title"]),
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        facts=_facts(course, len(people)),
        sittings=tuple(_sittings(office, course, per)),
        people=tuple(_members(office, people)),
    )


def name_sheet(office: Office, course_id: str) -> TableSheet:
    """The same people as a list for a workbook."""
    training = training_class(office, course_id)
    return TableSheet(
        title="学员名单",
        columns=(
            SheetColumn("序号", 4),
            SheetColumn("姓名", 6),
            SheetColumn("性别", 4),
            SheetColumn("学校", 16),
            SheetColumn("学段", 6),
            SheetColumn("任教学科", 8),
            SheetColumn("职称", 8),
            SheetColumn("备注", 10),
        ),
        rows=[
            (str(number), one.name, one.sex, one.school, one.stage, one.subject, one.title, "")
            for number, one in enumerate(training.people, start=1)
        ],
        author=training.office,
        made_at=training.printed_at,
        total=len(training.people),
        heading=f"{training.title}学员名单",
    )


def _facts(course: Mapping[str, Any], people: int) -> tuple[tuple[str, str], ...]:
    start, end = plain_date(course["start_date"] or ""), plain_date(course["end_date"] or "")
    hours = course["hours"]
    pairs = (
        ("时间", start if start == end else f"{start}—{end}" if start and end else start or end),
        ("地点", str(course["place"] or "")),
        ("举办单位", str(course["organizer"] or "")),
        ("承办单位", str(course["operator"] or "")),
        ("学时", f"{plain_decimal(hours)} 学时" if hours is not None else ""),
        ("人数", f"{people} 人"),
    )
    return tuple(pair for pair in pairs if pair[1])


def _members(office: Office, people: Sequence[Participant]) -> list[Member]:
    shown = {row.id: row.shown for row in teacher_rows(office, [one.teacher_id for one in people])}
    return [
        Member(
            name=one.name,
            teacher_no=one.teacher_no,
            school=one.school,
            **{name: shown[one.teacher_id][name] for name in ("sex", "stage", "subject", "title")},
        )
        for one in people
    ]


def _sittings(office: Office, course: Mapping[str, Any], per: Per) -> list[Sitting]:
    sessions = sessions_of(office, str(course["id"]))
    if sessions and per == "session":
        return [
            Sitting(f"第{one.number}次　{plain_date(one.held_on)}", one.topic) for one in sessions
        ]
    days = sorted({one.held_on for one in sessions}) or _days(course)
    return [Sitting(plain_date(day), halves=True) for day in days] or [Sitting(_BLANK_DAY)]


def _days(course: Mapping[str, Any]) -> list[str]:
    """The days of a course; none where it has no days or goes on for months."""
    try:
        first = date.fromisoformat(course["start_date"] or "")
        last = date.fromisoformat(course["end_date"] or course["start_date"] or "")
    except ValueError:
        return []
    count = (last - first).days + 1
    if count > _MOST_DAYS:
        return []
    return [(first + timedelta(days=number)).isoformat() for number in range(count)]
