"""Results of an exam as lists: people and units in order, by school, awards, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.awarding import Honour, decided, propose
from models.exams.comparing import differences, unmarked
from models.exams.correcting import corrections_of
from models.exams.marks import MarkBook, mark_book
from models.exams.ranking import exam_rules, unit_rule
from models.exams.records import Exam, Part
from models.exams.results import (
    RANK_BY,
    TOTAL_RULE,
    ExamResults,
    PersonResult,
    UnitRule,
    results_of,
)
from models.office.context import Office
from reports.documents.exam_lists import ExamList, ListPart
from reports.kit.table import CellKind, Column, Section
from reports.kit.wording import plain_date

_NONE = "—"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An exam with everything entered and what came of it."""

    exam: Exam
    book: MarkBook
    results: ExamResults


def outcome_of(office: Office, exam: Exam, rule: UnitRule | None = None) -> Outcome:
    """What came of an exam, its units in the order of a rule (the usual one if None).

    Raises:
        UserError: nobody is to sit it yet.
    """
    book = mark_book(office, exam)
    if not book.people:
        raise UserError(
            "exam.no_examinees", f"“{exam.name}”还没有考生。", "请先抽签并生成考生名单。"
        )
    return Outcome(exam, book, results_of(book, rule or unit_rule()))


def scope_of(found: Outcome) -> str:
    """When, and by what rule: the line below a title."""
    exam = found.exam
    day = plain_date(exam.session.held_on) if exam.session.held_on else f"{exam.year} 年"
    return f"{day}　{plain_decimal(exam.pass_mark)} 分合格　{TOTAL_RULE}"


def score_list(office: Office, found: Outcome) -> ExamList:
    """成绩册: everybody under the names of the schools, with points by part."""
    lines: list[Section | tuple[str, ...]] = []
    people = sorted(
        found.results.people, key=lambda one: (one.examinee.school_name, one.examinee.teacher_no)
    )
    school = None
    for number, one in enumerate(people, start=1):
        if one.examinee.school_name != school:
            school = one.examinee.school_name
            lines.append(Section(school))
        who = one.examinee
        lines.append(
            (
                str(number),
                who.admission_no or who.teacher_no,
                who.name,
                who.subject,
                *_part_cells(found.book.parts, one),
                _total(one),
                _rank(one.rank),
                one.words,
            )
        )
    columns = (
        Column("序号", CellKind.SHORT),
        Column("准考证号", CellKind.SHORT),
        Column("姓名", CellKind.NAME),
        Column("学科"),
        *_part_columns(found.book.parts),
        Column("总分", CellKind.NUMBER),
        Column("名次", CellKind.SHORT),
        Column("结果", CellKind.SHORT),
    )
    part = ListPart("", columns, tuple(lines))
    return _list(office, found, "成绩册", (part,))


def ranking(office: Office, found: Outcome) -> ExamList:
    """成绩排名: units and people, each in falling order (S4-23)."""
    return _list(
        office,
        found,
        "成绩排名",
        (
            units_part(found),
            ListPart(
                "个人成绩",
                people_columns(found.book.parts),
                people_table(found.results.people, found.book.parts),
            ),
        ),
    )


_UNITS = (
    Column("名次", CellKind.SHORT),
    Column("单位"),
    Column("应考", CellKind.NUMBER),
    Column("实考", CellKind.NUMBER),
    Column("缺考", CellKind.NUMBER),
    Column("缓考", CellKind.NUMBER),
    Column("作弊", CellKind.NUMBER),
    Column("合格", CellKind.NUMBER),
    Column("平均分", CellKind.NUMBER),
    Column("合格率%", CellKind.NUMBER),
)


def units_part(found: Outcome) -> ListPart:
    """Units in falling order under their rule; what they are ranked by comes last if it is new."""
    rule = found.results.rule
    weighted = rule.by == "weighted"
    rows = tuple(
        (
            _rank(one.rank),
            one.name,
            *map(str, (one.due, one.sat, one.absent, one.excused, one.cheated, one.passed)),
            *map(amount, (one.mean, one.pass_rate, *((one.value,) if weighted else ()))),
        )
        for one in found.results.units
    )
    more = (Column(RANK_BY[rule.by], CellKind.NUMBER),) if weighted else ()
    return ListPart("单位成绩", (*_UNITS, *more), rows, f"注：{rule.words}。")


def people_columns(parts: Sequence[Part]) -> tuple[Column, ...]:
    """The columns of people in falling order."""
    return (
        Column("名次", CellKind.SHORT),
        Column("姓名", CellKind.NAME),
        Column("单位"),
        Column("学科"),
        *(_part_columns(parts) if len(parts) > 1 else ()),
        Column("总分", CellKind.NUMBER),
        Column("结果", CellKind.SHORT),
    )


def people_table(
    people: Sequence[PersonResult], parts: Sequence[Part]
) -> tuple[tuple[str, ...], ...]:
    """People as rows below ``people_columns``."""
    return tuple(
        (
            _rank(one.rank),
            one.examinee.name,
            one.examinee.school_name,
            one.examinee.subject,
            *(_part_cells(parts, one) if len(parts) > 1 else ()),
            _total(one),
            one.words,
        )
        for one in people
    )


HONOURED_UNITS = (Column("序号", CellKind.SHORT), Column("单位"), Column("依据"))
HONOURED = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("单位"),
    Column("依据"),
)


def awards_list(office: Office, found: Outcome) -> ExamList:
    """表彰名单: what was decided; what the rules propose where nothing was decided yet."""
    given = decided(office, found.exam)
    title = "表彰名单" if given else "表彰建议名单"
    listed = _list(office, found, title, honour_parts(given or propose(office, found.results)))
    if not listed.parts:
        raise UserError(
            "exam.no_awards",
            f"“{found.exam.name}”没有符合表彰条件的单位和个人。",
            "请核对成绩和条件。",
        )
    return replace(listed, signing=("制表人", "审核人", "负责人"))


def honour_parts(honours: Sequence[Honour]) -> tuple[ListPart, ...]:
    """A table for each award that somebody has."""
    parts: list[ListPart] = []
    for rule in exam_rules().awards:
        given = [one for one in honours if one.award == rule.key]
        rows = tuple(
            (str(number), one.name, *((one.school,) if rule.whom != "units" else ()), one.reason)
            for number, one in enumerate(given, start=1)
        )
        if rows:
            parts.append(
                ListPart(rule.title, HONOURED_UNITS if rule.whom == "units" else HONOURED, rows)
            )
    return tuple(parts)


_WHO = (
    Column("准考证号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("单位"),
    Column("科目"),
)


def comparison(office: Office, found: Outcome) -> ExamList:
    """成绩核对表: typings that differ, and marks that are still missing."""
    apart = tuple(
        (
            one.examinee.admission_no or one.examinee.teacher_no,
            one.examinee.name,
            one.examinee.school_name,
            one.part.name,
            one.first_words,
            one.second_words,
            "",
        )
        for one in differences(found.book)
    )
    typed = (
        Column("第一遍", CellKind.NUMBER),
        Column("第二遍", CellKind.NUMBER),
        Column("核对结果"),
    )
    missing = tuple(
        (one.admission_no or one.teacher_no, one.name, one.school_name, part.name, "")
        for one, part in unmarked(found.book)
    )
    parts = (
        ListPart("两遍录入不一致", (*_WHO, *typed), apart, "" if apart else "没有不一致的成绩。"),
        ListPart(
            "还没有成绩",
            (*_WHO, Column("核对结果")),
            missing,
            "" if missing else "没有漏录的成绩。",
        ),
    )
    kept = parts if found.exam.entries > 1 else parts[1:]
    return _list(office, found, "成绩核对表", kept)


def corrections(office: Office, found: Outcome) -> ExamList:
    """成绩更正记录: what was changed, by whom, and why."""
    rows = tuple(
        (
            one.admission_no or one.teacher_no, one.name, one.school, one.part, one.before,
            one.after, one.reason, one.person, one.corrected_on,
        )
        for one in corrections_of(office, found.exam)
    )  # fmt: skip
    columns = (
        *_WHO,
        Column("原成绩", CellKind.SHORT),
        Column("更正为", CellKind.SHORT),
        Column("原因"),
        Column("经办", CellKind.SHORT),
        Column("日期", CellKind.SHORT),
    )
    part = ListPart("", columns, rows, "" if rows else "没有更正过成绩。")
    return _list(office, found, "成绩更正记录", (part,))


def amount(value: Decimal | None) -> str:
    """A figure as it is printed; a dash for none."""
    return _NONE if value is None else format(value, "f")


def _list(office: Office, found: Outcome, title: str, parts: tuple[ListPart, ...]) -> ExamList:
    return ExamList(
        title=f"{found.exam.name}{title}",
        scope=scope_of(found),
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        parts=parts,
    )


def _part_columns(parts: Sequence[Part]) -> tuple[Column, ...]:
    return tuple(Column(f"{one.name}", CellKind.NUMBER) for one in parts) if len(parts) > 1 else ()


def _part_cells(parts: Sequence[Part], one: PersonResult) -> tuple[str, ...]:
    if len(parts) == 1:
        return ()
    return tuple(
        plain_decimal(one.points[part.id]) if part.id in one.points else "" for part in parts
    )


def _total(one: PersonResult) -> str:
    return "" if one.total is None else format(one.total, "f")


def _rank(rank: int | None) -> str:
    return _NONE if rank is None else str(rank)
