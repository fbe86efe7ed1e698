"""A county with tutoring teams for tests: two schools, titled teachers, a team at work."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office
from models.teams.members import Joining, add_members
from models.teams.registration import enter_team
from models.training.listing import EntryFilter, entry_ids, stored_entries
from tests.people import school, teachers

SENIOR, COUNTY = "32", "41"
"""市学科带头人, 县骨干教师."""
MATHS = {
    "kind": "学科辅导团队",
    "name": "初中数学辅导团队",
    "stage": "初中",
    "subject": "数学",
    "host": "桦甸市第四中学",
    "starts_on": "2025-09-01",
}
LECTURE = {"kind": "专题讲座", "topic": "函数教学", "held_on": "2025-09-10", "hours": "3"}


@dataclass(frozen=True, slots=True)
class Staffed:
    """Identities of what ``staffed`` made."""

    fourth: str
    village: str
    leader: str
    members: list[str]
    others: list[str]


def staffed(office: Office) -> Staffed:
    """Two schools of the junior stage, whose teachers teach mathematics on paper."""
    fourth, village = school(office, "桦甸市第四中学"), school(office, "桦甸市红石中学")
    (leader,) = teachers(office, fourth, 1, backbone=SENIOR, title="2", track="1", name="李春")
    members = teachers(office, fourth, 2, backbone=COUNTY, track="1")
    others = teachers(office, village, 3, track="1")
    return Staffed(fourth, village, leader, members, others)


def maths_team(office: Office, people: Staffed) -> str:
    """The team of mathematics with everybody the rules ask for; its identity."""
    team_id, _ = enter_team(office, MATHS)
    day = "2025-09-01"
    add_members(
        office,
        team_id,
        [
            Joining(people.leader, "leader", day),
            *(Joining(one, "member", day) for one in people.members),
            Joining(people.members[0], "manager", day),
            Joining(people.members[1], "technician", day),
        ],
    )
    return team_id


def entries(office: Office, teacher: str) -> list[dict[str, object]]:
    """The entries of a teacher that stand in the ledger."""
    ids = entry_ids(office, EntryFilter(teacher_id=teacher, standing=True))
    return list(stored_entries(office, ids))
