"""A county of some three hundred people, always the same, with something of everything."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from tests.oracle.counties import (
    BACKBONES,
    HOURS,
    KINDS_OF_TRAINING,
    LEVELS,
    NATURES,
    STAGES,
    TRACKS,
)
from tests.oracle.county import County, Course, CourseResult, Entry, Leave, Person, School, Steps

PEOPLE = 300


def fixed_county(years: tuple[int, int], people: int = PEOPLE, seed: int = 20_090_216) -> County:
    """The county over a cycle; a few months after its end."""
    made = _Making(random.Random(seed), years)
    folk = [made.person(number) for number in range(people)]
    courses = [made.course(number) for number in range(8)]
    return County(
        schools=tuple(School(f"学校{at}", TRACKS[at % 3]) for at in range(12)),
        people=tuple(folk),
        entries=tuple(made.ledger(person) for person in folk),
        courses=tuple(courses),
        results=tuple(made.results(people, courses)),
        today=made.today,
    )


class _Making:
    def __init__(self, chance: random.Random, years: tuple[int, int]) -> None:
        self.chance, self.years = chance, years
        self.today = date(years[1] + 1, 3, 20)

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.chance.randrange((last - first).days + 1))

    def in_cycle(self) -> date:
        return self.day(date(self.years[0], 1, 1), date(self.years[1], 12, 31))

    def person(self, number: int) -> Person:
        chance = self.chance
        start = f"{chance.randint(1980, self.years[0])}-{chance.randint(1, 12):02d}"
        if number % 5 == 0:
            start = f"{chance.randint(*self.years)}-{chance.choice((1, 2, 8, 9)):02d}"
        posts: Steps = ((None, chance.choice(("教师", "教师", "班主任", "校长", "教研员"))),)
        if number % 4 == 0:
            posts = ((None, "副校长"), (self.in_cycle(), "校长"))
        if number % 9 == 1:
            posts = ((None, "教师"), (self.in_cycle(), "教研员"))
        statuses: Steps = ((None, "在岗"),)
        if number % 15 == 0:
            statuses = (*statuses, (self.in_cycle(), chance.choice(("退休", "调出", "产假"))))
        return Person(
            no=f"T{number:04d}",
            schools=((None, number % 12), (self.in_cycle(), (number + 5) % 12)),
            posts=posts,
            statuses=statuses,
            heads=((None, chance.choice((None, True, False))),),
            stages=((None, chance.choice(STAGES[:-1])),),
            backbones=((None, chance.choice(BACKBONES)),),
            track=chance.choice((None, None, "文本", "网联")),
            work_start=None if number % 40 == 7 else start,
            leaves=(Leave("产假", date(self.years[0] + 1, 2, 20), date(self.years[0] + 1, 8, 8)),)
            * (number % 7 == 0),
        )

    def ledger(self, person: Person) -> tuple[Entry, ...]:
        found: list[Entry] = []
        diligent = self.chance.random() < 0.5
        if int(person.no[1:]) % 6 == 2:
            found += self.every_term()
        for _ in range(self.chance.randint(25, 60) if diligent else self.chance.randint(0, 12)):
            line = self.line(person)
            found.append(line)
            for _ in range(self.chance.choice((0, 0, 0, 0, 0, 0, 1, 2))):
                last = found[-1]
                kind = line.kind if last.kind == "冲销" else "冲销"
                found.append(
                    replace(
                        last,
                        kind=kind,
                        hours=-last.hours,
                        reverses=len(found) - 1,
                        credits=None if last.credits is None else -last.credits,
                    )
                )
        return tuple(found)

    def every_term(self) -> list[Entry]:
        return [
            Entry(
                year=year, hours=1_000, start=date(year, month, 15), mode="校本",
                theme="班主任培训", nature="必修", posted=self.today,
            )
            for year in range(self.years[0], self.years[1] + 1)
            for month in (1, 4, 9, 11)
        ]  # fmt: skip

    def line(self, person: Person) -> Entry:
        chance = self.chance
        mode, theme = chance.choice(KINDS_OF_TRAINING)
        begun = [day for day, _ in person.posts if day is not None]
        if person.work_start and int(person.work_start[:4]) >= self.years[0]:
            begun.append(date(int(person.work_start[:4]), int(person.work_start[5:7]), 1))
        start = self.in_cycle()
        if begun and theme in ("新任教师培训", "新任校长任职资格培训"):
            start = chance.choice(begun) + timedelta(days=chance.randrange(-20, 380))
        dated = chance.random() < 0.8
        return Entry(
            year=start.year,
            hours=chance.choice(HOURS),
            start=start if dated else None,
            end=start + timedelta(days=chance.randrange(5)) if dated else None,
            mode=mode,
            theme=theme,
            level=chance.choice(LEVELS),
            nature=chance.choice(NATURES),
            kind=chance.choice(("登记", "课程", "冲抵")),
            credits=chance.choice((None, 50, 150, 240)),
            posted=self.today,
        )

    def course(self, number: int) -> Course:
        return Course(
            year=self.chance.randint(*self.years),
            nature=NATURES[number % 3],
            theme=("全员培训", "师德培训")[number % 2],
            stages=((), ("小学",), ("小学", "初中"))[number % 3],
            approval="draft" if number == 6 else "approved",
        )

    def results(self, people: int, courses: list[Course]) -> list[CourseResult]:
        return [
            CourseResult(
                person, course, self.chance.choice(("passed",) * 6 + ("failed", None)),
                self.chance.choice((None, None, "approved", "refused")),
            )
            for person in range(people)
            for course in range(len(courses))
            if self.chance.random() < 0.8
        ]  # fmt: skip
