"""Compulsory courses: which are due from whom, and which were passed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.verdicts.people import Person
from models.verdicts.periods import month_of
from models.verdicts.questions import Question
from models.verdicts.selections import Chosen

_ONE = 100
_COURSES = """
SELECT id, year, title, category, theme, level, nature, hours, stages, track, 'course' AS kind
FROM course WHERE year BETWEEN ? AND ? AND COALESCE(approval, 'approved') = 'approved' ORDER BY year, title, id
"""
_TAKEN = """
SELECT course_id, teacher_id, MAX(COALESCE(result, '') = 'passed') FROM enrolment
WHERE COALESCE(state, 'approved') = 'approved'
    AND course_id IN (SELECT value FROM json_each(:courses))
    AND (:ids IS NULL OR teacher_id IN (SELECT value FROM json_each(:ids)))
GROUP BY course_id, teacher_id
"""


@dataclass(frozen=True, slots=True)
class DueCourse:
    """A compulsory course.

    Attributes:
        id, year, title: the course.
        stages, track: whom it is meant for, as codes; None for everybody.
        for_all: whether it is due from all of them, or only from those enrolled.
    """

    id: str
    year: int
    title: str
    stages: frozenset[str] | None
    track: str | None
    for_all: bool

    def meant_for(self, one: Person) -> bool:
        """Whether somebody is of its stages and its track."""
        return (self.stages is None or one.stage in self.stages) and self.track in (None, one.track)

    def due_from(self, one: Person, *, enrolled: bool) -> bool:
        """Whether somebody owes it; nothing is asked of the years before they started work."""
        start = month_of(one.work_start)
        if start is not None and self.year < start.year:
            return False
        return enrolled or (self.for_all and self.meant_for(one))


@dataclass(frozen=True, slots=True)
class Due:
    """What is due and passed, in hundredths of a course, by teacher."""

    required: Mapping[str, int]
    passed: Mapping[str, int]


def courses_due(
    office: Office, one: Question, people: Sequence[Person], ids: Sequence[str] | None
) -> Due:
    """How many compulsory courses are due from each teacher, and how many were passed."""
    courses = due_courses(office, one)
    taken = passed_by(office, courses, ids)
    required: dict[str, int] = {}
    passed: dict[str, int] = {}
    for course in courses:
        mine = taken.get(course.id, {})
        for person in people:
            if not one.whom.holds(person):
                continue
            if course.due_from(person, enrolled=person.id in mine):
                required[person.id] = required.get(person.id, 0) + _ONE
                passed[person.id] = passed.get(person.id, 0) + _ONE * mine.get(person.id, False)
    return Due(required, passed)


def due_courses(office: Office, one: Question) -> list[DueCourse]:
    """The compulsory courses of the years looked at, in order."""
    found: list[DueCourse] = []
    for row in office.store.query(_COURSES, (one.first, one.last)):
        stored = dict(row)
        if not _fits(one.of, stored, office):
            continue
        stages = frozenset(stored["stages"].split("、")) if stored["stages"] else None
        for_all = bool(one.for_all) and _fits(one.for_all, stored, office)
        found.append(
            DueCourse(
                stored["id"], stored["year"], stored["title"], stages, stored["track"], for_all
            )
        )
    return found


def passed_by(
    office: Office, courses: Sequence[DueCourse], ids: Sequence[str] | None
) -> dict[str, dict[str, bool]]:
    """Course to teacher enrolled to whether they passed it."""
    given = {
        "courses": json.dumps([course.id for course in courses]),
        "ids": None if ids is None else json.dumps(sorted(set(ids))),
    }
    found: dict[str, dict[str, bool]] = {}
    for course_id, teacher_id, passed in office.store.query(_TAKEN, given):
        found.setdefault(course_id, {})[teacher_id] = bool(passed)
    return found


def _fits(selections: Sequence[Chosen], course: Mapping[str, object], office: Office) -> bool:
    return not selections or any(not one.lack(course, office.codes) for one in selections)
