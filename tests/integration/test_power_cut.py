"""The power fails while a package is read: whatever part of what was written reached the disk.

The file and its log are put together anew from what lay there before and what was written since,
sector by sector, as when a disk has taken some of them and in no order.
"""

from __future__ import annotations

import random
import shutil

import pytest

from models.store.check import check
from models.workspace.opening import open_workspace
from tests.exchanging import RED, change, cheap_codes, opened, ours, person_at, red, two_schools

SECTOR = 512
FILE = "county/office.db"


@pytest.fixture(scope="module")
def writes(tmp_path_factory):
    """The county's file before a package is read, after the log is written, and after closing."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        world = two_schools(tmp_path_factory.mktemp("world"))
    for teacher in ours(world):
        change(red(world), "teacher", teacher, phone="13800000001")
    package = world.up(RED)
    world.close()
    path = world.folder / FILE
    before = path.read_bytes()
    world = opened(world.folder)
    world.take(world.county, package)
    log = path.with_name("office.db-wal").read_bytes()
    assert path.read_bytes() == before
    world.close()
    assert not path.with_name("office.db-wal").exists()
    return before, log, path.read_bytes()


def mixed(old, new, chance):
    """Sectors of both, of the new ones a part that itself is by chance; the end may be missing."""
    share = chance.choice((0.05, 0.5, 0.95, 0.999))
    length = chance.choice((len(new), chance.randrange(len(new) + 1)))
    old = old.ljust(len(new), b"\0")
    sectors = (
        (new if chance.random() < share else old)[at : at + SECTOR]
        for at in range(0, len(new), SECTOR)
    )
    return b"".join(sectors)[: max(length, len(old.rstrip(b"\0")))]


def found_in(folder, body, log):
    """How many teachers have the telephone the package brought, in a file that is well."""
    folder.mkdir()
    (folder / "office.db").write_bytes(body)
    (folder / "office.db-wal").write_bytes(log)
    office = open_workspace(folder / "office.db", person_at("查"))
    report = check(office.store)
    assert report.ok, report.findings
    phones = office.store.value("SELECT count(*) FROM teacher WHERE phone = '13800000001'")
    read = office.store.value("SELECT count(*) FROM sync_read WHERE changes = 3")
    office.store.close()
    shutil.rmtree(folder)
    return phones, read


@pytest.mark.parametrize("images", [20, pytest.param(2_500, marks=pytest.mark.long)])
def test_of_a_log_that_was_not_brought_to_the_disk_all_counts_or_nothing(writes, tmp_path, images):
    before, log, _ = writes
    chance = random.Random(17)
    seen = {found_in(tmp_path / "cut", before, mixed(b"", log, chance)) for _ in range(images)}
    seen.add(found_in(tmp_path / "cut", before, log))
    assert seen == {(0, 0), (3, 1)}


@pytest.mark.parametrize("images", [10, pytest.param(2_500, marks=pytest.mark.long)])
def test_a_file_half_overwritten_from_its_log_is_mended_from_it(writes, tmp_path, images):
    before, log, settled = writes
    chance = random.Random(19)
    for _ in range(images):
        body = mixed(before, settled, chance)
        assert found_in(tmp_path / "cut", body, log) == (3, 1)
