"""An office's file: opening it, reading and writing it, and what the world can do to it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import UserError, WorldError
from models.store.connection import APPLICATION_ID, check_library
from models.store.history import history
from models.store.media import Drive, FixedMedia
from models.store.trouble import explained
from tests.stores import COLUMNS, add_school, add_teacher, change, insert, many, opened

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def store(path):
    with opened(path) as store:
        yield store


def fail_after(_done):
    raise ZeroDivisionError


def pragma(store, name):
    return store.value(f"PRAGMA {name}")


def test_a_new_file_is_marked_as_ours_and_written_durably(store):
    assert pragma(store, "application_id") == APPLICATION_ID
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2
    assert pragma(store, "foreign_keys") == 1
    assert pragma(store, "trusted_schema") == 0
    assert pragma(store, "cell_size_check") == 1
    assert pragma(store, "recursive_triggers") == 1
    assert len(store.site) == 32


@pytest.mark.parametrize(
    "changed", [{"portable": True}, {"media": FixedMedia(Drive.REMOVABLE)}], ids=["flag", "drive"]
)
def test_on_a_stick_everything_is_in_one_file(path, changed):
    with opened(path, **changed) as store:
        add_teacher(store)
        assert pragma(store, "journal_mode") == "delete"
        assert pragma(store, "synchronous") == 2
        assert {file.suffix for file in path.parent.iterdir()} == {".db", ".lock", ".json"}


def test_a_file_moves_between_the_disk_and_a_stick(path):
    with opened(path) as store:
        add_teacher(store)
    with opened(path, portable=True) as store:
        assert pragma(store, "journal_mode") == "delete"
    with opened(path) as store:
        assert pragma(store, "journal_mode") == "wal"
        assert store.value("SELECT count(*) FROM teacher") == 1


def test_a_network_drive_is_refused(path):
    with pytest.raises(WorldError, match="网络驱动器") as refused:
        opened(path, media=FixedMedia(Drive.NETWORK))
    assert refused.value.code == "store.network_drive"
    assert not path.exists()


def test_a_sqlite_without_strict_tables_is_refused():
    with pytest.raises(WorldError, match=r"3\.36\.0"):
        check_library((3, 36, 0))
    check_library((3, 37, 0))


def test_the_site_stays_the_same_when_the_file_is_opened_again(path):
    with opened(path) as store:
        site = store.site
    with opened(path) as store:
        assert store.site == site
        assert store.notices == []


def test_rows_are_read_by_name_and_a_missing_one_is_none(store):
    teacher = add_teacher(store, "李娜", phone="13800000000")
    assert store.one("SELECT * FROM teacher WHERE id = ?", (teacher,))["name"] == "李娜"
    assert store.query("SELECT name FROM teacher WHERE phone = :p", {"p": "13800000000"})[0][0]
    assert store.one("SELECT * FROM teacher WHERE id = 'x'") is None
    assert store.value("SELECT name FROM teacher WHERE id = 'x'") is None


def test_writing_outside_an_operation_is_a_mistake(store):
    with pytest.raises(RuntimeError, match="outside"):
        store.execute("DELETE FROM teacher")
    with pytest.raises(RuntimeError, match="outside"):
        store.insert("school", ["id", "name"], [["1", "甲"]])


def test_even_sqlite_itself_refuses_a_write_outside_an_operation(store):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.db.conn.execute("INSERT INTO school (id, name) VALUES ('1', '甲')")
    add_school(store)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.db["school"].insert({"id": "1", "name": "甲"})


def test_a_failed_operation_changes_nothing_and_leaves_no_line(store):
    with pytest.raises(ZeroDivisionError), store.operation("x", "失败"):
        fail_after(insert(store, "school", name="甲"))
    assert store.value("SELECT count(*) FROM school") == 0
    assert history(store, 10) == []
    add_school(store)


def test_an_operation_tells_what_it_changed(store):
    school = add_school(store)
    with store.operation("teacher.register", "登记") as operation:
        for name in ("甲", "乙"):
            insert(store, "teacher", name=name, school_id=school)
        store.execute("UPDATE school SET level = '校'")
    assert operation.changed.kinds == {"teacher", "school"}
    assert operation.changed.count == 3
    assert history(store, 1)[0].id == operation.id


def test_an_operation_that_changes_nothing_leaves_no_line(store):
    teacher = add_teacher(store)
    operation = change(store, teacher, name="王芳")
    assert operation.changed.count == 0
    assert operation.changed.kinds == frozenset()
    assert len(history(store, 10)) == 1


def test_an_operation_inside_another_joins_it(store):
    with store.operation("outer", "外层") as outer:
        insert(store, "school", name="甲")
        with store.operation("inner", "内层") as inner:
            insert(store, "school", name="乙")
    assert inner is outer
    assert [line.title for line in history(store, 10)] == ["外层"]
    assert outer.changed.count == 2


def test_a_failure_inside_a_joined_operation_takes_back_its_part_only(store):
    with store.operation("outer", "外层") as outer:
        insert(store, "school", name="甲")
        with pytest.raises(ZeroDivisionError), store.operation("inner", "内层"):
            fail_after(insert(store, "school", name="乙"))
    assert outer.changed.count == 1
    assert [row["name"] for row in store.query("SELECT name FROM school")] == ["甲"]


def test_references_may_be_out_of_order_inside_an_operation(store):
    with store.operation("x", "先填教师"):
        store.insert("teacher", ["id", "name", "school_id"], [["t", "甲", "s"]])
        store.insert("school", ["id", "name"], [["s", "乙"]])
    assert store.value("SELECT count(*) FROM teacher") == 1


def test_a_reference_to_nothing_undoes_the_whole_operation(store):
    with pytest.raises(sqlite3.IntegrityError), store.operation("x", "指向不存在"):
        insert(store, "teacher", name="甲", school_id="无")
    assert store.value("SELECT count(*) FROM teacher") == 0
    assert not store.db.conn.in_transaction


@pytest.mark.parametrize("count", [3, 1000])
def test_an_insert_that_fails_halfway_inserts_nothing_of_it(store, count):
    rows = many(count)
    with store.operation("x", "重复") as operation:
        insert(store, "teacher", name="甲")
        with pytest.raises(sqlite3.IntegrityError):
            store.insert("teacher", COLUMNS, [*rows, rows[0]])
        store.execute("INSERT INTO teacher (id, name) VALUES ('2', '乙')")
    assert store.value("SELECT count(*) FROM teacher") == 2
    assert operation.changed.count == 2


def test_many_rows_may_come_from_a_generator(store):
    with store.operation("x", "导入") as operation:
        assert store.insert("teacher", COLUMNS, (row for row in many(1000))) == 1000
        assert store.insert("teacher", COLUMNS, iter(())) == 0
    assert operation.changed.count == 1000


def test_a_file_opened_to_read_shows_what_the_writer_commits(store, path):
    add_teacher(store, "甲")
    with opened(path, read_only=True) as reader:
        assert reader.value("SELECT count(*) FROM teacher") == 1
        add_teacher(store, "乙")
        assert reader.value("SELECT count(*) FROM teacher") == 2
        with pytest.raises(RuntimeError), reader.operation("x", "写"):
            pass
        with pytest.raises(sqlite3.OperationalError):
            reader.db.conn.execute("DELETE FROM teacher")


def test_reading_a_file_leaves_its_folder_as_it_was(path):
    with opened(path) as store:
        add_teacher(store)
    before = path.read_bytes()
    with opened(path, read_only=True) as reader:
        assert reader.value("SELECT count(*) FROM teacher") == 1
    assert path.read_bytes() == before
    assert not path.with_name("office.db.lock.json").exists()


def test_opening_a_missing_file_to_read_makes_none(path):
    with pytest.raises(WorldError, match="找不到"):
        opened(path, read_only=True)
    assert not path.exists()


def test_a_file_that_is_not_a_database_is_refused_and_left_alone(path):
    path.write_text("这是一个文本文件，不是数据库。" * 100, encoding="utf-8")
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(WorldError, match="不是师训通的数据文件"):
            opened(path, read_only=read_only)
    assert path.read_bytes() == before
    assert not path.with_name("office.db.lock.json").exists()


def test_another_programs_database_is_refused_and_left_alone(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError, match="不是师训通的数据文件"):
            opened(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WorldError) as refused:
        opened(tmp_path / "没有" / "office.db")
    assert "文件夹不存在" in refused.value.sentence
    assert not (tmp_path / "没有").exists()


def test_a_truncated_file_is_called_damaged(path):
    with opened(path) as store, store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(2000))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 8192 * 8192])
    with pytest.raises(WorldError) as refused:
        opened(path)
    assert refused.value.code == "store.damaged"
    assert "备份" in refused.value.hint


def test_a_full_disk_is_said_and_nothing_is_half_written(store):
    add_teacher(store)
    pages = pragma(store, "page_count")
    store.db.conn.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(WorldError, match="磁盘空间不足") as full, store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(5000))
    assert full.value.code == "store.disk_full"
    assert store.value("SELECT count(*) FROM teacher") == 1
    store.db.conn.execute("PRAGMA max_page_count = 1000000")
    with store.operation("x", "导入") as operation:
        store.insert("teacher", COLUMNS, many(5000))
    assert operation.changed.count == 5000


def test_a_disk_that_fills_up_while_sealing_takes_everything_back(store):
    with store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(3000))
    pages = pragma(store, "page_count")
    store.db.conn.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(WorldError, match="磁盘空间不足"), store.operation("x", "改"):
        store.execute("UPDATE teacher SET phone = '1'")
    assert store.value("SELECT count(*) FROM teacher WHERE phone = '1'") == 0
    assert len(history(store, 10)) == 1


def test_another_programs_lock_on_the_file_is_said(store, path):
    store.db.conn.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorldError, match="正被另一个程序使用"), store.operation("x", "写"):
        pass
    other.execute("ROLLBACK")
    other.close()
    add_teacher(store)


def test_a_failure_of_another_file_inside_an_operation_is_not_blamed_on_ours(store, tmp_path):
    with pytest.raises(FileNotFoundError), store.operation("x", "读别的文件"):
        (tmp_path / "没有.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "x"), "store.no_access"),
        (OSError(28, "x"), "store.disk_full"),
        (OSError(30, "x"), "store.read_only"),
        (FileNotFoundError(2, "x"), "store.missing"),
        (OSError(5, "x"), "store.disk_error"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(error, code):
    sentence = explained(error, Path("办公室.db"))
    assert sentence.code == code
    assert "办公室.db" in sentence.message


def test_a_mistake_in_a_statement_stays_a_mistake(store):
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.query("SELECT * FROM no_table")


def test_the_file_remembers_facts_about_itself(store, path):
    store.keep_fact("office", "桦甸市教师进修学校")
    with store.operation("x", "内外都能记"):
        store.keep_fact("office", "磐石市教师进修学校")
        insert(store, "school", name="甲")
    assert store.fact("office") == "磐石市教师进修学校"
    assert store.fact("没有") == ""
    assert len(history(store, 10)) == 1
    with opened(path, read_only=True) as reader:
        assert reader.fact("office") == "磐石市教师进修学校"


@pytest.mark.parametrize("name", ["办公室 100%.db", "a?b#c.db", "a&mode=memory.db"])
def test_any_file_name_is_taken_as_it_is(tmp_path, name):
    with opened(tmp_path / name) as store:
        add_teacher(store)
    assert (tmp_path / name).stat().st_size > 0
    with opened(tmp_path / name, read_only=True) as store:
        assert store.value("SELECT count(*) FROM teacher") == 1


COMMITS = """
import os, sys
from pathlib import Path
from tests.stores import add_teacher, change, opened
store = opened(Path(sys.argv[1]))
teacher = add_teacher(store)
for number in range(int(sys.argv[2])):
    change(store, teacher, phone=str(number))
os._exit(0)
"""


@pytest.mark.skipif(not shutil.which("strace"), reason="strace counts what reaches the disk")
def test_a_commit_is_made_durable_by_one_sync(tmp_path):
    def syncs(commits):
        log = tmp_path / f"strace{commits}"
        command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", log, sys.executable]
        subprocess.run(
            [*command, "-c", COMMITS, tmp_path / f"{commits}.db", str(commits)],
            cwd=ROOT,
            check=True,
        )
        lines = [line.split() for line in log.read_text().splitlines()]
        return sum(int(line[3]) for line in lines if line and line[-1] in {"fsync", "fdatasync"})

    assert syncs(60) - syncs(10) == 50
