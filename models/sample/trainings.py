"""The trainings of the generated county: records of past years, and this year's courses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from models.office.context import Office
from models.sample.words import SampleCourse, Words
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.ledger import RecordDraft
from models.training.marks import Mark
from models.training.posting import post_results
from models.training.scoring import record_scores

_GRADES = ("合格", "合格", "合格", "良好", "优秀")
_ONLINE = "2"
_BOOKS = "4"
_NETWORK = "5"
_PAPER = "1"
_COMPULSORY = "1"
_ETHICS = "08"
_NEARLY_ALL = 0.97


@dataclass(frozen=True, slots=True)
class Person:
    """A generated teacher as far as trainings go."""

    id: str
    school: str
    track: str
    work_start: str
    is_head: bool = False
    leads: bool = False

    def takes(self, course: SampleCourse, year: int) -> bool:
        """Whether a training of that year is for this person at all."""
        started = int(self.work_start[:4])
        match course.whom:
            case "head":
                return self.is_head and started <= year
            case "new":
                return started == year
            case "lead":
                return self.leads
            case _:
                return started <= year


@dataclass(frozen=True, slots=True)
class CourseYear:
    """The courses that were run, and how many entries they brought."""

    course_ids: tuple[str, ...]
    posted: int


def drafts_of_year(
    office: Office, people: Sequence[Person], year: int, words: Words, rng: random.Random
) -> list[RecordDraft]:
    """The records of one past year, as a county's list would bring them."""
    found: list[RecordDraft] = []
    for course in words.course:
        start, end = _days(course, year, rng)
        share = float(course.share)
        taking = [one for one in people if one.takes(course, year) and rng.random() < share]
        found.extend(
            RecordDraft(
                teacher_id=one.id,
                year=year,
                course=course.title,
                category=_category(course, one),
                organizer=_organizer(office, course, one),
                start_date=start,
                end_date=end,
                hours=course.hours,
                score=_score(rng),
                level=course.level,
                theme=course.theme,
                nature=course.nature,
            )
            for one in taking
        )
    return found


def run_courses(
    office: Office, people: Sequence[Person], words: Words, rng: random.Random
) -> CourseYear:
    """Register, enrol, mark and post this year's courses, the largest first."""
    year = office.store.clock.today().year
    chosen = sorted(
        (course for course in words.course if course.organizer is None),
        key=lambda course: course.share,
        reverse=True,
    )
    posted = 0
    ids: list[str] = []
    for course in chosen:
        course_id = _register(office, course, year, rng)
        share = _NEARLY_ALL if course.nature == _COMPULSORY else float(course.share)
        mine = [one for one in people if one.takes(course, year) and _same_track(course, one)]
        taking = [one.id for one in mine if rng.random() < share] or [people[0].id]
        enrol(office, course_id, taking)
        scores = {one: _mark(rng) for one in taking}
        record_scores(office, course_id, scores)
        posted += post_results(office, course_id).posted
        ids.append(course_id)
    return CourseYear(tuple(ids), posted)


def _register(office: Office, course: SampleCourse, year: int, rng: random.Random) -> str:
    start, end = _days(course, year, rng)
    values = {
        "title": course.title,
        "year": year,
        "hours": course.hours,
        "category": course.category,
        "level": course.level,
        "theme": course.theme,
        "nature": course.nature,
        "track": _PAPER if course.category == _BOOKS else None,
        "ethics": int(course.theme == _ETHICS),
        "organizer": office.identity.name,
        "start_date": start,
        "end_date": end,
        "pass_mark": Decimal(60),
    }
    return register(office, values).course_id


def _same_track(course: SampleCourse, one: Person) -> bool:
    """This year the books are for those who learn from books; the others learn online."""
    return course.category != _BOOKS or one.track == _PAPER


def _days(course: SampleCourse, year: int, rng: random.Random) -> tuple[str, str]:
    """First and last day, at eight hours a day, within the months of teaching."""
    months = (9, 10) if course.whom == "new" else (1, 3, 4, 5, 7, 8, 9)
    first = date(year, rng.choice(months), rng.randint(1, 18))
    days = max(1, min(10, int(course.hours) // 8))
    return first.isoformat(), (first + timedelta(days=days - 1)).isoformat()


def _category(course: SampleCourse, one: Person) -> str:
    """What the books are for one track, the network is for the other (文本与网联)."""
    return _NETWORK if course.category == _BOOKS and one.track == _ONLINE else course.category


def _organizer(office: Office, course: SampleCourse, one: Person) -> str:
    if course.organizer is None:
        return office.identity.name
    return course.organizer or one.school


def _score(rng: random.Random) -> str:
    return rng.choice(_GRADES) if rng.random() < 0.5 else str(rng.randint(60, 98))


def _mark(rng: random.Random) -> Mark:
    chance = rng.randrange(100)
    if chance < 3:
        return Mark(grade="缺考", result="absent")
    if chance < 8:
        return Mark(score=Decimal(rng.randint(35, 59)))
    return Mark(score=Decimal(rng.randint(60, 98)))
