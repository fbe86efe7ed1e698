"""The people to be judged, as they are on a day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar, overload

from models.office.context import Office
from models.staff.periods import ASPECTS

_TEACHERS = """
SELECT t.id, t.teacher_no, t.name, t.school_id, t.status, t.post,
    COALESCE(t.is_head, t.post = :head), t.title, t.education,
    t.stage, COALESCE(t.track, i.track), t.backbone, t.subject, t.special_post, t.work_start,
    i.location, i.type, i.district
FROM {source} LEFT JOIN institution AS i ON i.id = t.school_id ORDER BY t.teacher_no, t.id
"""
_ALL = "teacher AS t"
_SOME = "json_each(:ids) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value"
_THEN = """
SELECT teacher_id, aspect, value FROM teacher_period
WHERE (starts_on IS NULL OR starts_on <= :day) AND (ends_on IS NULL OR ends_on > :day)
    AND (:ids IS NULL OR teacher_id IN (SELECT value FROM json_each(:ids)))
"""
_POST_STARTS = """
SELECT teacher_id, value, MAX(starts_on) FROM teacher_period
WHERE aspect = 'post' AND starts_on <= :day AND (ends_on IS NULL OR ends_on > :day)
    AND (:ids IS NULL OR teacher_id IN (SELECT value FROM json_each(:ids)))
GROUP BY teacher_id, value
"""
_SCHOOLS = "SELECT id, location, type, district, track FROM institution"
_OWN = """
SELECT t.id, t.is_head, t.track FROM json_each(?) AS wanted
CROSS JOIN teacher AS t ON t.id = wanted.value
"""
_FIRST_FACT = 4
"""From this field on a person is described; before it stand identity, number, name, school."""
_HEAD_POST = "班主任"
"""Whose post says so is a head teacher, where the flag was left empty."""
_FIELDS = {aspect: column for column, aspect in ASPECTS.items()}


class Person(NamedTuple):
    """A teacher as far as rules ask: codes as stored, None for what is not recorded.

    ``track`` is the teacher's own, else the school's; ``location``, ``school_type`` and
    ``district`` are the school's.
    """

    id: str
    teacher_no: str
    name: str
    school_id: str | None
    status: str | None
    post: str | None
    is_head: int | None
    title: str | None
    education: str | None
    stage: str | None
    track: str | None
    backbone: str | None
    subject: str | None
    special_post: int | None
    work_start: str | None
    location: str | None
    school_type: str | None
    district: str | None


_Answer = TypeVar("_Answer")


class Crowd(Sequence[Person]):
    """Many people, of whom those alike in every fact are asked only once."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Sort the people by what rules can ask of them."""
        self.people = people
        known: dict[tuple[object, ...], int] = {}
        self._kinds = [known.setdefault(one[_FIRST_FACT:], len(known)) for one in people]
        examples: dict[int, Person] = {}
        for kind, one in zip(self._kinds, people, strict=True):
            examples.setdefault(kind, one)
        self._examples = list(examples.values())

    def each(self, ask: Callable[[Person], _Answer]) -> list[_Answer]:
        """What ``ask`` says of each of them; it may look at facts, not at who somebody is."""
        answers = [ask(one) for one in self._examples]
        return [answers[kind] for kind in self._kinds]

    @overload
    def __getitem__(self, place: int) -> Person: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Person]: ...
    def __getitem__(self, place: int | slice) -> Person | Sequence[Person]:
        """The person at a place."""
        return self.people[place]

    def __len__(self) -> int:
        """How many."""
        return len(self.people)

    def __iter__(self) -> Iterator[Person]:
        """One after another."""
        return iter(self.people)


def people_on(office: Office, day: date, ids: Sequence[str] | None = None) -> list[Person]:
    """The teachers as they are on a day, by teacher number; ``ids`` narrows to some.

    What periods are kept of (school, post, status, title …) is that of the day as far as they are
    recorded; everything else is what the register says now.
    """
    wanted = None if ids is None else json.dumps(sorted(set(ids)))
    sql = _TEACHERS.format(source=_ALL if ids is None else _SOME)
    head = office.codes["post"].find(_HEAD_POST)
    given = {"ids": wanted} if ids is not None else {}
    rows = office.store.tuples(sql, {**given, "head": head.code if head else ""})
    people = list(map(Person._make, rows))
    if day >= office.store.clock.today():
        return people
    then = _held(office, day, wanted)
    if not then:
        return people
    past = _Past(office, then, head.code if head else "")
    return [past.of(one) if one.id in then else one for one in people]


def post_starts(
    office: Office, day: date, ids: Sequence[str] | None = None
) -> dict[tuple[str, str], str]:
    """Teacher and post to the day the post began, of those held on the day and recorded."""
    wanted = None if ids is None else json.dumps(sorted(set(ids)))
    rows = office.store.query(_POST_STARTS, {"day": day.isoformat(), "ids": wanted})
    return {(row[0], row[1]): row[2] for row in rows if row[1] is not None}


def _held(office: Office, day: date, ids: str | None) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for teacher_id, aspect, value in office.store.query(
        _THEN, {"day": day.isoformat(), "ids": ids}
    ):
        found.setdefault(teacher_id, {})[_FIELDS[aspect]] = value
    return found


class _Past:
    """People as periods say they were; what follows from school and post follows from those."""

    def __init__(
        self, office: Office, then: Mapping[str, Mapping[str, str | None]], head: str
    ) -> None:
        self._then, self._head = then, head
        self._schools = {row[0]: tuple(row)[1:] for row in office.store.query(_SCHOOLS)}
        rows = office.store.query(_OWN, (json.dumps(sorted(then)),))
        self._own = {row[0]: (row[1], row[2]) for row in rows}

    def of(self, one: Person) -> Person:
        """Somebody as they were."""
        then = self._then[one.id]
        flag, track = self._own[one.id]
        values: dict[str, object] = dict(then)
        if "is_head" in then:
            flag = None if then["is_head"] is None else int(then["is_head"] == "1")
        post = then.get("post", one.post)
        if flag is None and post is not None:
            flag = int(post == self._head)
        values["is_head"] = flag
        if "school_id" in then:
            found = self._schools.get(then["school_id"] or "", (None, None, None, None))
            *place, of_school = found
            values |= dict(zip(("location", "school_type", "district"), place, strict=True))
            values["track"] = of_school if track is None else track
        return one._replace(**values)  # pyright: ignore[reportArgumentType]
