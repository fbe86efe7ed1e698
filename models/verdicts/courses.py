"""Compulsory courses: which are due from whom, and which were passed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.verdicts.people import Crowd, Person
from models.verdicts.periods import month_of
from models.verdicts.questions import Question
from models.verdicts.selections import Chosen

_ONE = 100
_COURSES = """
SELECT COALESCE(project_id, id) AS whole, year, title, category, theme, level, nature, hours,
    stages, track, filed_by, 'course' AS kind
FROM course WHERE year BETWEEN ? AND ? AND COALESCE(approval, 'approved') = 'approved'
ORDER BY year, title, id
"""
_TAKEN = """
SELECT COALESCE(c.project_id, c.id) AS whole, e.teacher_id,
    MAX(COALESCE(e.result, '') = 'passed')
FROM enrolment AS e JOIN course AS c ON c.id = e.course_id
WHERE COALESCE(e.state, 'approved') = 'approved'
    AND whole IN (SELECT value FROM json_each(:courses))
    AND (:ids IS NULL OR e.teacher_id IN (SELECT value FROM json_each(:ids)))
GROUP BY whole, e.teacher_id
"""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a course or class is meant for.

    Attributes:
        stages, track: as codes; None for everybody.
        school_id: the school whose own plan it is; None for all schools.
    """

    stages: frozenset[str] | None
    track: str | None
    school_id: str | None

    def has(self, one: Person) -> bool:
        """Whether somebody belongs to it."""
        return (
            (self.stages is None or one.stage in self.stages)
            and self.track in (None, one.track)
            and self.school_id in (None, one.school_id)
        )


@dataclass(frozen=True, slots=True)
class DueCourse:
    """A compulsory course; the classes of one project are one course, passed in any of them.

    Attributes:
        id, year, title: the course, or the project.
        audiences: of whom it is due, whether they are enrolled or not.
    """

    id: str
    year: int
    title: str
    audiences: tuple[Audience, ...]

    def due_from(self, one: Person, *, enrolled: bool) -> bool:
        """Whether somebody owes it; nothing is asked of the years before they started work."""
        start = month_of(one.work_start)
        if start is not None and self.year < start.year:
            return False
        return enrolled or any(audience.has(one) for audience in self.audiences)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due and passed, in hundredths of a course, by teacher."""

    required: Mapping[str, int]
    passed: Mapping[str, int]


def courses_due(office: Office, one: Question, people: Crowd, ids: Sequence[str] | None) -> Due:
    """How many compulsory courses are due from each teacher, and how many were passed."""
    courses = due_courses(office, one)
    taken = passed_by(office, courses, ids)
    asked = people.each(one.whom.holds)
    concerned = [person for person, yes in zip(people, asked, strict=True) if yes]
    required: dict[str, int] = {}
    passed: dict[str, int] = {}
    for course in courses:
        mine = taken.get(course.id, {})
        for person in concerned:
            if course.due_from(person, enrolled=person.id in mine):
                required[person.id] = required.get(person.id, 0) + _ONE
                passed[person.id] = passed.get(person.id, 0) + _ONE * mine.get(person.id, False)
    return Due(required, passed)


def due_courses(office: Office, one: Question) -> list[DueCourse]:
    """The compulsory courses of the years looked at, in order."""
    found: dict[str, DueCourse] = {}
    for row in office.store.query(_COURSES, (one.first, one.last)):
        stored = dict(row)
        if not _fits(one.of, stored, office):
            continue
        known = found.get(stored["whole"])
        audiences = known.audiences if known else ()
        if one.for_all and _fits(one.for_all, stored, office):
            audiences = (*audiences, _audience(stored))
        title, year = (known.title, known.year) if known else (stored["title"], stored["year"])
        found[stored["whole"]] = DueCourse(stored["whole"], year, title, audiences)
    return list(found.values())


def passed_by(
    office: Office, courses: Sequence[DueCourse], ids: Sequence[str] | None
) -> dict[str, dict[str, bool]]:
    """Course to teacher enrolled to whether they passed it, in whichever class."""
    given = {
        "courses": json.dumps([course.id for course in courses]),
        "ids": None if ids is None else json.dumps(sorted(set(ids))),
    }
    found: dict[str, dict[str, bool]] = {}
    for course_id, teacher_id, passed in office.store.query(_TAKEN, given):
        found.setdefault(course_id, {})[teacher_id] = bool(passed)
    return found


def _audience(course: Mapping[str, str | None]) -> Audience:
    stages = course["stages"]
    return Audience(
        frozenset(stages.split("、")) if stages else None, course["track"], course["filed_by"]
    )


def _fits(selections: Sequence[Chosen], course: Mapping[str, object], office: Office) -> bool:
    return not selections or any(not one.lack(course, office.codes) for one in selections)
