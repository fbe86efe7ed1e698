"""Two programs never write the same file; the second is told who has it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import UserError
from models.store.locking import WriteLock, holder
from models.store.opening import UNCLEAN
from tests.stores import add_teacher, opened

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from tests.stores import opened
store = opened(Path(sys.argv[1]), person="李老师")
print("open", flush=True)
sys.stdin.readline()
if sys.argv[2:] != ["leave"]:
    store.close()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "办公室.db"


@pytest.fixture
def elsewhere(path):
    """Another program that has the file open to write."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def note_of(path):
    return path.with_name(path.name + ".lock.json")


def test_a_second_writer_is_told_who_has_the_file(path, elsewhere):
    with pytest.raises(UserError, match=r"（李老师）使用.*可只读打开") as refused:
        opened(path)
    assert refused.value.code == "store.in_use"
    assert json.loads(note_of(path).read_text("utf-8"))["pid"] == elsewhere.pid


def test_a_second_writer_may_still_read(path, elsewhere):
    assert elsewhere.poll() is None
    with opened(path, read_only=True) as reader:
        assert reader.value("SELECT count(*) FROM teacher") == 0


def test_a_refused_writer_leaves_the_holders_note_alone(path, elsewhere):
    with pytest.raises(UserError):
        opened(path)
    assert holder(path).person == "李老师"
    elsewhere.communicate("\n")
    with opened(path) as store:
        assert store.notices == []


def test_the_same_program_cannot_open_a_file_twice_to_write(path):
    with opened(path), pytest.raises(UserError, match="王老师"):
        opened(path)


def test_closing_gives_the_file_free_and_leaves_no_note(path):
    store = opened(path)
    store.close()
    store.close()
    assert not note_of(path).exists()
    with opened(path) as again:
        assert again.notices == []


def test_a_killed_writer_gives_the_file_free_and_the_next_one_looks_it_over(path, elsewhere):
    elsewhere.kill()
    elsewhere.wait()
    assert holder(path).person == "李老师"
    with opened(path) as store:
        assert store.notices == [UNCLEAN]
        assert holder(path).person == "王老师"
        add_teacher(store)
    with opened(path) as store:
        assert store.notices == []


def test_an_unreadable_note_does_no_harm(path):
    with opened(path):
        note_of(path).write_text("{破", encoding="utf-8")
        with pytest.raises(UserError, match="另一个程序"):
            opened(path)
    note_of(path).write_text("[1, 2]", encoding="utf-8")
    assert holder(path) is None
    with opened(path) as store:
        assert store.notices == [UNCLEAN]


def test_a_failed_opening_gives_the_file_free(path):
    path.write_text("不是数据库" * 50, encoding="utf-8")
    with pytest.raises(Exception, match="不是师训通"):
        opened(path)
    lock = WriteLock(path)
    lock.acquire("甲", "程序", "2026-11-23")
    assert not lock.unclean
    lock.release()
