"""What is changed past the journal, by a browser or a fault, is found and said."""

from __future__ import annotations

import sqlite3

import pytest

from models.store.check import check
from models.store.history import history, row_history
from models.store.operations import OUTSIDE_TITLE as TITLE
from models.store.scanning import scan
from tests.stores import (
    COLUMNS,
    add_school,
    add_teacher,
    change,
    contents,
    enter,
    many,
    opened,
    versions,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def store(path):
    with opened(path) as store:
        yield store


def outside(path, *statements, recursive=False):
    """What a technician's database browser does to the file."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_what_a_browser_changes_while_the_triggers_stand_is_sealed_at_the_next_opening(path):
    with opened(path) as store:
        teacher = add_teacher(store, phone="138")
    outside(path, "UPDATE teacher SET phone = '139'")
    with opened(path) as store:
        assert "1 条记录在本程序之外" in store.notices[0]
        assert history(store, 1)[0].title == TITLE
        last = row_history(store, "teacher", teacher)[-1]
        assert (last.fields[0].before, last.fields[0].after) == ("138", "139")
        assert check(store).ok
    with opened(path) as store:
        assert store.notices == []


def test_what_is_changed_with_the_triggers_dropped_is_found_when_they_are_mended(path):
    with opened(path) as store:
        kept, changed, gone = (add_teacher(store, name, phone="1") for name in "甲乙丙")
        change(store, changed, phone="2")
    outside(
        path,
        'DROP TRIGGER "journal_teacher_update"',
        'DROP TRIGGER "journal_teacher_delete"',
        'DROP TRIGGER "journal_teacher_insert"',
        f"UPDATE teacher SET phone = '3' WHERE id = '{changed}'",
        f"DELETE FROM teacher WHERE id = '{gone}'",
        "INSERT INTO teacher (id, name) VALUES ('new', '丁')",
    )
    with opened(path) as store:
        assert "3 个触发器" in store.notices[0]
        assert "3 条记录" in store.notices[1]
        assert [one[0] for one in versions(store, kept)] == ["*"]
        assert [one[3] for one in versions(store, changed)[1:]] == [["2"], ["3"]]
        assert versions(store, gone)[-1][0] == "-"
        assert [one[0] for one in versions(store, "new")] == ["*"]
        assert check(store).ok


def test_a_value_put_back_to_that_of_birth_past_the_triggers_is_found(path):
    with opened(path) as store:
        teacher = add_teacher(store, phone="1")
        change(store, teacher, phone="2")
    outside(path, 'DROP TRIGGER "journal_teacher_update"', "UPDATE teacher SET phone = '1'")
    with opened(path) as store:
        assert [one[3] for one in versions(store, teacher)[1:]] == [["2"], ["1"]]


def test_an_altered_trigger_is_mended(path):
    with opened(path) as store:
        add_teacher(store)
    outside(
        path,
        'DROP TRIGGER "journal_teacher_update"',
        'CREATE TRIGGER "journal_teacher_update" AFTER UPDATE ON teacher BEGIN SELECT 1; END',
        "UPDATE teacher SET phone = '9'",
    )
    with opened(path) as store:
        assert history(store, 1)[0].title == TITLE
        assert check(store).ok


def test_what_a_browser_changes_in_an_open_file_is_not_put_down_to_the_next_operation(store, path):
    teacher = add_teacher(store, phone="138")
    outside(path, "UPDATE teacher SET phone = '139'")
    operation = change(store, teacher, name="王方")
    own, meddled, _ = history(store, 9)
    assert (own.id, meddled.title) == (operation.id, TITLE)
    assert [step.operation for step in row_history(store, "teacher", teacher)[1:]] == [
        meddled.id,
        own.id,
    ]


def test_a_scan_finds_nothing_where_nothing_was_changed(store):
    teacher = add_teacher(store)
    change(store, teacher, phone="1")
    with store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(1000))
    lines = len(history(store, 99))
    assert scan(store).count == 0
    assert len(history(store, 99)) == lines


def test_a_forged_entry_is_found_by_its_fingerprint(path):
    with opened(path) as store:
        teacher = add_teacher(store)
        with store.operation("x", "学时"):
            enter(store, teacher, 300)
    outside(path, 'DROP TRIGGER "journal_entry_update"', "UPDATE entry SET hours = 900")
    with opened(path) as store:
        assert any("1 条记录在本程序之外" in notice for notice in store.notices)
        assert check(store).ok


def test_a_check_reports_what_was_changed_outside_while_the_file_is_open(store, path):
    teacher = add_teacher(store, phone="1")
    change(store, teacher, phone="2")
    outside(path, 'DROP TRIGGER "journal_teacher_update"', "UPDATE teacher SET phone = '3'")
    report = check(store)
    assert not report.ok
    assert any("触发器" in finding for finding in report.findings)
    assert any("1 条“教师”在本程序之外" in finding for finding in report.findings)
    assert check(store).ok
    assert row_history(store, "teacher", teacher)[-1].fields[0].after == "3"


def test_a_check_of_a_file_opened_to_read_reports_and_writes_nothing(store, path):
    add_teacher(store, phone="1")
    outside(path, "UPDATE teacher SET phone = '3'")
    with opened(path, read_only=True) as reader:
        for _ in range(2):
            assert check(reader).findings == ("1 条“教师”在本程序之外被改动过。",)


def test_a_check_finds_a_reference_to_nothing(store, path):
    school = add_school(store)
    add_teacher(store, school_id=school)
    outside(path, "PRAGMA foreign_keys = OFF", "DELETE FROM school")
    assert "1 条“教师”指向已不存在的“机构”。" in check(store).findings


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("DELETE FROM version WHERE seq = 1", "找不到前一个版本"),
        ("DELETE FROM operation WHERE no = 2", "不属于任何一次操作"),
        ("DELETE FROM head", "的当前版本记错了"),
        ("UPDATE head SET seq = seq - 1", "的当前版本记错了"),
        ("UPDATE version SET parents = '[5]' WHERE seq = 3", "找不到前一个版本"),
        (
            "INSERT INTO version SELECT 9, 1, layout, row, NULL, vals, 1 FROM version LIMIT 1",
            "分叉",
        ),
    ],
)
def test_a_check_finds_a_damaged_journal(store, path, damage, finding):
    teacher = add_teacher(store)
    change(store, teacher, phone="1")
    change(store, teacher, phone="2")
    assert check(store).ok
    triggers = ("version_sealed_update", "version_sealed_delete", "operation_sealed_delete")
    outside(path, *(f"DROP TRIGGER {name}" for name in triggers), damage)
    report = check(store)
    assert not report.ok
    assert any(finding in one for one in report.findings)


def test_a_check_of_a_damaged_file_says_so(path):
    with opened(path) as store, store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(3000))
    body = bytearray(path.read_bytes())
    body[8192 * 20 : 8192 * 22] = bytes(8192 * 2)
    path.write_bytes(body)
    with opened(path, read_only=True) as store:
        report = check(store)
    assert not report.ok
    assert "已损坏" in report.findings[0]


def test_contents_are_the_same_after_closing_and_opening(path):
    with opened(path) as store:
        change(store, add_teacher(store, phone="1"), phone="2")
        before = contents(store)
    with opened(path) as store:
        assert contents(store) == before
        assert check(store).ok
