"""A file of the program before titles, teams and pairs goes on as it was, and can have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.mentoring.programmes import programmes
from models.staff.histories import history_of
from models.store.check import check
from models.store.undo import undo
from models.teams.listing import team_rows
from models.titles.grants import grants
from models.titles.holding import adopt_register, settle
from models.workspace import opening
from tests.mentoring import programme_of
from tests.offices import HUADIAN, desk
from tests.older import without
from tests.people import teachers
from tests.teams import maths_team, staffed

ROOMS = ("titles", "teams", "mentoring")


def test_an_office_of_before_takes_its_backbone_teachers_in_as_titles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the register said stays as it was, becomes a title, and all of it can be undone."""
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        without(then, *ROOMS)
        office = opening.create_office(path, HUADIAN, desk())
        (teacher,) = teachers(office, None, 1, backbone="41")
        assert office.store.value("SELECT name FROM sqlite_schema WHERE name = 'team'") is None
        before = history_of(office, teacher, "backbone")
        office.store.close()
    office = opening.open_workspace(path, desk(seed=2))
    assert (grants(office), team_rows(office), programmes(office)) == ([], [], [])
    count, step = adopt_register(office)
    assert (count, [one.title for one in grants(office)]) == (1, ["县级骨干教师"])
    assert settle(office)[0] == 0
    assert history_of(office, teacher, "backbone") == before
    undo(office.store, step.id)
    assert grants(office) == []
    maths_team(office, staffed(office))
    assert [one.members for one in team_rows(office)] == [5]
    assert programme_of(office).code == "CX1"
    assert check(office.store).ok
    office.store.close()
