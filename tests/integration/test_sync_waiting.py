"""A school is written to when something of its own changed, not whenever anything did."""

from __future__ import annotations

from models.staff.moves import move_teachers
from models.store.undo import undo
from models.sync.packing import draft
from tests.counties import post
from tests.exchanging import EIGHT, RED, change, line, ours, people, red
from tests.people import teachers


def waiting(world):
    """The schools with something waiting; whoever has rows to get is always among them."""
    found = {name for name in world.schools if line(world, name).waiting}
    for name in set(world.schools) - found:
        with world.county.store.operation("test", "看"):
            made = draft(world.county, line(world, name).site)
        assert made.upto == line(world, name).sent.upto or not made.said.rows, name
    return found


def write(world, *names):
    for name in names or world.schools:
        world.take(world.file(name), world.down(name))
        world.take(world.county, world.up(name))


def test_only_the_school_whose_rows_changed_waits(world):
    store = world.county.store
    write(world)
    assert waiting(world) == set()
    change(world.county, "teacher", ours(world)[0], phone="13800000001")
    assert waiting(world) == {RED}
    write(world, RED)
    assert waiting(world) == set()
    post(world.county, people(world.county, world.institutions[EIGHT])[0], 5, range(2025, 2026))
    assert waiting(world) == {EIGHT}
    change(world.county, "institution", world.institutions[EIGHT], remark="新校舍")
    assert waiting(world) == {RED, EIGHT}
    write(world)
    (extra,) = teachers(world.county, world.institutions[RED], 1)
    write(world)
    with store.operation("test", "删"):
        store.execute("DELETE FROM teacher WHERE id = ?", (extra,))
    assert waiting(world) == {RED}


def test_what_a_school_wrote_itself_does_not_wait_for_it(world):
    write(world)
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    world.take(world.county, world.up(RED))
    assert waiting(world) == set()
    assert line(world).due  # for the receipt


def test_a_move_is_told_to_both_schools(world):
    write(world)
    moved = move_teachers(world.county, [ours(world)[0]], world.institutions[EIGHT], "2026-12-01")
    assert waiting(world) == {RED, EIGHT}
    write(world)
    assert waiting(world) == set()
    undo(world.county.store, moved.id)
    assert waiting(world) == {RED, EIGHT}


def test_a_partner_in_a_pair_is_told_to_the_others_school(world):
    store = world.county.store
    mentee = people(world.county, world.institutions[EIGHT])[0]
    with store.operation("test", "结对"):
        store.insert(
            "programme",
            ("id", "code", "name", "kind", "starts_on", "ends_on", "terms"),
            [("e" * 32, "P1", "青蓝", "novice", "2026-09-01", "2027-07-31", "[]")],
        )
        store.insert(
            "pair",
            ("id", "programme_id", "mentor_id", "mentee_id"),
            [("f" * 32, "e" * 32, ours(world)[0], mentee)],
        )
    assert waiting(world) == {RED, EIGHT}
    write(world)
    assert waiting(world) == set()
    change(world.county, "teacher", mentee, name="王新名")
    assert waiting(world) == {RED, EIGHT}
