"""What comes of the points: totals, who passed, the order of people and of units. Pure rules.

桦甸 2009 (S4-23): 「各校抽测10%考试人员的考试成绩将以个人及团体两种方式按成绩降幂排列在网上发布」.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from models.exams.marks import MarkBook
from models.exams.records import Exam, Examinee, Part
from models.policies.ranking import ranks
from models.training.marks import RESULT_NAMES, Result

RankBy = Literal["mean", "pass_rate", "weighted"]
Counted = Literal["left_out", "zero"]

RANK_BY: dict[RankBy, str] = {"mean": "平均分", "pass_rate": "合格率", "weighted": "综合得分"}
COUNTED_NAMES: dict[Counted, str] = {"left_out": "不计入", "zero": "按 0 分计入"}
TOTAL_RULE = "总分按权重合成百分制，四舍五入保留一位小数"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule:
    """How units are put in order.

    Attributes:
        by: mean, pass rate, or both by weight.
        mean, pass_rate: their weights in per cent, for ``weighted``.
        least: units with fewer people who sat are listed without a rank.
        absent, cheated: whether those people count as 0 in the figures of their unit.
    """

    by: RankBy = "mean"
    mean: Decimal = Decimal(50)
    pass_rate: Decimal = Decimal(50)
    least: int = 1
    absent: Counted = "left_out"
    cheated: Counted = "zero"

    @property
    def words(self) -> str:
        """The rule as it is printed under a ranking."""
        how = RANK_BY[self.by]
        if self.by == "weighted":
            how += f"（平均分占 {self.mean:f}%，合格率占 {self.pass_rate:f}%）"
        few = f"；参考不足 {self.least} 人的单位不排名" if self.least > 1 else ""
        return (
            f"按{how}由高到低排列，相同的名次相同；缺考{COUNTED_NAMES[self.absent]}，"
            f"作弊{COUNTED_NAMES[self.cheated]}{few}"
        )


@dataclass(frozen=True, slots=True)
class PersonResult:
    """What came of one examinee.

    Attributes:
        examinee: who, with the school, subject and stage of the day.
        points: part to points, as far as they are settled.
        total: per cent of the whole; None without points in every part, or without a sitting.
        result: None as long as points are missing.
        rank: among all who have a total; equals alike.
    """

    examinee: Examinee
    points: Mapping[str, Decimal]
    total: Decimal | None
    result: Result | None
    rank: int | None = None

    @property
    def words(self) -> str:
        """The result as lists show it; 未录 as long as there is none."""
        return RESULT_NAMES[self.result] if self.result else "未录"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """What came of one school.

    Attributes:
        school_id, name: which.
        due: who should have sat; excused: who is left to sit later (not among the due).
        sat, absent, cheated, passed, waiting: how many of the due; ``waiting`` have no mark yet.
        mean: of those who count; pass_rate in per cent of them; None for nobody.
        value: what it is ranked by, to two decimals; rank None where it is not ranked.
    """

    school_id: str | None
    name: str
    due: int
    excused: int
    sat: int
    absent: int
    cheated: int
    passed: int
    waiting: int
    mean: Decimal | None
    pass_rate: Decimal | None
    value: Decimal | None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class ExamResults:
    """The results of an exam: people and units in falling order, by what rule.

    Attributes:
        exam, parts: what was examined.
        people: by rank, equals by school and number; those without a total at the end.
        units: by rank, equals by name; those without a rank at the end.
        rule: of the order of units.
    """

    exam: Exam
    parts: tuple[Part, ...]
    people: tuple[PersonResult, ...]
    units: tuple[UnitResult, ...]
    rule: UnitRule

    @property
    def waiting(self) -> tuple[PersonResult, ...]:
        """Those whose marks are missing or differ."""
        return tuple(one for one in self.people if one.result is None)

    def named(self, result: Result) -> tuple[PersonResult, ...]:
        """Those with that result."""
        return tuple(one for one in self.people if one.result == result)


def results_of(book: MarkBook, rule: UnitRule) -> ExamResults:
    """The results of an exam from what was entered."""
    people = rank_people([_person(one, book, book.exam.pass_mark) for one in book.examinees])
    units = rank_units(people, rule)
    return ExamResults(book.exam, book.parts, tuple(people), tuple(units), rule)


def total_of(parts: Sequence[Part], points: Mapping[str, Decimal]) -> Decimal | None:
    """The weighted total in per cent, half up to one decimal; None while a part is missing."""
    if any(part.id not in points for part in parts):
        return None
    exact = sum(
        (share_of(part, points[part.id]) * Fraction(part.weight) for part in parts), Fraction(0)
    )
    return half_up(exact, 1)


def share_of(part: Part, points: Decimal) -> Fraction:
    """Points as a share of the part's full marks."""
    return Fraction(points) / Fraction(part.full_marks)


def half_up(value: Fraction, places: int) -> Decimal:
    """A figure that is not negative, rounded half up to so many decimals."""
    scaled = value * 10**places
    whole = scaled.numerator // scaled.denominator
    if (scaled - whole) * 2 >= 1:
        whole += 1
    return Decimal(whole).scaleb(-places)


def rank_people(people: Sequence[PersonResult]) -> list[PersonResult]:
    """People in falling order of their totals, equals sharing a rank (1, 1, 3)."""
    places = ranks([None if one.total is None else Fraction(one.total) for one in people])
    ranked = [replace(one, rank=place) for one, place in zip(people, places, strict=True)]
    return sorted(ranked, key=_person_order)


def rank_units(people: Sequence[PersonResult], rule: UnitRule) -> list[UnitResult]:
    """Units in falling order of what they are ranked by, equals sharing a rank."""
    groups: dict[tuple[str, str], list[PersonResult]] = {}
    for one in people:
        key = (one.examinee.school_id or "", one.examinee.school_name)
        groups.setdefault(key, []).append(one)
    units = [_unit(key, group, rule) for key, group in groups.items()]
    values = [
        None if one.value is None or one.sat < rule.least else Fraction(one.value) for one in units
    ]
    ranked = [replace(one, rank=place) for one, place in zip(units, ranks(values), strict=True)]
    return sorted(ranked, key=lambda one: (one.rank is None, one.rank or 0, one.name))


def _person(examinee: Examinee, book: MarkBook, pass_mark: Decimal) -> PersonResult:
    settled = {part.id: book.settled(examinee.id, part.id) for part in book.parts}
    points = {key: one.points for key, one in settled.items() if one is not None}
    if book.contradicted(examinee):
        return PersonResult(examinee, points, None, None)
    match examinee.state:
        case "absent" | "excused" | "cheated":
            return PersonResult(examinee, points, None, examinee.state)
        case _:
            total = total_of(book.parts, points)
            if total is None:
                return PersonResult(examinee, points, None, None)
            result: Result = "passed" if total >= pass_mark else "failed"
            return PersonResult(examinee, points, total, result)


_LAST = ("failed", "passed", None, "cheated", "absent", "excused")


def _person_order(one: PersonResult) -> tuple[bool, int, int, str, str]:
    unranked = one.rank is None
    kind = _LAST.index(one.result) if unranked else 0
    return (unranked, one.rank or 0, kind, one.examinee.school_name, one.examinee.teacher_no)


def _unit(key: tuple[str, str], group: Sequence[PersonResult], rule: UnitRule) -> UnitResult:
    counts = {name: sum(1 for one in group if one.result == name) for name in RESULT_NAMES}
    totals = [Fraction(one.total) for one in group if one.total is not None]
    zeros = (counts["absent"] if rule.absent == "zero" else 0) + (
        counts["cheated"] if rule.cheated == "zero" else 0
    )
    counted = len(totals) + zeros
    mean = sum(totals, Fraction(0)) / counted if counted else None
    rate = Fraction(counts["passed"] * 100, counted) if counted else None
    value = _value(mean, rate, rule)
    return UnitResult(
        school_id=key[0] or None,
        name=key[1],
        due=len(group) - counts["excused"],
        excused=counts["excused"],
        sat=len(totals),
        absent=counts["absent"],
        cheated=counts["cheated"],
        passed=counts["passed"],
        waiting=sum(1 for one in group if one.result is None),
        mean=None if mean is None else half_up(mean, 2),
        pass_rate=None if rate is None else half_up(rate, 2),
        value=None if value is None else half_up(value, 2),
    )


def _value(mean: Fraction | None, rate: Fraction | None, rule: UnitRule) -> Fraction | None:
    if mean is None or rate is None:
        return None
    match rule.by:
        case "mean":
            return mean
        case "pass_rate":
            return rate
        case "weighted":
            parts = mean * Fraction(rule.mean) + rate * Fraction(rule.pass_rate)
            return parts / Fraction(_HUNDRED)
