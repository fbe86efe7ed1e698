"""What of ours a form may ask for, by name: one registry for every subject.

A fact is named ``<of what>.<field>``: ``record.hours``, ``teacher.id_number``, ``school.name``,
``office.region``, ``sum.hours``. Titles, kinds and code tables come from the entities' own
descriptions; nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from models.entities.describe import Entity, Kind, columns
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.text.tidy import key
from models.training.records import TrainingRecord
from models.uploads.forms import CellKind, Subject

_OF_PERSON = ("name", "id_number", "teacher_no", "school", "period")
"""Fields of a record that are its teacher's, or made of two others."""
REPORTED = "reported."
_FROZEN = ("title", "post", "stage", "subject", "education")
"""What a record keeps of its teacher as of the day it was entered."""


_CELL_KINDS = {
    Kind.ID_NUMBER: CellKind.ID,
    Kind.NUMBER_TEXT: CellKind.ID,
    Kind.PHONE: CellKind.ID,
    Kind.INTEGER: CellKind.INTEGER,
    Kind.YEAR: CellKind.INTEGER,
    Kind.DECIMAL: CellKind.DECIMAL,
    Kind.DATE: CellKind.DATE,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing of ours.

    Attributes:
        name: by which forms ask for it.
        title: in Chinese, with what it is of.
        kind: what sort of value it is.
        table: the code table of a coded one.
        personal: whether messages mask it.
        words: header words that mean it.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    table: str | None = None
    personal: bool = False
    words: tuple[str, ...] = ()


_OFFICE = (
    Fact(
        "office.name", "本单位名称", words=("单位名称", "上报单位", "填报单位", "报送单位", "县区")
    ),
    Fact("office.region", "本单位行政区划代码", words=("行政区划代码", "区划代码", "地区代码")),
    Fact("office.region_name", "本单位行政区划名称", words=("行政区划", "县市区", "所在县区")),
    Fact("asked.year", "上报年度", Kind.INTEGER, words=("年度", "年份", "统计年度", "培训年度")),
)
_GIVEN = Fact(
    "there.number", "上级系统给的编号", Kind.NUMBER_TEXT, words=("全国教师编号", "系统编号")
)
_SUMS = (
    Fact("sum.hours", "当年学时合计", Kind.DECIMAL, words=("学时合计", "总学时", "年度学时")),
    Fact(
        "sum.credits",
        "当年学分合计",
        Kind.DECIMAL,
        words=("学分合计", "总学分", "年度学分", "学分"),
    ),
    Fact("sum.entries", "当年培训记录数", Kind.INTEGER, words=("培训次数", "记录数")),
    Fact("sum.hours_national", "当年国家级培训学时", Kind.DECIMAL, words=("国家级学时",)),
    Fact("sum.hours_province", "当年省级培训学时", Kind.DECIMAL, words=("省级学时",)),
    Fact("sum.hours_city", "当年市级培训学时", Kind.DECIMAL, words=("市级学时", "地市级学时")),
    Fact("sum.hours_county", "当年县级培训学时", Kind.DECIMAL, words=("县级学时",)),
    Fact("sum.hours_school", "当年校级培训学时", Kind.DECIMAL, words=("校本学时", "校级学时")),
    Fact("sum.hours_online", "当年网络研修学时", Kind.DECIMAL, words=("网络学时", "网络研修学时")),
)
_COUNTS = (
    Fact(
        "count.teachers",
        "教师人数",
        Kind.INTEGER,
        words=("教师总数", "专任教师数", "教师数", "应培训人数"),
    ),
    Fact(
        "count.in_post", "在岗教师人数", Kind.INTEGER, words=("在岗人数", "在职人数", "在岗教师数")
    ),
    Fact("count.schools", "学校数", Kind.INTEGER, words=("学校总数", "机构数")),
    Fact("count.backbone", "有骨干称号的教师人数", Kind.INTEGER, words=("骨干教师数", "骨干人数")),
    Fact(
        "count.trained",
        "有学时的教师人数",
        Kind.INTEGER,
        words=("参训人数", "培训人数", "实培人数"),
    ),
    Fact(
        "count.trained_share", "参训率（%）", Kind.DECIMAL, words=("参训率", "培训率", "参训率(%)")
    ),
    Fact("count.mean_hours", "人均学时", Kind.DECIMAL, words=("平均学时", "人均培训学时")),
    Fact("count.met", "达标人数", Kind.INTEGER, words=("合格人数", "完成人数", "达标教师数")),
    Fact("count.behind", "未达标人数", Kind.INTEGER, words=("不合格人数", "未完成人数")),
    Fact(
        "count.met_share",
        "达标率（%）",
        Kind.DECIMAL,
        words=("达标率", "合格率", "完成率", "达标率(%)"),
    ),
)
_WHOLE = (
    Fact(
        "count.courses",
        "本单位培训课程（门）",
        Kind.INTEGER,
        words=("培训项目数", "课程数", "培训班次"),
    ),
    Fact("count.course_people", "本单位课程参训人次", Kind.INTEGER, words=("参训人次", "培训人次")),
    Fact("count.stamped", "年度验印人数", Kind.INTEGER, words=("验印人数", "验证人数")),
)
_GROUP = (
    Fact("group.name", "分组名称", words=("类别", "学段", "项目", "分类", "片区", "单位")),
    Fact("group.code", "分组代码"),
)


@cache
def facts_of(subject: Subject) -> Mapping[str, Fact]:
    """Every fact that a form of that subject may ask for, by name."""
    parts: dict[Subject, tuple[Fact, ...]] = {
        Subject.RECORD: (*_record(), *_teacher(), _GIVEN, *_school(), *_OFFICE),
        Subject.TEACHER: (*_teacher(), _GIVEN, *_SUMS, *_school(), *_OFFICE),
        Subject.INSTITUTION: (*_school(), *_COUNTS, *_SUMS, *_OFFICE),
        Subject.GROUP: (*_GROUP, *_COUNTS, *_SUMS, *_OFFICE),
        Subject.COUNTY: (*_OFFICE, *_COUNTS, *_SUMS, *_WHOLE),
    }
    return {one.name: one for one in parts[subject]}


def fact_named(subject: Subject, name: str) -> Fact | None:
    """The fact of that name; None where the subject has none such.

    ``reported.`` and the name of a figure that institutions report (``verdicts.figures``) is a fact
    of schools and of the county.
    """
    if name.startswith(REPORTED) and subject in (Subject.INSTITUTION, Subject.COUNTY):
        return Fact(name, f"填报：{name.removeprefix(REPORTED)}", Kind.DECIMAL)
    return facts_of(subject).get(name)


def propose_fact(subject: Subject, header: str) -> Fact | None:
    """The fact that a header most likely means: its title or a synonym; earlier facts win."""
    return _words(subject).get(key(header.strip("*＊★ ")))


def cell_kind(fact: Fact | None, choices: Mapping[str, str]) -> CellKind:
    """What a column takes by the fact in it; one to choose in takes texts."""
    return _CELL_KINDS.get(fact.kind, CellKind.TEXT) if fact and not choices else CellKind.TEXT


@cache
def _words(subject: Subject) -> Mapping[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in facts_of(subject).values():
        plain = fact.title.split("：")[-1]
        for word in (fact.title, plain, *fact.words):
            found.setdefault(key(word), fact)
    return found


@cache
def _teacher() -> tuple[Fact, ...]:
    more = {
        "name": ("教师姓名",),
        "id_number": ("教师身份证号", "证件号码"),
        "id_type": ("身份证件类型",),
    }
    return tuple(_described("teacher", Teacher, "教师", more))


@cache
def _school() -> tuple[Fact, ...]:
    code = Fact("school.type_code", "学校：机构类型代码", words=("学校类型代码",))
    return (
        *_described("school", Institution, "学校", {"name": ("学校名称", "所在学校", "工作单位")}),
        code,
    )


@cache
def _record() -> tuple[Fact, ...]:
    more = {
        "course": ("培训项目名称", "培训项目", "项目名称", "培训内容"),
        "organizer": ("培训机构名称", "培训机构", "主办单位", "承办单位"),
        "hours": ("培训获得学时", "获得学时"),
        "credits": ("培训获得学分", "获得学分"),
        "level": ("培训类别", "培训级别", "培训层次"),
        "category": ("培训方式", "研修方式"),
        "start_date": ("培训开始日期", "开始时间"),
        "end_date": ("培训结束日期", "结束时间"),
    }
    own = [
        one
        for one in _described("record", TrainingRecord, "记录", more)
        if one.name.partition(".")[2] not in _OF_PERSON
    ]
    frozen = [
        Fact(f"record.{name}", f"登记时{column.title}", column.kind, column.table)
        for name, column in columns(Teacher).items()
        if name in _FROZEN
    ]
    school = Fact("record.school", "登记时学校")
    source = Fact("record.source", "记录：来源")
    return (*own, *frozen, school, source)


def _described(
    of: str, entity: type[Entity], title: str, more: Mapping[str, tuple[str, ...]]
) -> Iterator[Fact]:
    for name, column in columns(entity).items():
        yield Fact(
            f"{of}.{name}",
            f"{title}：{column.title}",
            column.kind,
            column.table,
            column.personal,
            (*more.get(name, ()), *column.synonyms),
        )
