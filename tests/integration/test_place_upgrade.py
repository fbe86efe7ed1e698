"""A file of the program before places goes on as it was; places can then be entered and undone."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import pytest

from models.staff.forms import check_institution_form, enter_institution
from models.staff.institutions import stored_institutions
from models.store.check import check
from models.store.undo import undo
from models.workspace import opening
from tests.offices import HUADIAN, desk
from tests.people import school


def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the program what it was: nine migrations of the staff room, no places."""
    cut = copy.copy(opening.staff_migrations.migrations)
    cut._migrations = cut._migrations[:9]
    rooms = tuple(cut if room.name == "staff" else room for room in opening.MIGRATIONS)
    tracked = tuple(
        replace(one, units={name: it for name, it in one.units.items() if name != "place"})
        if one.table == "institution"
        else one
        for one in opening.TRACKED
    )
    monkeypatch.setattr(opening, "MIGRATIONS", rooms)
    monkeypatch.setattr(opening, "TRACKED", tracked)
    monkeypatch.setattr("models.staff.institutions.STORED", _without_places())


def _without_places() -> tuple[str, ...]:
    from models.staff.institutions import STORED  # noqa: PLC0415 - as it is now

    return tuple(name for name in STORED if name not in ("longitude", "latitude"))


def test_schools_of_before_stay_and_can_say_where_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        older(then)
        office = opening.create_office(path, HUADIAN, desk())
        identity = school(office, "红石镇中学")
        office.store.close()
    office = opening.open_workspace(path, desk(seed=2))
    assert stored_institutions(office)[identity]["longitude"] is None
    step = enter_institution(office, identity, {"longitude": "126°44′43″", "latitude": "42.97"})
    found = stored_institutions(office)[identity]
    assert (found["longitude"], found["latitude"]) == ("126.745278", "42.97")
    (told,) = check_institution_form(office, {"name": "红石镇中学", "longitude": "城东"}).problems
    assert "看不出是多少度" in told.message
    undo(office.store, step.id)
    assert stored_institutions(office)[identity]["latitude"] is None
    assert check(office.store).ok
    office.store.close()
