"""Awards after an exam (先进单位, 优秀管理干部, 优秀学员): the rules propose, people decide.

桦甸 2009 (S4-24): 「评选先进单位、优秀管理干部和继续教育优秀学员由桦甸市教育局表彰」.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.marks import mark_book
from models.exams.publishing import refuse_unready
from models.exams.ranking import AwardRule, exam_rules, unit_rule
from models.exams.records import Exam
from models.exams.results import ExamResults, PersonResult, UnitResult, results_of
from models.exams.tables import AWARD
from models.office.context import Office
from models.store.operations import Operation

_TUTORS = "SELECT id, tutor FROM institution WHERE tutor IS NOT NULL AND tutor <> ''"
_LIST = """
SELECT id, award, teacher_id, school_id, name, school_name, reason
FROM exam_award WHERE exam_id = ? ORDER BY award, place
"""


@dataclass(frozen=True, slots=True)
class Honour:
    """Somebody (or a school) who is proposed for an award, or was given it.

    Attributes:
        award: key of the award.
        name: the person's, or the school's.
        school: "" where it is the school itself.
        reason: why, in words: 平均分 92.35，第 1 名.
        teacher_id, school_id: who it is; None for somebody who is not in the register.
    """

    award: str
    name: str
    school: str = ""
    reason: str = ""
    teacher_id: str | None = None
    school_id: str | None = None


def award_named(text: str) -> AwardRule:
    """The award of that key or title.

    Raises:
        UserError: there is none.
    """
    for rule in exam_rules().awards:
        if text in (rule.key, rule.title):
            return rule
    names = "、".join(f"{one.key}（{one.title}）" for one in exam_rules().awards)
    raise UserError("exam.award", f"没有“{text}”这项表彰。", f"可用：{names}。")


def propose(office: Office, results: ExamResults) -> list[Honour]:
    """Whom the rules propose, award by award; nothing is written."""
    found: list[Honour] = []
    for rule in exam_rules().awards:
        match rule.whom:
            case "units":
                found += [_unit(rule, one) for one in best_units(results.units, rule)]
            case "people":
                found += [_person(rule, one) for one in best_people(results.people, rule)]
            case "managers":
                found += _managers(office, rule, results)
    return found


def best_units(units: Sequence[UnitResult], rule: AwardRule) -> list[UnitResult]:
    """The best share of the ranked units, of those that have what the award asks; equals alike."""
    ranked = [one for one in units if one.rank is not None]
    places = _places(len(ranked), rule.share)
    return [
        one
        for one in ranked
        if one.rank is not None
        and one.rank <= places
        and (one.mean or 0) >= rule.least_mean
        and (one.pass_rate or 0) >= rule.least_rate
        and one.sat >= rule.least_sat
    ]


def best_people(people: Sequence[PersonResult], rule: AwardRule) -> list[PersonResult]:
    """The best share of those with a total; equals at the end all come in."""
    ranked = [one for one in people if one.rank is not None]
    places = _places(len(ranked), rule.share)
    return [
        one
        for one in ranked
        if one.rank is not None and one.rank <= places and (one.total or 0) >= rule.least_total
    ]


def decide(office: Office, exam: Exam, award: str, honours: Sequence[Honour]) -> Operation:
    """Put down who gets an award, in place of what was put down before, as one undoable step.

    Raises:
        UserError: no such award, a name that is empty or there twice, or somebody's mark is
            missing or differs.
    """
    rule = award_named(award)
    if honours:
        refuse_unready(exam, results_of(mark_book(office, exam), unit_rule()))
    names = [(one.name.strip(), one.school.strip()) for one in honours]
    if any(not name for name, _ in names) or len(set(names)) < len(names):
        raise UserError(
            "exam.award_names", f"“{rule.title}”名单里有空的或重复的姓名。", "请改正名单。"
        )
    title = f"{exam.name}{rule.title} {len(honours)} 名"
    with office.store.operation("exams.award", title) as operation:
        office.store.execute(
            "DELETE FROM exam_award WHERE exam_id = ? AND award = ?", (exam.id, rule.key)
        )
        rows = [
            (
                office.store.ids.new_id(), exam.id, rule.key, place, one.teacher_id, one.school_id,
                one.name.strip(), one.school.strip(), one.reason.strip(), office.store.person,
                office.store.clock.today().isoformat(),
            )
            for place, one in enumerate(honours, start=1)
        ]  # fmt: skip
        office.store.insert("exam_award", ("id", *AWARD), rows)
    return operation


def decided(office: Office, exam: Exam) -> list[Honour]:
    """Who was given which award, in the order of the awards."""
    order = [one.key for one in exam_rules().awards]
    found = [
        Honour(
            award=row["award"],
            name=row["name"],
            school=row["school_name"],
            reason=row["reason"],
            teacher_id=row["teacher_id"],
            school_id=row["school_id"],
        )
        for row in office.store.query(_LIST, (exam.id,))
        if row["award"] in order
    ]
    return sorted(found, key=lambda one: order.index(one.award))


def _places(count: int, share: Decimal) -> int:
    """So many per cent of them, rounded up."""
    return ceil(count * share / 100)


def _unit(rule: AwardRule, one: UnitResult) -> Honour:
    return Honour(rule.key, one.name, "", _unit_words(one), None, one.school_id)


def _unit_words(one: UnitResult) -> str:
    return f"单位第 {one.rank} 名，平均分 {one.mean}，合格率 {one.pass_rate}%"


def _person(rule: AwardRule, one: PersonResult) -> Honour:
    who = one.examinee
    total = plain_decimal(one.total or Decimal(0))
    reason = f"个人第 {one.rank} 名，{total} 分"
    return Honour(rule.key, who.name, who.school_name, reason, who.teacher_id, who.school_id)


def _managers(office: Office, rule: AwardRule, results: ExamResults) -> list[Honour]:
    """The tutors of the schools that another award is proposed for."""
    tutors = {row["id"]: row["tutor"] for row in office.store.query(_TUTORS)}
    units = best_units(results.units, award_named(rule.of))
    return [
        Honour(rule.key, tutors[one.school_id], one.name, _unit_words(one), None, one.school_id)
        for one in units[: _places(len(units), rule.share)]
        if one.school_id in tutors
    ]
