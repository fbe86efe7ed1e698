"""A county and schools that exchange packages, for tests: real files, registered with each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from models.ids import RandomIds
from models.office.context import Office
from models.office.identity import Identity
from models.sync.own_keys import new_pair, own_keys
from models.sync.packing import Written, write_packages
from models.sync.partners import partners
from models.sync.reading import Received, read_packages
from models.sync.roster import Site, add_keys, add_site, own
from models.workspace.opening import Desk, create_office, open_workspace
from tests.offices import CHINA
from tests.people import school

COUNTY = "桦甸市教师进修学校"


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
        """Set up the file of a school that the county has in its list."""
        institution = self.institutions[name]
        desk = person_at(f"{name[:2]}老师")
        identity = Identity(name, "220282", "school")
        office = create_office(self.folder / name / "school.db", identity, desk)
        theirs, ours = new_pair(office), own_keys(self.county)
        day = "2026-11-26"
        with office.store.operation("test", "注册"):
            add_site(office, Site(own(self.county), "county", COUNTY, "", day))
            add_keys(office, own(self.county), ours.public, 1)
            add_site(office, Site(own(office), "school", name, institution, day))
            add_keys(office, own(office), theirs.public, 1)
        with self.county.store.operation("test", "注册"):
            add_site(self.county, Site(own(office), "school", name, institution, day))
            add_keys(self.county, own(office), theirs.public, 1)
        self.schools[name] = office
        return office

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

    def take(self, office: Office, file: Path) -> Received:
        """Read one package."""
        (found,) = read_packages(office, [file])
        return found

    def reopen(self, name: str = "") -> Office:
        """Open a file again, after something was done to it."""
        old = self.schools[name] if name else self.county
        old.store.close()
        desk = Desk(person=old.store.person, clock=old.store.clock, ids=RandomIds())
        office = open_workspace(old.store.path, desk)
        if name:
            self.schools[name] = office
        else:
            self.county = office
        return office

    def close(self) -> None:
        for office in (self.county, *self.schools.values()):
            office.store.close()


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
