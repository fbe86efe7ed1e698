"""What cannot be shown is held, what is not ours is refused, what is cut off never happened."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from models.errors import UserError
from models.store.check import check
from models.store.clashing import settle_clash
from models.store.conflicts import held
from models.store.merging import merge, retry_held
from models.store.undo import undo
from tests.copies import delete, packed, phone_of, send, swap, take, versions_of
from tests.killing import kill_while_working
from tests.stores import (
    SCHOOL,
    TEACHER,
    add_school,
    add_teacher,
    change,
    contents,
    enter,
    insert,
    opened,
)

CHANCE = random.Random(7)


def test_an_altered_entry_is_held_and_changes_nothing(county, school, teacher):
    with county.operation("x", "登记学时"):
        enter(county, teacher, 5)
    swap(county, school)
    school.db.conn.execute("PRAGMA query_only = OFF")
    school.db.conn.execute("DROP TRIGGER journal_entry_update")
    school.db.conn.execute("UPDATE entry SET hours = 50")
    (one,) = send(school, county).rows
    assert "只增不改" in one.held
    assert [found.reason for found in held(county)] == ["altered"]
    assert county.value("SELECT hours FROM entry") == 5


def test_a_row_whose_parent_is_missing_waits_and_appears_with_it(tmp_path, county, school):
    row = add_teacher(county, school_id=add_school(county))
    with county.operation("x", "登记学时"):
        enter(county, row, 5)
    lines = packed(county)
    without = [line for line in lines if not line.startswith('["r","school"')]
    result = take(school, without)
    assert {one.held for one in result.rows} != {""}
    assert contents(school) == {}
    assert {one.reason for one in held(school)} == {"orphan"}
    assert {one.caption for one in held(school)} == {"王芳", ""}
    assert check(school).ok
    with opened(tmp_path / "third.db") as third:  # what cannot stand here travels on
        send(school, third)
        take(third, [line for line in lines if '"teacher"' not in line and '"entry"' not in line])
        assert contents(third) == contents(county)
    take(school, [line for line in lines if '"teacher"' not in line and '"entry"' not in line])
    assert contents(school) == contents(county)
    assert held(school) == []


def test_a_unique_rule_holds_the_newcomer_until_there_is_room(tmp_path):
    with opened(tmp_path / "a.db") as one, opened(tmp_path / "b.db") as other:
        for store in (one, other):
            store.db.conn.execute("PRAGMA query_only = OFF")
            store.db.conn.execute("CREATE UNIQUE INDEX named ON school (name)")
        mine, theirs = add_school(one, name="一中"), add_school(other, name="一中")
        under = add_teacher(other, school_id=theirs)
        swap(one, other)
        assert {found.reason for found in held(one)} == {"clash", "orphan"}
        assert check(one).ok
        assert check(other).ok
        delete(one, mine, "school")
        swap(one, other)
        assert held(one) == held(other) == []
        assert (
            contents(one).keys()
            == contents(other).keys()
            == {
                ("school", theirs),
                ("teacher", under),
            }
        )


def test_a_newer_unit_that_cannot_be_placed_leaves_the_older_state(tmp_path):
    with opened(tmp_path / "a.db") as one, opened(tmp_path / "b.db") as other:
        row = add_school(one, name="一中")
        swap(one, other)
        one.db.conn.execute("PRAGMA query_only = OFF")
        one.db.conn.execute("CREATE UNIQUE INDEX named ON school (name)")
        add_school(one, name="二中")
        change(other, row, table="school", name="二中")
        (found,) = send(other, one).rows
        assert found.held
        assert one.value("SELECT name FROM school WHERE id = ?", (row,)) == "一中"
        before = versions_of(one)
        assert check(one).ok
        take(one, [])
        assert versions_of(one) == before  # nothing was sealed as if somebody had typed it


def test_the_gate_puts_a_row_on_hold_until_a_person_lets_it_pass(county, school, teacher):
    change(school, teacher, phone="9")
    asked = []

    def refuse(found):
        asked.append((found.row, [one.unit for one in found.versions]))
        return "不是该校的教师。"

    result = merge(county, packed(school), title="读入", gate=refuse)
    assert asked == [(teacher, ["contact"])]
    assert [one.held for one in result.rows] == ["不是该校的教师。"]
    assert phone_of(county, teacher) == "1"
    take(county, [])
    (one,) = held(county)
    assert (one.reason, one.caption) == ("gate", "王芳")
    retry_held(county, title="放行", let_pass=[one.id])
    assert phone_of(county, teacher) == "9"
    assert held(county) == []


def test_what_a_newer_program_wrote_waits_for_the_upgrade(tmp_path, county):
    add_teacher(county)
    old = [SCHOOL, type(TEACHER)(**{**vars(TEACHER), "units": {"identity": ("name", "born")}})]
    lines = packed(county)
    with opened(tmp_path / "old.db") as store:
        store.tracked = {one.table: one for one in old}
        take(store, lines)
        assert [one.reason for one in held(store)] == ["newer"]
    with opened(tmp_path / "old.db") as store:
        retry_held(store, title="补上升级前收到的")
        assert contents(store) == contents(county)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [*lines[:-1], lines[-1][:-9]],
        lambda lines: lines[1:],
        lambda lines: [line.replace('"王芳"', "3") for line in lines],
        lambda lines: [line.replace('"王芳"', "1.5") for line in lines],
        lambda lines: [line.replace('"王芳"', "true") for line in lines],
        lambda lines: [line.replace('"王芳"', '"\\u0000"') for line in lines],
        lambda lines: [line.replace('"王芳"', '"\\ud800"') for line in lines],
        lambda lines: [line.replace('"王芳"', '"王芳","多"') for line in lines],
        lambda lines: [*lines, "[" * 100_000],
        lambda lines: [*lines, '{"r": 1}'],
        lambda lines: [*lines, '["r","teacher","x",[[1,99,[],null,0]]]'],
        lambda lines: [line.replace("[],[[", "[1],[[") for line in lines],
        lambda lines: [line.replace('"lamport":1', '"lamport":9e99') for line in lines],
    ],
)
def test_lines_that_are_not_ours_are_refused_and_change_nothing(county, school, spoil):
    add_teacher(county)
    lines = spoil(packed(county))
    before = [tuple(row) for row in school.query("SELECT * FROM operation")]
    with pytest.raises(UserError, match="什么都没有改动"):
        take(school, lines)
    assert contents(school) == {}
    assert [tuple(row) for row in school.query("SELECT * FROM operation")] == before


def test_a_version_with_two_contents_is_refused(county, school, teacher):
    lines = [line.replace('"王芳"', '"王方"') for line in packed(county)]
    with pytest.raises(UserError, match="两种内容"):
        take(school, lines)


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.long)])
def test_a_merge_killed_at_any_moment_is_there_entirely_or_not_at_all(tmp_path, county, kills):
    packages, states = [], []
    for number in range(3):
        with county.operation("x", "一批"):
            for place in range(25):
                row = insert(county, "teacher", name=f"{number}-{place}")
                enter(county, row, place)
            county.execute("UPDATE teacher SET phone = ?", (str(number),))
        packages.append(packed(county))
        states.append(contents(county))
    (tmp_path / "packages.json").write_text(json.dumps(packages), "utf-8")
    opened(tmp_path / "fresh.db").close()
    for moment in [CHANCE.uniform(0, 0.15) for _ in range(kills)]:
        shutil.copy(tmp_path / "fresh.db", tmp_path / "school.db")
        said = kill_while_working("tests.merge_crashing", tmp_path / "school.db", moment)
        kept = sum(line.startswith("kept") for line in said)
        with opened(tmp_path / "school.db") as store:
            assert contents(store) in [{}, *states][kept : kept + 2]
            assert check(store).ok
            for lines in packages:
                take(store, lines)
            assert contents(store) == states[-1]


def test_nobody_adds_to_an_operation_of_another_copy(county, school, teacher):
    change(school, teacher, phone="9")
    known = county.value("SELECT id FROM operation")
    forged = [
        json.dumps([*line[:2], {**line[2], "id": known}])
        if line[0] == "o" and line[2]["site"] == school.site
        else json.dumps(line)
        for line in map(json.loads, packed(school))
    ]
    before = versions_of(county)
    with pytest.raises(UserError, match="两种说法"):
        take(county, forged)
    assert versions_of(county) == before


def test_a_highest_count_of_another_copy_does_not_silence_this_one(county, school, teacher):
    change(school, teacher, phone="9")
    school.db.conn.execute("PRAGMA query_only = OFF")
    school.db.conn.execute("DROP TRIGGER operation_sealed_update")
    school.db.conn.execute("UPDATE operation SET lamport = ? WHERE lamport = 4", (2**52,))
    send(school, county)
    change(county, teacher, phone="10")
    change(county, teacher, phone="11")
    assert county.value("SELECT max(lamport) FROM operation") == 2**52
    assert send(county, school).changes == 1
    assert phone_of(school, teacher) == "11"


def test_identities_are_nothing_but_digits(county, school, teacher):
    lines = [line.replace(teacher, teacher[:-6] + '\\",\\"') for line in packed(county)]
    with pytest.raises(UserError, match="什么都没有改动"):
        take(school, lines)


def test_a_held_row_that_proves_wrong_keeps_nothing_else_away(tmp_path, county):
    add_teacher(county)
    lines = packed(county)
    old = type(TEACHER)(**{**vars(TEACHER), "units": {"identity": ("name", "born")}})
    with opened(tmp_path / "old.db") as store:
        store.tracked = {one.table: one for one in (SCHOOL, old)}
        take(store, [line.replace('"王芳"', "3") for line in lines])
        assert [one.reason for one in held(store)] == ["newer"]
    with opened(tmp_path / "old.db") as store:
        add_school(county)
        others = [line for line in packed(county) if '"teacher"' not in line]
        assert take(store, others).changes == 1
        assert [one.reason for one in held(store)] == ["newer"]


@pytest.fixture
def unique(tmp_path):
    """Two copies in which no two schools may bear one name."""
    with opened(tmp_path / "a.db") as one, opened(tmp_path / "b.db") as other:
        for store in (one, other):
            store.db.conn.execute("PRAGMA query_only = OFF")
            store.db.conn.execute("CREATE UNIQUE INDEX named ON school (name)")
        yield one, other


def test_what_was_deleted_makes_room_in_the_same_merge(unique):
    one, other = unique
    old, left = add_school(one, name="一中"), add_school(one, name="二中")
    under = add_teacher(one, school_id=left)
    send(one, other)
    delete(one, old, "school")
    change(one, left, table="school", name="一中")
    again = add_school(one, name="二中")
    change(one, under, school_id=again)
    assert send(one, other).changes == 4
    assert held(other) == []
    assert contents(other) == contents(one)
    assert check(other).ok


def test_a_row_whose_revival_cannot_be_placed_stands_on_what_was_here(unique):
    one, other = unique
    row = add_school(one, name="一中")
    send(one, other)
    beside = add_school(one, name="二中")
    change(other, row, table="school", name="二中")
    undo(other, delete(other, row, "school"))  # born again with the name that is taken here
    (found,) = send(other, one).rows
    assert found.held
    assert one.value("SELECT name FROM school WHERE id = ?", (row,)) == "一中"
    before = versions_of(one)
    assert check(one).ok
    take(one, [])
    assert versions_of(one) == before  # its old name is not sealed as if somebody had typed it
    change(one, row, table="school", level="初中")
    delete(one, beside, "school")
    swap(one, other)
    assert contents(one) == contents(other)
    assert versions_of(one) == versions_of(other)
    assert held(one) == held(other) == []
    assert check(one).ok


@pytest.mark.parametrize("received", [False, True])
def test_a_clash_is_settled_by_a_person_and_the_same_everywhere(unique, received):
    one, other = unique
    mine, theirs = add_school(one, name="一中"), add_school(other, name="一中")
    swap(one, other)
    assert [found.row for found in held(one)] == [theirs]
    settle_clash(one, held(one)[0], received=received)
    assert held(one) == []
    assert check(one).ok
    swap(one, other)
    left = theirs if received else mine
    assert contents(one).keys() == contents(other).keys() == {("school", left)}
    assert (held(one), held(other)) == ([], [])
    assert versions_of(one) == versions_of(other)
    assert check(other).ok
    with pytest.raises(UserError, match="冲突"):
        undo(one, one.value("SELECT id FROM operation WHERE kind = 'sync.resolve'"))


@pytest.mark.parametrize("received", [False, True])
def test_a_changed_key_that_clashes_is_taken_or_answered(unique, received):
    one, other = unique
    row = add_school(one, name="一中")
    send(one, other)
    beside = add_school(one, name="二中")
    change(other, row, table="school", name="二中", level="初中")
    swap(one, other)
    settle_clash(one, held(one)[0], received=received)
    swap(one, other)
    assert contents(one) == contents(other)
    names = {row: "二中"} if received else {row: "一中", beside: "二中"}
    assert dict(one.tuples("SELECT id, name FROM school")) == names
    assert (held(one), held(other)) == ([], [])
    assert check(one).ok


def test_what_is_in_use_does_not_give_way(unique):
    one, other = unique
    mine, theirs = add_school(one, name="一中"), add_school(other, name="一中")
    add_teacher(one, school_id=mine)
    add_teacher(other, school_id=theirs)
    swap(one, other)
    before = versions_of(one)
    clash = next(found for found in held(one) if found.reason == "clash")
    for received in (True, False):
        with pytest.raises(UserError, match="不能让位"):
            settle_clash(one, clash, received=received)
    assert versions_of(one) == before


def test_a_row_the_gate_holds_is_held_once_however_often_it_comes(county, school, teacher):
    packages = []
    for phone in ("8", "9"):
        change(school, teacher, phone=phone)
        packages.append(packed(school))
    for lines in (*packages, packages[0], packages[1]):
        merge(county, lines, title="读入", gate=lambda _: "不是该校的教师。")
        assert len(held(county)) == 1
    retry_held(county, title="放行", let_pass=[held(county)[0].id])
    assert phone_of(county, teacher) == "9"
    assert held(county) == []
