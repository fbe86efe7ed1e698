"""What two who are apart may both do: give numbers, enter the same person."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.settings import write_settings
from models.staff.registration import save_teacher
from models.store.history import history
from models.sync.choices import held, settle, waiting
from models.sync.doubles import doubles
from models.sync.reserved import ROOMS, STEPS
from models.training.claims import steps_of
from models.training.courses import register
from models.training.entries import refuse_closed
from models.training.ledger import RecordDraft, post_records, reverse
from models.verdicts.exemptions import decide_exemptions, exemptions, file_exemption
from tests.conftest import ROOT
from tests.exchanging import EIGHT, RED, assert_alike, change, count, line, ours, people, red, value
from tests.people import id_number, teachers

TITLE = ("同一次培训",)


def test_numbers_given_apart_are_never_the_same(world):
    offices = [world.county, red(world), world.schools[EIGHT]]
    for place, office in enumerate(offices):
        school = world.institutions[EIGHT if place == 2 else RED]
        save_teacher(office, None, {"name": f"新{'甲乙丙'[place]}", "school_id": school})
        register(office, {"title": f"校本研修{place}", "year": "2026", "hours": Decimal(10)})
    world.exchange()
    world.exchange()
    for column, table in (("teacher_no", "teacher"), ("code", "course")):
        found = [row[0] for row in world.county.store.tuples(f"SELECT {column} FROM {table}")]
        assert len(found) == len(set(found))
    code = world.county.store.value("SELECT code FROM course WHERE title = '校本研修0'")
    assert code == "2026-001"
    again = save_teacher(red(world), None, {"name": "新丁", "school_id": world.institutions[RED]})
    assert again.id
    numbers = [
        row[0]
        for row in red(world).store.tuples(
            "SELECT teacher_no FROM teacher WHERE name IN ('新乙', '新丁') ORDER BY teacher_no"
        )
    ]
    mark = red(world).store.site[:6].upper()
    assert numbers == [f"220282-{mark}-001", f"220282-{mark}-002"]


def test_the_same_hours_entered_on_both_sides_count_once(world):
    teacher = ours(world)[0]
    record = RecordDraft(teacher, 2026, "同一次培训", "1", "", "2026-03-01", "", Decimal(10))
    for office in (world.county, red(world)):
        post_records(office, [record], source="手工")
    found = world.take(world.county, world.up(RED))
    assert "1 条学时与县里的登记或冲销重复，已自动抵消" in found.message
    world.exchange(RED)
    assert_alike(world, RED)
    for office in (world.county, red(world)):
        assert (
            office.store.value("SELECT sum(hours) FROM ledger_entry WHERE course_title = ?", TITLE)
            == 1000
        )


def test_hours_taken_back_on_both_sides_are_taken_back_once(world):
    record = RecordDraft(ours(world)[0], 2026, *TITLE, "1", "", "2026-03-01", "", Decimal(10))
    post_records(red(world), [record], source="手工")
    world.exchange(RED)
    (entry,) = [
        row[0]
        for row in red(world).store.tuples(
            "SELECT id FROM ledger_entry WHERE course_title = ?", TITLE
        )
    ]
    for office in (world.county, red(world)):
        reverse(office, [entry], "登记错了")
    assert "已自动抵消" in world.take(world.county, world.up(RED)).message
    world.exchange(RED)
    assert_alike(world, RED)
    total = "SELECT sum(hours) FROM ledger_entry WHERE course_title = ?"
    assert red(world).store.value(total, TITLE) == 0


def test_hours_that_only_one_side_entered_stay(world):
    teacher = ours(world)[0]
    record = RecordDraft(teacher, 2026, "同一次培训", "1", "", "2026-03-01", "", Decimal(10))
    post_records(red(world), [record], source="手工")
    post_records(red(world), [record], source="手工", allow_repeats=True)
    world.take(world.county, world.up(RED))
    total = "SELECT sum(hours) FROM ledger_entry WHERE course_title = ?"
    assert world.county.store.value(total, TITLE) == 2000


def test_a_person_entered_on_both_sides_is_told(world):
    for office in (world.county, red(world)):
        teachers(office, world.institutions[RED], 1, id_number=id_number(950))
    found = world.take(world.county, world.up(RED))
    assert "证件号相同" in found.message
    assert [one.table for one in doubles(world.county.store)] == ["teacher"]


def test_no_title_tells_a_school_of_other_schools_people(world):
    mine, theirs = ours(world)[0], people(world.county, world.institutions[EIGHT])[0]
    change(world.county, "teacher", mine, phone="13800000001")
    with world.county.store.operation("test", "更换罗士信和李春"):
        for one in (mine, theirs):
            world.county.store.execute("UPDATE teacher SET post = '校长' WHERE id = ?", (one,))
    world.take(red(world), world.down(RED))
    titles = {one.title for one in history(red(world).store, 50)}
    assert {"县里的改动", "修改"} <= titles
    assert not [one for one in titles if "罗士信" in one]
    change(red(world), "teacher", mine, remark="看过")
    assert world.take(world.county, world.up(RED)).state == "applied"  # with less of the words


def test_a_school_goes_by_the_countys_rules(world):
    write_settings(world.county.store, {"ledger.steps": "approve", "ledger.closed_until": "2024"})
    world.take(red(world), world.down(RED))
    assert steps_of(red(world)) == ("approve",)
    with pytest.raises(UserError, match="2024"):
        refuse_closed(red(world).store, [2024])
    write_settings(world.county.store, {"ledger.steps": ""})
    world.take(red(world), world.down(RED))
    assert steps_of(red(world)) == ()


def test_what_only_the_county_decides_waits_for_it(world):
    teacher = ours(world)[0]
    records = [
        RecordDraft(teacher, year, "校本研修", "1", "", f"{year}-03-01", "", Decimal(10))
        for year in (2024, 2026)
    ]
    post_records(red(world), records, source="手工")
    file_exemption(red(world), teacher, "04", (date(2026, 1, 1), date(2026, 6, 1)), "产假")
    (leave,) = exemptions(red(world))
    with pytest.raises(UserError, match="由县里办理"):
        decide_exemptions(red(world), [leave.id], approve=True)
    change(red(world), "exemption", leave.id, state="approved")  # by some other tool
    write_settings(world.county.store, {"ledger.steps": "approve", "ledger.closed_until": "2024"})
    world.take(world.county, world.up(RED))
    assert {one.label for one in held(world.county)} == {"学时记录", "减免"}
    assert count(world.county, "exemption") == 0


def test_no_row_is_hung_on_another_schools_people(world):
    mine, theirs = ours(world)[0], people(world.county, world.institutions[EIGHT])[0]
    post = red(world).store
    with post.operation("test", "登记任职"):
        post.insert(
            "teacher_period",
            ("id", "teacher_id", "aspect", "value", "starts_on"),
            [("9" * 32, mine, "post", "01", "2026-01-01")],
        )
    post.db.conn.execute("PRAGMA foreign_keys = OFF")
    change(red(world), "teacher_period", "9" * 32, teacher_id=theirs)
    world.take(world.county, world.up(RED))
    assert [one.sentence for one in held(world.county)] == ["这不是该校的记录。"]


def test_what_is_the_countys_is_named_as_it_is():
    found = set(re.findall(r'operation\(\s*"([a-z_.]+)"', "\n".join(_sources())))
    assert found >= STEPS
    assert all(any(kind.startswith(room) for kind in found) for room in ROOMS)


def _sources() -> list[str]:
    return [one.read_text("utf-8") for one in (ROOT / "models").rglob("*.py")]


@pytest.mark.parametrize("both", [True, False])
def test_what_is_declined_is_undone_at_the_school(world, both):
    register(world.county, {"title": "县级课程", "year": "2026", "hours": Decimal(10)})
    world.exchange(RED)
    (course,) = [row[0] for row in world.county.store.tuples("SELECT id FROM course")]
    change(red(world), "course", course, title="学校改的", place="学校")
    if both:
        change(world.county, "course", course, title="县里改的")
    with red(world).store.operation("test", "学校自己加的"):
        red(world).store.insert(
            "institution_alias",
            ("id", "institution_id", "alias"),
            [("8" * 32, world.institutions[RED], "红中")],
        )
    world.take(world.county, world.up(RED))
    assert {one.label for one in held(world.county)} == {"课程", "机构别名"}
    for one in held(world.county):
        settle(world.county, one.id, "mine")
    assert held(world.county) == waiting(world.county) == []
    world.take(red(world), world.down(RED))
    title = "县里改的" if both else "县级课程"
    for office in (world.county, red(world)):
        assert value(office, "course", course, "title") == title
        assert value(office, "course", course, "place") is None
        assert count(office, "institution_alias") == 0
    assert waiting(red(world)) == []
    world.exchange(RED)
    assert not line(world).standing.differs


def test_what_is_due_does_not_hang_on_the_clock(world):
    clock = world.county.store.clock
    change(red(world), "teacher", ours(world)[0], phone="13800000001")
    clock.go_on(365 * 60)
    world.take(world.county, world.up(RED))
    assert line(world).due
    clock.go_on(-365 * 61)
    world.down(RED)
    assert not line(world).due
    assert line(world).days == 0


def test_one_visit_entered_by_both_schools_of_a_pair_is_told(world):
    store = world.county.store
    mentor, mentee = ours(world)[0], people(world.county, world.institutions[EIGHT])[0]
    with store.operation("test", "结对"):
        columns = ("id", "code", "name", "kind", "starts_on", "ends_on")
        programme = ("d" * 32, "1", "青蓝工程", "mentor", "2025-01-01", "2026-01-01")
        store.insert("programme", columns, [programme])
        columns = ("id", "programme_id", "mentor_id", "mentee_id", "state")
        store.insert("pair", columns, [("a" * 32, "d" * 32, mentor, mentee, "filed")])
    world.exchange()
    for place, name in enumerate((RED, EIGHT)):
        columns = ("id", "pair_id", "held_on", "kind", "topic")
        visit = (str(place) * 32, "a" * 32, "2025-03-12", "lesson", f"听课{place}")
        with world.schools[name].store.operation("test", "听课"):
            world.schools[name].store.insert("pair_visit", columns, [visit])
    assert "登记了两次" not in world.take(world.county, world.up(RED)).message
    assert "登记了两次" in world.take(world.county, world.up(EIGHT)).message
    assert [one.table for one in doubles(store)] == ["pair_visit"]
