"""Whatever is issued, voided, replaced, undone and renumbered: no number is ever given twice.

The oracle counts for itself: a set of all numbers ever seen, and for each series the next one.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.certificates.issuing import Holder, Wish, issue, void
from models.certificates.register import certificates, find
from models.certificates.replacing import replace
from models.certificates.series import set_rule, set_start
from models.errors import UserError
from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office
from tests.people import school, teachers

KINDS = {"honour": "RY", "backbone": "GG"}
FACTS = {"backbone": {"valid_to": "2028-08-31"}}
RULES = {
    "{region}{year}{kind}{seq:04d}": "220282{year}{mark}{seq:04d}",
    "{year}{seq}": "{year}{seq}",
    "{year}1{seq}": "{year}1{seq}",
    "{kind}{batch}{seq}": "{mark}{batch}{seq}",
}
FOLDER = Path(tempfile.mkdtemp(prefix="numbers-"))


@pytest.fixture(scope="module", autouse=True)
def template():
    """An office with three teachers, copied for every run."""
    office = new_office(FOLDER)
    teachers(office, school(office, "桦甸市第四中学"), 3)
    office.store.close()
    yield
    shutil.rmtree(FOLDER)


class Numbers(RuleBasedStateMachine):
    """An office that issues, voids, replaces, undoes and renumbers as it likes."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER))
        shutil.copy(FOLDER / "office.db", self.folder)
        self.office = open_workspace(self.folder / "office.db", desk(seed=9))
        self.people = [
            str(row[0]) for row in self.office.store.query("SELECT id FROM teacher ORDER BY id")
        ]
        self.rules = dict.fromkeys(KINDS, "{region}{year}{kind}{seq:04d}")
        self.seen: dict[str, str] = {}
        self.next: dict[tuple[str, str, str], int] = {}
        self.honours = 0

    def teardown(self):
        assert check(self.office.store).ok
        self.office.store.close()
        shutil.rmtree(self.folder)

    def key(self, kind, batch):
        template = self.rules[kind]
        named = kind if "{kind}" in template else ""
        return (template, named, batch if "{batch}" in template else "")

    def expected(self, kind, batch):
        key = self.key(kind, batch)
        while True:
            seq = self.next.get(key, 1)
            number = RULES[key[0]].format(year=2025, mark=KINDS[kind], batch=batch, seq=seq)
            self.next[key] = seq + 1
            if number not in self.seen.values():
                return number

    def keep(self, found, kind, batch):
        for one in found:
            assert one.number == self.expected(kind, batch)
            self.seen[one.id] = one.number

    @rule(
        kind=st.sampled_from(sorted(KINDS)),
        batch=st.sampled_from(["1", "11", "2"]),
        count=st.integers(1, 3),
        again=st.booleans(),
    )
    def issue_some(self, kind, batch, count, again):
        self.honours += not again
        holders = [Holder(one) for one in self.people[:count]]
        wish = Wish(kind, holders, batch, f"称号{self.honours}", facts={
            "subject": "数学", **FACTS[kind]} if kind in FACTS else {})  # fmt: skip
        self.keep(issue(self.office, wish).certificates, kind, batch)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def void_one(self, data):
        number = data.draw(st.sampled_from(sorted(self.seen.values())))
        try:
            void(self.office, find(self.office, number).id, "打印损坏")
        except UserError as error:
            assert error.code == "certificate.void"  # noqa: PT017

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def replace_one(self, data):
        old = find(self.office, data.draw(st.sampled_from(sorted(self.seen.values()))))
        try:
            self.keep(replace(self.office, old.id, "遗失").certificates, old.kind, old.batch)
        except UserError as error:
            assert error.code in {"certificate.replaced", "certificate.held"}  # noqa: PT017

    @rule(nth=st.integers(0, 5))
    def undo_one(self, nth):
        steps = [one for one in history(self.office.store, 30) if one.kind != "test.teachers"]
        steps = [one for one in steps if one.kind.startswith(("certificates.", "store.undo"))]
        if nth < len(steps):
            try:
                undo(self.office.store, steps[nth].id)
            except UserError as error:
                # What is void already cannot be taken back once more.
                assert error.code in {"store.undone_already", "store.nothing_to_undo"}  # noqa: PT017

    @rule(kind=st.sampled_from(sorted(KINDS)), template=st.sampled_from(sorted(RULES)))
    def renumber(self, kind, template):
        set_rule(self.office, kind, template)
        self.rules[kind] = template

    @rule(kind=st.sampled_from(sorted(KINDS)), start=st.integers(1, 30))
    def start_at(self, kind, start):
        given = [one.seq for one in self.rows() if one.series == self.series(kind)]
        try:
            set_start(self.office, kind, start, "1")
        except UserError as error:
            assert error.code == "certificate.number_start"  # noqa: PT017
            assert start <= max(given, default=0)
        else:
            assert start > max(given, default=0)
            self.next[self.key(kind, "1")] = start

    def series(self, kind):
        template = RULES[self.rules[kind]].replace("{seq:04d}", "*").replace("{seq}", "*")
        return template.format(year=2025, mark=KINDS[kind], batch="1")

    def rows(self):
        sql = "SELECT series, seq, number, id FROM certificate"
        return [Row(*one) for one in self.office.store.tuples(sql)]

    @invariant()
    def no_number_is_given_twice_and_none_is_lost(self):
        rows = self.rows()
        assert {one.id: one.number for one in rows} == self.seen
        assert len({one.number for one in rows}) == len(rows)
        assert len({(one.series, one.seq) for one in rows}) == len(rows)

    @invariant()
    def of_an_old_one_and_its_heirs_one_at_most_is_valid(self):
        every = {one.id: one for one in certificates(self.office)}
        for one in every.values():
            old = every.get(one.replaces)
            assert one.void or old is None or old.void


class Row:
    """A certificate as its table has it."""

    def __init__(self, series, seq, number, identity):
        self.series, self.seq, self.number, self.id = series, seq, number, identity


Numbers.TestCase.settings = settings(
    settings.get_profile("test"), max_examples=15, stateful_step_count=15
)
TestNumbers = Numbers.TestCase
