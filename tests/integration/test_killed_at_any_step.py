"""kill -9 at every step of what moves data between files: before or after, and nothing between."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Protocol

import pytest

from models.store.backup import backup, rehearse, restore
from models.store.check import check
from models.store.folder import Reason, backups
from models.sync.applying import take
from models.sync.enrolment import invite, read_enrolment
from models.sync.packing import first_slice, write_packages
from models.sync.partners import partners
from models.sync.reading import read_packages
from models.sync.roster import SiteState, sites
from models.sync.sticks import write_safely
from models.workspace.joining import join_school
from models.workspace.opening import MIGRATIONS, TRACKED, create_office, open_workspace
from tests.exchanging import (
    EIGHT,
    RED,
    change,
    cheap_codes,
    opened,
    ours,
    person_at,
    red,
    two_schools,
)
from tests.killing import killed_at
from tests.offices import HUADIAN
from tests.older import without
from tests.people import school, teachers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

COUNTY, SCHOOL, STICK = "county/office.db", f"{RED}/school.db", "stick"
NEW = "新开小学"
OTHERS = ("sync_", "fact", "operation", "setting")
"""What tells when and under which random names; of these only the number of rows is compared."""


class Case(Protocol):
    """Something a program does to files in a folder, and how to tell whether it was done."""

    def prepare(self, folder):
        """Bring a folder of three closed files to where the work begins."""
        ...

    def work(self, folder, begin):
        """Do it; ``begin`` is called when everything is ready."""
        ...

    def facts(self, folder):
        """What is there now; every file is well."""
        ...

    def again(self, folder, after):
        """Do it once more, and see that it leads to where it should."""
        ...


def state(path: Path):
    """Everything in a file that is well, but for random names and times."""
    office = open_workspace(path, person_at("查"))
    try:
        return state_of(office.store)
    finally:
        office.store.close()


def state_of(store):
    report = check(store)
    assert report.ok, report.findings
    names = [row["name"] for row in store.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )]  # fmt: skip
    kept = {one.table for one in TRACKED if not one.table.startswith(OTHERS)}
    return {
        name: sorted(map(repr, store.tuples(f"SELECT * FROM {name}")))
        if name in kept
        else store.value(f"SELECT count(*) FROM {name}")
        for name in names
    }


def county(folder, person="王老师"):
    return open_workspace(folder / COUNTY, person_at(person))


class Reading:
    """The county reads a school's package with changes of every teacher, a birth and a gap."""

    def prepare(self, folder):
        world = opened(folder)
        for number, teacher in enumerate(ours(world)):
            change(red(world), "teacher", teacher, phone=f"1380000000{number}")
        change(world.county, "teacher", ours(world)[0], phone="13911111111")
        world.up(RED)
        world.close()

    def work(self, folder, begin):
        office = county(folder)
        begin()
        read_packages(office, [folder / STICK])
        office.store.close()

    def facts(self, folder):
        return state(folder / COUNTY)

    def again(self, folder, after):
        office = county(folder)
        (found,) = read_packages(office, [folder / STICK])
        assert found.state in {"applied", "already"}
        assert state_of(office.store) == after
        office.store.close()
        assert not list(folder.rglob("*.part*"))


class Writing:
    """The county writes a package for a school."""

    def prepare(self, folder):
        world = opened(folder)
        change(world.county, "teacher", ours(world)[0], phone="13911111111")
        (folder / STICK).mkdir(exist_ok=True)
        world.close()

    def work(self, folder, begin):
        office = county(folder)
        begin()
        receivers = [one for one in partners(office) if one.name == RED]
        write_packages(office, receivers, folder / STICK)
        office.store.close()

    def facts(self, folder):
        found = state(folder / COUNTY)
        office = open_workspace(folder / SCHOOL, person_at("红石"))
        read = read_packages(office, [folder / STICK])
        assert {one.state for one in read} <= {"applied"}, read
        office.store.close()
        return found

    def again(self, folder, after):
        self.work(folder, lambda: None)
        office = open_workspace(folder / SCHOOL, person_at("红石"))
        read = read_packages(office, [folder / STICK])
        assert {one.state for one in read} <= {"applied", "already"}, read
        phones = office.store.query("SELECT 1 FROM teacher WHERE phone = '13911111111'")
        assert len(phones) == 1
        office.store.close()


class Enrolling:
    """The county makes a school's enrolment file."""

    def prepare(self, folder):
        office = county(folder)
        school(office, NEW)
        office.store.close()

    def work(self, folder, begin):
        office = county(folder)
        begin()
        self._invite(office, folder)
        office.store.close()

    def facts(self, folder):
        for file in (folder / STICK).glob("*.sxr"):
            assert file.stat().st_size > 1000
        return state(folder / COUNTY)

    def again(self, folder, after):
        office = county(folder)
        made = self._invite(office, folder)
        content = (folder / STICK / made.file_name).read_bytes()
        assert read_enrolment(content, made.code).site == made.site.id
        live = [one for one in sites(office) if one.state is not SiteState.ENDED]
        (mine,) = (one for one in live if one.name == NEW)
        assert mine.id == made.site.id
        assert check(office.store).ok
        office.store.close()

    def _invite(self, office, folder):
        new = office.store.value("SELECT id FROM institution WHERE name = ?", (NEW,))
        made = invite(office, new, first_slice, out=folder / STICK)
        write_safely(folder / STICK / made.file_name, made.content)
        return made


class Joining:
    """A school's first start."""

    def prepare(self, folder):
        office = county(folder)
        new = school(office, NEW)
        made = invite(office, new, first_slice)
        (folder / "enrol").write_bytes(made.content)
        (folder / "code").write_text(made.code, "utf-8")
        office.store.close()

    def work(self, folder, begin):
        content, code = (folder / "enrol").read_bytes(), (folder / "code").read_text("utf-8")
        found = read_enrolment(content, code)
        begin()
        join_school(self._file(folder), found, take, person_at("新老师")).store.close()

    def facts(self, folder):
        return state(self._file(folder)) if self._file(folder).exists() else {}

    def again(self, folder, after):
        if not self._file(folder).exists():
            self.work(folder, lambda: None)
        assert state(self._file(folder)) == after
        office, stick = open_workspace(self._file(folder), person_at("新老师")), folder / "up"
        write_packages(office, partners(office), stick)
        office.store.close()
        office = county(folder)
        assert [one.state for one in read_packages(office, [stick])] == ["applied"]
        office.store.close()
        names = {one.name for one in self._file(folder).parent.iterdir()}
        assert not {one for one in names if ".part" in one}, names

    def _file(self, folder):
        return folder / "new" / "school.db"


class BackingUp:
    """A backup by hand."""

    def prepare(self, folder):
        pass

    def work(self, folder, begin):
        office = county(folder)
        begin()
        backup(office.store, folder / "kept.db")
        office.store.close()

    def facts(self, folder):
        kept = folder / "kept.db"
        assert not kept.exists() or rehearse(kept, TRACKED, MIGRATIONS).ok
        return {"present": state(folder / COUNTY), "kept": kept.exists() and state(kept)}

    def again(self, folder, after):
        (folder / "kept.db").unlink(missing_ok=True)
        self.work(folder, lambda: None)
        assert self.facts(folder) == after
        assert not list(folder.glob("*.part*"))


class Restoring:
    """A backup takes the place of data whose last changes are still in the log of a crash."""

    def prepare(self, folder):
        office = county(folder)
        backup(office.store, folder / "kept.db")
        school(office, NEW)
        crashed = folder / "crashed"
        crashed.mkdir()
        for file in (folder / "county").glob("office.db*"):
            shutil.copy(file, crashed)
        office.store.close()
        for file in crashed.iterdir():
            shutil.copy(file, folder / "county")
        assert (folder / f"{COUNTY}-wal").stat().st_size > 0

    def work(self, folder, begin):
        begin()
        restore(folder / COUNTY, folder / "kept.db", MIGRATIONS)

    def facts(self, folder):
        saved = [one for one in backups(folder / COUNTY) if one.reason is Reason.RESTORE]
        found = state(folder / COUNTY)
        assert any(map(self._has_new, [folder / COUNTY, *(one.file for one in saved)]))
        return found

    def again(self, folder, after):
        self.work(folder, lambda: None)
        assert self.facts(folder) == after
        assert not list((folder / "county").glob("*.part*"))

    def _has_new(self, file):
        office = open_workspace(file, person_at("查"), read_only=True)
        found = office.store.value("SELECT count(*) FROM institution WHERE name = ?", (NEW,))
        office.store.close()
        return found == 1


class Upgrading:
    """A file of an older program is opened to write by this one."""

    def prepare(self, folder):
        shutil.rmtree(folder / "county")
        with pytest.MonkeyPatch.context() as then:
            without(then, "uploads", "collecting")
            office = create_office(folder / COUNTY, HUADIAN, person_at("王老师"))
            teachers(office, school(office, NEW), 3)
            office.store.close()

    def work(self, folder, begin):
        begin()
        county(folder).store.close()

    def facts(self, folder):
        with closing(sqlite3.connect(folder / COUNTY)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            found = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY 1").fetchall()
            done = connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()
        return {"schema": found, "migrations": done}

    def again(self, folder, after):
        assert state(folder / COUNTY)["teacher"]
        assert self.facts(folder) == after
        kept = [one for one in backups(folder / COUNTY) if one.reason is Reason.UPGRADE]
        assert kept
        assert all(rehearse(one.file).ok for one in kept)


CASES = {
    "upgrade": Upgrading(),
    "read": Reading(),
    "write": Writing(),
    "enrol": Enrolling(),
    "join": Joining(),
    "backup": BackingUp(),
    "restore": Restoring(),
}


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """A county and two schools, closed."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        world = two_schools(tmp_path_factory.mktemp("world"))
        world.close()
        shutil.rmtree(world.folder / STICK)
        shutil.rmtree(world.folder / EIGHT)
        (world.folder / STICK).mkdir()
        yield world.folder


@pytest.mark.parametrize("samples", [6, pytest.param(None, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", CASES)
def test_killed_at_any_step_it_is_done_or_not_begun(closed, tmp_path, name, samples):
    case = CASES[name]
    start = tmp_path / "start"
    shutil.copytree(closed, start)
    case.prepare(start)
    total, allowed = whole(case, start, tmp_path / "whole")
    places = range(1, total + 1) if samples is None else sampled(total, samples)
    seen = [killed(case, start, tmp_path / "killed", place, allowed) for place in places]
    sys.stdout.write(f"{name}: {len(seen)} of {total} steps, {seen.count(0)} before\n")
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] == len(allowed) - 1


def sampled(total, samples):
    """Places all over the work, the first and the last among them."""
    return sorted({1 + (total - 1) * one // (samples - 1) for one in range(samples)})


def whole(case, start, folder):
    """How many steps the work has, and the states before and after it."""
    shutil.copytree(start, folder)
    before = case.facts(folder)
    shutil.rmtree(folder)
    shutil.copytree(start, folder)
    total = killed_at(None, lambda begin: case.work(folder, begin))
    assert total
    after = case.facts(folder)
    shutil.rmtree(folder)
    return total, [before, after]


def killed(case, start, folder, place, allowed):
    """Which of the allowed states a process killed at a place left behind."""
    shutil.copytree(start, folder)
    assert killed_at(place, lambda begin: case.work(folder, begin)) is None
    found = case.facts(folder)
    assert found in allowed, (place, differences(found, allowed))
    case.again(folder, allowed[-1])
    shutil.rmtree(folder)
    return allowed.index(found)


def differences(found, allowed):
    return [{key: (found.get(key), one.get(key)) for key in {*found, *one}
             if found.get(key) != one.get(key)} for one in allowed]  # fmt: skip
