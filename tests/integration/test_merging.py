"""What another copy knows is taken in; what contradicts waits for a person; nothing is lost."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.store.check import check
from models.store.conflicts import conflicts
from models.store.deciding import resolve
from models.store.histories import digest, rows_since
from models.store.history import changes, history, row_history
from models.store.standing import COUNTY_FACT
from models.store.tracking import COUNTY
from models.store.undo import undo
from tests.copies import delete, packed, phone_of, send, swap, take, versions_of
from tests.stores import (
    ENTRY,
    POST,
    SCHOOL,
    TEACHER,
    add_teacher,
    change,
    contents,
    enter,
    insert,
    opened,
)


def test_changes_of_one_side_are_taken_and_doubled_packages_change_nothing_more(
    county, school, teacher
):
    change(county, teacher, phone="2")
    change(school, teacher, years=3)
    result = send(school, county)
    assert [(one.what, one.caption, one.conflict) for one in result.rows] == [
        ("changed", "王芳", False)
    ]
    before = contents(county), versions_of(county)
    again = send(school, county)
    assert (again.rows, again.versions, again.operation) == ((), 0, "")
    assert (contents(county), versions_of(county)) == before
    send(county, school)
    assert contents(school) == contents(county)
    keys = list(rows_since(county, 0))
    assert digest(county, keys) == digest(school, keys[::-1])
    change(county, teacher, phone="3")
    assert digest(county, keys) != digest(school, keys)


def test_the_same_change_on_both_sides_is_no_conflict_then_or_later(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="2")
    assert send(school, county).conflicts == 0
    swap(county, school)
    assert conflicts(county) == conflicts(school) == []
    change(school, teacher, phone="3")
    assert check(school).ok
    swap(county, school)
    assert conflicts(county) == []
    assert phone_of(county, teacher) == phone_of(school, teacher) == "3"


def test_the_same_change_is_not_listed_beside_a_conflict_of_its_row(county, school, teacher):
    change(county, teacher, phone="2", years=1)
    change(school, teacher, phone="2", years=3)
    swap(county, school)
    for store in (county, school):
        (one,) = conflicts(store)
        assert one.unit == "post"
        assert sorted(side.values["years"] for side in one.sides) == [1, 3]


def test_a_conflict_shows_both_values_with_who_when_and_where(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    assert phone_of(county, teacher) == phone_of(school, teacher)
    (one,) = conflicts(county)
    (other,) = conflicts(school)
    assert (one.id, one.unit, one.base, one.caption) == (
        other.id,
        "contact",
        {"phone": "1"},
        "王芳",
    )
    assert {side.values["phone"] for side in one.sides} == {"2", "3"}
    assert one.sides[0].shown
    assert one.sides[0].values["phone"] == phone_of(county, teacher)
    by = {side.author.person: side for side in one.sides}
    assert by["李校长"].values["phone"] == "3"
    assert by["李校长"].author.site == school.site
    assert (by["王老师"].mine, by["李校长"].mine) == (True, False)


@pytest.mark.parametrize("choice", ["2", "3"])
def test_a_choice_travels_and_ends_the_conflict_everywhere(county, school, teacher, choice):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    (one,) = conflicts(county)
    side = next(side for side in one.sides if side.values["phone"] == choice)
    operation = resolve(county, one.id, side.vid)
    assert operation.changed.kinds == {"teacher"}
    swap(county, school)
    assert conflicts(county) == conflicts(school) == []
    assert phone_of(county, teacher) == phone_of(school, teacher) == choice
    with pytest.raises(UserError, match="没有编号"):
        resolve(county, one.id, side.vid)
    assert check(county).ok
    assert check(school).ok


def test_a_choice_can_be_taken_back_which_is_a_choice_too(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    shown = phone_of(county, teacher)
    (one,) = conflicts(county)
    done = resolve(county, one.id, one.sides[1].vid)
    undo(county, done.id)
    assert phone_of(county, teacher) == shown
    swap(county, school)
    assert conflicts(school) == []
    assert phone_of(school, teacher) == shown


def test_two_opposite_choices_are_a_conflict_again(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    for store, place in ((county, 0), (school, 1)):
        (one,) = conflicts(store)
        resolve(store, one.id, one.sides[place].vid)
    swap(county, school)
    (one,) = conflicts(county)
    assert {side.values["phone"] for side in one.sides} == {"2", "3"}


def test_typing_over_a_conflict_does_not_close_it(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    change(school, teacher, phone="4")
    swap(county, school)
    (one,) = conflicts(county)
    assert len(one.sides) == 2
    assert "4" in {side.values["phone"] for side in one.sides}


def test_the_rule_of_a_unit_prefers_a_side_whatever_the_order(tmp_path):
    preferring = type(TEACHER)(**{**vars(TEACHER), "prefer": {"identity": COUNTY}})
    tracked = (SCHOOL, preferring, POST, ENTRY)
    with (
        opened(tmp_path / "c.db", tracked=tracked) as county,
        opened(tmp_path / "s.db", tracked=tracked) as school,
    ):
        for store in (county, school):
            store.keep_fact(COUNTY_FACT, county.site)
        row = add_teacher(county)
        send(county, school)
        change(county, row, name="王方")
        for name in ("王房", "王防", "王坊"):
            change(school, row, name=name)
        swap(county, school)
        assert {one[1]["name"] for one in contents(school).items()} == {"王方"}
        assert contents(county) == contents(school)


@pytest.mark.parametrize("keep", [True, False], ids=["keep", "delete"])
def test_a_deletion_against_an_edit_keeps_the_edit_and_asks(county, school, teacher, keep):
    delete(county, teacher)
    change(school, teacher, phone="9")
    swap(county, school)
    assert phone_of(county, teacher) == "9"
    (one,) = conflicts(county)
    assert (one.kind, [bool(side.values) for side in one.sides]) == ("deleted", [True, False])
    resolve(county, one.id, one.sides[0 if keep else 1].vid)
    swap(county, school)
    assert conflicts(county) == conflicts(school) == []
    assert phone_of(school, teacher) == ("9" if keep else None)
    assert contents(county) == contents(school)
    assert check(county).ok


def test_several_deletions_against_an_edit_are_listed_alike_everywhere(
    tmp_path, county, school, teacher
):
    with opened(tmp_path / "third.db") as third:
        send(county, third)
        delete(county, teacher)
        delete(third, teacher)
        change(school, teacher, phone="9")
        swap(county, school, third)
        listed = [[side.vid for side in conflicts(one)[0].sides] for one in (county, school, third)]
        assert listed == [listed[0]] * 3
        assert len(listed[0]) == 3


def test_a_deletion_everybody_saw_is_a_deletion_everywhere(county, school, teacher):
    change(school, teacher, phone="9")
    swap(county, school)
    delete(county, teacher)
    assert [one.what for one in send(county, school).rows] == ["deleted"]
    assert contents(county) == contents(school)
    assert row_history(school, "teacher", teacher)[-1].what == "deleted"


def test_a_row_stays_while_another_copy_added_something_to_it(county, school, teacher):
    delete(county, teacher)
    with school.operation("x", "登记学时"):
        entry = enter(school, teacher, 5)
    swap(county, school)
    assert ("teacher", teacher) in contents(county)
    assert ("entry", entry) in contents(county)
    (one,) = conflicts(county)
    assert one.kind == "deleted"
    assert contents(county) == contents(school)
    with pytest.raises(UserError, match="还用着它"):
        resolve(county, one.id, one.sides[1].vid)
    resolve(county, one.id, one.sides[0].vid)
    swap(county, school)
    assert conflicts(school) == []


def test_a_row_kept_by_another_shows_what_its_deleter_typed_before(county, school, teacher):
    change(county, teacher, phone="2")
    delete(county, teacher)
    with school.operation("x", "登记学时"):
        enter(school, teacher, 5)
    swap(county, school)
    assert phone_of(county, teacher) == phone_of(school, teacher) == "2"
    assert check(school).ok


def test_a_row_goes_with_the_last_that_needed_it(county, school, teacher):
    delete(county, teacher)
    with school.operation("x", "登记职务"):
        post = insert(school, "post", teacher_id=teacher, post="班主任")
    swap(county, school)
    assert ("teacher", teacher) in contents(county)
    delete(school, post, "post")
    swap(county, school)
    assert ("teacher", teacher) not in contents(county)
    assert ("teacher", teacher) not in contents(school)
    assert conflicts(county) == []


def test_an_entry_is_never_deleted_whatever_a_tool_did_to_a_copy(county, school, teacher):
    with county.operation("x", "登记学时"):
        entry = enter(county, teacher, 5)
    swap(county, school)
    school.db.conn.execute("PRAGMA query_only = OFF")
    school.db.conn.execute("DROP TRIGGER journal_entry_delete")
    school.db.conn.execute("DELETE FROM entry")
    swap(school, county)
    assert ("entry", entry) in contents(county)
    assert ("entry", entry) in contents(school)
    assert contents(county) == contents(school)


def test_what_was_changed_past_the_triggers_is_not_overwritten(county, school, teacher):
    change(county, teacher, phone="2")
    lines = packed(county)
    school.db.conn.execute("PRAGMA query_only = OFF")
    school.db.conn.execute("DROP TRIGGER journal_teacher_update")
    school.db.conn.execute("UPDATE teacher SET phone = '7'")
    school.db.conn.execute("PRAGMA query_only = ON")
    take(school, lines)
    (one,) = conflicts(school)
    assert {side.values["phone"] for side in one.sides} == {"2", "7"}


def test_history_names_the_others_operations_and_what_they_changed(county, school, teacher):
    change(school, teacher, title="改电话", phone="9")
    result = send(school, county)
    merging, other = history(county, 2)
    assert (merging.id, merging.undoable, merging.counts) == (
        result.operation,
        False,
        {"教师": {"inserted": 0, "changed": 1, "deleted": 0}},
    )
    assert (other.title, other.person, other.site, other.received, other.undoable) == (
        "改电话",
        "李校长",
        school.site,
        True,
        False,
    )
    (step,) = changes(county, result.operation)
    assert [(one.column, one.before, one.after) for one in step.fields] == [("phone", "1", "9")]
    with pytest.raises(UserError, match="不能撤销"):
        undo(county, other.id)


def test_an_own_operation_is_not_undone_over_what_came_after_it(county, school, teacher):
    mine = change(county, teacher, phone="2")
    send(county, school)
    change(school, teacher, phone="3")
    send(school, county)
    with pytest.raises(UserError, match="之后又被"):
        undo(county, mine.id)


def test_a_deletion_of_a_row_in_conflict_can_be_undone(county, school, teacher):
    change(county, teacher, phone="2")
    change(school, teacher, phone="3")
    swap(county, school)
    before = contents(county)
    with county.operation("x", "删除") as operation:
        county.execute("DELETE FROM teacher")
    undo(county, operation.id)
    assert contents(county) == before
    swap(county, school)
    assert contents(county) == contents(school) == before
    assert conflicts(county) == conflicts(school) == []
    assert check(county).ok
