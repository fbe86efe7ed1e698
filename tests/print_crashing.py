"""A program that prints run after run, marking a few sheets at a time, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from models.certificates.booklet_layout import usual_layout
from models.certificates.booklet_marks import give_up_lines, mark, repeat
from models.certificates.booklet_plans import plan_year
from models.certificates.printing import RunWish, begin_run, mark_printed
from models.certificates.sheets import open_runs, runs
from models.ids import RandomIds
from models.workspace.opening import Desk, open_workspace
from tests.certificates import BLANK
from tests.offices import desk
from tests.stamped import DAY, YEAR

AT_ONCE = 3
"""Sheets or pages that are marked at a time."""
_CERTIFICATES = "SELECT id FROM certificate WHERE form = 'completion'"


def write(path):
    """Do step after step; how many were kept is said after each."""
    office = open_workspace(path, Desk("王老师", desk(DAY).clock, RandomIds()))
    ids = [row["id"] for row in office.store.query(_CERTIFICATES)]
    while True:
        step(office, ids)
        say(office.store.value("SELECT COUNT(*) FROM operation"))


def step(office, ids):
    """Go on with the run that is open, of certificates or of booklets; else begin one."""
    for run in open_runs(office):
        last = run.next_place + AT_ONCE - 1
        if not run.booklet:
            mark_printed(office, run.id, last=last)
        elif run.next_place > AT_ONCE and not run.printed:
            give_up_lines(office, run.id)
        else:
            mark(office, run.id, last=last)
        return
    if len(runs(office)) % 2:
        begin_run(office, RunWish("证书", "completion", "completion", ids, BLANK, "again", "试"))
    elif plan_year(office, YEAR, usual_layout()).run is None:
        (run,) = [one for one in runs(office) if one.booklet and not one.given_up][:1]
        repeat(office, run.id, [1, 2], "打偏")


def say(number):
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
