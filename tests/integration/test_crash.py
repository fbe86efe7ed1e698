"""A program killed at any moment leaves the file whole, and each operation whole or absent."""

from __future__ import annotations

import random
import shutil
import threading
import time

import pytest

from models.store.check import check
from models.store.opening import UNCLEAN
from tests.crashing import facts, perform, state_after
from tests.killing import kill_while_working
from tests.stores import opened

CHANCE = random.Random(11)


def kept_by(said):
    return max((int(line.split()[1]) for line in said if line.startswith("kept")), default=0)


@pytest.mark.parametrize("portable", [False, True], ids=["disk", "stick"])
@pytest.mark.parametrize("kills", [8, pytest.param(300, marks=pytest.mark.long)])
def test_a_program_killed_while_writing_leaves_each_operation_whole_or_absent(
    tmp_path, kills, portable
):
    path = tmp_path / "office.db"
    with opened(path, portable=portable) as store:
        begun = time.monotonic()
        perform(store, 1)
        lasting = time.monotonic() - begun
    kept = 1
    for _ in range(kills):
        said = kill_while_working("tests.crashing", path, CHANCE.uniform(0, 2.5) * lasting)
        assert said[0] == f"begin {kept + 1}\n"
        with opened(path, portable=portable) as store:
            assert store.notices == [UNCLEAN]
            report = check(store)
            assert report.ok, report.findings
            now = store.value("SELECT count(*) FROM operation")
            # What was announced as kept is there; at most the announcement was cut off.
            assert kept_by(said) <= now <= max(kept_by(said), kept) + 1
            assert facts(store) == state_after(now)
        kept = now


def test_a_power_cut_in_the_log_takes_back_whole_operations_only(tmp_path):
    """The log is cut at many places, as when its last pages never reached the disk."""
    path = tmp_path / "office.db"
    with opened(path) as store:
        store.db.conn.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(1, 5):
            perform(store, number)
        body = path.read_bytes()
        log = path.with_name("office.db-wal").read_bytes()
    seen = set()
    for place in range(25):
        copy = tmp_path / f"cut{place}.db"
        copy.write_bytes(body)
        length = len(log) * place // 24
        copy.with_name(copy.name + "-wal").write_bytes(log[:length])
        seen.add(operations_in(copy))
    assert seen == {0, 1, 2, 3, 4}


def test_a_torn_page_at_the_end_of_the_log_is_dropped(tmp_path):
    path = tmp_path / "office.db"
    with opened(path) as store:
        store.db.conn.execute("PRAGMA wal_autocheckpoint = 0")
        perform(store, 1)
        perform(store, 2)
        body = path.read_bytes()
        log = bytearray(path.with_name("office.db-wal").read_bytes())
    log[-3000:] = bytes(3000)
    copy = tmp_path / "torn.db"
    copy.write_bytes(body)
    copy.with_name("torn.db-wal").write_bytes(log)
    assert operations_in(copy) == 1


def operations_in(path):
    """How many operations a file holds, each of them whole."""
    with opened(path) as store:
        assert check(store).ok
        count = store.value("SELECT count(*) FROM operation")
        assert facts(store) == state_after(count)
        return count


def test_reading_while_another_program_writes_sees_whole_operations_only(tmp_path):
    path = tmp_path / "office.db"
    with opened(path) as store:
        perform(store, 1)
        stop = threading.Event()

        def write():
            number = 2
            while not stop.is_set() and number < 30:
                perform(store, number)
                number += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            with opened(path, read_only=True) as reader:
                for _ in range(40):
                    with reader.db.atomic():
                        count = reader.value("SELECT count(*) FROM operation")
                        assert facts(reader) == state_after(count)
        finally:
            stop.set()
            writer.join()


@pytest.mark.parametrize("portable", [False, True], ids=["disk", "stick"])
def test_a_file_left_by_a_crash_can_be_opened_to_read(tmp_path, portable):
    path = tmp_path / "office.db"
    crashed = tmp_path / "crashed" / "office.db"
    crashed.parent.mkdir()
    with opened(path, portable=portable) as store:
        perform(store, 1)
        store.db.conn.execute("PRAGMA cache_size = 10")
        with store.operation("x", "写到一半"):
            store.execute("UPDATE teacher SET years = 99")
            for file in tmp_path.glob("office.db*"):
                shutil.copy(file, crashed.with_name(file.name))
    crashed.with_name("office.db-shm").unlink(missing_ok=True)
    with opened(crashed, read_only=True) as reader:
        assert facts(reader) == state_after(1)
    assert operations_in(crashed) == 1
