"""What teams refuse, and what cannot go because a team names it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import UserError
from models.staff.institutions import delete_institution
from models.staff.registration import delete_teachers
from models.teams.activities import log_activity
from models.teams.registration import end_team, enter_team
from models.teams.reviews import Judged, review
from models.training import courses
from tests.offices import new_office
from tests.people import school
from tests.teams import MATHS, maths_team, staffed


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-10-20")
    yield office
    office.store.close()


def test_what_a_team_names_is_not_deleted_from_under_it(office):
    people = staffed(office)
    team = maths_team(office, people)
    host = school(office, "桦甸市第七中学")
    enter_team(office, {**MATHS, "name": "另一个团队", "host": "桦甸市第七中学"})
    courses.register(
        office, {"title": "教学技能", "year": 2025, "hours": Decimal(15), "code": "2025-009"}
    )
    log_activity(
        office,
        team,
        {
            "kind": "专题讲座", "topic": "函数", "held_on": "2025-09-10", "hours": "3",
            "course": "2025-009",
        },
    )  # fmt: skip
    with pytest.raises(UserError, match=r"staff\.institution_named"):
        delete_institution(office, host)
    with pytest.raises(UserError, match=r"training\.course_named"):
        courses.delete(office, courses.find(office, "2025-009"))
    with pytest.raises(UserError) as error:
        delete_teachers(office, [people.leader])
    assert "团队任职" in error.value.sentence


def test_a_team_ends_on_a_day_that_has_come(office):
    team = maths_team(office, staffed(office))
    with pytest.raises(UserError, match=r"teams\.future"):
        end_team(office, team, "2040-01-01", "周期已满")


@pytest.mark.parametrize(("year", "score"), [(2025, "NaN"), (2025, "90.125"), (-5, "90")])
def test_an_evaluation_that_cannot_be_is_refused(office, year, score):
    team = maths_team(office, staffed(office))
    with pytest.raises(UserError, match=r"teams\.review_"):
        review(office, team, year, Judged(Decimal(score)))
