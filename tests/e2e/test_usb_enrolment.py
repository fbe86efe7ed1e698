"""``usb enrol`` and ``usb join`` as real processes, killed too; the losses as commands."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.store.check import check
from models.sync.roster import own
from models.workspace.joining import join_school, look_into
from models.workspace.opening import open_workspace
from tests.e2e.test_command_line import ROOT, ask
from tests.enrolled import SCHOOL, letter, new_county, random_desk, read
from ui.cli.main import main


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
    said = json.loads(join(database, enrolled[1]).communicate()[0])
    return database, said, time.monotonic() - begun


@pytest.fixture
def told(capfdbinary):
    """Runs a command within this process: its code and the JSON it wrote."""

    def run(database, *words):
        code = main(["--json", "--db", str(database), "usb", *map(str, words)])
        return code, json.loads(capfdbinary.readouterr().out)

    return run


def join(database: Path, said) -> subprocess.Popen[bytes]:
    command = [sys.executable, "main.py", "--json", "--db", str(database), "usb", "join"]
    command += [said["file"], "--passphrase", said["passphrase"]]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def test_a_school_is_enrolled_joins_and_is_known_to_the_county(enrolled, joined, told):
    county_file, file = enrolled
    database, said, _ = joined
    assert file["school"] == SCHOOL
    assert Path(file["file"]).stat().st_size == file["bytes"]
    assert SCHOOL not in Path(file["file"]).name
    assert (said["school"], said["site"]) == (SCHOOL, file["site"])
    _, known = told(database, "sites")
    assert [(one["kind"], one["state"]) for one in known["sites"]] == [("county", "active")]
    exchange_once(county_file, database)
    _, known = told(county_file, "sites")
    assert known["sites"][0]["fingerprint"] == said["fingerprint"]
    code, refused = told(county_file, "enrol", SCHOOL, "--out", database.parent)
    assert (code, refused["error"]["code"]) == (1, "sync.enrolled_already")
    _, changed = told(database, "keys", "--reason", "有人离岗")
    assert changed["fingerprint"] != said["fingerprint"]
    _, recovery = told(county_file, "recovery")
    assert told(county_file, "rescue", "--recovery", recovery["recovery"], "--reason", "试")[0] == 0
    _, ended = told(county_file, "end", said["site"][:8].upper(), "--reason", "电脑被盗")
    assert (ended["state"], ended["reason"]) == ("ended", "电脑被盗")


def test_a_wrong_code_or_a_present_file_is_told(enrolled, joined, told, tmp_path):
    _, file = enrolled
    wrong = f"{(int(file['passphrase'][0]) + 1) % 10}{file['passphrase'][1:]}"
    code, refused = told(tmp_path / "s.db", "join", file["file"], "--passphrase", wrong)
    assert (code, refused["error"]["code"]) == (1, "sync.code_group")
    code, refused = told(joined[0], "join", file["file"], "--passphrase", file["passphrase"])
    assert (code, refused["error"]["code"]) == (1, "office.file_exists")
    code, refused = told(tmp_path / "s.db", "join", joined[0], "--passphrase", file["passphrase"])
    assert (code, refused["error"]["code"]) == (1, "sync.damaged")
    assert list(tmp_path.iterdir()) == []


def exchange_once(county_file: Path, school_file: Path) -> None:
    """One package from the school, read by the county."""
    county = open_workspace(county_file, random_desk())
    school = open_workspace(school_file, random_desk())
    read(county, letter(school, own(county)))
    county.store.close()
    school.store.close()


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.long)])
def test_joining_killed_at_any_moment_left_a_whole_file_or_none(kills, enrolled, joined, tmp_path):
    _, said = enrolled
    chance = random.Random(5)
    enrolment = look_into(Path(said["file"]), said["passphrase"])
    for attempt in range(kills):
        database = tmp_path / f"run{attempt}" / "school.db"
        process = join(database, said)
        time.sleep(joined[2] * chance.uniform(0.4, 1.0))
        process.kill()
        process.communicate()
        if database.exists():
            office = open_workspace(database, random_desk())
        else:
            office = join_school(database, enrolment, lambda *_: None, random_desk())
        assert (own(office), office.identity.name) == (said["site"], SCHOOL)
        assert check(office.store).ok
        letter(office, office.store.value("SELECT id FROM sync_site WHERE kind = 'county'"))
        office.store.close()
