"""Files of older programs are upgraded after a backup; those of newer ones are refused."""

from __future__ import annotations

import copy
import sqlite3
from dataclasses import replace

import pytest
from sqlite_utils import Migrations

from models.errors import UserError
from models.store import migrations as own
from models.store.backup import rehearse
from models.store.check import check
from models.store.folder import backups
from models.store.history import history, row_history
from models.store.recognition import FORMAT
from models.store.tracking import Tracked
from models.store.undo import undo
from tests import stores
from tests.stores import (
    ENTRY,
    POST,
    SCHOOL,
    TRACKED,
    add_teacher,
    change,
    contents,
    enter,
    insert,
    opened,
)

TEACHER = Tracked(
    "teacher",
    {**stores.TEACHER.units, "rank": ("rank",), "merit": ("stars", "prize")},
    label="教师",
)
NEWER = (SCHOOL, TEACHER, POST, ENTRY)


def room_with(*steps):
    """The small office's migrations, and further ones."""
    room = Migrations("small")
    room(name="tables")(stores.tables)
    for step in steps:
        room()(step)
    return room


def columns(db):
    db.conn.execute("ALTER TABLE teacher ADD COLUMN rank TEXT")
    db.conn.execute("ALTER TABLE teacher ADD COLUMN stars INTEGER NOT NULL DEFAULT 1")
    db.conn.execute("ALTER TABLE teacher ADD COLUMN prize TEXT")


def phones(db):
    db.conn.execute("UPDATE teacher SET phone = '0' || phone WHERE phone IS NOT NULL")


def rebuild(db):
    db["teacher"].transform(rename={})


def fail(db):
    db.conn.execute("UPDATE teacher SET name = '坏'")
    raise ZeroDivisionError


@pytest.fixture
def path(tmp_path):
    """A file of the older program with two teachers, one of them changed."""
    path = tmp_path / "office.db"
    with opened(path) as store:
        teacher = add_teacher(store, "王芳", phone="138")
        change(store, teacher, phone="139")
        add_teacher(store, "李娜")
    return path


def upgraded(path, *steps, tracked=TRACKED):
    return opened(path, migrations=[room_with(*steps)], tracked=tracked)


def test_an_older_file_is_upgraded_after_a_backup_that_still_opens(path):
    with upgraded(path, columns, tracked=NEWER) as store:
        (kept,) = backups(path)
        assert str(kept.file) in store.notices[0]
        assert store.value("SELECT stars FROM teacher LIMIT 1") == 1
        assert check(store).ok
    assert rehearse(kept.file).ok
    with opened(kept.file) as older:
        assert older.value("SELECT count(*) FROM teacher") == 2


def test_what_a_migration_changed_is_sealed_as_an_upgrade(path):
    with upgraded(path, phones) as store:
        latest = history(store, 1)[0]
        assert (latest.title, latest.undoable) == ("程序升级", False)
        assert latest.counts == {"教师": {"inserted": 0, "changed": 1, "deleted": 0}}
        with pytest.raises(UserError, match="不能撤销"):
            undo(store, latest.id)
        assert check(store).ok


def test_a_new_column_is_sealed_only_where_it_is_not_empty(path):
    with upgraded(path, columns, tracked=NEWER) as store:
        units = store.query(
            "SELECT DISTINCT l.unit FROM version v JOIN layout l ON l.id = v.layout"
            " JOIN operation o ON o.no = v.operation WHERE o.title = '程序升级'"
        )
        assert [row["unit"] for row in units] == ["merit"]


def test_the_history_of_before_an_upgrade_stays_readable_and_undoable(path):
    with opened(path) as store:
        teacher = store.value("SELECT id FROM teacher WHERE name = '王芳'")
        before = contents(store)
        with store.operation("x", "删除李娜") as deleted:
            store.execute("DELETE FROM teacher WHERE name = '李娜'")
        changed = change(store, teacher, phone="137", years=9)
    with upgraded(path, columns, tracked=NEWER) as store:
        undo(store, changed.id)
        undo(store, deleted.id)
        added = {"rank": None, "stars": 1, "prize": None}
        restored = {key: {**row, **added} for key, row in before.items()}
        lost = {key: row for key, row in contents(store).items() if row["name"] != "李娜"}
        assert lost == {key: row for key, row in restored.items() if row["name"] != "李娜"}
        assert check(store).ok
        change(store, teacher, rank="高级")
        assert row_history(store, "teacher", teacher)[-1].fields[0].after == "高级"


def test_a_rebuilt_table_gets_its_triggers_back(path):
    with upgraded(path, rebuild) as store:
        teacher = store.value("SELECT id FROM teacher LIMIT 1")
        assert change(store, teacher, phone="1").changed.count == 1
        assert check(store).ok


def test_a_rebuilt_table_keeps_its_children(tmp_path):
    path = tmp_path / "office.db"
    with opened(path) as store:
        teacher = add_teacher(store)
        with store.operation("x", "任职"):
            insert(store, "post", teacher_id=teacher, post="班主任")
    with upgraded(path, rebuild) as store:
        assert store.value("SELECT count(*) FROM post") == 1
        assert store.value("PRAGMA foreign_keys") == 1


def test_a_failed_upgrade_leaves_the_file_as_it_was(path):
    with pytest.raises(ZeroDivisionError):
        upgraded(path, columns, fail, tracked=NEWER)
    with opened(path) as store:
        assert check(store).ok
        assert store.value("SELECT count(*) FROM teacher WHERE name = '坏'") == 0
        assert "rank" not in dict(store.one("SELECT * FROM teacher"))


def test_a_migration_that_breaks_references_is_refused(path):
    def orphan(db):
        db.conn.execute("UPDATE teacher SET school_id = '无'")

    with pytest.raises(ValueError, match="references"):
        upgraded(path, orphan)
    with opened(path) as store:
        assert store.value("SELECT count(*) FROM teacher WHERE school_id IS NOT NULL") == 0


def test_rows_a_migration_brings_along_are_in_the_history(tmp_path):
    def seed(db):
        db.conn.execute("INSERT INTO school (id, name) VALUES ('1', '县进修学校')")

    with upgraded(tmp_path / "new.db", seed) as store:
        assert history(store, 1)[0].title == "建立数据文件"
        assert row_history(store, "school", "1")[0].what == "inserted"
        assert store.notices == []
        assert check(store).ok


def test_a_table_registered_later_is_sealed_at_the_next_opening(tmp_path):
    path = tmp_path / "office.db"
    with opened(path, tracked=[SCHOOL, stores.TEACHER]) as store:
        teacher = add_teacher(store)
        with store.operation("x", "任职"):
            post = insert(store, "post", teacher_id=teacher, post="班主任")
    with opened(path) as store:
        assert row_history(store, "post", post)[0].what == "inserted"
        assert check(store).ok


def test_an_upgraded_file_is_refused_by_the_older_program_and_left_alone(path):
    with upgraded(path, phones):
        pass
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(UserError, match="更新版本的师训通") as refused:
            opened(path, read_only=read_only)
        assert refused.value.code == "store.newer_program"
    assert path.read_bytes() == before


def test_a_newer_form_of_the_journal_is_refused(path):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()
    with pytest.raises(UserError, match="更新版本"):
        opened(path)


def test_an_older_file_opened_to_read_asks_for_the_upgrade(path):
    with pytest.raises(UserError, match="旧版") as refused:
        opened(path, read_only=True, migrations=[room_with(phones)])
    assert refused.value.code == "store.needs_upgrade"


def test_a_second_opening_upgrades_nothing_and_backs_nothing_up(path):
    with upgraded(path, phones):
        pass
    with upgraded(path, phones) as store:
        assert store.notices == []
        assert len(backups(path)) == 1


def test_an_append_only_table_grows_without_its_rows_being_sealed_anew(path):
    with opened(path) as store:
        teacher = add_teacher(store)
        with store.operation("x", "登记"):
            entry = enter(store, teacher, 10)
    grown = replace(ENTRY, units={"row": ("teacher_id", "hours", "reverses", "theme")})
    tracked = [SCHOOL, stores.TEACHER, POST, grown]

    def themes(db):
        db.conn.execute("ALTER TABLE entry ADD COLUMN theme TEXT")

    with upgraded(path, themes, tracked=tracked) as store:
        assert sealed(store, entry) == 1
        assert check(store).ok
    meddle = sqlite3.connect(path)
    for (guard,) in meddle.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'"
    ).fetchall():
        meddle.execute(f'DROP TRIGGER "{guard}"')
    meddle.execute("UPDATE entry SET theme = '02'")
    meddle.commit()
    meddle.close()
    with upgraded(path, themes, tracked=tracked) as store:
        assert sealed(store, entry) == 2


def sealed(store, row):
    return store.value("SELECT count(*) FROM version WHERE row = ?", (row,))


def test_deletions_of_before_their_index_are_found_by_it(tmp_path, monkeypatch):
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        cut = copy.copy(own.migrations)
        cut._migrations = cut._migrations[:2]
        then.setattr(own, "migrations", cut)
        with opened(path) as store:
            gone = add_teacher(store)
            with store.operation("x", "删"):
                store.execute("DELETE FROM teacher WHERE id = ?", (gone,))
    with opened(path) as store:
        asked = "SELECT row FROM version WHERE vals IS NULL AND seq > 0"
        assert "version_gone" in store.tuples(f"EXPLAIN QUERY PLAN {asked}")[0][3]
        assert store.tuples(asked) == [(gone,)]
        assert check(store).ok
