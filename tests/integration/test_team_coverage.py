"""Holes in the coverage, who could fill them, what trainers did, and the targets of the county."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from models.teams.activities import There, log_activity
from models.teams.audience import trainers_of
from models.teams.coverage import coverage, covering_kinds
from models.teams.members import Joining, add_members
from models.teams.posting import post_activities
from models.teams.proposing import propose, propose_for_empty
from models.teams.registration import end_team, enter_team, set_served
from models.teams.targets import targets_reached
from models.teams.workload import workload
from models.training.courses import register
from tests.people import teachers
from tests.teams import MATHS, Staffed, maths_team, staffed
from tests.trainings import post

JUNIOR, PAPER, NETWORK = "3", "1", "2"
MATHEMATICS, PHYSICS = "102", "115"
LECTURE = {"kind": "专题讲座", "topic": "函数教学", "held_on": "2025-09-10", "hours": "3"}


OPENED = "2025-10-20"


@pytest.fixture
def people(office: Office) -> Staffed:
    return staffed(office)


@pytest.fixture
def team(office: Office, people: Staffed) -> str:
    return maths_team(office, people)


def holes(office: Office) -> list[tuple[str, int]]:
    found = coverage(office)
    return [(found.words(one), one.people) for one in found.empty]


def test_an_empty_cell_is_seen_the_largest_first(office, people):
    teachers(office, people.village, 2, subject="102、115", track=NETWORK)
    assert holes(office) == [
        ("初中数学（文本）", 6),
        ("初中数学（网联）", 2),
        ("初中物理（网联）", 2),
    ]
    team = maths_team(office, people)
    found = coverage(office)
    assert found.cell(JUNIOR, MATHEMATICS, PAPER).teams == {team: "初中数学辅导团队"}
    assert holes(office) == [("初中数学（网联）", 2), ("初中物理（网联）", 2)]
    assert found.tracks == (PAPER, NETWORK)
    end_team(office, team, "2025-10-15", "期满")
    assert len(holes(office)) == 3


def test_the_school_decides_on_the_track_of_a_teacher_without_one(office, people, team):
    values = {"track": NETWORK}
    with office.store.operation("test.track", "网联"):
        write_institutions(office, [InstitutionChange(people.village, values)])
    teachers(office, people.village, 1)
    teachers(office, people.fourth, 1, subject=PHYSICS)
    assert holes(office) == [("初中数学（网联）", 1), ("初中物理", 1)]


def test_people_who_left_need_no_team_and_a_kindergarten_team_is_for_its_whole_stage(
    office, people
):
    teachers(office, people.fourth, 2, status="13", subject="121")
    teachers(office, people.fourth, 1, stage="1", subject="201", track=PAPER)
    teachers(office, people.fourth, 1, stage="1", subject="205", track=NETWORK)
    assert {words for words, _ in holes(office)} == {
        "初中数学（文本）",
        "幼儿园幼儿教育（文本）",
        "幼儿园幼儿社会（网联）",
    }
    nursery = {"kind": "幼儿教师辅导团队", "stage": "幼儿园", "subject": ""}
    enter_team(office, {**MATHS, "name": "幼儿教师辅导团队", **nursery})
    assert {words for words, _ in holes(office)} == {"初中数学（文本）"}


def test_courses_on_the_network_without_a_moderator_are_told(office, people):
    values = {"year": 2025, "hours": Decimal(15)}
    online = register(office, {**values, "title": "网上课程", "track": NETWORK}).course_id
    register(office, {**values, "title": "文本课程", "track": PAPER})
    assert coverage(office).courses == ("网上课程",)
    kind = {"kind": "课程版主", "name": "网上课程版主", "stage": "", "subject": ""}
    team, _ = enter_team(office, {**MATHS, **kind})
    set_served(office, team, "course", [online])
    assert coverage(office).courses == ()


def test_which_kinds_could_fill_a_cell(office):
    assert [one.key for one in covering_kinds(JUNIOR, PAPER)] == ["tutoring"]
    assert [one.key for one in covering_kinds("1", NETWORK)] == [
        "kindergarten",
        "subject_moderators",
    ]


def test_who_could_fill_a_hole_and_why(office, people, team):
    teachers(office, people.village, 2, track=NETWORK, name="周明")
    found = propose(office, JUNIOR, MATHEMATICS, NETWORK)
    first = found.people[0]
    assert first.candidate.name == "李春"
    assert first.why == ("市学科带头人", "高级教师")
    assert first.but == ()
    assert "县骨干教师" in found.people[1].why
    assert "可任成员" in found.people[1].but[0]
    strangers = [one for one in found.people if one.candidate.rank is None]
    assert strangers[0].candidate.name == "周明"
    assert strangers[0].why == ("没有参加其他团队", "培训方式相同")
    assert found.teams == ("初中数学辅导团队：同学段同学科，现只面向文本",)
    everything = propose_for_empty(office, coverage(office), limit=2)
    assert [(cell.subject, len(filling.people)) for cell, filling in everything] == [
        (MATHEMATICS, 2)
    ]
    with pytest.raises(UserError, match="没有这个学段或学科"):
        propose(office, "99", MATHEMATICS, "")


def test_a_team_of_another_stage_can_take_a_subject_over(office, people, team):
    found = propose(office, "4", MATHEMATICS, PAPER)
    assert (found.people, found.teams) == ((), ("初中数学辅导团队：同学科，现面向初中",))


def test_the_workload_adds_up_what_each_trainer_gave(office, people, team):
    leader, member = people.leader, people.members[0]
    there = {leader: There("trainer"), member: There("trainer", Decimal(1))}
    lecture, _ = log_activity(office, team, LECTURE, there)
    log_activity(
        office,
        team,
        {"kind": "批改作业", "topic": "作业", "held_on": "2025-09-12", "amount": "20"},
        {leader: There("trainer")},
    )
    log_activity(
        office, team, {**LECTURE, "held_on": "2025-09-20"}, {people.others[0]: There("trainer")}
    )
    post_activities(office, [lecture])
    post(office, leader, 2025, "96", title="国培")
    found = {one.teacher_id: one for one in workload(office, 2025)}
    assert set(found) == {leader, *people.members, people.others[0]}
    mine = found[leader]
    assert (mine.activities, mine.hours, mine.posted) == (2, Decimal(8), Decimal(6))
    assert mine.kinds == {"专题讲座": Decimal(6), "批改作业": Decimal(2)}
    assert (mine.ledger, mine.enough) == (Decimal(102), True)
    assert mine.teams == ("初中数学辅导团队负责人",)
    assert (found[member].hours, found[member].enough) == (Decimal(1), False)
    assert found[people.others[0]].teams == ()
    assert [one.hours for one in workload(office, 2024)] == [0, 0, 0]
    assert next(iter(workload(office, 2025))).teacher_id == leader


def test_the_targets_count_trainers_hours_and_workshops(office, people, team):
    ratio, hours, workshops = targets_reached(office, 2025)
    assert len(trainers_of(office)) == 3
    assert (ratio.wanted, ratio.found, ratio.met) == (1, 3, True)
    assert (hours.wanted, hours.found, hours.met) == (3, 0, False)
    assert (workshops.wanted, workshops.met) == (0, True)
    teachers(office, people.village, 900)
    with office.store.operation("test.type", "中心校"):
        write_institutions(office, [InstitutionChange(people.village, {"type": "04"})])
    for number in (1, 2):
        texts = {"kind": "学科工作坊", "name": f"红石工作坊{number}", "host": "桦甸市红石中学"}
        enter_team(office, {**MATHS, **texts})
    ratio, _, workshops = targets_reached(office, 2025)
    assert (ratio.wanted, ratio.met) == (4, False)
    assert "按 300:1 应有培训者 4 人，现有 3 人" in ratio.words
    assert (workshops.wanted, workshops.found, workshops.short) == (
        1,
        0,
        ("桦甸市红石中学（2 个）",),
    )


def test_managers_and_students_are_no_trainers(office, people):
    studio, _ = enter_team(office, {**MATHS, "kind": "名师工作室", "name": "李春工作室"})
    day = "2025-09-01"
    add_members(
        office,
        studio,
        [Joining(people.leader, "host", day), Joining(people.others[0], "student", day)],
    )
    assert trainers_of(office) == [people.leader]
