"""The pace of a cycle, what waits at the desk, and what the stamp says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import UserError
from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.stamping.listing import find_lines, lines_of, school_counts
from models.stamping.running import run_stamp
from models.stamping.wording import USUAL_WORDING, read_wording, save_wording
from models.training.courses import close, register
from models.training.waiting import ending_courses, waiting
from models.verdicts.judging import judge
from models.verdicts.pace import pace, paced_column
from models.verdicts.periods import of_cycle
from tests.counties import small_county
from tests.offices import new_office
from tests.people import teachers


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    small_county(found)
    yield found
    found.store.close()


def test_the_pace_adds_up_the_average_of_those_who_are_asked(office):
    board = judge(office, of_cycle(Cycle(2021, 2025)), pack_named(office, "huadian-2021"))
    column = paced_column(board)
    years = pace(office, board, column)
    assert [one.expected for one in years] == [72, 144, 216, 288, 360]
    average = Decimal(4 * 80 + 5 * 40) / 9
    for number, one in enumerate(years, start=1):
        assert abs(one.reached - number * average) < Decimal("0.02")


def test_years_yet_to_come_have_no_amount(tmp_path):
    office = new_office(tmp_path, "2023-05-04")
    small_county(office)
    board = judge(office, of_cycle(Cycle(2021, 2025)), pack_named(office, "huadian-2021"))
    years = pace(office, board, paced_column(board))
    assert [one.reached is None for one in years] == [False, False, False, True, True]
    office.store.close()


def test_courses_that_end_come_first_and_closed_ones_not_at_all(office):
    days = ("2025-09-30", "2025-09-20", "2025-08-01", "2025-12-01", "2025-09-21")
    ids = {
        day: register(
            office, {"title": f"课{day}", "year": 2025, "hours": Decimal(15), "end_date": day}
        ).course_id
        for day in days
    }
    close(office, ids["2025-09-21"])
    found = ending_courses(office)
    assert [(one.end_date, one.days) for one in found] == [
        ("2025-09-20", 0), ("2025-09-30", 10), ("2025-08-01", -50),
    ]  # fmt: skip
    assert (waiting(office).claims, waiting(office).plans, waiting(office).choices) == (0, 0, 0)


def test_schools_are_counted_and_people_found_in_a_run(office):
    teachers(office, None, 1, name="王䶮", work_start="2010-07")
    run = run_stamp(office, 2025).run
    counts = {one.school_name: one for one in school_counts(office, run.id)}
    assert (counts["红石中学"].ready, counts["红石中学"].teachers) == (3, 3)
    assert counts["八道河子小学"].blocked == 3
    alone = lines_of(office, run.id, school_id="")
    assert [line.name for line in alone] == ["王䶮"]
    assert find_lines(office, run.id, "王䶮") == alone
    assert find_lines(office, run.id, alone[0].teacher_no) == alone


def test_the_seal_is_the_office_until_it_is_set(office):
    found = read_wording(office)
    assert (found.seal, found.wording) == (office.identity.name, USUAL_WORDING)
    save_wording(office, " 桦甸市教育局 ", "准予登记")
    assert read_wording(office).seal == "桦甸市教育局"
    save_wording(office, "", "")
    assert read_wording(office) == found
    with pytest.raises(UserError):
        save_wording(office, "印" * 61, "")
