"""The entities of the mentoring room, each described once."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from models.entities.describe import Column, Entity, Kind, columns
from models.staff.records import Teacher


def _of_teacher(field: str, title: str, synonyms: tuple[str, ...] = (), **changes: bool) -> Column:
    """A field by which a line names a teacher; it is not stored in the row itself."""
    described = columns(Teacher)[field]
    known = (*synonyms, *(described.synonyms if title == described.title else ()))
    return replace(described, title=title, unit="", synonyms=known, note="", **changes)


class Programme(Entity):
    """A programme of mentoring pairs: one cycle of one kind."""

    code: Annotated[
        str | None,
        Column(
            title="工程编号",
            kind=Kind.NUMBER_TEXT,
            width=8,
            listed=True,
            note="不填由系统编号",
            example="2025-CX",
        ),
    ] = None
    name: Annotated[
        str | None,
        Column(title="工程名称", width=20, listed=True, note="不填按种类的名称"),
    ] = None
    kind: Annotated[
        str, Column(title="工程种类", required=True, width=14, listed=True, example="town-village")
    ]
    starts_on: Annotated[
        str | None,
        Column(title="开始日期", kind=Kind.DATE, width=7, listed=True, note="不填为今天"),
    ] = None
    ends_on: Annotated[
        str | None,
        Column(title="结束日期", kind=Kind.DATE, width=7, listed=True, note="不填按周期"),
    ] = None
    goals: Annotated[str | None, Column(title="目标", width=24, note="印在协议上")] = None
    tasks: Annotated[str | None, Column(title="任务", width=24, note="印在协议上")] = None
    document: Annotated[
        str | None, Column(title="实施方案文号", width=14, synonyms=("方案", "文号"))
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12, synonyms=("说明",))] = None


class SurveyLine(Entity):
    """One line of a survey form that a school sends back."""

    school: Annotated[
        str | None,
        Column(
            title="填表学校",
            kind=Kind.INSTITUTION,
            unit="",
            width=16,
            listed=True,
            synonyms=("学校", "学校名称", "单位", "中心校", "所在学校"),
        ),
    ] = None
    village: Annotated[
        str | None,
        Column(
            title="村级小学",
            kind=Kind.INSTITUTION,
            unit="",
            width=14,
            listed=True,
            synonyms=("村小", "村校"),
        ),
    ] = None
    side: Annotated[
        str | None,
        Column(
            title="愿帮扶或愿受扶",
            width=8,
            listed=True,
            synonyms=("帮扶意愿", "愿望"),
            note="填“愿帮扶”或“愿受扶”",
            example="愿受扶",
        ),
    ] = None
    teacher_no: Annotated[
        str | None, _of_teacher("teacher_no", "教师编号", required=False, listed=True)
    ] = None
    name: Annotated[str | None, _of_teacher("name", "姓名", required=False, listed=True)] = None
    subject: Annotated[str | None, replace(columns(Teacher)["subject"], title="学科", unit="row",
        synonyms=("任教学科", "所需学科", "帮扶学科"))] = None  # fmt: skip
    stage: Annotated[str | None, replace(columns(Teacher)["stage"], unit="row")] = None
    people: Annotated[
        int | None,
        Column(
            title="人数",
            kind=Kind.INTEGER,
            width=4,
            listed=True,
            low=0,
            high=500,
            synonyms=("可带人数", "需要人数", "名额"),
            note="写了姓名的，师傅填可带几人，徒弟不填",
        ),
    ] = None
    wish: Annotated[
        str | None,
        Column(
            title="希望与谁结对",
            width=12,
            listed=True,
            synonyms=("意愿", "希望结对学校", "希望师傅"),
            note="学校名称，或教师编号，几个用“、”隔开",
        ),
    ] = None
    remark: Annotated[str | None, Column(title="备注", width=12, synonyms=("说明",))] = None


class PairLine(Entity):
    """One line of a table of pairs: who leads whom."""

    mentor_no: Annotated[
        str,
        _of_teacher(
            "teacher_no", "师傅编号", ("帮扶教师编号", "导师编号", "指导教师编号"), required=True
        ),
    ]
    mentor: Annotated[
        str | None, _of_teacher("name", "师傅", ("师傅姓名", "帮扶教师", "导师"), required=False)
    ] = None
    mentee_no: Annotated[
        str,
        _of_teacher(
            "teacher_no",
            "徒弟编号",
            ("帮扶对象编号", "新任教师编号", "青年教师编号"),
            required=True,
        ),
    ]
    mentee: Annotated[
        str | None,
        _of_teacher("name", "徒弟", ("徒弟姓名", "帮扶对象", "新任教师"), required=False),
    ] = None
    fixed: Annotated[
        bool | None,
        Column(title="固定", kind=Kind.FLAG, unit="state", width=4, synonyms=("是否固定",)),
    ] = None
