"""The history: what was done, field by field, and what a row was at a moment."""

from __future__ import annotations

import pytest

from models.store.history import changes, history, row_history
from tests.stores import (
    COLUMNS,
    TRACKED,
    add_school,
    add_teacher,
    change,
    enter,
    many,
    opened,
)


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "office.db") as store:
        yield store


def fields(step):
    return {field.column: (field.before, field.after) for field in step.fields}


def test_the_latest_comes_first_with_who_when_and_how_many(store):
    add_school(store, "第四中学")
    with store.operation("teacher.import", "导入教师名册.xlsx") as operation:
        store.insert("teacher", COLUMNS, many(300))
        operation.detail["sha256"] = "ab12"
    latest, first = history(store, 10)
    assert (latest.title, latest.kind, latest.person) == (
        "导入教师名册.xlsx",
        "teacher.import",
        "王老师",
    )
    assert latest.at == "2026-11-23T09:04:00+08:00"
    assert latest.counts == {"教师": {"inserted": 300, "changed": 0, "deleted": 0}}
    assert latest.detail == {"sha256": "ab12"}
    assert (latest.undone, latest.undoable, latest.undoes) == (False, True, None)
    assert first.title == "登记第四中学"


def test_a_page_is_turned_at_an_operation_and_kinds_are_chosen(store):
    for number in range(6):
        add_school(store, f"学校{number}")
    teacher = add_teacher(store)
    change(store, teacher, phone="1")
    page = history(store, 3)
    assert [line.title for line in page] == ["修改", "登记王芳", "登记学校5"]
    turned = history(store, 2, before=page[-1].id)
    assert [line.title for line in turned] == ["登记学校4", "登记学校3"]
    chosen = history(store, 9, kinds={"change", "teacher.add"})
    assert [line.kind for line in chosen] == ["change", "teacher.add"]
    assert history(store, 9, kinds=()) == []


def test_changes_tell_every_field_before_and_after(store):
    teacher = add_teacher(store, "王芳", phone="138")
    operation = change(store, teacher, phone="139", years=3)
    contact, post = changes(store, operation.id)
    assert (contact.label, contact.caption, contact.what) == ("教师", "王芳", "changed")
    assert fields(contact) == {"phone": ("138", "139")}
    assert fields(post) == {"years": (None, 3)}


def test_changes_of_an_import_are_read_page_by_page(store):
    with store.operation("x", "导入") as operation:
        store.insert("teacher", COLUMNS, many(250))
    seen = []
    after = 0
    while page := changes(store, operation.id, after=after, limit=100):
        seen += [step.row for step in page]
        after = page[-1].seq
    assert sorted(seen) == sorted(row[0] for row in many(250))
    assert len(set(seen)) == 250


def test_a_rows_history_goes_from_birth_to_death(store):
    teacher = add_teacher(store, "王芳", phone="138")
    change(store, teacher, name="王方", born="1990-01-01")
    with store.operation("x", "删除"):
        store.execute("DELETE FROM teacher")
    born, changed, gone = row_history(store, "teacher", teacher)
    assert [step.what for step in (born, changed, gone)] == ["inserted", "changed", "deleted"]
    assert fields(born) == {"name": (None, "王芳"), "phone": (None, "138")}
    assert fields(changed) == {"name": ("王芳", "王方"), "born": (None, "1990-01-01")}
    assert fields(gone) == {
        "name": ("王方", None),
        "born": ("1990-01-01", None),
        "phone": ("138", None),
    }
    assert gone.caption == "王方"
    assert row_history(store, "teacher", "nobody") == []


def test_rows_of_two_tables_with_one_identity_are_told_apart(store):
    with store.operation("x", "同号"):
        store.insert("teacher", ["id", "name"], [["same", "甲"]])
        store.insert("school", ["id", "name"], [["same", "乙"]])
    change(store, "same", table="school", level="校")
    assert [step.caption for step in row_history(store, "teacher", "same")] == ["甲"]
    assert [step.what for step in row_history(store, "school", "same")] == ["inserted", "changed"]


def test_an_operation_on_an_append_only_table_shows_its_values(store):
    teacher = add_teacher(store)
    with store.operation("x", "登记学时") as operation:
        enter(store, teacher, 250)
    (step,) = changes(store, operation.id)
    assert fields(step) == {"teacher_id": (None, teacher), "hours": (None, 250)}
    assert history(store, 1)[0].undoable


def test_an_append_only_table_without_a_reverse_cannot_be_undone(tmp_path):
    plain = [one if one.reverse is None else without_reverse(one) for one in TRACKED]
    with opened(tmp_path / "other.db", tracked=plain) as store:
        teacher = add_teacher(store)
        with store.operation("x", "登记学时"):
            enter(store, teacher, 250)
        assert not history(store, 1)[0].undoable


def without_reverse(tracked):
    return type(tracked)(tracked.table, tracked.units, tracked.label, append_only=True)


def test_a_row_changed_many_times_tells_every_change(store):
    teacher = add_teacher(store, phone="0")
    for number in range(1, 50):
        change(store, teacher, phone=str(number))
    steps = row_history(store, "teacher", teacher)
    assert [step.fields[-1].after for step in steps] == [str(number) for number in range(50)]
