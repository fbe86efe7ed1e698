"""``usb enrol`` and ``usb join`` as real processes, killed too; the losses as commands."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from models.store.check import check
from models.sync.roster import own
from models.workspace.joining import join_school, look_into
from models.workspace.opening import open_workspace
from tests.commands import ask, killed
from tests.enrolled import SCHOOL, letter, new_county, random_desk, read


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory):
    """A county's file, and what ``usb enrol`` said."""
    folder = tmp_path_factory.mktemp("enrolled")
    office, _ = new_county(folder)
    office.store.close()
    said = ask(office.store.path, "usb", "enrol", SCHOOL, "--out", folder / "U盘")
    return office.store.path, said


@pytest.fixture(scope="module")
def joined(enrolled, tmp_path_factory):
    """A school's file, what ``usb join`` said, and how long that took."""
    database = tmp_path_factory.mktemp("joined") / "school" / "school.db"
    begun = time.monotonic()
    said = ask(database, "usb", *join(enrolled[1]))
    return database, said, time.monotonic() - begun


def join(said):
    return "join", said["file"], "--passphrase", said["passphrase"]


def test_a_school_is_enrolled_joins_and_is_known_to_the_county(enrolled, joined):
    county_file, file = enrolled
    database, said, _ = joined
    assert file["school"] == SCHOOL
    assert Path(file["file"]).stat().st_size == file["bytes"]
    assert SCHOOL not in Path(file["file"]).name
    assert (said["school"], said["site"]) == (SCHOOL, file["site"])
    known = ask(database, "usb", "sites")
    assert [(one["kind"], one["state"]) for one in known["sites"]] == [("county", "active")]
    exchange_once(county_file, database)
    known = ask(county_file, "usb", "sites")
    assert known["sites"][0]["fingerprint"] == said["fingerprint"]
    refused = ask(county_file, "usb", "enrol", SCHOOL, "--out", database.parent, code=1)
    assert refused["error"]["code"] == "sync.enrolled_already"
    changed = ask(database, "usb", "keys", "--reason", "有人离岗")
    assert changed["fingerprint"] != said["fingerprint"]
    recovery = ask(county_file, "usb", "recovery")
    words = ("rescue", "--recovery", recovery["recovery"], "--reason", "试")
    assert ask(county_file, "usb", *words)["ok"]
    ended = ask(county_file, "usb", "end", said["site"][:8].upper(), "--reason", "电脑被盗")
    assert (ended["state"], ended["reason"]) == ("ended", "电脑被盗")


def test_a_wrong_code_or_a_present_file_is_told(enrolled, joined, tmp_path):
    _, file = enrolled
    wrong = f"{(int(file['passphrase'][0]) + 1) % 10}{file['passphrase'][1:]}"
    for database, words, told in (
        (tmp_path / "s.db", (file["file"], wrong), "sync.code_group"),
        (joined[0], (file["file"], file["passphrase"]), "office.file_exists"),
        (tmp_path / "s.db", (joined[0], file["passphrase"]), "sync.damaged"),
    ):
        refused = ask(database, "usb", "join", words[0], "--passphrase", words[1], code=1)
        assert refused["error"]["code"] == told
    assert list(tmp_path.iterdir()) == []


def exchange_once(county_file: Path, school_file: Path) -> None:
    """One package from the school, read by the county."""
    county = open_workspace(county_file, random_desk())
    school = open_workspace(school_file, random_desk())
    read(county, letter(school, own(county)))
    county.store.close()
    school.store.close()


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_joining_killed_at_any_moment_left_a_whole_file_or_none(kills, enrolled, joined, tmp_path):
    _, said = enrolled
    chance = random.Random(5)
    enrolment = look_into(Path(said["file"]), said["passphrase"])
    for attempt in range(kills):
        database = tmp_path / f"run{attempt}" / "school.db"
        killed(database, "usb", *join(said), after=joined[2] * chance.uniform(0.2, 1.0))
        if database.exists():
            office = open_workspace(database, random_desk())
        else:
            office = join_school(database, enrolment, lambda *_: None, random_desk())
        assert (own(office), office.identity.name) == (said["site"], SCHOOL)
        assert check(office.store).ok
        letter(office, office.store.value("SELECT id FROM sync_site WHERE kind = 'county'"))
        office.store.close()
