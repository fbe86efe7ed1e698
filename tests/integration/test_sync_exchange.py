"""Packages between real files: any order, any number of times, lost, broken, of any program."""

from __future__ import annotations

import os
import shutil
import signal
from decimal import Decimal

import pytest

from models.errors import UserError
from models.staff.moves import move_teachers
from models.store.backup import backup, restore
from models.store.folder import Reason, backups
from models.sync import content
from models.sync.archive import Box, archive_folder
from models.sync.board import board
from models.sync.choices import held, settle, waiting
from models.sync.packing import write_packages
from models.sync.partners import partners
from models.sync.reading import read_packages
from models.training.ledger import RecordDraft, post_records
from tests.counties import post
from tests.exchanging import change, cheap_codes, copied, count, new_world, opened, value
from tests.people import id_number, teachers

RED, EIGHT = "红石中学", "八道河子小学"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Two schools that joined; three teachers with two entries each in one, two in the other."""
    folder = tmp_path_factory.mktemp("exchange")
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        world = new_world(folder, RED, EIGHT)
        for name, many in ((RED, 3), (EIGHT, 2)):
            for one in teachers(world.county, world.institutions[name], many):
                post(world.county, one, 5, range(2023, 2025))
            world.enrol(name)
            world.exchange(name)
    world.close()
    return folder


@pytest.fixture
def world(template, tmp_path):
    found = copied(template, tmp_path)
    yield found
    found.close()


def people(office, school_id):
    rows = office.store.query(
        "SELECT id FROM teacher WHERE school_id = ? ORDER BY id", (school_id,)
    )
    return [row["id"] for row in rows]


def red(world):
    return world.schools[RED]


def ours(world):
    return people(world.county, world.institutions[RED])


def line(world, name=RED):
    return next(one for one in board(world.county) if one.site.name == name)


def slice_values(office, school_id):
    """What a school's copy has in common with the county's, read without any of the code."""
    of_teachers = f"IN (SELECT id FROM teacher WHERE school_id = '{school_id}')"
    return {
        "teacher": office.store.tuples(
            "SELECT * FROM teacher WHERE school_id = ? ORDER BY id", (school_id,)
        ),
        "entry": office.store.tuples(
            f"SELECT * FROM ledger_entry WHERE teacher_id {of_teachers} ORDER BY id"
        ),
        "institution": office.store.tuples("SELECT * FROM institution ORDER BY id"),
    }


def assert_alike(world, *names):
    for name in names or world.schools:
        institution = world.institutions[name]
        school = world.schools[name]
        assert slice_values(school, institution) == slice_values(world.county, institution)


def test_a_school_has_its_slice_and_nothing_else(world):
    assert_alike(world)
    assert count(red(world), "teacher") == 3
    assert count(red(world), "ledger_entry") == 6
    assert count(red(world), "exam") == 0
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
    small, whole = world.down(RED), world.down(RED, whole=True)
    assert small.stat().st_size < whole.stat().st_size
    assert world.take(red(world), small).changes == 1
    assert count(red(world), "version") == before + 1
    assert world.take(red(world), whole).changes == 0


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


def test_a_file_that_was_set_back_gets_its_edits_again(world):
    """The county lost a package it had acknowledged: it says so and is given everything."""
    saved = world.folder / "saved.db"
    backup(world.county.store, saved)
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    world.exchange(RED)
    world.county.store.close()
    restore(world.county.store.path, saved)
    world = copied_again(world)
    change(red(world), "teacher", ours(world)[1], phone="13800000002")
    found = world.take(world.county, world.up(RED))
    assert found.state == "gap"
    assert line(world).standing.want == "gap"
    assert world.take(red(world), world.down(RED)).state in {"applied", "gap"}
    assert world.take(world.county, world.up(RED)).state == "applied"
    assert value(world.county, "teacher", ours(world)[0], "phone") == "13800000001"
    world.exchange(RED)
    assert line(world).standing.want == ""
    assert_alike(world, RED)
    world.close()


def copied_again(world):
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
    world = copied_again(world)
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


def test_different_changes_of_both_sides_wait_and_the_choice_travels(world):
    teacher = ours(world)[0]
    change(world.county, "teacher", teacher, phone="13800000001")
    change(red(world), "teacher", teacher, phone="13800000002")
    found = world.take(world.county, world.up(RED))
    assert found.conflicts == 1
    world.take(red(world), world.down(RED))
    shown = {value(office, "teacher", teacher, "phone") for office in (world.county, red(world))}
    assert len(shown) == 1
    assert [one.id for one in waiting(world.county)] == [one.id for one in waiting(red(world))]
    (one,) = waiting(world.county)
    assert {side.values["phone"] for side in one.sides} == {"13800000001", "13800000002"}
    settle(world.county, one.id, "mine")
    assert waiting(world.county) == []
    world.take(red(world), world.down(RED))
    assert waiting(red(world)) == []
    assert value(red(world), "teacher", teacher, "phone") == "13800000001"
    world.exchange(RED)
    assert_alike(world, RED)


def test_the_same_change_of_both_sides_is_no_conflict(world):
    teacher = ours(world)[0]
    for office in (world.county, red(world)):
        change(office, "teacher", teacher, phone="13800000001")
    assert world.take(world.county, world.up(RED)).conflicts == 0
    assert waiting(world.county) == []


def test_a_deletion_against_an_edit_keeps_the_edit_and_asks(world):
    (fresh,) = teachers(red(world), world.institutions[RED], 1, id_number=id_number(900))
    world.exchange(RED)
    with world.county.store.operation("test", "删"):
        world.county.store.execute("DELETE FROM teacher_period WHERE teacher_id = ?", (fresh,))
        world.county.store.execute("DELETE FROM teacher WHERE id = ?", (fresh,))
    change(red(world), "teacher", fresh, phone="13800000001")
    world.take(red(world), world.down(RED))
    world.take(world.county, world.up(RED))
    assert value(world.county, "teacher", fresh, "phone") == "13800000001"
    assert [one.kind for one in waiting(world.county)] == ["deleted"]
    settle(world.county, waiting(world.county)[0].id, "mine")
    assert value(world.county, "teacher", fresh, "phone") is None
    world.take(red(world), world.down(RED))
    assert value(red(world), "teacher", fresh, "phone") is None


def test_a_move_hands_the_teacher_over(world):
    moving = ours(world)[0]
    eight = world.schools[EIGHT]
    change(red(world), "teacher", moving, phone="13800000009")
    move_teachers(world.county, [moving], world.institutions[EIGHT], "2026-11-20")
    found = world.take(red(world), world.down(RED))
    assert found.state == "applied"
    assert value(red(world), "teacher", moving, "phone") == "13800000009"  # not told yet
    world.take(world.county, world.up(RED))
    assert value(world.county, "teacher", moving, "phone") == "13800000009"
    world.take(red(world), world.down(RED))
    assert value(red(world), "teacher", moving, "name") is None
    assert red(world).store.value("SELECT count(*) FROM version WHERE row = ?", (moving,)) == 0
    assert count(red(world), "ledger_entry") == 4
    world.take(eight, world.down(EIGHT))
    assert value(eight, "teacher", moving, "phone") == "13800000009"
    assert count(eight, "ledger_entry") == 6
    world.exchange()
    assert_alike(world)
    assert [one.standing.differs for one in board(world.county)] == [False, False]


def test_a_teacher_who_comes_back_comes_whole(world):
    moving = ours(world)[0]
    for place in (EIGHT, RED):
        move_teachers(world.county, [moving], world.institutions[place], "2026-11-20")
        world.exchange()
        world.exchange()
    assert_alike(world)
    assert count(red(world), "ledger_entry") == 6
    assert count(world.schools[EIGHT], "teacher") == 2


def test_ledger_entries_only_add(world):
    teacher = ours(world)[0]
    for office, title in ((world.county, "县级培训"), (red(world), "校本研修")):
        draft = RecordDraft(
            teacher, 2025, title, "1", "进修学校", "2025-03-01", "2025-03-05", Decimal(8)
        )
        post_records(office, [draft], source="名册.xlsx")
    world.exchange(RED)
    assert count(red(world), "ledger_entry") == 8
    assert waiting(world.county) == []
    assert_alike(world, RED)


def test_what_is_not_the_schools_to_change_is_held_until_the_county_lets_it_in(world):
    with world.county.store.operation("test", "否决"):
        world.county.store.insert(
            "veto",
            ("id", "teacher_id", "kind", "year", "reason", "decided_by", "decided_on"),
            [("e" * 32, ours(world)[0], "ethics", 2025, "投诉", "局里", "2025-05-01")],
        )
    world.exchange(RED)
    change(red(world), "veto", "e" * 32, reason="改掉")
    found = world.take(world.county, world.up(RED))
    assert (found.changes, found.held) == (0, 1)
    assert value(world.county, "veto", "e" * 32, "reason") == "投诉"
    (one,) = held(world.county)
    with pytest.raises(UserError):
        settle(world.county, one.id, "mine")
    settle(world.county, one.id, "theirs")
    assert value(world.county, "veto", "e" * 32, "reason") == "改掉"
    assert held(world.county) == []


def pair_up(world, mentor, mentee):
    with world.county.store.operation("test", "结对"):
        world.county.store.insert(
            "programme",
            ("id", "code", "name", "kind", "starts_on", "ends_on"),
            [("d" * 32, "1", "青蓝工程", "mentor", "2025-01-01", "2026-01-01")],
        )
        world.county.store.insert(
            "pair",
            ("id", "programme_id", "mentor_id", "mentee_id", "state"),
            [("a" * 32, "d" * 32, mentor, mentee, "filed")],
        )


def test_a_partner_of_another_school_is_a_guest_and_may_become_a_colleague(world):
    mentor, eight = ours(world)[0], world.schools[EIGHT]
    mentee = people(world.county, world.institutions[EIGHT])[0]
    pair_up(world, mentor, mentee)
    world.exchange()
    name = value(world.county, "teacher", mentor, "name")
    assert value(eight, "teacher", mentor, "name") == name
    assert value(eight, "teacher", mentor, "id_number") is None
    assert value(eight, "pair", "a" * 32, "mentor_id") == mentor
    with eight.store.operation("test", "帮扶"):
        eight.store.insert(
            "pair_visit",
            ("id", "pair_id", "held_on", "kind", "topic"),
            [("b" * 32, "a" * 32, "2026-11-01", "lesson", "听课")],
        )
    world.exchange(EIGHT)
    assert count(world.county, "pair_visit") == 1
    move_teachers(world.county, [mentor], world.institutions[EIGHT], "2026-11-20")
    world.exchange()
    world.exchange()
    assert value(eight, "teacher", mentor, "id_number") is not None
    assert value(red(world), "teacher", mentor, "name") is None
    assert waiting(eight) == []
    assert_alike(world)


def test_before_reading_the_data_are_backed_up_and_packages_are_kept(world):
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    file = world.up(RED)
    world.take(world.county, file)
    path = world.county.store.path
    assert Reason.EXCHANGE in {one.reason for one in backups(path)}
    assert (archive_folder(path, Box.READ) / file.name).read_bytes() == file.read_bytes()
    sent = archive_folder(red(world).store.path, Box.SENT) / file.name
    assert sent.read_bytes() == file.read_bytes()


def test_killed_at_any_statement_the_package_is_there_whole_or_not_at_all(world):
    """A process that reads is killed at one statement after another."""
    for teacher in ours(world):
        change(red(world), "teacher", teacher, phone="13800000001")
    file = world.up(RED)
    world.close()
    original = world.county.store.path
    states = set()
    for place in (1, 40, 120, 200, 260, 300, 340, 380, 420, 10_000):
        folder = world.folder / f"killed-{place}"
        shutil.copytree(world.folder / "county", folder / "county")
        ended = killed_reading(folder, file, place)
        again = opened(folder)
        phones = again.county.store.value(
            "SELECT count(*) FROM teacher WHERE phone = '13800000001'"
        )
        read = again.county.store.value("SELECT count(*) FROM sync_read WHERE changes = 3")
        assert (phones, read) in {(0, 0), (3, 1)}
        states.add((ended, phones))
        assert again.take(again.county, file).state == ("already" if read else "applied")
        again.close()
    assert original.exists()
    assert (-signal.SIGKILL, 0) in states
    assert (0, 3) in states


def killed_reading(folder, file, place):
    """Read a package in a process that kills itself at its ``place``-th statement."""
    child = os.fork()
    if child == 0:
        try:
            world = opened(folder)
            left = [place]

            def trace(_statement):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            world.county.store.db.conn.set_trace_callback(trace)
            world.take(world.county, file)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
