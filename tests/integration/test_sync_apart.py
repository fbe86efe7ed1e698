"""What two who are apart may both do: give numbers, enter the same person."""

from __future__ import annotations

from decimal import Decimal

from models.staff.registration import save_teacher
from models.training.courses import register
from tests.exchanging import EIGHT, RED, red


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
