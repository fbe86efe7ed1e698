"""Generating the county: schools, teachers, years of records, a course year, a draw, papers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

from models.certificates.issuing import issue_for_course
from models.errors import UserError
from models.exams.drawing import draw
from models.exams.freezing import freeze
from models.exams.records import ExamTerms
from models.exams.registration import create
from models.exams.seats import give_seats
from models.office.context import Office
from models.office.settings import write_settings
from models.policies.cycles import cycle_of
from models.policies.use import save_pack, use_pack
from models.progress import Progress
from models.sample.pairing import run_pairs
from models.sample.people import Generator, regions_for
from models.sample.schools import SampleSchool, county_schools, place_of
from models.sample.teams import run_teams
from models.sample.titles import run_titles
from models.sample.trainings import Person, drafts_of_year, run_courses
from models.sample.words import Words, read_words
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.registration import TeacherChange, write_teachers
from models.training.ledger import post_records
from resources import path

YEARS = 5
_HEAD = "02"
_LEADS = frozenset({"06", "08"})
_PACK = "sample-county"
_MAX_TEACHERS = 200_000
_HOLDS_ANYTHING = """
SELECT EXISTS (SELECT 1 FROM institution) OR EXISTS (SELECT 1 FROM teacher)
    OR EXISTS (SELECT 1 FROM course) OR EXISTS (SELECT 1 FROM exam)
"""


@dataclass(frozen=True, slots=True)
class SampleCounty:
    """What was generated.

    Attributes:
        schools, teachers, entries, courses, certificates, drawn: how many of each.
        course_ids: the courses of the present year, the largest first.
        exam_id: the exam that was drawn.
    """

    schools: int
    teachers: int
    entries: int
    courses: int
    certificates: int
    drawn: int
    course_ids: tuple[str, ...]
    exam_id: str


def generate_county(
    office: Office, teachers: int, seed: int, progress: Progress | None = None
) -> SampleCounty:
    """Fill an empty office with a county as one step; the file is marked as sample data.

    The same seed, clock and id source give the same rows with the same identities.

    Args:
        office: an office without schools and teachers.
        teachers: how many, 20 to 200,000.
        seed: decides everything that is drawn.
        progress: told of each part.

    Raises:
        UserError: the office holds data already; an absurd number.
        CancelledByUser: nothing was kept.
    """
    if not 20 <= teachers <= _MAX_TEACHERS:
        raise UserError(
            "sample.size",
            f"示例教师人数 {teachers} 不在 20 到 {_MAX_TEACHERS} 之间。",
            "一般用 3000 人。",
        )
    if office.store.value(_HOLDS_ANYTHING):
        raise UserError(
            "sample.not_empty", "这个数据文件里已有数据，不能再放示例数据。", "请另建一个数据文件。"
        )
    builder = _Builder(office, random.Random(seed), read_words(), progress or Progress())
    with office.store.operation("sample.generate", f"生成示例数据（教师 {teachers} 人）"):
        write_settings(office.store, {"office.sample": "1"})
        return builder.build(teachers)


def _person(identity: str, school: SampleSchool, values: Mapping[str, Any]) -> Person:
    return Person(
        id=identity,
        school=school.name,
        track=school.track,
        work_start=str(values["work_start"]),
        is_head=bool(values.get("is_head")) or values.get("post") == _HEAD,
        leads=values.get("post") in _LEADS,
    )


def county_name(office: Office) -> str:
    """The county as schools bear it in front: by its code, else by the office's name."""
    region = office.identity.region
    name = office.codes["region"].name_of(region)
    if name != region:
        return name
    for place, character in enumerate(office.identity.name):
        if character in "市县区旗" and place:
            return office.identity.name[: place + 1]
    return "示例县"


def distribute(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a total in proportion to weights, exactly."""
    marks = [0, *accumulate(weights)]
    bounds = [total * mark // marks[-1] for mark in marks]
    return [after - before for before, after in pairwise(bounds)]


@dataclass(slots=True)
class _Builder:
    """Builds the county part by part inside the running operation."""

    office: Office
    rng: random.Random
    words: Words
    progress: Progress

    def build(self, count: int) -> SampleCounty:
        """Everything, in the order in which it would have happened."""
        schools = county_schools(county_name(self.office), count, self.words, self.rng)
        school_ids = self._schools(schools)
        self.progress.step(1, 6, "学校")
        self._rules()
        people = self._teachers(schools, school_ids, count)
        self.progress.step(2, 6, "教师")
        entries = self._records(people)
        self.progress.step(4, 6, "历年学时")
        ran = run_courses(self.office, people, self.words, self.rng)
        self.progress.step(5, 6, "本年课程")
        exam_id, drawn = self._draw(ran.course_ids[0])
        issued = issue_for_course(self.office, ran.course_ids[-1])
        self.progress.step(6, 6, "抽测和证书")
        by_teams = run_teams(self.office)
        run_pairs(self.office, random.Random(self.rng.random()))
        run_titles(self.office, random.Random(self.rng.random()))
        return SampleCounty(
            schools=len(schools),
            teachers=len(people),
            entries=entries + ran.posted + by_teams,
            courses=len(ran.course_ids),
            certificates=len(issued.certificates),
            drawn=drawn,
            course_ids=ran.course_ids,
            exam_id=exam_id,
        )

    def _rules(self) -> None:
        """A rule pack of the county's own, in use over the cycle that runs."""
        save_pack(self.office, path("sample/policy.toml").read_text(encoding="utf-8"))
        cycle = cycle_of(self.office, self.office.store.clock.today().year)
        use_pack(self.office, _PACK, date(cycle.first, 1, 1), date(cycle.last, 12, 31))

    def _schools(self, schools: Sequence[SampleSchool]) -> dict[str, str]:
        ids = {one.name: self.office.store.ids.new_id() for one in schools}
        changes = [
            InstitutionChange(ids[one.name], self._school_values(one, ids), new=True)
            for one in schools
        ]
        write_institutions(self.office, changes)
        return ids

    def _school_values(self, one: SampleSchool, ids: dict[str, str]) -> dict[str, object]:
        return {
            "name": one.name,
            "short_name": one.short_name,
            "level": "3" if one.type == "16" else "5",
            "type": one.type,
            "stages": one.stages,
            "location": one.location,
            "parent_id": ids[one.parent] if one.parent else None,
            "district": one.district,
            "station": f"{one.short_name}辅导站" if one.weight >= 25 else None,
            "tutor": self.rng.choice(self.words.surnames) + self.rng.choice(self.words.women)
            if one.weight >= 25
            else None,
            "track": one.track,
            "base_school": int(one.weight >= 100 and self.rng.randrange(4) == 0),
            "status": "1",
            **place_of(one),
        }

    def _teachers(
        self, schools: Sequence[SampleSchool], school_ids: dict[str, str], count: int
    ) -> list[Person]:
        today = self.office.store.clock.today()
        regions = regions_for(self.office.codes["region"], self.office.identity.region)
        generator = Generator(self.words, self.rng, today, regions)
        shares = distribute(count, [one.weight for one in schools])
        changes: list[TeacherChange] = []
        people: list[Person] = []
        for school, share in zip(schools, shares, strict=True):
            for values in generator.teachers(school, school_ids[school.name], share):
                identity = self.office.store.ids.new_id()
                changes.append(TeacherChange(identity, values, new=True))
                people.append(_person(identity, school, values))
        write_teachers(self.office, changes, today.isoformat())
        return people

    def _records(self, people: Sequence[Person]) -> int:
        """The records of the years before this one, a year at a time."""
        this_year = self.office.store.clock.today().year
        posted = 0
        for year in range(this_year - YEARS + 1, this_year):
            self.progress.step(3, 6, f"{year} 年学时")
            drafts = drafts_of_year(self.office, people, year, self.words, self.rng)
            source = f"{year}年培训学时登记表.xlsx"
            posted += post_records(self.office, drafts, source=source, allow_repeats=True).posted
        return posted

    def _draw(self, course_id: str) -> tuple[str, int]:
        year = self.office.store.clock.today().year
        terms = ExamTerms(
            code=f"{year}-06", name=f"{year}年上半年县级抽测", year=year, course_id=course_id
        )
        exam, _ = create(self.office, terms)
        freeze(self.office, exam)
        seed = "".join(str(self.rng.randint(1, 6)) for _ in range(24))
        found, _ = draw(self.office, exam, seed)
        give_seats(self.office, exam)
        return exam.id, int(found.record["drawn"])
