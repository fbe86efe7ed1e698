"""What the screen of the meeting room shows, put in order before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from models.errors import UserError
from models.exams.draw import MIN_CHARACTERS, MIN_DIGITS, check_seed, seed_length
from models.exams.drawing import DrawnPerson

PER_SCREEN = 20
NO_SCHOOL = "（无单位）"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is drawn, and by which rule, in words.

    Attributes:
        exam_id, name, office: the exam and whose it is.
        pool: people of the frozen frame.
        groups: strata of the frame.
        quota: how many will be drawn.
        rule: share, rounding and strata in a sentence.
        base: who could be drawn.
        sha256: hash of the frame.
        seed: of the draw that was made; "" before.
        drawn_at: when that was.
        schools: who was drawn, by school; () before.
    """

    exam_id: str
    name: str
    office: str
    pool: int
    groups: int
    quota: int
    rule: str
    base: str
    sha256: str
    seed: str = ""
    drawn_at: str = ""
    schools: tuple[SchoolPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who was drawn: name, number, and the group inside the school."""

    name: str
    number: str
    group: str


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One screen full of names.

    Attributes:
        school: whose.
        people: at most ``PER_SCREEN``.
        of_school: how many the school has in all.
        part, parts: which screen of the school it is.
        place, places: which school it is of how many.
    """

    school: str
    people: tuple[Named, ...]
    of_school: int
    part: int
    parts: int
    place: int
    places: int


def school_pages(people: Iterable[DrawnPerson]) -> tuple[SchoolPage, ...]:
    """The drawn people as screens, school by school in code point order."""
    ordered = sorted(people, key=lambda one: (one.school or NO_SCHOOL, one.stratum, one.place))
    schools = [
        (school, [_named(one, school) for one in group])
        for school, group in groupby(ordered, key=lambda one: one.school or NO_SCHOOL)
    ]
    return tuple(
        SchoolPage(
            school,
            tuple(named[start : start + PER_SCREEN]),
            len(named),
            start // PER_SCREEN + 1,
            -(-len(named) // PER_SCREEN),
            place,
            len(schools),
        )
        for place, (school, named) in enumerate(schools, start=1)
        for start in range(0, len(named), PER_SCREEN)
    )


@dataclass(frozen=True, slots=True)
class SeedState:
    """What is to be said of a seed while it is typed."""

    words: str
    good: bool


def seed_state(text: str) -> SeedState:
    """How long the seed is and what is missing."""
    if not text:
        return SeedState(f"至少 {MIN_DIGITS} 位数字，或 {MIN_CHARACTERS} 个字", good=False)
    length, wanted, digits = seed_length(text)
    unit = "位数字" if digits else "个字"
    if length < wanted:
        return SeedState(f"已有 {length} {unit}，还差 {wanted - length} {unit[0]}", good=False)
    try:
        check_seed(text)
    except UserError as error:
        return SeedState(error.sentence, good=False)
    return SeedState(f"已有 {length} {unit}，长度够了", good=True)


def in_groups(text: str, size: int) -> str:
    """A long text in groups, to be read aloud and compared."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def total(pages: Sequence[SchoolPage]) -> int:
    """How many people stand on the pages."""
    return sum(len(page.people) for page in pages)


def _named(one: DrawnPerson, school: str) -> Named:
    group = one.stratum.removeprefix(school).strip("/")
    return Named(one.name, one.teacher_no, group)
