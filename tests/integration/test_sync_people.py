"""What happens to people between a county and its schools: conflicts, moves, guests, holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.staff.moves import move_teachers
from models.sync.board import board
from models.sync.choices import held, settle, waiting
from models.training.ledger import RecordDraft, post_records
from tests.exchanging import EIGHT, RED, assert_alike, change, count, ours, people, red, value
from tests.people import id_number, teachers


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


def test_what_is_typed_after_somebody_left_still_travels(world):
    moving, staying, *_ = ours(world)
    change(red(world), "teacher", moving, phone="13800000009")
    world.take(world.county, world.up(RED))
    move_teachers(world.county, [moving], world.institutions[EIGHT], "2026-11-20")
    world.take(red(world), world.down(RED))
    assert value(red(world), "teacher", moving, "name") is None
    change(red(world), "teacher", staying, phone="13800000010")
    world.take(world.county, world.up(RED))
    assert value(world.county, "teacher", staying, "phone") == "13800000010"


def test_a_late_package_does_not_send_away_who_came_back(world):
    moving = ours(world)[0]
    files = []
    for place in (EIGHT, RED):
        move_teachers(world.county, [moving], world.institutions[place], "2026-11-20")
        files.append(world.down(RED))
    for file in reversed(files):
        assert world.take(red(world), file).state == "applied"
    assert_alike(world, RED)


@pytest.mark.parametrize("side", ["", RED])
def test_the_side_that_knows_better_is_shown_until_somebody_decides(world, side):
    teacher = ours(world)[0]
    offices = [world.county, red(world)]
    for office in offices if side else reversed(offices):
        mark = "县" if office is world.county else "校"
        change(office, "teacher", teacher, ethnicity=mark, phone=mark, remark=mark)
    world.exchange(RED)
    for office in offices:
        assert value(office, "teacher", teacher, "ethnicity") == "县"
        assert value(office, "teacher", teacher, "phone") == "校"
        assert len(waiting(office)) == 3


def nominate(office, name, batch, teacher):
    with office.store.operation("test", "推荐"):
        office.store.insert(
            "nomination",
            ("id", "batch_id", "teacher_id", "school_name", "nominated_on", "merits"),
            [(name * 32, batch, teacher, RED, "2026-11-01", name)],
        )


@pytest.mark.parametrize(("take", "left"), [("mine", "a"), ("theirs", "b")])
def test_one_nomination_entered_on_both_sides_is_settled_the_same_everywhere(world, take, left):
    teacher, batch = ours(world)[0], "c" * 32
    with world.county.store.operation("test", "批次"):
        world.county.store.insert(
            "title_batch",
            ("id", "kind", "level", "name", "year"),
            [(batch, "骨干教师", "县", "第一批", 2026)],
        )
    world.exchange(RED)
    nominate(world.county, "a", batch, teacher)
    nominate(red(world), "b", batch, teacher)
    world.exchange(RED)
    (one,) = held(world.county)
    assert (one.reason, one.row) == ("clash", "b" * 32)
    settle(world.county, one.id, take)
    world.exchange(RED)
    for office in (world.county, red(world)):
        assert held(office) == []
        assert office.store.tuples("SELECT id FROM nomination") == [(left * 32,)]


def test_a_school_adds_to_its_own_courses_only(world):
    for office, name in ((world.county, "a"), (red(world), "b")):
        with office.store.operation("test", "开课"):
            office.store.insert(
                "course",
                ("id", "code", "title", "title_key", "year", "hours", "status"),
                [(name * 32, name, name, name, 2026, 80, "open")],
            )
    world.exchange(RED)
    with red(world).store.operation("test", "考核项目"):
        red(world).store.insert(
            "course_component",
            ("id", "course_id", "place", "name", "weight"),
            [("1" * 32, "a" * 32, 1, "作业", 100), ("2" * 32, "b" * 32, 1, "作业", 100)],
        )
    assert world.take(world.county, world.up(RED)).held == 1
    assert world.county.store.tuples("SELECT id FROM course_component") == [("2" * 32,)]
    assert [one.row for one in held(world.county)] == ["1" * 32]
