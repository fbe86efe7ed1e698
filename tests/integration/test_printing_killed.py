"""A program killed in the middle of printing: gone on with, nothing doubled, nothing lost."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from models.certificates.booklet_layout import usual_layout
from models.certificates.booklet_marks import mark
from models.certificates.booklet_plans import plan_year
from models.certificates.booklets import lines_of
from models.certificates.gaps import gap_report
from models.certificates.printing import mark_printed
from models.certificates.register import certificates
from models.certificates.sheets import open_runs, runs, sheets
from models.certificates.stock import receive
from models.store.check import check
from tests.certificates import BLANK, begun, booklets, issued
from tests.killing import kill_while_working
from tests.offices import new_office, reopened
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train

CHANCE = random.Random(5)


def kill_while_printing(path, seconds):
    """Let a program print and kill it some time after its first step; steps it said it kept."""
    said = kill_while_working("tests.print_crashing", path, seconds)
    return max(int(line) for line in said if line.endswith("\n"))


def check_everything(office, numbers, booklet_ids):
    """Each run has all its sheets once, blanks fit, each booklet line stands once in its place."""
    assert check(office.store).ok
    assert [one.number for one in certificates(office)] == numbers
    for run in runs(office):
        if not run.booklet:
            assert [one.place for one in sheets(office, run.id)] == list(range(1, 6))
    (stock,) = gap_report(office).stocks
    printed = [
        one
        for run in runs(office)
        for one in sheets(office, run.id)
        if one.outcome == "printed" and run.stock
    ]
    assert stock.balance.used == len(printed)
    for booklet in booklet_ids:
        lines = [
            one for one in lines_of(office, certificate_id=booklet) if one.outcome != "given_up"
        ]
        assert max(Counter(one.at for one in lines).values(), default=1) == 1
        assert max(Counter((one.source, one.source_id) for one in lines).values(), default=1) == 1


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.long)])
def test_a_program_killed_while_printing_is_gone_on_with(tmp_path, kills):
    office = new_office(tmp_path, DAY)
    numbers = [one.number for one in begin(office)]
    booklet_ids = [one.id for one in certificates(office) if one.kind == "continuing"]
    path = office.store.path
    office.store.close()
    for _ in range(kills):
        kept = kill_while_printing(path, CHANCE.uniform(0, 0.4))
        later = reopened(office, DAY, CHANCE.randrange(10**9))
        assert later.store.value("SELECT COUNT(*) FROM operation") >= kept
        check_everything(later, numbers, booklet_ids)
        later.store.close()
    finish(reopened(office, DAY, 3), numbers, booklet_ids)


def begin(office):
    """Everything there is to print, and a first run that is half printed."""
    receive(office, BLANK, 9999)
    people = teachers(office, school(office, "桦甸市第四中学"), 4, work_start="2001-08")
    for one in people:
        for n in range(6):
            train(office, one, "8", f"培训{n}")
    stamp_all(office)
    booklets(office, people)
    run = begun(office, issued(office, {"红石中学": 5}), BLANK)
    mark_printed(office, run.id, last=3)
    return certificates(office)


def finish(office, numbers, booklet_ids):
    """What was open is gone on with to its end."""
    plan_year(office, YEAR, usual_layout())
    for run in open_runs(office):
        if run.booklet:
            mark(office, run.id)
        else:
            mark_printed(office, run.id, first=run.next_place)
    assert open_runs(office) == []
    check_everything(office, numbers, booklet_ids)
    for booklet in booklet_ids:
        lines = lines_of(office, certificate_id=booklet)
        assert sum(one.outcome == "printed" for one in lines) == 7
    office.store.close()
