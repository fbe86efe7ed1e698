"""The entities of the training room, each described once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Annotated

from models.entities.describe import Column, Entity, Kind, columns
from models.staff.records import Teacher
from models.training.facts import NATURE, THEME


def _of_person(field: str, synonyms: tuple[str, ...] = (), **changes: bool) -> Column:
    """A field by which a line names a teacher: as the register describes it, with more words.

    It is not stored in the row: the row keeps the teacher's identity.
    """
    described = columns(Teacher)[field]
    return replace(described, unit="", synonyms=(*described.synonyms, *synonyms), **changes)


class TrainingRecord(Entity):
    """One line of the hours ledger as schools, platforms and organisers report it.

    The person is named by number, ID number or (if nobody else bears it) by name.
    """

    name: Annotated[str | None, _of_person("name", synonyms=("参训教师", "参训人员"))] = None
    id_number: Annotated[str | None, _of_person("id_number", required=False)] = None
    teacher_no: Annotated[str | None, _of_person("teacher_no")] = None
    school: Annotated[str | None, _of_person("school", listed=False)] = None
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
            synonyms=("年度", "年份", "学年", "培训年份"),
            example="2025",
        ),
    ]
    course: Annotated[
        str,
        Column(
            title="课程名称",
            required=True,
            width=20,
            listed=True,
            synonyms=(
                "培训项目名称",
                "培训项目",
                "项目名称",
                "培训课程",
                "培训内容",
                "课程",
                "培训项目/课程",
                "培训名称",
                "培训项目（课程）",
            ),
            example="《教师的教学技能》",
        ),
    ]
    category: Annotated[
        str | None,
        Column(
            title="培训形式",
            kind=Kind.CODE,
            table="training_mode",
            width=6,
            listed=True,
            synonyms=("培训类型", "培训类别", "形式", "培训方式", "类别"),
            example="集中",
        ),
    ] = None
    theme: Annotated[str | None, THEME] = None
    level: Annotated[
        str | None,
        Column(
            title="培训级别",
            kind=Kind.CODE,
            table="training_level",
            width=5,
            synonyms=("级别", "培训层次", "项目级别"),
            example="县级",
        ),
    ] = None
    nature: Annotated[str | None, NATURE] = None
    organizer: Annotated[
        str | None,
        Column(
            title="培训机构",
            width=14,
            listed=True,
            synonyms=("举办单位", "主办单位", "承办单位", "培训单位", "组织单位"),
        ),
    ] = None
    start_date: Annotated[
        str | None,
        Column(
            title="开始日期",
            kind=Kind.DATE,
            width=7,
            listed=True,
            synonyms=("开始时间", "培训开始时间", "培训开始日期", "起始时间", "起始日期"),
        ),
    ] = None
    end_date: Annotated[
        str | None,
        Column(
            title="结束日期",
            kind=Kind.DATE,
            width=7,
            listed=True,
            synonyms=("结束时间", "培训结束时间", "培训结束日期", "截止时间", "截止日期"),
        ),
    ] = None
    period: Annotated[
        str | None,
        Column(
            title="培训时间",
            kind=Kind.PERIOD,
            unit="",
            width=14,
            templated=False,
            synonyms=("起止时间", "起止日期", "培训起止时间", "培训日期", "时间"),
        ),
    ] = None
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
            synonyms=("培训学时", "学时数", "获得学时", "认定学时", "课时"),
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
            synonyms=("获得学分", "培训学分", "学分数", "认定学分"),
            example="1.5",
        ),
    ] = None
    score: Annotated[
        str | None,
        Column(
            title="考核结果",
            width=6,
            listed=True,
            synonyms=("考核成绩", "成绩", "考试成绩", "结果", "考核", "考核等级"),
            example="合格",
        ),
    ] = None
    remark: Annotated[
        str | None, Column(title="备注", unit="row", width=12, synonyms=("说明",))
    ] = None


class ScoreLine(Entity):
    """One line of the score sheet of a course."""

    teacher_no: Annotated[str | None, _of_person("teacher_no", synonyms=("编号", "准考证号"))] = (
        None
    )
    id_number: Annotated[str | None, _of_person("id_number", required=False)] = None
    name: Annotated[str | None, _of_person("name", required=False)] = None
    score: Annotated[
        str | None,
        Column(
            title="成绩",
            required=True,
            synonyms=("分数", "得分", "考试成绩", "考核成绩", "总分", "总成绩", "考核结果"),
        ),
    ] = None
