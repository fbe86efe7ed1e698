"""A file of the program before approvals, sessions and claims goes on as it was."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from models.training import courses, enrolments, scoring
from models.training.claim_list import claim_counts
from models.training.marks import read_mark
from models.workspace import opening
from tests.offices import HUADIAN, desk
from tests.people import teachers

NEW_TABLES = {
    "training_event", "course_quota", "title_apart", "trainer_body", "course_session",
    "attendance", "gate_evidence", "course_component", "component_mark", "ledger_claim",
}  # fmt: skip
OLD_UNITS = {"course": {"row"}, "enrolment": {"place", "result", "remark"}}


def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the program what it was: four migrations of the training room, its tables then."""
    cut = copy.copy(opening.training_migrations.migrations)
    cut._migrations = cut._migrations[:4]
    rooms = tuple(cut if room.name == "training" else room for room in opening.MIGRATIONS)
    tracked = tuple(
        replace(
            one,
            units={
                name: columns
                for name, columns in one.units.items()
                if name in OLD_UNITS.get(one.table, one.units)
            },
        )
        for one in opening.TRACKED
        if one.table not in NEW_TABLES
    )
    monkeypatch.setattr(opening, "MIGRATIONS", rooms)
    monkeypatch.setattr(opening, "TRACKED", tracked)


def test_courses_and_enrolments_of_before_stay_approved_and_usable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        older(then)
        office = opening.create_office(path, HUADIAN, desk())
        (teacher,) = teachers(office, None, 1)
        with office.store.operation("training.register", "登记课程") as registered:
            office.store.insert(
                "course",
                ("id", "code", "title", "title_key", "year", "hours", "status"),
                [("c" * 32, "2024-001", "甲", "甲", 2024, 1500, "open")],
            )
        with office.store.operation("training.enrol", "报名"):
            office.store.insert(
                "enrolment",
                ("id", "course_id", "teacher_id", "enrolled_on"),
                [("e" * 32, "c" * 32, teacher, "2024-01-01")],
            )
        assert "approval" not in dict(office.store.one("SELECT * FROM course") or {})
        office.store.close()
    office = opening.open_workspace(path, desk(seed=5))
    try:
        assert office.store.notices
        course = courses.read(office, "c" * 32)
        assert (course["approval"], course["hours"], course["enrolled"]) == (None, Decimal(15), 1)
        assert courses.course_rows(office)[0].shown["approval"] == "已批准"
        (person,) = enrolments.participants(office, "c" * 32)
        assert person.in_class
        scoring.record_scores(office, "c" * 32, {teacher: read_mark("80")})
        assert claim_counts(office) == {}
        assert check(office.store).ok
        undo(office.store, history(office.store, 1)[0].id)
        assert registered.id in {one.id for one in history(office.store, 99)}
    finally:
        office.store.close()
