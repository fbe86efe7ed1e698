"""What a team and an activity are, described once."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from models.entities.describe import Column, Entity, Kind

PLAN_STATES = {
    "draft": "未提交",
    "submitted": "待审批",
    "approved": "已批准",
    "returned": "退回",
}


class Team(Entity):
    """A team as its form asks for it."""

    kind: Annotated[
        str,
        Column(title="团队种类", required=True, width=8, listed=True, example="学科辅导团队"),
    ]
    name: Annotated[
        str,
        Column(title="名称", required=True, width=14, listed=True, example="初中数学辅导团队"),
    ]
    stage: Annotated[
        str | None,
        Column(title="学段", kind=Kind.CODE, table="stage", width=4, listed=True, example="初中"),
    ] = None
    subject: Annotated[
        str | None,
        Column(
            title="学科",
            kind=Kind.CODES,
            table="subject",
            width=7,
            listed=True,
            note="几个学科用“、”隔开",
            example="数学",
        ),
    ] = None
    track: Annotated[
        str | None,
        Column(
            title="培训方式",
            kind=Kind.CODE,
            table="track",
            width=4,
            listed=True,
            note="文本或网联；都面向的不填",
        ),
    ] = None
    host: Annotated[
        str | None,
        Column(
            title="所在校",
            kind=Kind.INSTITUTION,
            width=14,
            listed=True,
            note="设管理团队、技术支持团队的学校",
        ),
    ] = None
    starts_on: Annotated[
        str | None, Column(title="组建日期", kind=Kind.DATE, width=7, listed=True)
    ] = None
    ends_on: Annotated[str | None, Column(title="任期至", kind=Kind.DATE, width=7, listed=True)] = (
        None
    )
    remark: Annotated[str | None, Column(title="备注", width=12)] = None


class Activity(Entity):
    """An activity of a team as its form asks for it."""

    kind: Annotated[str, Column(title="活动种类", required=True, width=6, listed=True)]
    topic: Annotated[str, Column(title="主题", required=True, width=16, listed=True)]
    held_on: Annotated[
        str, Column(title="日期", kind=Kind.DATE, required=True, width=7, listed=True)
    ]
    until: Annotated[
        str | None,
        Column(title="至", kind=Kind.DATE, width=7, note="持续几天的才填，如批改作业"),
    ] = None
    hours: Annotated[
        Decimal | None,
        Column(title="学时", kind=Kind.DECIMAL, low=0, high=1000, width=4, listed=True),
    ] = None
    amount: Annotated[
        int | None,
        Column(title="数量", kind=Kind.INTEGER, low=0, high=100_000, width=4, listed=True),
    ] = None
    place: Annotated[str | None, Column(title="地点", width=10, listed=True)] = None
    course: Annotated[
        str | None,
        Column(title="课程", width=12, note="属于某门课程的才填：课程编号或名称"),
    ] = None
    evidence: Annotated[str | None, Column(title="佐证", width=12, note="签到表、照片等")] = None
    remark: Annotated[str | None, Column(title="备注", width=12)] = None
