"""A county and its schools, whose packages are lost, doubled, late, cut, and whose files go back.

Their clocks jump by decades, and some still run an older program that knows fewer columns.

In the end every journal has what was typed anywhere or ever reached the county, and the oracles of
``exchange_oracles`` hold.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from models.errors import UserError
from models.store.conflicts import conflicts
from models.store.deciding import resolve
from models.store.history import history
from models.store.standing import COUNTY_FACT
from models.store.undo import undo
from tests.copies import packed, send, take, versions_of
from tests.exchange_oracles import all_are_equal, by_row, cells, is_whole
from tests.stores import (
    BEIJING,
    Ticking,
    add_school,
    add_teacher,
    contents,
    insert,
    opened,
    opened_later,
)

SITES = st.integers(0, 3)
PLACES = st.integers(0, 20)
TEXTS = st.sampled_from(["甲", "乙", "丙", "O'刚\n\x7f", "𠮷田", "", None])
TRIGGER = "journal_teacher_update"
YEARS = st.integers(1971, 2098)


@cache
def beginning():
    """Four files that know each other, as the older program left them, for runs to copy."""
    folder = tempfile.TemporaryDirectory()
    stores = [opened(Path(folder.name) / f"{number}.db") for number in range(4)]
    add_teacher(stores[0], phone="1", school_id=add_school(stores[0], name="一中"))
    for store in stores:
        store.keep_fact(COUNTY_FACT, stores[0].site)
        take(store, packed(stores[0]))
    for store in stores:
        store.close()
    return folder


class Copies(RuleBasedStateMachine):
    """Copies of an office, packages under way, and every value anybody typed."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        for number in range(4):
            shutil.copy(Path(beginning().name) / f"{number}.db", self.folder)
        self.later = set()
        self.clocks = [Ticking() for _ in range(4)]
        self.stores = [self.open(site) for site in range(4)]
        self.packages = []
        self.sent = [0] * 4
        self.saved = {}
        self.reached_county = set()
        self.typed = [set() for _ in range(4)]

    def teardown(self):
        try:
            lines = [packed(store) for store in self.stores]
            for site in {0, 1, 2, 3} - self.later:
                for number in range(4):
                    self.hand_over(number, site, lines[number])
                self.upgrade(site)
            gather(*self.stores)
            all_are_equal(self.stores)
            for store in self.stores:
                is_whole(store)
            known = by_row(versions_of(self.stores[0]))
            assert self.reached_county <= {(*key, vid) for key in known for vid in known[key]}
            for key, value in set().union(*self.typed):
                assert any(json.dumps(value) in cells(one[2]) for one in known[key].values())
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- helpers of the rules

    def open(self, site):
        as_program = opened_later if site in self.later else opened
        return as_program(self.folder / f"{site}.db", clock=self.clocks[site])

    def perform(self, site, action):
        """Whether it was done; what the tables do not allow is not."""
        with suppress(sqlite3.IntegrityError):
            with self.stores[site].operation("x", "操作"):
                action(self.stores[site])
            return True
        return False

    # ---------------------------------------------------------------- clocks and programs

    @initialize(sites=st.sets(SITES), years=st.tuples(YEARS, YEARS, YEARS, YEARS))
    def begin(self, sites, years):
        """Some run the later program, and nobody's clock is right."""
        for site, year in enumerate(years):
            self.set_clock(site, year)
        for site in sites:
            self.upgrade(site)

    @rule(site=SITES, year=YEARS)
    def set_clock(self, site, year):
        """An empty battery, or a person who cannot read a calendar."""
        self.clocks[site].moment = datetime(year, 2, 28, tzinfo=BEIJING)

    @rule(site=SITES)
    def upgrade(self, site):
        if site not in self.later:
            self.later.add(site)
            self.stores[site].close()
            self.stores[site] = self.open(site)

    # ---------------------------------------------------------------- what packages go through

    @rule(site=SITES, whole=st.booleans())
    def write_package(self, site, whole):
        """Everything, or what is new since this copy last wrote; it may be lost after all."""
        store = self.stores[site]
        self.packages.append(packed(store, 0 if whole else self.sent[site]))
        self.sent[site] = store.value("SELECT max(seq) FROM version") or 0

    @rule(source=SITES, reader=SITES)
    def tell_at_once(self, source, reader):
        self.hand_over(source, reader, packed(self.stores[source]))

    def hand_over(self, source, reader, lines):
        take(self.stores[reader], lines)
        if reader == 0:
            self.reached_county |= versions_of(self.stores[source]).keys()

    @precondition(lambda self: self.packages)
    @rule(at=SITES, place=PLACES, seed=st.randoms(use_true_random=False))
    def read_package(self, at, place, seed):
        """Any one, any number of times; rows in any order, some of them missing or twice."""
        lines = self.packages[place % len(self.packages)]
        frame = [line for line in lines if not line.startswith('["r"')]
        rows = [line for line in lines if line.startswith('["r"')]
        if seed.random() < 0.3:
            rows = [row for row in rows for _ in range(seed.choice([0, 1, 1, 2]))]
            seed.shuffle(rows)
        take(self.stores[at], frame + rows)
        if at == 0:
            self.reached_county |= {
                (table, row, one[0])
                for _, table, row, versions in map(json.loads, rows)
                for one in versions
            }

    @precondition(lambda self: self.packages)
    @rule(at=SITES, place=PLACES, cut=st.integers(1, 40))
    def read_a_package_cut_short(self, at, place, cut):
        lines = self.packages[place % len(self.packages)]
        text = "\n".join(lines)[:-cut]
        before = versions_of(self.stores[at]), contents(self.stores[at])
        try:
            take(self.stores[at], text.split("\n"))
        except UserError:
            scanned = versions_of(self.stores[at]), contents(self.stores[at])
            assert scanned == before

    @rule(site=st.integers(1, 3))
    def save_a_school(self, site):
        """Its PC is imaged; the image may be put back much later."""
        copy = self.folder / f"{site}.saved"
        self.stores[site].close()
        shutil.copy(self.folder / f"{site}.db", copy)
        self.saved[site] = self.sent[site], self.typed[site].copy()
        self.stores[site] = self.open(site)

    @rule(site=st.integers(1, 3))
    def set_a_school_back(self, site):
        if site in self.saved:
            self.stores[site].close()
            shutil.copy(self.folder / f"{site}.saved", self.folder / f"{site}.db")
            self.sent[site], self.typed[site] = self.saved[site]
            self.typed[site] = self.typed[site].copy()
            self.stores[site] = self.open(site)


class Exchange(Copies):
    """What people do in the copies, beside it."""

    @rule(site=SITES, name=st.sampled_from(["一中", "二中"]), parent=PLACES)
    def add_school(self, site, name, parent):
        above = pick(self.stores[site], "school", parent)
        self.perform(site, lambda store: insert(store, "school", name=name, parent_id=above))

    @rule(site=SITES, phone=TEXTS, school=PLACES)
    def add_teacher(self, site, phone, school):
        at = pick(self.stores[site], "school", school)

        def action(store):
            teacher = insert(store, "teacher", name="王芳", phone=phone, school_id=at)
            insert(store, "post", teacher_id=teacher, post="班主任")

        self.perform(site, action)

    @rule(site=SITES, place=PLACES, phone=TEXTS)
    def change_phone(self, site, place, phone):
        update(self, site, "teacher", place, phone=phone)

    @rule(site=SITES, place=PLACES, born=TEXTS, years=st.sampled_from([None, 1, -(2**62)]))
    def change_teacher(self, site, place, born, years):
        update(self, site, "teacher", place, born=born, years=years)

    @rule(site=SITES, place=PLACES, mail=TEXTS)
    def change_mail(self, site, place, mail):
        """What only the later program knows of."""
        if site in self.later:
            update(self, site, "teacher", place, mail=mail)

    @rule(one=SITES, other=SITES, place=PLACES, phones=st.tuples(TEXTS, TEXTS))
    def change_in_two_copies(self, one, other, place, phones):
        for site, phone in zip((one, other), phones, strict=True):
            update(self, site, "teacher", place, phone=phone)

    @rule(site=SITES, place=PLACES, school=PLACES)
    def move_teacher(self, site, place, school):
        update(self, site, "teacher", place, school_id=pick(self.stores[site], "school", school))

    @rule(site=SITES, place=PLACES, post=TEXTS)
    def add_post(self, site, place, post):
        row = pick(self.stores[site], "teacher", place)
        if row:
            self.perform(site, lambda store: insert(store, "post", teacher_id=row, post=f"{post}"))

    @rule(site=SITES, place=PLACES, hours=st.integers(1, 9))
    def enter_hours(self, site, place, hours):
        row = pick(self.stores[site], "teacher", place)
        more = {"theme": "师德"} if site in self.later and hours > 4 else {}
        if row:
            self.perform(
                site, lambda store: insert(store, "entry", teacher_id=row, hours=hours, **more)
            )

    @rule(site=SITES, table=st.sampled_from(["teacher", "school", "post"]), place=PLACES)
    def delete_one(self, site, table, place):
        row = pick(self.stores[site], table, place)
        self.perform(site, lambda store: store.execute(f"DELETE FROM {table} WHERE id = ?", (row,)))

    @rule(site=SITES, place=st.integers(0, 5))
    def undo_one(self, site, place):
        lines = history(self.stores[site], 20)
        if lines:
            with suppress(UserError):
                undo(self.stores[site], lines[place % len(lines)].id)

    @rule(site=SITES, place=PLACES, side=st.integers(0, 2))
    def decide(self, site, place, side):
        found = conflicts(self.stores[site])
        if found:
            one = found[place % len(found)]
            with suppress(UserError):
                resolve(self.stores[site], one.id, one.sides[side % len(one.sides)].vid)

    @rule(site=SITES, place=PLACES, phone=TEXTS)
    def meddle_from_outside(self, site, place, phone):
        """A technician's browser edits while the program is open, and no trigger sees it."""
        row = pick(self.stores[site], "teacher", place)
        other = sqlite3.connect(self.folder / f"{site}.db", isolation_level=None)
        watching = other.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (TRIGGER,))
        sql = watching.fetchone()[0]
        other.execute(f"DROP TRIGGER {TRIGGER}")
        other.execute("UPDATE teacher SET phone = ? WHERE id = ?", (phone, row))
        other.execute(sql)
        other.close()


def update(machine, site, table, place, **values):
    row = pick(machine.stores[site], table, place)
    assignments = ", ".join(f"{column} = ?" for column in values)
    statement = f"UPDATE {table} SET {assignments} WHERE id = ?"
    given = (*values.values(), row)
    if machine.perform(site, lambda store: store.execute(statement, given)) and row:
        machine.typed[site] |= {((table, row), value) for value in values.values()}


def pick(store, table, place):
    rows = sorted(row for kind, row in contents(store) if kind == table)
    return rows[place % len(rows)] if rows else None


def gather(county, *schools):
    """Everybody tells the county, the county tells everybody, until nothing is new."""
    new = True
    while new:
        new = sum(send(one, county).versions for one in schools)
        lines = packed(county)
        new += sum(take(one, lines).versions for one in schools)
