"""Whatever happens to trainings, stamps and runs: no line twice, no place twice, none shifts."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from models.certificates.booklet_layout import Layout, Place, Section
from models.certificates.booklet_marks import give_up_lines, mark, repeat
from models.certificates.booklet_plans import plan_year
from models.certificates.booklets import lines_of, say_place
from models.certificates.sheets import open_runs, runs
from models.errors import UserError
from models.stamping.listing import find_run
from models.stamping.listing import lines_of as stamp_lines
from models.stamping.register import registers
from models.stamping.running import void
from models.store.undo import undo
from tests.certificates import booklets
from tests.offices import new_office
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, take_back, train

LAYOUT = Layout(Section(4, 9, 3), Section(12, 14, 2))
WHO = st.integers(0, 1)


class Desk(RuleBasedStateMachine):
    """Two teachers' booklets over one year."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.office = new_office(self.folder, DAY)
        self.people = teachers(self.office, school(self.office, "四中"), 2, work_start="2001-08")
        self.booklets = booklets(self.office, self.people)
        for one in self.people:
            train(self.office, one, "48", "研修")
        stamp_all(self.office)
        self.done = []
        self.printed = {}
        self.undone = False

    def teardown(self):
        self.office.store.close()
        shutil.rmtree(self.folder)

    def lines(self, booklet):
        return [
            one
            for one in lines_of(self.office, certificate_id=booklet)
            if one.outcome != "given_up"
        ]

    def says(self, booklet):
        """What the booklet says in sum: trainings entered less those taken back."""
        net = Counter()
        for one in self.lines(booklet):
            if one.source != "year":
                key = (one.title, one.hours, one.first_day)
                net[key] += -1 if one.takes_back else 1
        return net

    def attempt(self, action):
        try:
            found = action()
        except UserError:
            return
        self.done.append(getattr(found, "operation", found).id)

    @rule(who=WHO, title=st.sampled_from("甲乙"))
    def train(self, who, title):
        train(self.office, self.people[who], "8", title)

    @rule(who=WHO, title=st.sampled_from(["甲", "乙", "研修"]))
    def take_back(self, who, title):
        take_back(self.office, self.people[who], title)

    @rule()
    def stamp(self):
        stamp_all(self.office)

    @rule(who=WHO)
    def void_stamp(self, who):
        lines = stamp_lines(self.office, find_run(self.office, YEAR).id)
        mine = [one.id for one in lines if one.stamped and one.teacher_id == self.people[who]]
        if mine:
            self.attempt(lambda: void(self.office, mine, "材料不实"))

    @rule()
    def plan(self):
        self.attempt(lambda: plan_year(self.office, YEAR, LAYOUT))
        try:
            again = plan_year(self.office, YEAR, LAYOUT)
        except UserError:
            return
        assert again.run is None

    @rule(last=st.integers(1, 4))
    def mark(self, last):
        for run in open_runs(self.office)[:1]:
            self.attempt(lambda run=run: mark(self.office, run.id, last=last))

    @rule(place=st.integers(1, 4))
    def repeat(self, place):
        for run in runs(self.office)[:1]:
            self.attempt(lambda run=run: repeat(self.office, run.id, [place], "打偏"))

    @rule()
    def leave(self):
        for run in open_runs(self.office)[:1]:
            self.attempt(lambda run=run: give_up_lines(self.office, run.id))

    @rule(who=WHO, page=st.integers(4, 6), line=st.integers(1, 3))
    def say(self, who, page, line):
        self.attempt(
            lambda: say_place(self.office, self.booklets[who], Place(page, line), "手写", LAYOUT)
        )

    @rule(back=st.integers(0, 3))
    def undo(self, back):
        if self.done:
            chosen = self.done[-1 - back % len(self.done)]
            # What was printed is then said never to have been: the oracle begins anew.
            self.attempt(lambda: undo(self.office.store, chosen))
            self.printed = {}

    @invariant()
    def no_place_is_taken_twice(self):
        for booklet in self.booklets:
            assert max(Counter(one.at for one in self.lines(booklet)).values(), default=1) == 1

    @invariant()
    def every_line_lies_in_its_section(self):
        for booklet in self.booklets:
            for one in self.lines(booklet):
                section = LAYOUT.yearly if one.source == "year" else LAYOUT.register
                assert section.holds(one.at)

    @invariant()
    def every_line_stands_once(self):
        for booklet in self.booklets:
            keys = [(one.source, one.source_id) for one in self.lines(booklet)]
            assert len(keys) == len(set(keys))

    @invariant()
    def what_was_printed_stays_where_it_is(self):
        now = {
            one.id: (one.at, one.title, one.hours)
            for booklet in self.booklets
            for one in self.lines(booklet)
            if one.outcome == "printed" or one.again
        }
        assert self.printed.items() <= now.items()
        self.printed = now

    @rule()
    def a_full_plan_says_what_the_ledger_says(self):
        """With nothing waiting and the stamp standing, the booklet's sum is the ledger's."""
        try:
            plan = plan_year(self.office, YEAR, LAYOUT)
        except UserError:
            return
        self.done.append(plan.operation.id)
        if plan.full:
            return
        lines = stamp_lines(self.office, find_run(self.office, YEAR).id)
        stamped = {one.teacher_id for one in lines if one.stamped}
        for person, booklet in zip(self.people, self.booklets, strict=True):
            if person in stamped:
                net = self.says(booklet)
                assert min(net.values(), default=0) >= 0
                now = registers(self.office, YEAR, [person])[person]
                assert +net == Counter((one.title, one.hours, one.first_day) for one in now)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=20, stateful_step_count=25)
