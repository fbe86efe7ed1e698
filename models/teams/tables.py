"""What of the teams room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TEAM = (
    "kind",
    "name",
    "stage",
    "subject",
    "track",
    "host_id",
    "starts_on",
    "ends_on",
    "remark",
)
TEAM_END = (
    "ended_on",
    "ended_because",
)
TEAM_MEMBER = (
    "team_id",
    "teacher_id",
    "role",
    "starts_on",
    "exception",
)
TEAM_MEMBER_END = (
    "ends_on",
    "ended_because",
)
TEAM_SCHOOL = (
    "team_id",
    "school_id",
)
TEAM_COURSE = (
    "team_id",
    "course_id",
)
TEAM_PLAN = (
    "team_id",
    "term",
    "goals",
    "items",
)
TEAM_PLAN_APPROVAL = (
    "state",
    "opinion",
    "decided_by",
    "decided_on",
)
TEAM_ACTIVITY = (
    "team_id",
    "held_on",
    "until",
    "kind",
    "topic",
    "place",
    "course_id",
    "hours",
    "amount",
    "evidence",
    "remark",
)
TEAM_ACTIVITY_POSTING = ("posted_on",)
ACTIVITY_PERSON = (
    "activity_id",
    "teacher_id",
    "part",
    "hours",
)
TEAM_REVIEW = (
    "team_id",
    "member_id",
    "year",
    "score",
    "grade",
    "remark",
    "decided_by",
    "decided_on",
)

TRACKED = (
    Tracked("team", {"row": TEAM, "end": TEAM_END}, label="团队", caption="name"),
    Tracked(
        "team_member",
        {"row": TEAM_MEMBER, "end": TEAM_MEMBER_END},
        label="团队成员",
        caption="role",
    ),
    Tracked("team_school", {"row": TEAM_SCHOOL}, label="服务学校"),
    Tracked("team_course", {"row": TEAM_COURSE}, label="负责课程"),
    Tracked(
        "team_plan",
        {"row": TEAM_PLAN, "approval": TEAM_PLAN_APPROVAL},
        label="工作计划",
        caption="term",
    ),
    Tracked(
        "team_activity",
        {"row": TEAM_ACTIVITY, "posting": TEAM_ACTIVITY_POSTING},
        label="团队活动",
        caption="topic",
    ),
    Tracked("activity_person", {"row": ACTIVITY_PERSON}, label="活动人员"),
    Tracked("team_review", {"row": TEAM_REVIEW}, label="团队评价", caption="year"),
)
