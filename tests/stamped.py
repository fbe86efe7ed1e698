"""A year of trainings, judged and stamped, for tests of what is printed into booklets."""

from __future__ import annotations

from models.office.context import Office
from models.stamping.listing import lines_of
from models.stamping.records import StampLine
from models.stamping.register import registers
from models.stamping.running import run_stamp, stamp
from models.training.ledger import reverse
from tests.trainings import post

YEAR = 2012
DAY = "2012-12-28"
PACK = "wenzhou-2012"
"""Asks for 48 hours a year and nothing else of a teacher without posts."""


def train(office: Office, teacher: str, hours: str, title: str = "培训", year: int = YEAR) -> None:
    """One training of a teacher."""
    post(
        office, teacher, year, hours, "3", title=title, start=f"{year}-05-01",
        organizer="进修学校", score="合格",
    )  # fmt: skip


def take_back(office: Office, teacher: str, title: str) -> None:
    """Reverse every training of that title that stands for a teacher."""
    (lines,) = registers(office, YEAR, [teacher]).values()
    if ids := [one.entry_id for one in lines if one.title == title]:
        reverse(office, ids, "记错人")


def stamp_all(office: Office, year: int = YEAR) -> list[StampLine]:
    """Judge the year and stamp everybody who is ready; the lines whose stamp stands."""
    run = run_stamp(office, year, pack_id=PACK).run
    ready = [one.id for one in lines_of(office, run.id) if one.ready]
    if ready:
        stamp(office, ready)
    return [one for one in lines_of(office, run.id) if one.stamped]
