"""The program's verdicts against a second opinion written from the documents' text."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
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
from tests.oracle.fixed import fixed_county
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
    @settings(max_examples=20)
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


@pytest.fixture(scope="module", params=PACKS)
def big(request):
    """A county of 300 in an office: the pack's id, the county, the office and the pack."""
    pack_id = request.param
    county = fixed_county(ASKED[pack_id])
    with tempfile.TemporaryDirectory(dir=_QUICK) as folder:
        office = _fresh(Path(folder))
        write(office, county)
        yield pack_id, county, office, _pack(office, pack_id)
        office.store.close()


def asked_of(big, year):
    """Rows of the board and answers of the oracle over the cycle, or over one year of it."""
    pack_id, county, office, pack = big
    cycle = ASKED[pack_id]
    asked = cycle if year is None else (year, year)
    period = Period(*asked, None if year is None else Cycle(*cycle))
    rows = list(judge(office, period, pack).rows())
    answers = evaluate(county, RULES[pack_id], asked, cycle=None if year is None else cycle)
    return period, rows, answers


def test_three_hundred_people_over_the_cycle_and_each_year_of_it(big):
    for year in (None, *range(ASKED[big[0]][0], ASKED[big[0]][1] + 1)):
        _, rows, answers = asked_of(big, year)
        assert against_oracle(rows, answers) == []
        assert len(rows) > 200  # some have left, some have not started yet


def test_the_explanations_of_three_hundred_people_come_to_the_same(big):
    _, _, office, pack = big
    period, rows, _ = asked_of(big, None)
    for row in rows[::3]:
        assert with_explanation(office, row, explain(office, row.teacher_id, period, pack)) == []


def test_the_county_has_people_for_whom_each_demand_goes_either_way(big):
    """Or the comparison above would be worth nothing."""
    _, _, answers = asked_of(big, None)
    for rule in RULES[big[0]]:
        kinds = {(one[rule.id].applies, one[rule.id].met) for one in answers.values()}
        assert {(True, True), (True, False)} <= kinds, rule.id


# ------------------------------------------------------------ planted faults: the tests can bark


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_number_of_a_pack_changed_by_little_is_seen(pack_id):
    """Every amount of every demand, one at a time."""
    county = fixed_county(ASKED[pack_id], people=150)
    first, last = ASKED[pack_id]
    with tempfile.TemporaryDirectory(dir=_QUICK) as folder:
        office = _fresh(Path(folder))
        write(office, county)
        pack = _pack(office, pack_id)
        answers = evaluate(county, RULES[pack_id], (first, last))
        for place, demand in enumerate(pack.requirements):
            if demand.measure == "courses":
                continue  # no number of its own
            changed = list(pack.requirements)
            changed[place] = demand.model_copy(update={"least": demand.least + 40})
            faulty = pack.model_copy(update={"requirements": tuple(changed)})
            rows = list(judge(office, Period(first, last), faulty).rows())
            found = against_oracle(rows, answers)
            assert found, demand.id
            assert all(demand.id in one for one in found)
        office.store.close()


def _without(pack, demand_id, **changes):
    changed = [
        one.model_copy(update=changes) if one.id == demand_id else one for one in pack.requirements
    ]
    return pack.model_copy(update={"requirements": tuple(changed)})


FAULTS = {
    "a filter left out": ("wenzhou-2012", lambda pack: _without(pack, "school-based-120", of=())),
    "no exclusions": ("wenzhou-2012", lambda pack: pack.model_copy(update={"exclusions": ()})),
    "everybody": (
        "jilin-city-2011",
        lambda pack: _without(pack, "head-teacher-30", whom=type(pack.requirements[0].whom)()),
    ),
    "a probation of a year and a month": (
        "wenzhou-2012", lambda pack: _without(pack, "new-teacher-180", months=13),
    ),
    "hours for times": (
        "jilin-city-2011", lambda pack: _without(pack, "head-teacher-each-term", measure="hours"),
    ),
    "who has left": ("jiyuan-2017", lambda pack: pack.model_copy(update={"people": None})),
    "no relief": ("made-up", lambda pack: _without(pack, "by-months", relief=())),
    "all must pass": ("huadian-2009", lambda pack: _without(pack, "courses-passed", for_all=())),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mistake_in_a_pack_is_seen(fault):
    pack_id, spoil = FAULTS[fault]
    county = fixed_county(ASKED[pack_id], people=150)
    with tempfile.TemporaryDirectory(dir=_QUICK) as folder:
        office = _fresh(Path(folder))
        write(office, county)
        faulty = spoil(_pack(office, pack_id))
        rows = list(judge(office, Period(*ASKED[pack_id]), faulty).rows())
        assert against_oracle(rows, evaluate(county, RULES[pack_id], ASKED[pack_id]))
        office.store.close()


def test_one_figure_of_a_board_or_of_an_explanation_changed_is_seen():
    county = fixed_county((2011, 2015), people=20)
    with tempfile.TemporaryDirectory(dir=_QUICK) as folder:
        office = _fresh(Path(folder))
        write(office, county)
        pack, period = _pack(office, "wenzhou-2012"), Period(2011, 2015)
        rows = list(judge(office, period, pack).rows())
        answers = evaluate(county, RULES["wenzhou-2012"], (2011, 2015))
        assert against_oracle(rows, answers) == []
        first = rows[0]
        assert first.results[0].applies
        for change in (
            {"achieved": first.results[0].achieved + 1},
            {"required": first.results[0].required + 1},
            {"met": not first.results[0].met},
            {"applies": False, "met": False},
        ):
            results = (replace(first.results[0], **change), *first.results[1:])
            other = replace(first, results=results)
            assert len(against_oracle([other, *rows[1:]], answers)) == 1, change
            verdict = explain(office, first.teacher_id, period, pack)
            seen = with_explanation(office, other, verdict)
            assert bool(seen) == (other.results[0].applies), change
        assert against_oracle(rows[1:], answers)
        assert against_oracle([replace(first, results=first.results[1:]), *rows[1:]], answers)
        office.store.close()
