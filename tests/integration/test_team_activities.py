"""Activities of teams, and the hours they bring: for trainers and participants, each once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.context import Office
from models.office.settings import write_settings
from models.store.check import check
from models.store.undo import undo
from models.teams.activities import (
    There,
    activities,
    change_activity,
    log_activity,
    people_at,
    remove_activity,
    remove_people,
    set_people,
)
from models.teams.audience import audience, trainers_of
from models.teams.plans import plans, save_plan, submit_plans
from models.teams.posting import post_activities, take_back
from models.teams.registration import set_served
from models.teams.waiting import TeamsWaiting, teams_waiting
from models.training.courses import register
from models.training.sums import uneven_accounts
from tests.people import teachers
from tests.teams import LECTURE, Staffed, entries, maths_team, staffed
from tests.trainings import post

OPENED = "2025-10-20"


@pytest.fixture
def people(office: Office) -> Staffed:
    return staffed(office)


@pytest.fixture
def team(office: Office, people: Staffed) -> Iterator[str]:
    yield maths_team(office, people)
    assert check(office.store).ok


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"kind": "聚餐"}, "teams.activity_kind"),
        ({"hours": ""}, "teams.measure"),
        ({"kind": "批改作业"}, "teams.measure"),
        ({"held_on": "2025-12-01"}, "teams.future"),
        ({"held_on": "2025-08-01"}, "teams.dates"),
        ({"until": "2025-09-01"}, "teams.dates"),
        ({"hours": "25"}, "teams.hours"),
        ({"hours": "很多"}, "number.unreadable"),
        ({"topic": " "}, "cell.missing"),
        ({"course": "2025-999"}, "training.no_such_course"),
    ],
)
def test_an_activity_that_cannot_have_been_is_refused(office, team, texts, code):
    with pytest.raises(UserError) as error:
        log_activity(office, team, {**LECTURE, **texts})
    assert error.value.code == code
    assert activities(office) == []


def test_hours_are_posted_once_for_trainers_and_participants(office, people, team):
    there = {people.leader: There("trainer")} | dict.fromkeys(people.others, There("participant"))
    lecture, _ = log_activity(office, team, {**LECTURE, "evidence": "签到表"}, there)
    assert [(one.part, one.hours) for one in people_at(office, lecture)] == [
        ("trainer", Decimal(6)),
        *[("participant", Decimal(3))] * 3,
    ]
    done = post_activities(office, [lecture])
    assert (done.posted, done.before, done.elsewhere, done.nothing) == (4, 0, (), 0)
    assert "工作计划还没有批准" in done.told[0]
    (given,) = entries(office, people.leader)
    assert given | {
        "course": "专题讲座：函数教学（主讲）", "hours": Decimal(6), "kind": "offset",
        "ground": "5", "year": 2025, "start_date": "2025-09-10", "evidence": "签到表",
        "remark": "初中数学辅导团队", "organizer": "桦甸市教师进修学校",
    } == given  # fmt: skip
    (taken,) = entries(office, people.others[0])
    assert (taken["course"], taken["hours"], taken["kind"]) == (
        "专题讲座：函数教学",
        Decimal(3),
        "record",
    )
    again = post_activities(office, [lecture])
    assert (again.posted, again.before) == (0, 4)
    set_people(office, lecture, {people.members[0]: There("participant", Decimal("1.5"))})
    assert post_activities(office, [lecture]).posted == 1
    assert entries(office, people.members[0])[0]["hours"] == Decimal("1.5")
    assert uneven_accounts(office) == []


def test_what_waits_is_counted(office, people, team):
    log_activity(office, team, LECTURE)
    assert teams_waiting(office) == TeamsWaiting(0, 0)
    lecture, _ = log_activity(office, team, LECTURE, {people.leader: There("trainer")})
    save_plan(office, team, "2025-2026-1", "目标", "研讨 1")
    submit_plans(office, [one.id for one in plans(office)])
    assert teams_waiting(office) == TeamsWaiting(1, 1)
    post_activities(office, [lecture])
    assert teams_waiting(office) == TeamsWaiting(1, 0)


def test_a_team_is_for_the_teachers_of_its_subject_at_the_schools_it_serves(office, people, team):
    teachers(office, people.village, 1, subject="101", track="1")
    teachers(office, people.village, 1, track="2")
    teachers(office, people.village, 1, status="13", track="1")
    everybody = {people.leader, *people.members, *people.others}
    assert set(audience(office, team)) == everybody
    set_served(office, team, "school", [people.village])
    assert set(audience(office, team)) == set(people.others)
    assert set(trainers_of(office, team)) == {people.leader, *people.members}


def test_undo_takes_posted_hours_back_and_doing_it_again_brings_them_once(office, people, team):
    lecture, _ = log_activity(office, team, LECTURE, {people.leader: There("trainer")})
    done = post_activities(office, [lecture])
    undone = undo(office.store, done.operation.id)
    assert (entries(office, people.leader), activities(office)[0].posted_on) == ([], "")
    undo(office.store, undone.id)
    assert [one["kind"] for one in entries(office, people.leader)] == ["offset"]
    assert post_activities(office, [lecture]).posted == 0


def test_posted_activities_change_only_after_their_hours_are_taken_back(office, people, team):
    lecture, _ = log_activity(office, team, LECTURE, {people.leader: There("trainer")})
    post_activities(office, [lecture])
    for deed in (
        lambda: change_activity(office, lecture, {**LECTURE, "hours": "2"}),
        lambda: remove_activity(office, lecture),
        lambda: remove_people(office, lecture, [people.leader]),
        lambda: set_people(office, lecture, {people.leader: There("trainer", Decimal(1))}),
    ):
        with pytest.raises(UserError, match="已于 2025-10-20 入账"):
            deed()
    take_back(office, lecture, "学时写错")
    assert entries(office, people.leader) == []
    change_activity(office, lecture, {**LECTURE, "hours": "2"})
    assert post_activities(office, [lecture]).posted == 1
    assert entries(office, people.leader)[0]["hours"] == Decimal(4)
    with pytest.raises(UserError, match="没有写撤回的原因"):
        take_back(office, lecture, "")


def test_the_same_training_from_elsewhere_is_not_counted_twice(office, people, team):
    lecture, _ = log_activity(office, team, LECTURE, {people.others[0]: There("participant")})
    post(office, people.others[0], 2025, "3", title="专题讲座：函数教学", start="2025-09-10")
    done = post_activities(office, [lecture])
    assert (done.posted, done.elsewhere) == (0, ("张三一",))


def test_participants_of_a_course_get_their_hours_from_the_course(office, people, team):
    values = {"title": "教学技能", "year": 2025, "hours": Decimal(15), "code": "2025-009"}
    register(office, values)
    there = {people.leader: There("trainer"), people.others[0]: There("participant")}
    lecture, _ = log_activity(office, team, {**LECTURE, "course": "2025-009"}, there)
    done = post_activities(office, [lecture])
    assert (done.posted, done.nothing) == (1, 1)
    assert entries(office, people.others[0]) == []


def test_marking_over_days_is_credited_by_the_piece(office, people, team):
    marking = {"kind": "批改作业", "topic": "第一次作业", "held_on": "2025-09-10", "amount": "300"}
    short, _ = log_activity(office, team, marking, {people.leader: There("trainer")})
    with pytest.raises(UserError, match="只有 1 天"):
        post_activities(office, [short])
    change_activity(office, short, {**marking, "until": "2025-09-14"})
    assert post_activities(office, [short]).posted == 1
    assert entries(office, people.leader)[0]["hours"] == Decimal(30)


def test_a_closed_year_and_an_activity_without_people_post_nothing(office, people, team):
    empty, _ = log_activity(office, team, LECTURE)
    with pytest.raises(UserError, match="没有登记主讲和参加的人"):
        post_activities(office, [empty])
    with pytest.raises(UserError, match="没有选中活动"):
        post_activities(office, [])
    set_people(office, empty, {people.leader: There("trainer")})
    write_settings(office.store, {"ledger.closed_until": "2025"})
    with pytest.raises(UserError, match="已经封账"):
        post_activities(office, [empty])
    assert activities(office)[0].posted_on == ""


def test_people_are_set_moved_and_taken_off(office, people, team):
    lecture, _ = log_activity(office, team, LECTURE, {people.leader: There("participant")})
    with pytest.raises(UserError, match="名册"):
        set_people(office, lecture, {"nobody": There("trainer")})
    with pytest.raises(UserError, match=r"主讲的学时 1\.234 不对"):
        set_people(office, lecture, {people.leader: There("trainer", Decimal("1.234"))})
    set_people(office, lecture, {people.leader: There("trainer", Decimal(2))})
    (one,) = people_at(office, lecture)
    assert (one.part, one.own, one.hours) == ("trainer", Decimal(2), Decimal(2))
    done = remove_activity(office, lecture)
    assert activities(office) == []
    undo(office.store, done.id)
    assert [each.name for each in people_at(office, lecture)] == ["李春"]
    remove_people(office, lecture, [people.leader])
    assert people_at(office, lecture) == []
