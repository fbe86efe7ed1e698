"""A county and a programme of pairs for tests of the papers and the page, played by use cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import enter_programme
from models.mentoring.proposing import keep, propose
from models.mentoring.steps import Said, take_step
from models.mentoring.visits import Visit, log_visits
from models.mentoring.wishes import Wish, take_part
from models.office.context import Office
from models.staff.registration import TeacherChange, write_teachers
from tests.mentoring import place
from tests.offices import new_office
from tests.people import id_number

BEGIN = "2025-09-01"
TOWN = (("桦甸市第四中学", "126.74", "42.97"), ("桦甸市第一实验小学", "126.75", "42.98"))
VILLAGE = (
    ("红石中学", "127.10", "42.90"),
    ("夹皮沟小学", "127.50", "42.85"),
    ("常山小学", "126.60", "43.20"),
)


class County(NamedTuple):
    """The schools and people of the test county, by name."""

    schools: dict[str, str]
    mentors: dict[str, str]
    mentees: dict[str, str]


def county(office: Office, *, places: bool = True) -> County:
    """Two town schools with titled teachers, three village schools with young ones."""
    schools = {
        name: place(
            office, name, location, level="5",
            **({"longitude": east, "latitude": north} if places else {}),
        )
        for location, every in (("2", TOWN), ("5", VILLAGE))
        for name, east, north in every
    }  # fmt: skip
    mentors = _people(office, schools, [
        ("张红梅", TOWN[0][0], "102", "3"), ("王建国", TOWN[0][0], "103", "3"),
        ("李秀英", TOWN[1][0], "102", "2"),
    ], backbone="42", start=0)  # fmt: skip
    mentees = _people(office, schools, [
        ("赵小雨", VILLAGE[0][0], "102", "3"), ("钱多多", VILLAGE[0][0], "103", "3"),
        ("孙大圣", VILLAGE[0][0], "102", "3"), ("周冬雨", VILLAGE[1][0], "102", "2"),
        ("吴晓波", VILLAGE[2][0], "102", "2"),
    ], start=100)  # fmt: skip
    return County(schools, mentors, mentees)


def _people(
    office: Office,
    schools: dict[str, str],
    people: Sequence[tuple[str, str, str, str]],
    *,
    start: int,
    **values: Any,
) -> dict[str, str]:
    found = {name: office.store.ids.new_id() for name, *_ in people}
    changes = [
        TeacherChange(
            found[name],
            {
                "name": name, "sex": "2", "id_number": id_number(start + place),
                "school_id": schools[school], "subject": subject, "stage": stage, "status": "01",
                "work_start": "2024-08", **values,
            },
            new=True,
        )
        for place, (name, school, subject, stage) in enumerate(people)
    ]  # fmt: skip
    with office.store.operation("test.teachers", "登记教师"):
        write_teachers(office, changes, "2024-09-01")
    return found


def opened(office: Office, found: County, **values: str) -> str:
    """A programme of town and village with everybody in it; its identity."""
    raw = {"kind": "town-village", "starts_on": BEGIN, "code": "2025-CX", **values}
    identity = enter_programme(office, None, raw).id
    take_part(office, identity, [Wish(one, "mentor") for one in found.mentors.values()])
    take_part(office, identity, [Wish(one, "mentee") for one in found.mentees.values()])
    return identity


def filed(office: Office, programme_id: str, on: str = BEGIN) -> dict[str, str]:
    """All proposed, kept, and taken through the three steps; mentee's name to pair."""
    keep(office, propose(office, programme_id))
    ids = [one.id for one in pair_rows(office, programme_id, ["proposed"])]
    for step in ("applied", "recommended", "filed"):
        take_step(office, ids, step, Said(on=on))
    return {one.mentee: one.id for one in pair_rows(office, programme_id, ["filed"])}


def visited(office: Office, pair_id: str, *days: str, kind: str = "observe") -> None:
    """A visit with evidence on each of those days."""
    for day in days:
        visit = Visit(day, kind, f"{day[5:]}听课", "红石中学", evidence="听课记录本")
        log_visits(office, [pair_id], visit)


def running(
    folder: Path, day: str = "2026-12-10", **options: bool
) -> tuple[Office, str, dict[str, str]]:
    """An office with a programme whose pairs are filed: the office, the programme, the pairs."""
    office = new_office(folder, day)
    programme_id = opened(office, county(office, **options))
    return office, programme_id, filed(office, programme_id)
