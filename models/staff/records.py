"""What a teacher is, described once; institutions stand in ``institution_records``."""

from __future__ import annotations

from typing import Annotated

from models.entities.describe import Column, Entity, Kind


class Teacher(Entity):
    """A teacher: one person, one number that never changes (一人一号)."""

    teacher_no: Annotated[
        str | None,
        Column(
            title="教师编号",
            kind=Kind.NUMBER_TEXT,
            unit="identity",
            width=9,
            listed=True,
            synonyms=(
                "教师编码",
                "继教号",
                "继教证号",
                "继续教育证号",
                "继续教育编号",
                "师训编号",
                "学员编号",
                "教师代码",
            ),
            note="新教师不填，由系统编号",
        ),
    ] = None
    name: Annotated[
        str,
        Column(
            title="姓名",
            kind=Kind.NAME,
            unit="identity",
            required=True,
            width=7,
            listed=True,
            synonyms=("教师姓名", "学员姓名", "名字", "教师"),
            note="与身份证一致，两字姓名中间不加空格",
            example="张红梅",
        ),
    ]
    former_name: Annotated[
        str | None,
        Column(title="曾用名", kind=Kind.NAME, unit="identity", width=7, personal=True),
    ] = None
    sex: Annotated[
        str | None,
        Column(
            title="性别",
            kind=Kind.CODE,
            table="sex",
            unit="identity",
            width=3,
            listed=True,
            example="女",
        ),
    ] = None
    id_type: Annotated[
        str | None,
        Column(
            title="证件类型",
            kind=Kind.CODE,
            table="id_type",
            unit="identity",
            width=6,
            synonyms=("身份证件类型",),
            note="不填按“居民身份证”",
        ),
    ] = None
    id_number: Annotated[
        str | None,
        Column(
            title="身份证号",
            kind=Kind.ID_NUMBER,
            unit="identity",
            personal=True,
            width=12,
            required=True,
            listed=True,
            synonyms=(
                "身份证",
                "身份证号码",
                "公民身份号码",
                "身份证件号",
                "证件号码",
                "证件号",
                "身份证件号码",
                "居民身份证号",
                "居民身份证号码",
                "公民身份证号码",
            ),
            note="18 位，单元格设为文本",
            example="11010519491231002X",
        ),
    ] = None
    birth_date: Annotated[
        str | None,
        Column(
            title="出生日期",
            kind=Kind.DATE,
            unit="identity",
            personal=True,
            width=7,
            synonyms=("出生年月", "出生年月日", "生日", "出生", "出生时间"),
            note="可不填，按身份证号推出",
            example="1949-12-31",
        ),
    ] = None
    ethnicity: Annotated[
        str | None,
        Column(
            title="民族",
            kind=Kind.CODE,
            table="ethnicity",
            unit="identity",
            width=5,
            synonyms=("族别",),
            example="汉族",
        ),
    ] = None
    school: Annotated[
        str | None,
        Column(
            title="所在学校",
            kind=Kind.INSTITUTION,
            unit="post",
            width=16,
            listed=True,
            synonyms=(
                "工作单位",
                "现工作单位",
                "学校",
                "单位",
                "所在单位",
                "学校名称",
                "单位名称",
                "任教学校",
                "所在学校名称",
                "现任教学校",
                "工作学校",
            ),
            note="与机构名录一致",
            example="桦甸市第四中学",
        ),
    ] = None
    stage: Annotated[
        str | None,
        Column(
            title="学段",
            kind=Kind.CODE,
            table="stage",
            unit="post",
            width=4,
            listed=True,
            synonyms=("任教学段", "所教学段"),
            example="初中",
        ),
    ] = None
    subject: Annotated[
        str | None,
        Column(
            title="任教学科",
            kind=Kind.CODES,
            table="subject",
            unit="post",
            width=7,
            listed=True,
            synonyms=(
                "学科",
                "任教课程",
                "任课",
                "任课学科",
                "所教学科",
                "教学科目",
                "任教科目",
                "科目",
            ),
            note="几个学科用“、”隔开",
            example="数学",
        ),
    ] = None
    post: Annotated[
        str | None,
        Column(
            title="职务",
            kind=Kind.CODE,
            table="post",
            unit="post",
            width=6,
            synonyms=("行政职务", "现任职务", "担任职务", "岗位", "职务岗位"),
            example="教师",
        ),
    ] = None
    is_head: Annotated[
        bool | None,
        Column(
            title="是否班主任",
            kind=Kind.FLAG,
            unit="post",
            width=5,
            synonyms=("班主任", "任班主任", "担任班主任"),
            example="否",
        ),
    ] = None
    title: Annotated[
        str | None,
        Column(
            title="职称",
            kind=Kind.CODE,
            table="title",
            unit="standing",
            width=6,
            listed=True,
            synonyms=("专业技术职务", "专业技术职称", "技术职称", "现职称", "职称等级"),
            example="一级教师",
        ),
    ] = None
    education: Annotated[
        str | None,
        Column(
            title="学历",
            kind=Kind.CODE,
            table="education",
            unit="standing",
            width=6,
            synonyms=("最高学历", "文化程度", "现学历", "学历层次"),
            example="本科",
        ),
    ] = None
    college: Annotated[
        str | None,
        Column(
            title="毕业院校",
            unit="standing",
            width=10,
            synonyms=("毕业学校", "毕业院校名称", "院校", "毕业院校及专业"),
        ),
    ] = None
    work_start: Annotated[
        str | None,
        Column(
            title="参加工作时间",
            kind=Kind.MONTH,
            unit="standing",
            width=7,
            synonyms=(
                "工作时间",
                "参加工作年月",
                "参加工作日期",
                "工作年月",
                "参工时间",
                "参加工作",
            ),
            note="写到月，如 2008-08",
            example="2008-08",
        ),
    ] = None
    years: Annotated[
        int | None,
        Column(
            title="教龄",
            kind=Kind.INTEGER,
            unit="standing",
            width=4,
            low=0,
            high=60,
            synonyms=("任教年限", "教学年限"),
            example="17",
        ),
    ] = None
    backbone: Annotated[
        str | None,
        Column(
            title="骨干级别",
            kind=Kind.CODE,
            table="backbone",
            unit="standing",
            width=8,
            synonyms=("骨干教师级别", "骨干称号", "骨干教师", "骨干类别", "骨干"),
            example="县骨干教师",
        ),
    ] = None
    special_post: Annotated[
        bool | None,
        Column(
            title="特岗教师",
            kind=Kind.FLAG,
            unit="standing",
            width=4,
            synonyms=("是否特岗教师", "特岗", "是否特岗"),
        ),
    ] = None
    status: Annotated[
        str | None,
        Column(
            title="岗位状态",
            kind=Kind.CODE,
            table="teacher_status",
            unit="status",
            width=5,
            listed=True,
            synonyms=("人员状态", "在岗状态", "在岗情况", "状态"),
            example="在岗",
        ),
    ] = None
    track: Annotated[
        str | None,
        Column(
            title="培训方式",
            kind=Kind.CODE,
            table="track",
            unit="status",
            width=5,
            synonyms=("文本/网联", "参训方式", "文本网联", "培训形式"),
            example="文本",
        ),
    ] = None
    phone: Annotated[
        str | None,
        Column(
            title="联系电话",
            kind=Kind.PHONE,
            unit="contact",
            personal=True,
            width=9,
            synonyms=(
                "手机",
                "电话",
                "手机号",
                "手机号码",
                "联系方式",
                "移动电话",
                "电话号码",
                "本人电话",
            ),
        ),
    ] = None
    remark: Annotated[
        str | None, Column(title="备注", unit="remark", width=12, synonyms=("说明",))
    ] = None
