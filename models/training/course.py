"""The entity course, described once."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from models.entities.describe import Column, Entity, Kind

STATUS_NAMES = {"planned": "计划中", "open": "进行中", "closed": "已结束"}


class Course(Entity):
    """A course or class that gives hours to those who pass it."""

    code: Annotated[
        str | None,
        Column(
            title="课程编号",
            kind=Kind.NUMBER_TEXT,
            width=8,
            listed=True,
            synonyms=("编号", "培训编号", "课程代码", "项目编号"),
            note="不填由系统编号",
            example="2025-003",
        ),
    ] = None
    title: Annotated[
        str,
        Column(
            title="课程名称",
            required=True,
            width=20,
            listed=True,
            synonyms=("培训项目名称", "培训项目", "项目名称", "培训课程", "课程", "培训名称"),
            example="《教师的教学技能》",
        ),
    ]
    year: Annotated[
        int,
        Column(
            title="培训年度",
            kind=Kind.YEAR,
            required=True,
            width=5,
            listed=True,
            low=1980,
            high=2099,
            synonyms=("年度", "年份"),
            example="2025",
        ),
    ]
    hours: Annotated[
        Decimal,
        Column(
            title="学时",
            kind=Kind.DECIMAL,
            required=True,
            width=4,
            listed=True,
            low=0,
            high=1000,
            synonyms=("培训学时", "学时数", "课时"),
            example="15",
        ),
    ]
    credits: Annotated[
        Decimal | None,
        Column(
            title="学分",
            kind=Kind.DECIMAL,
            width=4,
            listed=True,
            low=0,
            high=1000,
            synonyms=("培训学分", "学分数"),
            note="不填按规则由学时折算",
            example="1.5",
        ),
    ] = None
    category: Annotated[
        str | None,
        Column(
            title="培训形式",
            kind=Kind.CODE,
            table="training_mode",
            width=6,
            listed=True,
            synonyms=("形式", "培训方式", "类别"),
            example="集中",
        ),
    ] = None
    level: Annotated[
        str | None,
        Column(
            title="培训级别",
            kind=Kind.CODE,
            table="training_level",
            width=5,
            listed=True,
            synonyms=("级别", "培训层次"),
            example="县级",
        ),
    ] = None
    organizer: Annotated[
        str | None,
        Column(
            title="培训机构",
            width=14,
            listed=True,
            synonyms=("举办单位", "主办单位", "承办单位", "培训单位"),
            example="桦甸市教师进修学校",
        ),
    ] = None
    start_date: Annotated[
        str | None,
        Column(title="开始日期", kind=Kind.DATE, width=7, listed=True, synonyms=("开始时间",)),
    ] = None
    end_date: Annotated[
        str | None,
        Column(title="结束日期", kind=Kind.DATE, width=7, listed=True, synonyms=("结束时间",)),
    ] = None
    pass_mark: Annotated[
        Decimal | None,
        Column(
            title="及格分",
            kind=Kind.DECIMAL,
            width=4,
            low=0,
            high=1000,
            synonyms=("合格分", "及格线", "合格线"),
            note="不填按规则，一般 60 分",
            example="60",
        ),
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12, synonyms=("说明",))] = None
