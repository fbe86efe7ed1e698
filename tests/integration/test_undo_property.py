"""Whatever is done, undone, redone and meddled with: the journal knows it, and undo is exact.

The oracle is a plain dictionary of rows and the contents before and after each operation; it knows
nothing of versions, heads or SQL.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.errors import UserError
from models.store.check import check
from models.store.history import history, row_history
from models.store.undo import undo
from tests.stores import TRACKED, contents, insert, opened

TEXTS = st.sampled_from([None, "甲", "乙", "138", ""])
NAMES = st.sampled_from(["王芳", "李娜", "O'刚", "𠮷田"])
NUMBERS = st.sampled_from([None, 0, 1, 2**40])
PLACES = st.integers(0, 50)
UNITS = {
    (one.table, column): unit
    for one in TRACKED
    for unit, columns in one.units.items()
    for column in columns
}
REFERENCES = (
    ("teacher", "school_id", "school"),
    ("school", "parent_id", "school"),
    ("post", "teacher_id", "teacher"),
    ("entry", "teacher_id", "teacher"),
)


class Done:
    """An operation as the oracle remembers it."""

    def __init__(self, operation_id, before, after):
        self.id = operation_id
        self.before = before
        self.after = after
        self.standing = True
        self.undoes = None

    def touched(self):
        return [key for key in self.before | self.after if self.old(key) != self.new(key)]

    def old(self, key):
        return self.before.get(key)

    def new(self, key):
        return self.after.get(key)

    def units(self, key):
        """The units the operation changed of a row that was there before and after."""
        pairs = zip(self.old(key).items(), self.new(key).items(), strict=True)
        return {UNITS[key[0], name] for (name, old), (_, new) in pairs if old != new}


def expected_undo(office, target, now):
    """What must be left of the rows that are there; None if the undo must be refused."""
    found = effective(office, target)
    if found is None:
        return None
    result = dict(now)
    for key in found.touched():
        if key[0] != "entry" and not put_back(found, key, now, result):
            return None
    keep_needed(found, result)
    return result if whole(result) else None


def effective(office, target):
    """The operation whose effect would be undone: the last that did it again, if any."""
    for redo in office.done:
        undone = next((one for one in office.done if one.id == redo.undoes), None)
        if undone and undone.undoes == target.id:
            return effective(office, redo)
    return target if target.standing else None


def check_reversals(office, target, new):
    found = effective(office, target)
    entered = {key[1]: found.new(key)["hours"] for key in found.touched() if key[0] == "entry"}
    reversed_by = {row["reverses"]: -row["hours"] for row in new.values()}
    assert reversed_by == entered


class Office(RuleBasedStateMachine):
    """A file, and what it ought to hold."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "office.db"
        self.store = opened(self.path)
        self.done: list[Done] = []

    def teardown(self):
        assert check(self.store).ok
        for table, row in contents(self.store):
            assert row_history(self.store, table, row)
        self.store.close()
        shutil.rmtree(self.folder)

    # ---------------------------------------------------------------- helpers of the rules

    def pick(self, table, place):
        rows = sorted(row for kind, row in contents(self.store) if kind == table)
        return rows[place % len(rows)] if rows else None

    def perform(self, action):
        """Do something as one operation; the oracle remembers what it did."""
        before = contents(self.store)
        try:
            with self.store.operation("x", "操作") as operation:
                action()
        except sqlite3.IntegrityError:
            assert contents(self.store) == before
            return
        after = contents(self.store)
        assert operation.changed.count == len(Done("", before, after).touched())
        if after != before:
            self.done.append(Done(operation.id, before, after))

    def update(self, table, row, **values):
        assignments = ", ".join(f"{column} = ?" for column in values)
        self.store.execute(
            f"UPDATE {table} SET {assignments} WHERE id = ?", (*values.values(), row)
        )

    # ---------------------------------------------------------------- rules

    @rule(name=NAMES, parent=PLACES, count=st.sampled_from([1, 1, 2]))
    def add_schools(self, name, parent, count):
        above = self.pick("school", parent)
        self.perform(
            lambda: [insert(self.store, "school", name=name, parent_id=above) for _ in range(count)]
        )

    @rule(name=NAMES, phone=TEXTS, school=PLACES)
    def add_teacher_with_post(self, name, phone, school):
        at = self.pick("school", school)

        def action():
            teacher = insert(self.store, "teacher", name=name, phone=phone, school_id=at)
            insert(self.store, "post", teacher_id=teacher, post="班主任")

        self.perform(action)

    @rule(name=NAMES, hours=st.integers(1, 9))
    def add_everything_with_entries(self, name, hours):
        def action():
            school = insert(self.store, "school", name=name)
            teacher = insert(self.store, "teacher", name=name, school_id=school)
            insert(self.store, "teacher", name=name, school_id=school)
            insert(self.store, "entry", teacher_id=teacher, hours=hours, reverses=None)

        self.perform(action)

    @rule(teacher=PLACES, hours=st.integers(1, 9))
    def enter_hours(self, teacher, hours):
        row = self.pick("teacher", teacher)
        if row:
            self.perform(
                lambda: insert(self.store, "entry", teacher_id=row, hours=hours, reverses=None)
            )

    @rule(teacher=PLACES, name=NAMES, phone=TEXTS, years=NUMBERS)
    def change_teacher(self, teacher, name, phone, years):
        row = self.pick("teacher", teacher)
        self.perform(lambda: self.update("teacher", row, name=name, phone=phone, years=years))

    @rule(teacher=PLACES, phone=TEXTS)
    def change_phone(self, teacher, phone):
        row = self.pick("teacher", teacher)
        self.perform(lambda: self.update("teacher", row, phone=phone))

    @rule(teacher=PLACES, school=PLACES)
    def move_teacher(self, teacher, school):
        row, at = self.pick("teacher", teacher), self.pick("school", school)
        self.perform(lambda: self.update("teacher", row, school_id=at))

    @rule(post=PLACES, teacher=PLACES)
    def move_post_to_a_new_teacher(self, post, teacher):
        row, of = self.pick("post", post), self.pick("teacher", teacher)

        def action():
            new = insert(self.store, "teacher", name="新来", school_id=None)
            self.update("post", row, teacher_id=new)
            self.update("teacher", of, years=7)

        self.perform(action)

    @rule(table=st.sampled_from(["teacher", "school", "post"]), place=PLACES)
    def delete_one(self, table, place):
        row = self.pick(table, place)
        self.perform(lambda: self.store.execute(f"DELETE FROM {table} WHERE id = ?", (row,)))

    @rule(phone=TEXTS)
    def change_all(self, phone):
        self.perform(lambda: self.store.execute("UPDATE teacher SET phone = ?", (phone,)))

    @rule(teacher=PLACES, phone=TEXTS, dropped=st.booleans())
    def meddle_from_outside(self, teacher, phone, dropped):
        """A technician's browser: what it does becomes an operation at the next opening."""
        row = self.pick("teacher", teacher)
        before = contents(self.store)
        self.store.close()
        other = sqlite3.connect(self.path, isolation_level=None)
        if dropped:
            other.execute('DROP TRIGGER "journal_teacher_update"')
            other.execute('DROP TRIGGER "journal_post_delete"')
        other.execute("UPDATE teacher SET phone = ? WHERE id = ?", (phone, row))
        other.execute("DELETE FROM post WHERE teacher_id = ?", (row,))
        other.close()
        self.store = opened(self.path)
        after = contents(self.store)
        if after != before:
            self.done.append(Done(history(self.store, 1)[0].id, before, after))

    @rule()
    def open_again(self):
        self.store.close()
        self.store = opened(self.path)

    @precondition(lambda self: self.done)
    @rule(place=st.integers(1, 12))
    def undo_one(self, place):
        target = self.done[-min(place, len(self.done))]
        now = contents(self.store)
        expected = expected_undo(self, target, now)
        try:
            operation = undo(self.store, target.id)
        except UserError:
            assert contents(self.store) == now
            assert expected is None
            return
        after = contents(self.store)
        assert expected is not None
        new = {key: row for key, row in after.items() if key not in expected}
        assert after == {**expected, **new}
        assert all(table == "entry" for table, _ in new)
        check_reversals(self, target, new)
        self.remember_undo(target, Done(operation.id, now, after))

    # ---------------------------------------------------------------- the oracle

    def remember_undo(self, target, done):
        found = effective(self, target)
        done.undoes = found.id
        self.done.append(done)
        link, standing = found, False
        while link:
            link.standing = standing
            standing = not standing
            link = next((one for one in self.done if one.id == link.undoes), None)

    @invariant()
    def history_agrees(self):
        shown = {line.id: not line.undone for line in history(self.store, 500)}
        assert shown == {one.id: one.standing for one in self.done}


def put_back(done, key, now, result):
    """Put one row back in ``result``; whether it stands as the operation left it."""
    old, new, present = done.old(key), done.new(key), now.get(key)
    if old is None or new is None:
        if present != new:
            return False
        result.pop(key, None)
        if old is not None:
            result[key] = old
        return True
    units = done.units(key)
    columns = [column for column in new if column != "id" and UNITS[key[0], column] in units]
    if present is None or any(present[column] != new[column] for column in columns):
        return False
    result[key] = {**result[key], **{column: old[column] for column in columns}}
    return True


def keep_needed(done, result):
    """Bring back rows of the operation that its own entries, which stay, refer to."""
    born = {key: done.new(key) for key in done.touched() if done.old(key) is None}
    kept = [key for key in born if key[0] == "entry"]
    while kept:
        table, _ = key = kept.pop()
        for child, column, parent in REFERENCES:
            target = (parent, born[key].get(column))
            if child == table and target in born and target not in result:
                result[target] = born[target]
                kept.append(target)


def whole(rows):
    """Whether every reference among the rows has its target."""
    return all(
        row[column] is None or (parent, row[column]) in rows
        for (table, _), row in rows.items()
        for child, column, parent in REFERENCES
        if child == table
    )


class TestOffice(Office.TestCase):
    settings = settings(max_examples=25, stateful_step_count=25)


@pytest.mark.long
class TestOfficeForLong(Office.TestCase):
    settings = settings(max_examples=1500, stateful_step_count=60, derandomize=False)
