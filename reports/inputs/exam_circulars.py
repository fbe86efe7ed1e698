"""A circular (通报) on an exam, drafted from its results for the clerk to edit.

桦甸 2009 (S4-24): 「抽考的单位与个人成绩在网上通报」.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from models.entities.display import plain_decimal
from models.exams.awarding import Honour, decided
from models.exams.ranking import exam_rules
from models.exams.results import RANK_BY, PersonResult, UnitResult
from models.exams.statistics import statistics_of
from models.office.context import Office
from models.text.numerals import number_in_chinese
from reports.documents.circular import Attachment
from reports.inputs.exam_results import (
    Outcome,
    honour_parts,
    people_columns,
    people_table,
    units_part,
)
from reports.kit.wording import plain_date

Named = Literal["all", "passed", "none"]
NAMED: Mapping[Named, str] = {
    "all": "全部考生",
    "passed": "只公布合格的",
    "none": "不公布个人成绩",
}
_WHOM = "各中小学、幼儿园"
_FIRST = 5


def attachments(office: Office, found: Outcome, named: Named) -> list[Attachment]:
    """The tables that go with the circular: units, people, awards."""
    parts = found.book.parts
    name = found.exam.name
    units = units_part(found)
    tables = [Attachment(f"{name}单位成绩排名", units.columns, units.lines, units.note)]
    if people := people_named(found, named):
        tables.append(
            Attachment(f"{name}个人成绩排名", people_columns(parts), people_table(people, parts))
        )
    tables += [
        Attachment(f"{name}{one.title}名单", one.columns, one.lines)
        for one in honour_parts(decided(office, found.exam))
    ]
    return tables


def people_named(found: Outcome, named: Named) -> Sequence[PersonResult]:
    """The people whose results are published, in falling order."""
    match named:
        case "all":
            return found.results.people
        case "passed":
            return found.results.named("passed")
        case "none":
            return ()


def draft_texts(office: Office, found: Outcome, named: Named) -> dict[str, str]:
    """Title, addressees and text as they are proposed; the text has a paragraph a line."""
    sections = [
        ("基本情况", [_overview(found)]),
        ("单位成绩", list(_units(found))),
        *([("个人成绩", list(_people(found, named)))] if named != "none" else []),
        *([("表彰决定", list(_honours(given)))] if (given := decided(office, found.exam)) else []),
        (
            "工作要求",
            [
                "（一）认真总结。各单位要对照成绩，分析薄弱环节，改进校本研修。",
                "（二）落实补考。不合格和缺考的教师要参加补考，未通过的不予办理年度验印。",
                "（三）保持常态。各单位要把学习与考核贯穿全年，做到以考促学、以学促教。",
            ],
        ),
    ]
    exam = found.exam
    day = f"{plain_date(exam.session.held_on)}，" if exam.session.held_on else ""
    lines = [f"{day}{office.identity.name}组织了{exam.name}。现将成绩通报如下："]
    for number, (title, text) in enumerate(sections, start=1):
        lines += [f"{number_in_chinese(number)}、{title}", *text]
    return {
        "title": f"关于{exam.name}成绩的通报",
        "to": _WHOM,
        "text": "\n".join(lines),
    }


def _overview(found: Outcome) -> str:
    figures = statistics_of(found.book, found.results)
    told = f"本次考试应考{figures.due}人，实考{figures.sat}人"
    for count, word in (
        (figures.absent, "缺考"),
        (figures.cheated, "作弊"),
        (figures.excused, "缓考"),
    ):
        told += f"，{word}{count}人" if count else ""
    if figures.whole.mean is None:
        return f"{told}。"
    mark = plain_decimal(found.exam.pass_mark)
    return (
        f"{told}。平均分{figures.whole.mean}分；{mark}分及以上为合格，合格{figures.whole.passed}人，"
        f"占实考人数的{figures.whole.pass_rate}%。"
    )


def _units(found: Outcome) -> Iterator[str]:
    ranked = [one for one in found.results.units if one.rank is not None]
    word = RANK_BY[found.results.rule.by]
    if len(ranked) >= 2 * _FIRST and ranked[0].value != ranked[-1].value:
        yield f"{word}居前的单位是：{_unit_names(ranked[:_FIRST])}。"
        yield f"{word}靠后的单位是：{_unit_names(ranked[-_FIRST:])}。"
    yield f"参加排名的单位{len(ranked)}个，按{word}由高到低排列，名次见附件1。"


def _unit_names(units: Sequence[UnitResult]) -> str:
    return "、".join(f"{one.name}（{one.value}）" for one in units)


def _people(found: Outcome, named: Named) -> Iterator[str]:
    people = [one for one in people_named(found, named) if one.rank is not None]
    first = [
        f"{one.examinee.school_name}{one.examinee.name}"
        for one in people
        if one.rank is not None and one.rank <= _FIRST
    ]
    if len(people) > _FIRST and len(first) <= 2 * _FIRST:
        yield f"总分居前的是：{'、'.join(first)}。"
    yield "个人成绩按总分由高到低排列，总分相同的名次相同，见附件2。"


def _honours(given: Sequence[Honour]) -> Iterator[str]:
    for rule in exam_rules().awards:
        count = sum(1 for one in given if one.award == rule.key)
        if count:
            measure = "个单位" if rule.whom == "units" else "名同志"
            yield f"授予{count}{measure}“{rule.title}”称号，名单附后。"
