"""Which rows a school has: every table is classified, references close, moves hand over."""

from __future__ import annotations

import pytest

from models.staff.moves import move_teachers
from models.store.going import references
from models.sync import membership
from models.sync.membership import Asked
from models.sync.slices import GUEST_COLUMNS, OWNERS, SLICES, STAYING, TEACHER, TRAVELLING
from models.sync.tombstones import deleted_rows
from models.workspace.opening import TRACKED
from tests.counties import post
from tests.offices import new_office
from tests.people import school, teachers


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    found = new_office(tmp_path_factory.mktemp("slices"))
    yield found.store
    found.store.close()


def test_every_journalled_table_travels_or_stays_and_says_why():
    classified = [one.table for one in TRAVELLING] + list(STAYING)
    assert sorted(classified) == sorted(one.table for one in TRACKED)
    assert all(STAYING.values())


def test_owners_are_columns_and_come_first():
    tracked = {one.table: one for one in TRACKED}
    for place, one in enumerate(TRAVELLING):
        before = {earlier.table for earlier in TRAVELLING[:place]}
        for owner in one.owners:
            assert owner.column in tracked[one.table].columns
            assert owner.table in before
    assert set(GUEST_COLUMNS) <= set(tracked[TEACHER].columns)
    assert {"exam_frame", "exam_draw", "exam_mark"} <= STAYING.keys()


def test_no_row_that_travels_points_at_one_that_stays(empty):
    """A shared row needs shared rows only; a school's row those of its slice or shared ones."""
    for key in references(empty):
        child, target = SLICES.get(key.child), SLICES.get(key.target)
        if child is not None:
            assert target is not None, key
            assert target.shared or not child.shared, key


def test_what_hangs_on_a_row_is_found_by_an_index(empty):
    """Thousands of rows a school: an owner's column without an index would read whole tables."""
    assert {TEACHER, "enrolment", "pair"} <= OWNERS
    heavy = {"ledger_entry", "enrolment", "attendance", "component_mark", "certificate"}
    for one in TRAVELLING:
        for owner in one.owners if one.table in heavy else ():
            plan = empty.query(
                f"EXPLAIN QUERY PLAN SELECT id FROM {one.table} WHERE {owner.column} = 'x'"
            )
            assert plan[0]["detail"].startswith("SEARCH"), (one.table, owner.column)


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    yield found
    found.store.close()


def gathered(office, school_id, since=0):
    """The school's own rows, those due, and its guests."""
    with office.store.operation("test", "看"):
        asked = Asked(school_id, since)
        guests = membership.gather(office.store, asked)
        rows = {table: membership.owned(office.store, table) for table in SLICES}
        return rows, set(membership.due_down(office.store, asked)), guests


def newest(office):
    return office.store.value("SELECT max(seq) FROM version")


def test_a_teacher_takes_the_ledger_along(office):
    store = office.store
    one, other = school(office, "红石中学"), school(office, "八道河子小学")
    (moving, staying), (far,) = teachers(office, one, 2), teachers(office, other, 1)
    for teacher in (moving, staying, far):
        post(office, teacher, 5, range(2023, 2025))
    entries = {
        row["id"]: row["teacher_id"]
        for row in store.query("SELECT id, teacher_id FROM ledger_entry")
    }
    rows, due, _ = gathered(office, one)
    assert rows["teacher"] == {moving, staying}
    assert {entries[entry] for entry in rows["ledger_entry"]} == {moving, staying}
    assert ("institution", other) in due
    assert ("teacher", far) not in due
    before = newest(office)
    assert gathered(office, other, before)[1] == set()
    move_teachers(office, [moving], other, "2025-09-01")
    rows, due, _ = gathered(office, other, before)
    assert rows["teacher"] == {moving, far}
    handed = {entry for entry, teacher in entries.items() if teacher == moving}
    assert {row for table, row in due if table == "ledger_entry"} == handed
    assert membership.former_teachers(store, one) == {moving}
    assert membership.former_teachers(store, other) == set()


def test_a_deleted_row_is_told_to_its_school_only(office):
    store = office.store
    one, other = school(office, "红石中学"), school(office, "八道河子小学")
    (gone,) = teachers(office, one, 1)
    before = newest(office)
    with store.operation("test", "删"):
        store.execute("DELETE FROM teacher WHERE id = ?", (gone,))
    for school_id, expected in ((one, [("teacher", gone)]), (other, [])):
        gathered(office, school_id)
        assert deleted_rows(store, Asked(school_id, before)) == expected
    assert deleted_rows(store, Asked(one, newest(office))) == []


def test_the_partner_of_a_pair_is_only_a_guest(office):
    store = office.store
    one, other = school(office, "红石中学"), school(office, "八道河子小学")
    (mentor,), (mentee,) = teachers(office, one, 1), teachers(office, other, 1)
    with store.operation("test", "结对"):
        store.insert(
            "programme",
            ("id", "code", "name", "kind", "starts_on", "ends_on", "terms"),
            [("p" * 32, "1", "青蓝工程", "mentor", "2025-01-01", "2026-01-01", "{}")],
        )
        store.insert(
            "pair",
            ("id", "programme_id", "mentor_id", "mentee_id", "starts_on", "ends_on", "state"),
            [("a" * 32, "p" * 32, mentor, mentee, "2025-01-01", "2026-01-01", "applied")],
        )
    rows, due, guests = gathered(office, other)
    assert rows["pair"] == {"a" * 32}
    assert guests == {mentor}
    assert ("teacher", mentor) not in due
