"""What an institution is, described once."""

from __future__ import annotations

from typing import Annotated

from models.entities.describe import Column, Entity, Kind


class Institution(Entity):
    """An institution of one of the five levels 省—市—县—片—校, kindergartens and stations too."""

    name: Annotated[
        str,
        Column(
            title="机构名称",
            kind=Kind.INSTITUTION,
            unit="identity",
            required=True,
            width=18,
            listed=True,
            synonyms=("名称", "学校名称", "单位名称", "学校全称", "单位全称", "全称"),
            note="填写公章上的全称",
            example="桦甸市第四中学",
        ),
    ]
    short_name: Annotated[
        str | None,
        Column(
            title="简称",
            unit="identity",
            width=8,
            listed=True,
            synonyms=("学校简称", "单位简称", "机构简称"),
            example="四中",
        ),
    ] = None
    level: Annotated[
        str | None,
        Column(
            title="层级",
            kind=Kind.CODE,
            table="institution_level",
            unit="standing",
            synonyms=("机构层级", "单位层级"),
            width=5,
            note="省、市、县、片、校；不填按“校”",
        ),
    ] = None
    type: Annotated[
        str | None,
        Column(
            title="机构类型",
            kind=Kind.CODE,
            table="institution_type",
            unit="standing",
            width=8,
            listed=True,
            synonyms=("类型", "学校类型", "单位类型", "办学类型", "类别", "学校类别"),
            example="初级中学",
        ),
    ] = None
    stages: Annotated[
        str | None,
        Column(
            title="办学学段",
            kind=Kind.CODES,
            table="stage",
            unit="standing",
            width=8,
            listed=True,
            synonyms=("学段", "办学层次"),
            note="几个学段用“、”隔开",
            example="初中",
        ),
    ] = None
    location: Annotated[
        str | None,
        Column(
            title="城乡属性",
            kind=Kind.CODE,
            table="location",
            unit="standing",
            width=6,
            listed=True,
            synonyms=("城乡类型", "城乡分类", "所在地城乡类型"),
            example="县城",
        ),
    ] = None
    parent: Annotated[
        str | None,
        Column(
            title="所属中心校",
            kind=Kind.INSTITUTION,
            unit="belonging",
            width=16,
            listed=True,
            synonyms=("上级中心校", "中心校", "主管中心校", "上级单位", "上级机构", "所属学校"),
            note="村小、教学点、附设幼儿园填写所属中心校",
        ),
    ] = None
    district: Annotated[
        str | None,
        Column(
            title="所属片",
            unit="belonging",
            width=10,
            listed=True,
            synonyms=("所属片/大学区", "片", "片区", "所属片区", "大学区", "所属大学区", "学区"),
            example="城区第一大学区",
        ),
    ] = None
    station: Annotated[
        str | None,
        Column(title="辅导站", unit="belonging", width=12, synonyms=("所属辅导站", "辅导站名称")),
    ] = None
    tutor: Annotated[
        str | None,
        Column(
            title="辅导员",
            kind=Kind.NAME,
            unit="belonging",
            width=6,
            listed=True,
            synonyms=("辅导员姓名", "辅导站辅导员"),
        ),
    ] = None
    track: Annotated[
        str | None,
        Column(
            title="培训方式",
            kind=Kind.CODE,
            table="track",
            unit="standing",
            width=6,
            listed=True,
            synonyms=("文本/网联", "培训类别", "参训方式", "文本网联"),
            example="文本",
        ),
    ] = None
    base_school: Annotated[
        bool | None,
        Column(
            title="基地校",
            kind=Kind.FLAG,
            unit="standing",
            width=4,
            synonyms=("是否基地校", "基地学校"),
        ),
    ] = None
    status: Annotated[
        str | None,
        Column(
            title="机构状态",
            kind=Kind.CODE,
            table="institution_status",
            unit="standing",
            width=5,
            synonyms=("办学状态", "状态"),
            note="在办、已合并、已撤销；不填按“在办”",
        ),
    ] = None
    closed_on: Annotated[
        str | None,
        Column(
            title="合并或撤销日期",
            kind=Kind.DATE,
            unit="standing",
            width=8,
            synonyms=("撤并日期", "撤销日期", "合并日期"),
        ),
    ] = None
    longitude: Annotated[
        str | None,
        Column(
            title="经度",
            kind=Kind.COORDINATE,
            unit="place",
            width=7,
            low=73,
            high=136,
            synonyms=("东经", "经度（东经）"),
            note="度，六位小数以内；师徒匹配据此算两校的距离，不知道可不填",
            example="126.745312",
        ),
    ] = None
    latitude: Annotated[
        str | None,
        Column(
            title="纬度",
            kind=Kind.COORDINATE,
            unit="place",
            width=7,
            low=3,
            high=54,
            synonyms=("北纬", "纬度（北纬）"),
            note="度，六位小数以内",
            example="42.972038",
        ),
    ] = None
    remark: Annotated[
        str | None, Column(title="备注", unit="remark", width=12, synonyms=("说明",))
    ] = None
