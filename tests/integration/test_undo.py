"""Taking operations back: whole imports, undo of undo, and what stands in the way."""

from __future__ import annotations

import sqlite3

import pytest

from models.errors import UserError
from models.store.check import check
from models.store.history import history, row_history
from models.store.undo import undo
from tests.stores import (
    COLUMNS,
    add_school,
    add_teacher,
    change,
    contents,
    enter,
    insert,
    many,
    opened,
)


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "office.db") as store:
        yield store


def last(store):
    return history(store, 1)[0]


def undone_and_redone(store, operation_id):
    """Undo and redo; the contents before, in between and after."""
    before = contents(store)
    taken_back = undo(store, operation_id)
    between = contents(store)
    undo(store, taken_back.id)
    return before, between, contents(store)


def test_a_change_is_taken_back_unit_by_unit(store):
    teacher = add_teacher(store, "王芳", phone="138")
    first = contents(store)
    operation = change(store, teacher, phone="139", years=4)
    before, between, after = undone_and_redone(store, operation.id)
    assert between == first
    assert after == before
    assert check(store).ok


def test_what_was_changed_in_another_unit_since_is_kept(store):
    teacher = add_teacher(store, "王芳", phone="138")
    operation = change(store, teacher, phone="139")
    change(store, teacher, name="王方")
    undo(store, operation.id)
    row = store.one("SELECT name, phone FROM teacher")
    assert tuple(row) == ("王方", "138")


def test_an_import_of_twenty_thousand_is_taken_back_and_done_again(store):
    school = add_school(store)
    with store.operation("x", "导入教师名册") as operation:
        store.insert("teacher", COLUMNS, many(20_000))
        store.execute("UPDATE teacher SET school_id = ?", (school,))
    before, between, after = undone_and_redone(store, operation.id)
    assert len(between) == 1
    assert after == before
    titles = [line.title for line in history(store, 3)]
    assert titles == ["重做：导入教师名册", "撤销：导入教师名册", "导入教师名册"]
    assert check(store).ok


def test_an_update_of_a_whole_list_is_taken_back(store):
    with store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(3000))
    imported = contents(store)
    with store.operation("x", "批量修改") as operation:
        store.execute("UPDATE teacher SET phone = phone || '0', years = years + 1")
    _, between, _ = undone_and_redone(store, operation.id)
    assert between == imported


def test_a_deletion_with_its_children_is_taken_back_as_it_was(store):
    school = add_school(store)
    teacher = add_teacher(store, "王芳", school_id=school, phone="1")
    change(store, teacher, phone="2", years=7)
    with store.operation("x", "任职"):
        insert(store, "post", teacher_id=teacher, post="班主任")
    full = contents(store)
    with store.operation("x", "删除") as operation:
        store.execute("DELETE FROM teacher")
    before, between, after = undone_and_redone(store, operation.id)
    assert between == full
    assert after == before
    assert check(store).ok


def test_a_row_brought_back_can_be_changed_and_deleted_again(store):
    teacher = add_teacher(store, phone="1")
    change(store, teacher, phone="2")
    with store.operation("x", "删除") as operation:
        store.execute("DELETE FROM teacher")
    undo(store, operation.id)
    second = change(store, teacher, phone="3")
    undo(store, second.id)
    assert store.value("SELECT phone FROM teacher") == "2"
    with store.operation("x", "再删") as again:
        store.execute("DELETE FROM teacher")
    undo(store, again.id)
    assert store.value("SELECT phone FROM teacher") == "2"
    assert check(store).ok


def test_the_history_shows_what_is_undone_and_what_stands_again(store):
    add_teacher(store)
    original = last(store)
    first = undo(store, original.id)
    assert [line.undone for line in history(store, 9)] == [False, True]
    second = undo(store, first.id)
    assert [line.undone for line in history(store, 9)] == [False, True, False]
    third = undo(store, second.id)
    assert [line.undone for line in history(store, 9)] == [False, True, False, True]
    assert history(store, 1)[0].undoes == second.id
    undo(store, third.id)
    assert store.value("SELECT count(*) FROM teacher") == 1


def test_an_operation_done_again_is_undone_by_its_own_line_too(store):
    add_teacher(store)
    original = last(store)
    undo(store, undo(store, original.id).id)
    undo(store, original.id)
    assert store.value("SELECT count(*) FROM teacher") == 0
    assert [line.undone for line in history(store, 9)] == [False, True, False, True]
    with pytest.raises(UserError, match="已经撤销"):
        undo(store, original.id)


def test_an_unknown_or_undone_operation_is_refused(store):
    with pytest.raises(UserError, match="没有编号为“1234”"):
        undo(store, "1234")
    add_teacher(store)
    operation = last(store)
    undo(store, operation.id)
    with pytest.raises(UserError, match="“登记王芳”已经撤销"):
        undo(store, operation.id)


def test_a_unit_changed_since_is_named_with_the_later_operation(store):
    teacher = add_teacher(store, "王芳", phone="138")
    operation = change(store, teacher, phone="139")
    change(store, teacher, phone="137", title="改电话")
    before = contents(store)
    with pytest.raises(UserError, match=r"教师 “王芳”之后又被“改电话”（2026-11-23 09:\d\d）改动过"):
        undo(store, operation.id)
    assert contents(store) == before
    assert len(history(store, 9)) == 3


def test_a_refusal_names_a_few_rows_and_counts_the_rest(store):
    with store.operation("x", "导入") as operation:
        store.insert("teacher", COLUMNS, many(500))
    with store.operation("x", "批量修改"):
        store.execute("UPDATE teacher SET phone = '1' WHERE years < 10")
    changed = store.value("SELECT count(*) FROM teacher WHERE years < 10")
    with pytest.raises(UserError, match=rf"等 {changed} 条之后又被“批量修改”"):
        undo(store, operation.id)


def test_a_change_changed_back_is_no_obstacle(store):
    teacher = add_teacher(store, phone="138")
    operation = change(store, teacher, phone="139")
    change(store, teacher, phone="137")
    change(store, teacher, phone="139")
    undo(store, operation.id)
    assert store.value("SELECT phone FROM teacher") == "138"
    assert check(store).ok


def test_a_row_deleted_since_is_an_obstacle(store):
    teacher = add_teacher(store, "王芳")
    operation = change(store, teacher, phone="1")
    with store.operation("x", "删除王芳"):
        store.execute("DELETE FROM teacher")
    with pytest.raises(UserError, match="“删除王芳”"):
        undo(store, operation.id)


def test_a_row_emptied_and_deleted_since_is_an_obstacle(store):
    teacher = add_teacher(store, "王芳", phone="1")
    operation = change(store, teacher, phone=None)
    with store.operation("x", "删除王芳"):
        store.execute("DELETE FROM teacher")
    with pytest.raises(UserError, match="“删除王芳”"):
        undo(store, operation.id)


def test_a_deleted_row_entered_anew_is_an_obstacle(store):
    teacher = add_teacher(store, "王芳")
    with store.operation("x", "删除") as operation:
        store.execute("DELETE FROM teacher")
    with store.operation("x", "重新登记"):
        store.insert("teacher", ["id", "name"], [[teacher, "王芳"]])
    with pytest.raises(UserError, match="“重新登记”"):
        undo(store, operation.id)


def test_a_change_nobody_has_sealed_yet_is_an_obstacle(store, tmp_path):
    teacher = add_teacher(store, "王芳")
    operation = change(store, teacher, phone="1")
    other = sqlite3.connect(tmp_path / "office.db", isolation_level=None)
    other.execute('DROP TRIGGER "journal_teacher_update"')
    other.execute("UPDATE teacher SET phone = '2'")
    other.close()
    with pytest.raises(UserError, match="其他软件"):
        undo(store, operation.id)
    assert store.value("SELECT phone FROM teacher") == "2"


def test_a_row_later_ones_refer_to_is_an_obstacle(store):
    school = add_school(store, "第四中学")
    operation = last(store)
    add_teacher(store, "王芳", school_id=school)
    with pytest.raises(UserError, match="机构 “第四中学” 等已经用在后来的 1 条“教师”里"):
        undo(store, operation.id)
    assert len(contents(store)) == 2


def test_a_cascade_never_takes_later_rows_along(store):
    teacher = add_teacher(store, "王芳")
    operation = last(store)
    with store.operation("x", "任职"):
        insert(store, "post", teacher_id=teacher, post="班主任")
    with pytest.raises(UserError, match="1 条“任职”"):
        undo(store, operation.id)
    assert store.value("SELECT count(*) FROM post") == 1


def test_a_row_moved_to_a_new_school_goes_back_before_the_school_goes(store):
    old = add_school(store, "老校")
    teacher = add_teacher(store, "王芳", school_id=old)
    with store.operation("x", "任职"):
        post = insert(store, "post", teacher_id=teacher, post="班主任")
    before = contents(store)
    with store.operation("x", "合校") as operation:
        new = insert(store, "school", name="新校", parent_id=old)
        store.execute("UPDATE teacher SET school_id = ?", (new,))
        other = insert(store, "teacher", name="李娜", school_id=new)
        store.execute("UPDATE post SET teacher_id = ?", (other,))
    undo(store, operation.id)
    assert contents(store) == before
    assert store.value("SELECT teacher_id FROM post WHERE id = ?", (post,)) == teacher
    assert check(store).ok


def test_rows_that_refer_to_each_other_go_together(store):
    with store.operation("x", "导入") as operation:
        store.insert("school", ["id", "name", "parent_id"], [["a", "甲", "b"], ["b", "乙", "a"]])
    _, between, after = undone_and_redone(store, operation.id)
    assert between == {}
    assert len(after) == 2


def test_entries_are_reversed_and_reversals_reversed(store):
    teacher = add_teacher(store)
    with store.operation("x", "登记学时") as operation:
        enter(store, teacher, 300)
        enter(store, teacher, 200)
    first = undo(store, operation.id)
    assert store.value("SELECT sum(hours) FROM entry") == 0
    assert store.value("SELECT count(*) FROM entry") == 4
    undo(store, first.id)
    assert store.value("SELECT sum(hours) FROM entry") == 500
    assert check(store).ok


def test_what_reversed_entries_refer_to_stays(store):
    with store.operation("x", "导入学时") as operation:
        school = insert(store, "school", name="四中")
        other = insert(store, "school", name="五中")
        teacher = insert(store, "teacher", name="王芳", school_id=school)
        gone = insert(store, "teacher", name="李娜", school_id=other)
        enter(store, teacher, 300)
    first = undo(store, operation.id)
    left = {row for _, row in contents(store)}
    assert {school, teacher} <= left
    assert not {other, gone} & left
    assert store.value("SELECT sum(hours) FROM entry") == 0
    undo(store, first.id)
    assert {other, gone} <= {row for _, row in contents(store)}
    assert store.value("SELECT sum(hours) FROM entry") == 300
    assert check(store).ok


def test_a_number_taken_again_since_is_an_obstacle(store):
    store.db.conn.execute("PRAGMA query_only = OFF")
    store.db.conn.execute("CREATE UNIQUE INDEX one_phone ON teacher (phone)")
    add_teacher(store, "王芳", phone="138")
    with store.operation("x", "删除") as operation:
        store.execute("DELETE FROM teacher")
    add_teacher(store, "李娜", phone="138")
    with pytest.raises(UserError, match="会与现有的记录冲突"):
        undo(store, operation.id)
    assert store.value("SELECT count(*) FROM teacher") == 1


def test_an_undo_is_a_line_of_the_rows_history(store):
    teacher = add_teacher(store, phone="1")
    operation = change(store, teacher, phone="2")
    undo(store, operation.id)
    steps = row_history(store, "teacher", teacher)
    assert [(field.before, field.after) for field in steps[-1].fields] == [("2", "1")]
    assert steps[-1].operation == last(store).id


def test_an_undo_inside_another_operation_is_a_mistake(store):
    add_teacher(store)
    operation = last(store)
    with pytest.raises(RuntimeError), store.operation("x", "外层"):
        undo(store, operation.id)
    assert len(contents(store)) == 1
