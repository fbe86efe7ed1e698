"""Packages between real files: any order, any number of times, lost, broken, of any program."""

from __future__ import annotations

from collections import namedtuple

import psutil
import pytest

from models.errors import UserError
from models.store.backup import backup, restore
from models.store.conflicts import held as every_held
from models.store.folder import Reason, backups
from models.store.forgetting import forget
from models.store.undo import undo
from models.sync import content, packing, post_book
from models.sync.archive import Box, archive_folder
from models.sync.choices import held, put_aside, settle
from models.sync.packing import write_packages
from models.sync.partners import partners
from models.sync.post_book import sent_to
from models.sync.reading import read_packages
from models.sync.sticks import SPARE
from tests.exchanging import (
    EIGHT,
    RED,
    assert_alike,
    change,
    count,
    line,
    opened,
    ours,
    red,
    value,
)


def test_a_school_has_its_slice_and_nothing_else(world):
    assert_alike(world)
    assert count(red(world), "teacher") == 3
    assert count(red(world), "ledger_entry") == 6
    assert count(red(world), "exam") == 0
    first, second, *_ = sent_to(world.county.store, line(world).site.id)
    assert (first.number, first.received) == (0, True)  # the enrolment file
    assert second.base == first.package
    settings = red(world).store.query("SELECT name FROM setting WHERE name LIKE 'office.name'")
    assert len(settings) == 1


def test_packages_in_any_order_and_any_number_of_times(world):
    one, two, three = ours(world)
    files = []
    for teacher, phone in ((one, "13800000001"), (two, "13800000002"), (three, "13800000003")):
        change(red(world), "teacher", teacher, phone=phone)
        files.append(world.up(RED))
    states = [
        world.take(world.county, file)
        for file in (files[2], files[0], files[2], files[1], files[0])
    ]
    assert [found.state for found in states] == [
        "applied", "applied", "already", "applied", "already",
    ]  # fmt: skip
    assert [found.changes for found in states] == [3, 0, 0, 0, 0]
    assert [row.caption for row in states[0].rows] == [
        value(world.county, "teacher", teacher, "name") for teacher in sorted(ours(world))
    ]
    assert_alike(world)


def test_a_lost_stick_costs_nothing_and_is_named(world):
    one, two, _ = ours(world)
    change(red(world), "teacher", one, phone="13800000001")
    world.up(RED).unlink()
    change(red(world), "teacher", two, phone="13800000002")
    found = world.take(world.county, world.up(RED))
    assert (found.state, found.changes) == ("applied", 2)
    assert f"第 {found.number - 1} 号包没有收到" in found.message
    assert line(world).missing == (found.number - 1,)
    world.exchange(RED)
    assert line(world).under_way == (line(world).sent.number,)
    assert_alike(world)


def test_only_what_the_other_side_lacks_is_written(world):
    change(world.county, "teacher", ours(world)[0], phone="13800000001")
    before = count(red(world), "version")
    site = line(world).site
    (small,) = write_packages(world.county, [site], world.folder / "stick")
    (whole,) = write_packages(world.county, [site], world.folder / "stick", whole=True)
    assert (small.rows, small.whole, whole.rows, whole.whole) == (1, False, 11, True)
    assert world.take(red(world), small.file).changes == 1
    assert count(red(world), "version") == before + 1
    assert world.take(red(world), whole.file).changes == 0


def test_a_change_past_the_program_travels_too(world):
    path = red(world).store.path
    red(world).store.db.conn.execute("PRAGMA query_only = OFF")
    red(world).store.db.conn.execute("DROP TRIGGER IF EXISTS journal_teacher_update")
    red(world).store.db.conn.execute("UPDATE teacher SET phone = '13811112222'")
    red(world).store.db.conn.execute("PRAGMA query_only = ON")
    assert path.exists()
    assert world.take(world.county, world.up(RED)).changes == 3


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "nonsense"])
def test_a_broken_package_changes_nothing(world, harm):
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    file = world.up(RED)
    whole = file.read_bytes()
    broken = {
        "cut": whole[: len(whole) // 2],
        "flip": whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:],
        "empty": b"",
        "nonsense": b"PK\x03\x04" * 50,
    }
    file.write_bytes(broken[harm])
    before = count(world.county, "operation")
    found = world.take(world.county, file)
    assert (found.state, found.changes, found.number) == ("refused", 0, 0)
    assert found.message
    assert count(world.county, "operation") == before
    file.write_bytes(whole)
    assert world.take(world.county, file).state == "applied"


def test_others_packages_on_a_stick_are_passed_over(world):
    change(world.county, "institution", world.institutions[RED], remark="新校舍")
    stick = world.folder / "round"
    stick.mkdir()
    written = write_packages(world.county, partners(world.county), stick)
    assert {one.to.name for one in written} == {RED, EIGHT}
    (found,) = read_packages(red(world), [stick])
    assert (found.state, found.changes, found.sender) == ("applied", 1, "桦甸市教师进修学校")
    strange = next(one.file for one in written if one.to.name == EIGHT)
    assert world.take(red(world), strange).code == "sync.not_for_us"
    assert read_packages(world.county, [stick]) == []


def test_a_newer_form_is_refused_and_an_older_one_is_read(world, monkeypatch):
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    with monkeypatch.context() as patch:
        patch.setattr("models.sync.packing.header_of", lambda said: {"form": content.FORM + 1})
        newer = world.up(RED)
        patch.setattr("models.sync.packing.header_of", lambda said: {"form": content.FORM})
        older = world.up(RED)
    found = world.take(world.county, newer)
    assert (found.state, found.code) == ("refused", "sync.too_new")
    assert value(world.county, "teacher", ours(world)[0], "phone") != "13800000001"
    found = world.take(world.county, older)
    assert (found.state, found.changes) == ("applied", 1)
    world.exchange(RED)
    assert_alike(world, RED)


def test_a_county_that_was_set_back_gets_its_own_and_others_edits_again(world):
    """It has lost what it acknowledged: it says so, and is given everything.

    What a school brings back of the county's own doing waits for a word, or a school could speak in
    the county's name.
    """
    one, two, three = ours(world)
    saved = world.folder / "saved.db"
    backup(world.county.store, saved)
    change(red(world), "teacher", one, phone="13800000001")
    change(world.county, "teacher", two, phone="13800000002")
    world.exchange(RED)
    world.county.store.close()
    restore(world.county.store.path, saved)
    world = opened_again(world)
    change(red(world), "teacher", three, phone="13800000003")
    assert world.take(world.county, world.up(RED)).state == "gap"
    assert line(world).standing.want == "gap"
    world.take(red(world), world.down(RED))
    found = world.take(world.county, world.up(RED))
    assert (found.state, found.held) == ("applied", 1)
    assert phones(world.county, one, two, three) == ["13800000001", None, "13800000003"]
    (waits,) = held(world.county)
    settle(world.county, waits.id, "theirs")
    assert phones(world.county, two) == ["13800000002"]
    world.exchange(RED)
    assert line(world).standing.want == ""
    assert_alike(world, RED)
    world.close()


def phones(office, *people):
    return [value(office, "teacher", one, "phone") for one in people]


def opened_again(world):
    """The same files closed and opened, as after a restore."""
    world.close()
    return opened(world.folder)


def test_a_school_that_was_set_back_is_noticed(world):
    saved = world.folder / "saved.db"
    backup(red(world).store, saved)
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    assert world.take(world.county, world.up(RED)).state == "applied"
    red(world).store.close()
    restore(red(world).store.path, saved)
    world = opened_again(world)
    change(red(world), "teacher", ours(world)[1], phone="13800000002")
    found = world.take(world.county, world.up(RED))
    assert "可能被还原过" in found.message
    assert line(world).standing.rolled_back
    assert world.take(red(world), world.down(RED)).state == "applied"
    assert value(red(world), "teacher", ours(world)[0], "phone") == "13800000001"
    world.exchange(RED)
    assert not line(world).standing.rolled_back
    assert_alike(world, RED)
    world.close()


def test_two_copies_that_should_agree_and_do_not_are_noticed_and_mended(world):
    """Whatever went wrong: here a copy lost rows without knowing it."""
    lost = red(world).store.tuples("SELECT 'ledger_entry', id FROM ledger_entry LIMIT 2")
    with red(world).store.operation("test", "丢失"):
        forget(red(world).store, lost)
    world.exchange(RED)
    world.take(world.county, world.up(RED))
    assert line(world).standing.differs
    assert world.take(red(world), world.down(RED)).changes == 2
    world.exchange(RED)
    assert not line(world).standing.differs
    assert_alike(world, RED)


def test_before_reading_the_data_are_backed_up_and_packages_are_kept(world):
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    file = world.up(RED)
    world.take(world.county, file)
    path = world.county.store.path
    assert Reason.EXCHANGE in {one.reason for one in backups(path)}
    assert (archive_folder(path, Box.READ) / file.name).read_bytes() == file.read_bytes()
    sent = archive_folder(red(world).store.path, Box.SENT) / file.name
    assert sent.read_bytes() == file.read_bytes()


def test_what_is_put_aside_is_kept_and_listed_no_more(world):
    change(red(world), "institution", world.institutions[EIGHT], short_name="二小")
    world.take(world.county, world.up(RED))
    (one,) = held(world.county)
    operation = put_aside(world.county, one.id)
    assert held(world.county) == []
    assert [each.id for each in every_held(world.county.store)] == [one.id]
    undo(world.county.store, operation.id)
    assert held(world.county) == [one]
    with pytest.raises(UserError, match="没有编号为"):
        put_aside(world.county, "0")


def test_space_for_all_packages_is_asked_for_before_the_first_is_written(world, monkeypatch):
    stick = world.folder / "small"
    one = post_book.last_whole(world.county.store, line(world).site.id)
    room = namedtuple("room", "free")(SPARE + one + packing.SMALLEST - 1)
    monkeypatch.setattr(psutil, "disk_usage", lambda _: room)
    with pytest.raises(UserError, match="空间不够"):
        write_packages(world.county, partners(world.county), stick, whole=True)
    assert list(stick.iterdir()) == []
    assert line(world).sent.number == line(world, EIGHT).sent.number
    assert len(write_packages(world.county, partners(world.county), stick)) == 2
