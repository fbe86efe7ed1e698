"""What a batch, a nomination, a grant and a duty are, described once."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from models.entities.describe import Column, Entity, Kind

_SUBJECT = Column(
    title="学科",
    kind=Kind.CODES,
    table="subject",
    width=7,
    synonyms=("任教学科", "推荐学科", "认定学科"),
    note="不填按名册中的任教学科",
    example="数学",
)
_STAGE = Column(
    title="学段",
    kind=Kind.CODE,
    table="stage",
    width=4,
    synonyms=("任教学段",),
    note="不填按名册",
    example="小学",
)


class Batch(Entity):
    """A batch (期) of a title as its form asks for it."""

    kind: Annotated[str, Column(title="称号", required=True, width=8, example="骨干教师")]
    level: Annotated[str | None, Column(title="级别", width=4, example="县级")] = None
    number: Annotated[
        int | None,
        Column(title="期次", kind=Kind.INTEGER, low=1, high=999, width=4, example="5"),
    ] = None
    name: Annotated[
        str | None, Column(title="名称", width=16, note="不填按称号和期次", example="")
    ] = None
    year: Annotated[int | None, Column(title="年度", kind=Kind.YEAR, width=5)] = None
    quota: Annotated[
        int | None, Column(title="总名额", kind=Kind.INTEGER, low=0, high=100_000, width=5)
    ] = None
    document: Annotated[str | None, Column(title="依据文件", width=14)] = None
    remark: Annotated[str | None, Column(title="备注", width=12)] = None


class Nomination(Entity):
    """A line of the list of those whom a school recommends."""

    teacher_no: Annotated[
        str | None,
        Column(
            title="教师编号",
            kind=Kind.NUMBER_TEXT,
            width=9,
            synonyms=("继教号", "继续教育编号", "教师编码"),
            note="教师编号、身份证号、姓名与单位，填一种即可",
        ),
    ] = None
    id_number: Annotated[
        str | None,
        Column(
            title="身份证号",
            kind=Kind.ID_NUMBER,
            width=12,
            personal=True,
            synonyms=("身份证", "身份证号码", "证件号码"),
        ),
    ] = None
    name: Annotated[
        str | None,
        Column(
            title="姓名",
            kind=Kind.NAME,
            width=7,
            synonyms=("教师姓名", "推荐人选", "被推荐人"),
            example="张红梅",
        ),
    ] = None
    school: Annotated[
        str | None,
        Column(
            title="单位",
            kind=Kind.INSTITUTION,
            width=16,
            synonyms=("学校", "工作单位", "所在学校", "单位名称", "学校名称", "所在单位"),
            note="与机构名录一致",
            example="桦甸市第四中学",
        ),
    ] = None
    stage: Annotated[str | None, _STAGE] = None
    subject: Annotated[str | None, _SUBJECT] = None
    lesson_score: Annotated[
        Decimal | None,
        Column(
            title="实践课得分",
            kind=Kind.DECIMAL,
            low=0,
            high=100,
            width=5,
            synonyms=("实践课", "实践课成绩", "课堂教学得分", "汇报课得分"),
            example="86",
        ),
    ] = None
    contest: Annotated[
        str | None,
        Column(
            title="竞赛获奖",
            width=12,
            synonyms=("优质课", "优质课获奖", "获奖情况", "竞赛成绩"),
            example="2025 年市优质课一等奖",
        ),
    ] = None
    merits: Annotated[
        str | None,
        Column(title="主要业绩", width=16, synonyms=("业绩", "主要事迹", "推荐理由")),
    ] = None
    nominated_by: Annotated[
        str | None, Column(title="推荐单位", width=12, synonyms=("推荐学校", "推荐人"))
    ] = None


class GrantForm(Entity):
    """A title given before, or by another office, as its form asks for it."""

    title: Annotated[
        str,
        Column(
            title="称号",
            required=True,
            width=10,
            note="连同级别，如 市级学科带头人",
            example="市级骨干教师",
        ),
    ]
    granted_on: Annotated[str | None, Column(title="授予日期", kind=Kind.DATE, width=7)] = None
    ends_on: Annotated[
        str | None,
        Column(title="任期至", kind=Kind.DATE, width=7, note="不填按称号的任期"),
    ] = None
    stage: Annotated[str | None, _STAGE] = None
    subject: Annotated[str | None, _SUBJECT] = None
    document: Annotated[str | None, Column(title="认定文件", width=14)] = None
    source: Annotated[str | None, Column(title="授予单位", width=12, example="吉林市教育局")] = None
    certificate_no: Annotated[
        str | None, Column(title="证书编号", kind=Kind.NUMBER_TEXT, width=10)
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12)] = None


class DutyForm(Entity):
    """Something a titled teacher did for the title, as its form asks for it."""

    kind: Annotated[str, Column(title="职责", required=True, width=8, example="公开课、示范课")]
    done_on: Annotated[str, Column(title="日期", kind=Kind.DATE, required=True, width=7)]
    what: Annotated[
        str, Column(title="内容", required=True, width=16, example="六年级数学示范课《圆的面积》")
    ]
    amount: Annotated[
        int | None,
        Column(
            title="次数", kind=Kind.INTEGER, low=1, high=1000, width=4, note="不填为 1", example="1"
        ),
    ] = None
    place: Annotated[str | None, Column(title="地点", width=10)] = None
    evidence: Annotated[
        str | None, Column(title="佐证", width=12, note="资源编号、照片、签到表等")
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12)] = None
