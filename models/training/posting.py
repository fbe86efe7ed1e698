"""From results to the ledger: who passed gets hours and credits, once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.course_names import title_key
from models.training.courses import read
from models.training.credits import course_credits
from models.training.enrolments import Participant, participants
from models.training.entries import Entry, write_entries
from models.training.ledger import existing_keys
from models.training.marks import Mark


@dataclass(frozen=True, slots=True)
class PostedCourse:
    """What posting a course brought.

    Attributes:
        posted: people whose hours were entered now.
        before: people whose hours of this course stand in the ledger already.
        elsewhere: people whose same training came in as a record from another source; looked at
            by a person, not counted twice.
        not_passed: people without a passing result.
        operation: the undoable step.
    """

    posted: int
    before: int
    elsewhere: tuple[str, ...]
    not_passed: int
    operation: Operation


def post_results(office: Office, course_id: str) -> PostedCourse:
    """Enter the hours and credits of everybody who passed the course and has none of it yet.

    Only a passing result brings hours (桦甸 2009: 「考试合格者按15学时、1.5学分记入教师继续教育
    证书」). Credits are the course's own, else by the rule of its year. Posting again after a
    re-sit enters the new ones alone.

    Raises:
        UserError: no such course, or nobody of it has a result yet.
    """
    course = read(office, course_id)
    people = [one for one in participants(office, course_id) if one.in_class]
    if not any(one.result for one in people):
        raise UserError(
            "training.no_results", f"“{course['title']}”还没有成绩。", "请先录入成绩，再登记学时。"
        )
    passed = [one for one in people if one.result == "合格"]
    due = [one for one in passed if not one.posted]
    known = existing_keys(office, [one.teacher_id for one in due], (course["year"], course["year"]))
    elsewhere = [one for one in due if _key(course, one) in known]
    fresh = [one for one in due if _key(course, one) not in known]
    with office.store.operation(
        "training.post", f"{course['title']}登记学时 {len(fresh)} 人"
    ) as operation:
        credits, rule = course_credits(office, course)
        entries = [_entry(course, one, credits, rule) for one in fresh]
        write_entries(office.store, entries)
    return PostedCourse(
        posted=len(fresh),
        before=len(passed) - len(due),
        elsewhere=tuple(one.name for one in elsewhere),
        not_passed=len(people) - len(passed),
        operation=operation,
    )


def _key(course: dict[str, Any], one: Participant) -> tuple[str, int, str, str, int]:
    return (
        one.teacher_id,
        course["year"],
        title_key(course["title"]),
        course["start_date"] or "",
        to_hundredths(course["hours"]),
    )


def _entry(
    course: dict[str, Any], one: Participant, credits: Decimal | None, rule: str | None
) -> Entry:
    return Entry(
        teacher_id=one.teacher_id,
        course_id=course["id"],
        year=course["year"],
        course_title=course["title"],
        title_key=title_key(course["title"]),
        hours=to_hundredths(course["hours"]),
        credits=None if credits is None else to_hundredths(credits),
        credits_rule=rule,
        kind="course",
        source=course["code"],
        category=course["category"],
        level=course["level"],
        theme=course["theme"],
        nature=course["nature"],
        organizer=course["organizer"],
        start_date=course["start_date"],
        end_date=course["end_date"],
        score=Mark(one.score, one.grade).text or one.result,
    )
