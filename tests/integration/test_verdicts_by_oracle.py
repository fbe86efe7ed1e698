"""The program's verdicts against a second opinion written from the documents' text."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.verdicts.explaining import explain
from models.verdicts.judging import judge
from models.verdicts.periods import Period
from tests.offices import new_office
from tests.oracle.comparing import against_oracle, with_explanation
from tests.oracle.counties import counties, days
from tests.oracle.county import County
from tests.oracle.evaluation import evaluate
from tests.oracle.sources import SOURCES, YEARS
from tests.oracle.writing import write

PACKS = sorted(SOURCES)


@st.composite
def questions(draw, pack_id):
    """A county, the period asked about and the day as of which it is asked, if not the last."""
    years = YEARS[pack_id]
    county = draw(counties(years))
    last = min(years[1], county.today.year)
    year = draw(st.none() | st.integers(years[0], last))
    asked = years if year is None else (year, year)
    end = min(county.today, date(asked[1], 12, 31))
    as_of = draw(st.none() | st.none() | days(date(asked[0], 1, 1), end))
    return county, asked, as_of


def differences(county: County, pack_id: str, asked: tuple[int, int], as_of: date | None):
    """Everything the program and the oracle, or the program and itself, do not agree about."""
    years = YEARS[pack_id]
    cycle = years if asked[0] == asked[1] else None
    period = Period(*asked, Cycle(*cycle) if cycle else None)
    expected = evaluate(county, SOURCES[pack_id], asked, cycle=cycle, as_of=as_of)
    with tempfile.TemporaryDirectory() as folder:
        office = new_office(Path(folder))
        try:
            write(office, county)
            pack = pack_named(office, pack_id)
            rows = list(judge(office, period, pack, as_of=as_of).rows())
            found = against_oracle(rows, expected)
            for row in rows:
                verdict = explain(office, row.teacher_id, period, pack, as_of=as_of)
                found += with_explanation(office, row, verdict)
        finally:
            office.store.close()
    return found


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
