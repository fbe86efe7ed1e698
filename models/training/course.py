"""The entity course, described once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Annotated

from models.entities.describe import Column, Entity, Kind
from models.training.facts import NATURE, THEME

STATUS_NAMES = {"planned": "计划中", "open": "进行中", "closed": "已结束"}
APPROVAL_NAMES = {"draft": "未申报", "filed": "待批准", "approved": "已批准", "returned": "退回"}
HEADINGS = {"row": "课程", "terms": "类别与内容", "place": "安排与费用", "gate": "考试资格"}
"""Merge unit to the heading of its group in the form."""


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
        Decimal | None,
        Column(
            title="学时",
            kind=Kind.DECIMAL,
            width=4,
            listed=True,
            low=0,
            high=1000,
            synonyms=("培训学时", "学时数", "课时"),
            note="不填按天数折算",
            example="15",
        ),
    ] = None
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
            synonyms=("举办单位", "主办单位", "培训单位"),
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
    theme: Annotated[str | None, replace(THEME, unit="terms")] = None
    nature: Annotated[
        str | None,
        replace(NATURE, unit="terms", synonyms=(*NATURE.synonyms, "性质")),
    ] = None
    stages: Annotated[
        str | None,
        Column(
            title="学段",
            kind=Kind.CODES,
            table="stage",
            unit="terms",
            width=8,
            synonyms=("培训学段", "面向学段"),
            example="小学、初中",
        ),
    ] = None
    subjects: Annotated[
        str | None,
        Column(
            title="学科",
            kind=Kind.CODES,
            table="subject",
            unit="terms",
            width=8,
            synonyms=("培训学科", "面向学科", "任教学科"),
            example="语文",
        ),
    ] = None
    track: Annotated[
        str | None,
        Column(
            title="培训途径",
            kind=Kind.CODE,
            table="track",
            unit="terms",
            width=4,
            synonyms=("文本网联", "文本/网联"),
            note="文本或网联；不分的不填",
            example="文本",
        ),
    ] = None
    ethics: Annotated[
        bool | None,
        Column(
            title="含师德内容",
            kind=Kind.FLAG,
            unit="terms",
            width=4,
            synonyms=("师德内容", "师德"),
            note="各级各类培训都应含师德教育",
            example="是",
        ),
    ] = None
    book: Annotated[
        str | None,
        Column(title="用书", unit="terms", width=12, synonyms=("教材", "读本", "培训用书")),
    ] = None
    operator: Annotated[
        str | None,
        Column(
            title="承办单位",
            unit="place",
            width=14,
            synonyms=("承办机构", "实施单位"),
            note="与举办单位不同时填写",
        ),
    ] = None
    place: Annotated[
        str | None,
        Column(title="地点", unit="place", width=12, synonyms=("培训地点", "上课地点")),
    ] = None
    days: Annotated[
        Decimal | None,
        Column(
            title="天数",
            kind=Kind.DECIMAL,
            unit="place",
            width=4,
            low=0,
            high=366,
            synonyms=("培训天数",),
            example="2",
        ),
    ] = None
    fee: Annotated[
        Decimal | None,
        Column(
            title="每人费用",
            kind=Kind.DECIMAL,
            unit="place",
            width=5,
            low=0,
            high=100_000,
            synonyms=("费用", "收费标准", "培训费"),
            note="元",
            example="138",
        ),
    ] = None
    quota: Annotated[
        int | None,
        Column(
            title="每校名额",
            kind=Kind.INTEGER,
            unit="place",
            width=4,
            low=0,
            high=100_000,
            synonyms=("名额", "每校人数"),
            note="不填不限；个别学校可另定",
        ),
    ] = None
    gated: Annotated[
        bool | None,
        Column(
            title="考前审核资格",
            kind=Kind.FLAG,
            unit="gate",
            width=4,
            note="是：没有完成学时、作业、交流的不能录成绩",
        ),
    ] = None
    need_attendance: Annotated[
        int | None,
        Column(title="出勤率要求", kind=Kind.INTEGER, unit="gate", low=0, high=100, note="百分数"),
    ] = None
    need_homework: Annotated[
        int | None,
        Column(title="作业要求", kind=Kind.INTEGER, unit="gate", low=0, high=1000, note="份"),
    ] = None
    need_posts: Annotated[
        int | None,
        Column(title="原创文章要求", kind=Kind.INTEGER, unit="gate", low=0, high=1000, note="篇"),
    ] = None
    need_quality: Annotated[
        int | None,
        Column(title="交流质量要求", kind=Kind.INTEGER, unit="gate", low=0, high=100, note="分"),
    ] = None
