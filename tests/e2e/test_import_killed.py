"""A program killed in the middle of an import: all of the import is there, or nothing of it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.staff.queries import count_teachers
from models.store.check import check
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office
from tests.rosters import write_roster

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 1500


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=pytest.mark.long)])
def test_an_import_killed_at_any_moment_happened_entirely_or_not_at_all(
    kills: int, tmp_path: Path
) -> None:
    office = new_office(tmp_path)
    office.store.close()
    roster = write_roster(tmp_path / "名册.xlsx", PEOPLE)
    whole = _seconds(tmp_path / "office.db", roster, tmp_path / "dry")
    chance = random.Random(7)
    outcomes: set[int] = set()
    for attempt in range(kills):
        database = tmp_path / f"run{attempt}" / "office.db"
        database.parent.mkdir()
        shutil.copy(tmp_path / "office.db", database)
        running = _import(database, roster)
        time.sleep(whole * chance.uniform(0.2, 1.05))
        running.kill()
        running.wait()
        outcomes.add(_people_in(database))
    assert outcomes <= {0, PEOPLE}


def _import(database: Path, roster: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "main.py", "--db", str(database), "import", "teachers", str(roster)]
    return subprocess.Popen(
        [*command, "--yes"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _seconds(database: Path, roster: Path, folder: Path) -> float:
    """How long an undisturbed import takes here, so that the kills fall into it."""
    folder.mkdir()
    copy = folder / "office.db"
    shutil.copy(database, copy)
    begun = time.monotonic()
    assert _import(copy, roster).wait() == 0
    assert _people_in(copy) == PEOPLE
    return time.monotonic() - begun


def _people_in(database: Path) -> int:
    office = open_workspace(database, desk())
    try:
        report = check(office.store)
        assert report.ok, report.findings
        return count_teachers(office)
    finally:
        office.store.close()
