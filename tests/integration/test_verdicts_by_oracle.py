"""The program's verdicts against a second opinion written from the documents' text."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from models.office.context import Office
from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.policies.packs import parse_pack
from models.policies.records import Pack
from models.verdicts.explaining import explain
from models.verdicts.judging import judge
from models.verdicts.periods import Period
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office
from tests.oracle import made_up
from tests.oracle.comparing import against_oracle, with_explanation
from tests.oracle.counties import counties, days
from tests.oracle.county import County
from tests.oracle.evaluation import evaluate
from tests.oracle.sources import SOURCES, YEARS
from tests.oracle.writing import write

PACKS = sorted((*SOURCES, "made-up"))
RULES = {**SOURCES, "made-up": made_up.RULES}
ASKED = {**YEARS, "made-up": made_up.YEARS}
# most commits to a disk cost more than all the rest of a test
_QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None


@st.composite
def questions(draw, pack_id):
    """A county, the period asked about and the day as of which it is asked, if not the last."""
    years = ASKED[pack_id]
    county = draw(counties(years))
    last = min(years[1], county.today.year)
    year = draw(st.none() | st.integers(years[0], last))
    asked = years if year is None else (year, year)
    end = min(county.today, date(asked[1], 12, 31))
    as_of = draw(st.none() | st.none() | days(date(asked[0], 1, 1), end))
    return county, asked, as_of


def differences(county: County, pack_id: str, asked: tuple[int, int], as_of: date | None):
    """Everything the program and the oracle, or the program and itself, do not agree about."""
    years = ASKED[pack_id]
    cycle = years if asked[0] == asked[1] else None
    period = Period(*asked, Cycle(*cycle) if cycle else None)
    expected = evaluate(county, RULES[pack_id], asked, cycle=cycle, as_of=as_of)
    with tempfile.TemporaryDirectory(dir=_QUICK) as folder:
        office = _fresh(Path(folder))
        try:
            write(office, county)
            pack = _pack(office, pack_id)
            rows = list(judge(office, period, pack, as_of=as_of).rows())
            found = against_oracle(rows, expected)
            for row in rows:
                verdict = explain(office, row.teacher_id, period, pack, as_of=as_of)
                found += with_explanation(office, row, verdict)
        finally:
            office.store.close()
    return found


def _pack(office: Office, pack_id: str) -> Pack:
    if pack_id == "made-up":
        return parse_pack(made_up.TEXT, "made-up")
    return pack_named(office, pack_id)


@cache
def _template() -> Path:
    """An office with nothing in it, made once."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    new_office(folder).store.close()
    return folder / "office.db"


def _fresh(folder: Path) -> Office:
    shutil.copy(_template(), folder / "office.db")
    return open_workspace(folder / "office.db", desk(seed=2))


def check(pack_id, question):
    county, asked, as_of = question
    event(f"people: {len(county.people)}")
    assert differences(county, pack_id, asked, as_of) == []


@pytest.mark.parametrize("pack_id", PACKS)
def test_program_and_oracle_agree(pack_id):
    @settings(max_examples=60)
    @given(questions(pack_id))
    def agree(question):
        check(pack_id, question)

    agree()


@pytest.mark.long
@pytest.mark.parametrize("pack_id", PACKS)
def test_program_and_oracle_agree_on_many_counties(pack_id):
    @settings(max_examples=1_500, derandomize=False, deadline=None)
    @given(questions(pack_id))
    def agree(question):
        check(pack_id, question)

    agree()
