"""Backups are whole or not there; a restore loses nothing and can be taken back."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest
from sqlite_utils import Migrations

from models.clock import FixedClock
from models.errors import CancelledByUser, UserError, WorldError
from models.progress import Progress
from models.store.backup import backup, backup_on_leaving, rehearse, restore
from models.store.check import check
from models.store.folder import Reason, backup_folder, backups
from models.store.history import history
from tests import stores
from tests.stores import BEIJING, COLUMNS, TRACKED, add_teacher, contents, many, opened

CLOCK = FixedClock(datetime(2026, 11, 23, 17, 30, tzinfo=BEIJING))


class Watching(Progress):
    """Takes note of the steps, and asks to stop at one of them."""

    def __init__(self, stop_at=None):
        self.steps = []
        self.stop_at = stop_at

    def report(self, done, total, label):
        self.steps.append((done, total, label))

    def cancelled(self):
        return len(self.steps) == self.stop_at


@pytest.fixture
def path(tmp_path):
    return tmp_path / "office.db"


@pytest.fixture
def store(path):
    with opened(path) as store:
        yield store


@pytest.fixture
def large(store):
    """A file of several steps of copying."""
    with store.operation("x", "导入教师名册"):
        store.insert("teacher", COLUMNS, many(12_000))
    return store


def files(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_one_verified_file_with_the_same_contents(store, tmp_path):
    add_teacher(store, "王芳")
    store.keep_fact("office", "桦甸市教师进修学校")
    target = tmp_path / "另存" / "备份.db"
    target.parent.mkdir()
    facts = backup(store, target)
    assert files(target.parent) == ["备份.db"]
    assert facts.ok
    assert (facts.office, facts.program) == ("桦甸市教师进修学校", "师训通 测试")
    assert (facts.latest, facts.operations) == ("登记王芳", 1)
    assert facts.latest_at == history(store, 1)[0].at
    assert facts.counts == {"教师": 1, "机构": 0, "任职": 0, "学时记录": 0}
    assert facts.size == target.stat().st_size
    with opened(target) as copy:
        assert contents(copy) == contents(store)
        assert check(copy).ok


def test_a_backup_holds_what_is_only_in_the_log_yet(large, path, tmp_path):
    assert path.with_name("office.db-wal").stat().st_size > 0
    assert backup(large, tmp_path / "b.db").counts["教师"] == 12_000


def test_a_backup_tells_its_progress(large, tmp_path):
    watching = Watching()
    backup(large, tmp_path / "b.db", watching)
    copied = [(done, total) for done, total, label in watching.steps if label == "备份"]
    assert len(copied) > 2
    assert copied[-1][0] == copied[-1][1]
    assert watching.steps[-1][2] == "核对备份"


@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_cancelled_backup_leaves_nothing_behind(large, tmp_path, step):
    folder = tmp_path / "另存"
    folder.mkdir()
    with pytest.raises(CancelledByUser):
        backup(large, folder / "b.db", Watching(stop_at=step))
    assert files(folder) == []
    add_teacher(large)


def test_a_backup_never_replaces_a_file(store, tmp_path):
    target = tmp_path / "b.db"
    target.write_bytes(b"theirs")
    with pytest.raises(UserError, match="已经存在"):
        backup(store, target)
    assert target.read_bytes() == b"theirs"


def test_a_backup_into_a_missing_folder_is_refused(store, tmp_path):
    with pytest.raises(WorldError) as refused:
        backup(store, tmp_path / "没有" / "b.db")
    assert refused.value.code in {"store.no_access", "store.missing"}


def test_a_file_opened_to_read_and_a_closed_file_are_backed_up_too(path, tmp_path):
    with opened(path) as store:
        add_teacher(store)
    with opened(path, read_only=True) as reader:
        assert backup(reader, tmp_path / "a.db").counts["教师"] == 1
    assert backup(path, tmp_path / "b.db").counts["teacher"] == 1


def test_a_file_that_is_not_ours_is_not_backed_up(tmp_path):
    theirs = tmp_path / "theirs.db"
    connection = sqlite3.connect(theirs)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    with pytest.raises(UserError, match="不是师训通"):
        backup(theirs, tmp_path / "b.db")


def test_damaged_data_makes_no_backup(tmp_path):
    folder = tmp_path / "另存"
    folder.mkdir()
    with pytest.raises(WorldError, match="已损坏"):
        backup(torn_file(tmp_path), folder / "b.db")
    assert files(folder) == []


def test_leaving_backs_up_only_what_is_not_backed_up_yet(path):
    with opened(path, clock=CLOCK) as store:
        assert backup_on_leaving(store) is None
        add_teacher(store)
        made = backup_on_leaving(store)
        assert rehearse(made).operations == 1
        assert backup_on_leaving(store) is None
    with opened(path, clock=CLOCK) as store:
        assert backup_on_leaving(store) is None
        add_teacher(store, "李娜")
        assert backup_on_leaving(store) is not None
    # Two of one day: rotation kept the second.
    assert [rehearse(one.file).operations for one in backups(path)] == [2]


def test_leaving_backs_up_again_when_the_last_backup_is_damaged(path):
    with opened(path, clock=CLOCK) as store:
        add_teacher(store)
        backup_on_leaving(store).write_bytes(b"x" * 5000)
        assert rehearse(backup_on_leaving(store)).ok


def test_a_rehearsal_touches_nothing(store, path, tmp_path):
    add_teacher(store)
    copy = tmp_path / "copy" / "b.db"
    copy.parent.mkdir()
    backup(store, copy)
    before = copy.read_bytes()
    assert rehearse(copy, TRACKED).counts["教师"] == 1
    assert copy.read_bytes() == before
    assert files(copy.parent) == ["b.db"]


def test_a_rehearsal_says_what_is_wrong_with_a_file(large, tmp_path):
    text = tmp_path / "text.db"
    text.write_text("不是数据库" * 100, encoding="utf-8")
    assert "不是师训通" in rehearse(text).problem
    torn = tmp_path / "torn.db"
    backup(large, torn)
    body = bytearray(torn.read_bytes())
    body[8192 * 30 : 8192 * 34] = bytes(8192 * 4)
    torn.write_bytes(body)
    assert not rehearse(torn).ok
    assert "已损坏" in rehearse(torn).problem
    newer = tmp_path / "newer.db"
    backup(large, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "更新版本" in rehearse(newer).problem
    with pytest.raises(WorldError, match="找不到"):
        rehearse(tmp_path / "none.db")


def test_a_restore_brings_the_backup_back_and_can_be_taken_back(path, tmp_path):
    with opened(path) as store:
        add_teacher(store, "王芳")
        backup(store, tmp_path / "b.db")
        add_teacher(store, "李娜")
        present = contents(store)
    saved = restore(path, tmp_path / "b.db", clock=CLOCK)
    assert saved.name == "office-20261123-173000-恢复前.db"
    with opened(path) as store:
        assert [row["name"] for row in contents(store).values()] == ["王芳"]
        assert check(store).ok
        assert store.notices == []
    again = restore(path, saved, clock=CLOCK)
    with opened(path) as store:
        assert contents(store) == present
    assert saved.exists()
    assert again.exists()
    assert [one.reason for one in backups(path)] == [Reason.RESTORE, Reason.RESTORE]


def test_a_restore_onto_an_empty_place_saves_nothing(path, tmp_path):
    with opened(path) as store:
        add_teacher(store)
        backup(store, tmp_path / "b.db")
    elsewhere = tmp_path / "新电脑" / "office.db"
    assert restore(elsewhere, tmp_path / "b.db") is None
    with opened(elsewhere) as store:
        assert len(contents(store)) == 1


def test_a_file_in_use_is_not_restored(store, tmp_path):
    add_teacher(store)
    backup(store, tmp_path / "b.db")
    with pytest.raises(UserError, match="正被"):
        restore(store.path, tmp_path / "b.db")
    assert not backup_folder(store.path).exists()


def test_the_data_itself_is_no_backup_of_itself(path):
    with opened(path) as store:
        add_teacher(store)
    with pytest.raises(UserError, match="正在使用的数据文件"):
        restore(path, path)


def newer_file(tmp_path):
    room = Migrations("small")
    room(name="tables")(stores.tables)

    @room()
    def later(db):
        db.conn.execute("UPDATE teacher SET years = 1")

    path = tmp_path / "newer" / "b.db"
    path.parent.mkdir()
    with opened(path, migrations=[room]) as store:
        add_teacher(store)
    return path


def text_file(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("不是数据库" * 100, encoding="utf-8")
    return path


def torn_file(tmp_path):
    path = tmp_path / "torn" / "b.db"
    path.parent.mkdir()
    with opened(path) as store, store.operation("x", "导入"):
        store.insert("teacher", COLUMNS, many(3000))
    body = bytearray(path.read_bytes())
    body[8192 * 20 : 8192 * 24] = bytes(8192 * 4)
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("make", "sentence"),
    [(newer_file, "更新版本"), (text_file, "不是师训通"), (torn_file, "已损坏")],
    ids=["newer", "foreign", "damaged"],
)
def test_what_cannot_be_restored_leaves_the_data_as_it_is(path, tmp_path, make, sentence):
    with opened(path) as store:
        add_teacher(store)
        present = contents(store)
    bad = make(tmp_path)
    with pytest.raises((UserError, WorldError), match=sentence):
        restore(path, bad, [stores.migrations])
    assert not backup_folder(path).exists()
    with opened(path) as store:
        assert contents(store) == present


def test_a_cancelled_restore_leaves_the_data_as_it_is(large, path, tmp_path):
    backup(large, tmp_path / "b.db")
    large.close()
    before = path.read_bytes()
    with pytest.raises(CancelledByUser):
        restore(path, tmp_path / "b.db", progress=Watching(stop_at=2))
    assert path.read_bytes() == before


def test_damaged_data_is_kept_byte_for_byte_when_it_is_replaced(path, tmp_path):
    with opened(path) as store:
        add_teacher(store)
        backup(store, tmp_path / "b.db")
    path.write_bytes(b"\x00" * 20_000)
    saved = restore(path, tmp_path / "b.db", clock=CLOCK)
    assert saved.read_bytes() == b"\x00" * 20_000
    with opened(path) as store:
        assert len(contents(store)) == 1


def test_a_log_left_by_a_crash_is_saved_and_never_meets_the_restored_file(path, tmp_path):
    with opened(path) as store:
        add_teacher(store, "王芳")
        backup(store, tmp_path / "b.db")
    with opened(path) as store:
        add_teacher(store, "李娜")
        crashed = [
            (name, path.with_name(name).read_bytes()) for name in ("office.db", "office.db-wal")
        ]
    for name, body in crashed:
        path.with_name(name).write_bytes(body)
    saved = restore(path, tmp_path / "b.db", clock=CLOCK)
    with opened(path) as store:
        assert [row["name"] for row in contents(store).values()] == ["王芳"]
    with opened(saved) as store:
        assert sorted(row["name"] for row in contents(store).values()) == ["李娜", "王芳"]


def test_a_log_left_beside_damaged_data_never_meets_the_restored_file(path, tmp_path):
    with opened(path) as store:
        add_teacher(store, "王芳")
        backup(store, tmp_path / "b.db")
    with opened(path) as store:
        add_teacher(store, "李娜")
        log = path.with_name("office.db-wal").read_bytes()
    path.write_bytes(b"\x00" * 20_000)
    path.with_name("office.db-wal").write_bytes(log)
    saved = restore(path, tmp_path / "b.db", clock=CLOCK)
    with opened(path) as store:
        assert [row["name"] for row in contents(store).values()] == ["王芳"]
        assert check(store).ok
    assert saved.read_bytes() == b"\x00" * 20_000
    assert saved.with_name(saved.name + "-wal").read_bytes() == log
