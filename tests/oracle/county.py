"""A county in plain words: codes by their Chinese names, days as days, hundredths as whole numbers.

Nothing here imports the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Steps = tuple[tuple[date | None, object], ...]
"""What held of one thing: the first step from a day unknown, the others each from its day on."""


@dataclass(frozen=True)
class School:
    name: str
    track: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Leave:
    """A leave; ``first`` and ``last`` are both days away. Nobody has decided yet: None."""

    ground: str
    first: date
    last: date
    approved: bool | None = True


@dataclass(frozen=True)
class Person:
    """A teacher.

    ``schools`` (places in the county's list) and what else is a plural has a history; the rest is what the register says now. ``work_start``: 2012-09, 2012 or None.
    """

    no: str
    schools: Steps = ((None, 0),)
    posts: Steps = ((None, "教师"),)
    statuses: Steps = ((None, "在岗"),)
    heads: Steps = ((None, None),)
    stages: Steps = ((None, "小学"),)
    backbones: Steps = ((None, None),)
    track: str | None = None
    work_start: str | None = "2001-09"
    leaves: tuple[Leave, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A line of the ledger.

    ``kind``: 登记, 课程, 冲抵, 冲销. ``reverses``: the place, in the person's list, of the line this
    one answers; a 冲销 takes it back, an answer to a 冲销 brings it back again.
    """

    year: int
    hours: int
    start: date | None = None
    end: date | None = None
    mode: str | None = None
    theme: str | None = None
    level: str | None = None
    nature: str | None = None
    kind: str = "登记"
    credits: int | None = None
    reverses: int | None = None
    posted: date = date(2000, 1, 1)


@dataclass(frozen=True)
class Course:
    year: int
    nature: str | None = "必修"
    theme: str | None = "全员培训"
    stages: tuple[str, ...] = ()
    track: str | None = None
    approval: str = "approved"


@dataclass(frozen=True)
class CourseResult:
    """Somebody in a course: places of the person and the course in the county's lists.

    ``state``: approved, chosen, supported, refused, replaced. ``result``: passed, failed, absent,
    excused, cheated or None.
    """

    person: int
    course: int
    result: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class County:
    """All of it; ``entries`` has one list for each person."""

    schools: tuple[School, ...] = ()
    people: tuple[Person, ...] = ()
    entries: tuple[tuple[Entry, ...], ...] = ()
    courses: tuple[Course, ...] = ()
    results: tuple[CourseResult, ...] = ()
    today: date = date(2016, 3, 1)
