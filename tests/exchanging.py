"""A county and schools that exchange packages, for tests: real files that know each other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from models.ids import RandomIds
from models.office.context import Office
from models.office.identity import Identity
from models.signing import passphrase
from models.sync.applying import take
from models.sync.board import board
from models.sync.enrolment import invite, read_enrolment
from models.sync.packing import Written, first_slice, write_packages
from models.sync.partners import partners
from models.sync.reading import Received, read_packages
from models.workspace.joining import join_school
from models.workspace.opening import Desk, create_office, open_workspace
from tests.counties import post
from tests.offices import CHINA
from tests.people import school, teachers

COUNTY = "桦甸市教师进修学校"
RED, EIGHT = "红石中学", "八道河子小学"


class Days:
    """A clock that goes on by a day when it is told to."""

    def __init__(self):
        self.moment = datetime(2026, 11, 26, 9, 0, tzinfo=CHINA)

    def now(self):
        return self.moment

    def today(self):
        return self.moment.date()

    def go_on(self, days=1):
        self.moment += timedelta(days=days)


def cheap_codes(patch) -> None:
    """Let a code be stretched in no time; the file says by how much, so that readers follow."""
    patch.setattr(passphrase, "COST", 2**4)


def person_at(person: str, clock: Days | None = None) -> Desk:
    return Desk(person=person, clock=clock or Days(), ids=RandomIds())


@dataclass
class World:
    """A county and its schools; ``institutions`` by the school's name."""

    folder: Path
    county: Office
    schools: dict[str, Office] = field(default_factory=dict)
    institutions: dict[str, str] = field(default_factory=dict)

    def enrol(self, name: str) -> Office:
        """Let a school join, and read its first package."""
        invitation = invite(self.county, self.institutions[name], first_slice)
        found = read_enrolment(invitation.content, invitation.code)
        desk = person_at(f"{name[:2]}老师")
        self.schools[name] = join_school(self.folder / name / "school.db", found, take, desk)
        self.exchange(name)
        return self.schools[name]

    def down(self, name: str, **options) -> Path:
        """A package from the county to a school, on a stick of its own."""
        site = next(one for one in partners(self.county) if one.name == name)
        return self._written(self.county, site, options)

    def up(self, name: str, **options) -> Path:
        """A package from a school to the county."""
        office = self.schools[name]
        return self._written(office, partners(office)[0], options)

    def _written(self, office, site, options) -> Path:
        stick = self.folder / "stick"
        stick.mkdir(exist_ok=True)
        (made,) = write_packages(office, [site], stick, **options)
        assert isinstance(made, Written)
        return made.file

    def exchange(self, *names: str) -> None:
        """Carry a package each way, without anything being refused."""
        for name in names or self.schools:
            assert self.take(self.county, self.up(name)).state == "applied"
            assert self.take(self.schools[name], self.down(name)).state == "applied"

    def file(self, name: str) -> Office:
        """A school's office, or the county's for no name."""
        return self.schools[name] if name else self.county

    def take(self, office: Office, file: Path) -> Received:
        """Read one package."""
        (found,) = read_packages(office, [file])
        return found

    def close(self) -> None:
        for office in (self.county, *self.schools.values()):
            office.store.close()


def copied(template: Path, folder: Path) -> World:
    """The world whose closed files lie in ``template``, opened in a folder of its own."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return opened(folder)


def opened(folder: Path) -> World:
    """The world whose closed files lie in a folder."""
    county = open_workspace(folder / "county" / "office.db", person_at("王老师"))
    world = World(folder, county)
    for file in sorted(folder.glob("*/school.db")):
        name = file.parent.name
        world.schools[name] = open_workspace(file, person_at(f"{name[:2]}老师"))
    rows = county.store.query("SELECT id, name FROM institution")
    world.institutions = {row["name"]: row["id"] for row in rows}
    return world


def new_world(folder: Path, *names: str) -> World:
    """A county with these schools in its list, none of them registered yet."""
    office = create_office(
        folder / "county" / "office.db", Identity(COUNTY, "220282"), person_at("王老师")
    )
    world = World(folder, office)
    world.institutions = {name: school(office, name) for name in names}
    return world


def change(office: Office, table: str, row: str, **values) -> None:
    """Change columns of a row as one operation."""
    with office.store.operation("test.change", "修改"):
        assignments = ", ".join(f"{column} = :{column}" for column in values)
        office.store.execute(
            f"UPDATE {table} SET {assignments} WHERE id = :id", {**values, "id": row}
        )


def value(office: Office, table: str, row: str, column: str):
    return office.store.value(f"SELECT {column} FROM {table} WHERE id = ?", (row,))


def count(office: Office, table: str) -> int:
    return office.store.value(f"SELECT count(*) FROM {table}")


def people(office, school_id):
    rows = office.store.query(
        "SELECT id FROM teacher WHERE school_id = ? ORDER BY id", (school_id,)
    )
    return [row["id"] for row in rows]


def red(world):
    return world.schools[RED]


def ours(world):
    return people(world.county, world.institutions[RED])


def line(world, name=RED):
    return next(one for one in board(world.county) if one.site.name == name)


def slice_values(office, school_id):
    """What a school's copy has in common with the county's, read without any of the code."""
    of_teachers = f"IN (SELECT id FROM teacher WHERE school_id = '{school_id}')"
    return {
        "teacher": office.store.tuples(
            "SELECT * FROM teacher WHERE school_id = ? ORDER BY id", (school_id,)
        ),
        "entry": office.store.tuples(
            f"SELECT * FROM ledger_entry WHERE teacher_id {of_teachers} ORDER BY id"
        ),
        "institution": office.store.tuples("SELECT * FROM institution ORDER BY id"),
    }


def assert_alike(world, *names):
    for name in names or world.schools:
        institution = world.institutions[name]
        school = world.schools[name]
        assert slice_values(school, institution) == slice_values(world.county, institution)


def two_schools(folder: Path) -> World:
    """Two schools that joined; three teachers with two entries each in one, two in the other."""
    world = new_world(folder, RED, EIGHT)
    for name, many in ((RED, 3), (EIGHT, 2)):
        for one in teachers(world.county, world.institutions[name], many):
            post(world.county, one, 5, range(2023, 2025))
        world.enrol(name)
        world.exchange(name)
    return world
