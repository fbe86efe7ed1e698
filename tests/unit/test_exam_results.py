"""Totals, who passed, the order of people and units, awards, figures: laws and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.exams.awarding import best_people, best_units
from models.exams.eligibility import Scope
from models.exams.entering import troubles_of
from models.exams.items import Item
from models.exams.marks import Given, MarkBook, Points, read_given
from models.exams.ranking import AwardRule, exam_rules, read_weights, unit_rule
from models.exams.records import Exam, Examinee, ExamineeState, Part, Session
from models.exams.results import ExamResults, UnitRule, half_up, results_of, total_of
from models.exams.statistics import statistics_of
from models.exams.targets import mark_for, targets_of

WHOLE = Part(name="总分", id="w")
EXAM = Exam(
    id="e",
    code="2025-12",
    name="县级抽测",
    year=2025,
    scope=Scope("all", ("school",)),
    fraction=Fraction(1, 10),
    rounding="half-up-min-1",
    quota=None,
    gated=False,
    drawn_before="equal",
    course_id=None,
    session=Session(),
    pass_mark=Decimal(60),
    entries=1,
    published_on=None,
    posted_on=None,
)
Line = tuple[str, str, str]
"""School, state, points ("" for none)."""


def examinee(number: int, school: str, state: ExamineeState = "expected") -> Examinee:
    return Examinee(
        id=f"x{number}",
        teacher_id=f"t{number}",
        teacher_no=f"{number:012d}",
        name=f"考生{number}",
        school_id=school or None,
        school_name=school or "（无单位）",
        subject="数学",
        stage="小学",
        stratum=school,
        origin="drawn",
        state=state,
        reason="",
        replaces=None,
        admission_no=f"2025{number:04d}",
        room_id=None,
        room="",
        seat=None,
    )


def book(lines: Sequence[tuple[str, ExamineeState, str]], parts: tuple[Part, ...] = (WHOLE,)):
    """One part: whoever has points has them in it."""
    people = {
        f"x{number}": examinee(number, school, state)
        for number, (school, state, _) in enumerate(lines)
    }
    marks = {
        f"x{number}": {"w": {1: Points(Decimal(points))}}
        for number, (_, _, points) in enumerate(lines)
        if points
    }
    return MarkBook(EXAM, parts, {}, people, marks)


def results(lines: Sequence[tuple[str, ExamineeState, str]], **rule: object) -> ExamResults:
    return results_of(book(lines), UnitRule(**rule))


points = st.integers(0, 1000).map(lambda tenths: str(Decimal(tenths) / 10))
states = st.sampled_from(["expected", "expected", "expected", "absent", "excused", "cheated"])
line = st.tuples(
    st.sampled_from("甲乙丙丁"), states, st.one_of(st.just(""), points)
)  # also people without points, and absent ones
county = st.lists(line, max_size=40)


@given(county)
def test_people_stand_in_falling_order_and_equals_share_a_rank(lines):
    found = results(lines).people
    ranked = [one for one in found if one.rank is not None]
    assert [one.total for one in ranked] == sorted((one.total for one in ranked), reverse=True)
    for one in ranked:
        better = sum(1 for other in ranked if other.total > one.total)
        assert one.rank == better + 1
    assert all(one.rank is None for one in found[len(ranked) :])
    assert len(found) == len(lines)


@given(county, st.sampled_from(["mean", "pass_rate", "weighted"]), st.integers(1, 4))
def test_units_add_up_and_stand_in_falling_order(lines, by, least):
    found = results(lines, by=by, least=least)
    assert sum(one.due + one.excused for one in found.units) == len(lines)
    for one in found.units:
        assert one.due == one.sat + one.absent + one.cheated + one.waiting
        assert one.passed <= one.sat
        assert (one.rank is not None) == (one.value is not None and one.sat >= least)
    ranked = [one for one in found.units if one.rank is not None]
    assert all(a.value >= b.value for a, b in pairwise(ranked))
    assert all((a.value == b.value) == (a.rank == b.rank) for a, b in pairwise(ranked))


@given(county, county)
def test_the_order_of_one_school_does_not_depend_on_how_the_list_is_ordered(lines, more):
    both = [*lines, *more]
    places = {(one.name, one.rank) for one in results(both).units}
    assert places == {(one.name, one.rank) for one in results(both[::-1]).units}


def test_ties_count_on_and_those_without_a_total_come_last():
    found = results(
        [
            ("甲", "expected", "90"),
            ("乙", "expected", "80"),
            ("甲", "absent", ""),
            ("丙", "expected", "90"),
            ("丙", "cheated", "95"),
            ("乙", "expected", ""),
        ]
    )
    assert [(one.rank, one.words) for one in found.people] == [
        (1, "合格"),
        (1, "合格"),
        (3, "合格"),
        (None, "未录"),
        (None, "作弊"),
        (None, "缺考"),
    ]


def test_a_unit_is_ranked_by_what_the_rule_says():
    lines = [
        ("甲", "expected", "100"),
        ("甲", "expected", "50"),
        ("乙", "expected", "61"),
        ("乙", "expected", "63"),
        ("丙", "expected", "99"),
        ("丙", "absent", ""),
    ]
    by_mean = results(lines, least=2).units
    assert [(one.name, one.rank, one.value) for one in by_mean] == [
        ("甲", 1, Decimal("75.00")),
        ("乙", 2, Decimal("62.00")),
        ("丙", None, Decimal("99.00")),
    ]
    assert [one.name for one in results(lines, by="pass_rate", least=2).units] == ["乙", "甲", "丙"]
    weighted = results(lines, by="weighted", mean=Decimal(60), pass_rate=Decimal(40)).units
    assert [(one.name, one.value) for one in weighted][1:] == [
        ("乙", Decimal("77.20")),
        ("甲", Decimal("65.00")),
    ]
    zero = {one.name: one.value for one in results(lines, absent="zero").units}
    assert zero["丙"] == Decimal("49.50")


def test_units_printed_alike_share_a_rank():
    """Means that differ beyond the second decimal stand as equals: the paper shows two."""
    lines = [("甲", "expected", "80.1")] * 2 + [("甲", "expected", "80.2")]
    lines += [("乙", "expected", "80.1")] * 6 + [("乙", "expected", "80.2")] * 2  # 80.125
    units = results(lines).units
    assert [(one.value, one.rank) for one in units] == [(Decimal("80.13"), 1)] * 2


def test_cheating_counts_as_nothing_in_the_unit_and_an_excuse_not_at_all():
    (unit,) = results(
        [("甲", "expected", "80"), ("甲", "cheated", "90"), ("甲", "excused", "")]
    ).units
    assert (unit.due, unit.excused, unit.mean, unit.pass_rate) == (
        2,
        1,
        Decimal("40.00"),
        Decimal("50.00"),
    )


@pytest.mark.parametrize(
    ("values", "total"),
    [
        (("120", "50"), "100.0"),
        (("60", "25"), "50.0"),
        (("100", "0"), "58.3"),  # 100/120·70 = 58.333
        (("71.5", "41"), "66.3"),  # 41.708 + 24.6 = 66.308
        (("0", "0"), "0.0"),
    ],
)
def test_parts_are_weighed_in_per_cent_of_their_full_marks(values, total):
    parts = [
        Part(name="甲", weight=Decimal(70), full_marks=Decimal(120), id="a"),
        Part(name="乙", weight=Decimal(30), full_marks=Decimal(50), id="b"),
    ]
    said = dict(zip("ab", map(Decimal, values), strict=True))
    assert total_of(parts, said) == Decimal(total)
    assert total_of(parts, {"a": Decimal(1)}) is None


@given(st.fractions(0, 100), st.integers(0, 3))
def test_rounding_is_half_up_and_never_further_than_half(value, places):
    rounded = Fraction(half_up(value, places))
    unit = Fraction(1, 10**places)
    assert -unit / 2 < rounded - value <= unit / 2


def test_exactly_the_pass_mark_passes():
    assert [
        one.result for one in results([("甲", "expected", "60"), ("甲", "expected", "59.9")]).people
    ] == [
        "passed",
        "failed",
    ]


def test_an_award_goes_to_the_best_share_and_all_equals_at_its_end():
    lines = [("甲", "expected", text) for text in ("95", "90", "90", "90", *["70"] * 16)]
    found = results(lines)
    rule = AwardRule(key="person", title="优秀学员", whom="people", share=Decimal(10))
    assert [one.total for one in best_people(found.people, rule)] == [
        Decimal("95.0"), *[Decimal("90.0")] * 3,
    ]  # fmt: skip
    strict = rule.model_copy(update={"least_total": Decimal(92)})
    assert len(best_people(found.people, strict)) == 1
    units = [*[("甲", "expected", "90")] * 3, ("乙", "expected", "80"), ("丙", "expected", "50")]
    rule = AwardRule(
        key="unit", title="先进单位", whom="units", share=Decimal(50), least_rate=Decimal(80)
    )
    assert [one.name for one in best_units(results(units).units, rule)] == ["甲", "乙"]


def test_the_rules_the_program_carries_can_be_read():
    assert exam_rules().units.by == "mean"
    assert [one.title for one in exam_rules().awards] == ["先进单位", "优秀管理干部", "优秀学员"]
    assert "excused" not in exam_rules().posting.blocks
    assert unit_rule("合格率", 5).words == (
        "按合格率由高到低排列，相同的名次相同；缺考不计入，作弊按 0 分计入；"
        "参考不足 5 人的单位不排名"
    )
    assert unit_rule(weights=read_weights("60，40")).by == "weighted"
    for wrong in (
        lambda: unit_rule("总分"),
        lambda: unit_rule(least=0),
        lambda: unit_rule(weights=(Decimal(50), Decimal(40))),
        lambda: read_weights("六十"),
    ):
        with pytest.raises(UserError, match=r"exam\."):
            wrong()


ITEMS = [Item("选择题", Decimal(40), "i"), Item("论述题", Decimal(60), "j")]


def test_items_are_summed_and_must_agree_with_the_points():
    read = read_given("x", WHOLE, "", [(ITEMS[0], "38"), (ITEMS[1], "50.5")])
    assert read.points == Points(Decimal("88.5"), {"i": Decimal(38), "j": Decimal("50.5")})
    assert read_given("x", WHOLE, "88.5", [(ITEMS[0], "38"), (ITEMS[1], "50.5")]) == read
    assert read_given("x", WHOLE, " ", [(ITEMS[0], ""), (ITEMS[1], "")]) is None
    assert read_given("x", WHOLE, "缺考", [(ITEMS[0], ""), (ITEMS[1], "")]).state == "absent"


@pytest.mark.parametrize(
    ("text", "cells", "code"),
    [
        ("80", ("30", "40"), "exam.item_sum"),
        ("", ("30", ""), "exam.item_missing"),
        ("", ("41", "20"), "training.mark_range"),
        ("", ("优", "20"), "exam.mark"),
        ("合格", (), "exam.mark"),
        ("101", (), "training.mark_range"),
        ("-1", (), "training.mark_range"),
        ("八十", (), "training.mark"),
        ("80.555", (), "training.decimals"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_in_words(text, cells, code):
    with pytest.raises(UserError, match=code.replace(".", r"\.")):
        read_given("x", WHOLE, text, list(zip(ITEMS, cells, strict=False)))


def test_somebody_absent_has_no_points_in_every_part():
    parts = (
        Part(name="甲", weight=Decimal(50), id="w"),
        Part(name="乙", weight=Decimal(50), id="v"),
    )
    one = book([("甲", "absent", "")], parts)
    first = Given("x0", "w", Points(Decimal(80)))
    assert troubles_of(one, [first]) == []
    (told,) = troubles_of(one, [first, Given("x0", "v", Points(Decimal(70)))])
    assert told.sentence == "考生0（20250000）登记为缺考，不能又有得分"
    (told,) = troubles_of(one, [Given("nobody", "w", Points(Decimal(1)))])
    assert "不属于本场考试" in told.sentence
    assert (
        "不在 0 到 100 之间"
        in troubles_of(one, [Given("x0", "w", Points(Decimal(101)))])[0].sentence
    )
    assert [t.sentence[-5:] for t in troubles_of(one, [first, first])] == ["绩出现两次"]


@given(county)
def test_figures_add_up(lines):
    entered = book(lines)
    figures = statistics_of(entered, results_of(entered, UnitRule()))
    assert figures.due + figures.excused == len(lines)
    assert figures.due == figures.sat + figures.absent + figures.cheated + figures.waiting
    assert sum(one.count for one in figures.bands) == figures.sat == figures.whole.count
    assert sum(one.spread.count for one in figures.schools) == figures.sat
    if figures.sat:
        whole = figures.whole
        assert whole.lowest <= whole.median <= whole.highest
        assert whole.lowest - 1 < whole.mean < whole.highest + 1


def test_the_figures_of_a_small_exam():
    entered = book([("甲", "expected", text) for text in ("100", "60", "59.9", "20")])
    figures = statistics_of(entered, results_of(entered, UnitRule()))
    assert [one.count for one in figures.bands] == [0, 0, 1, 0, 0, 1, 1, 0, 0, 1]
    assert (figures.bands[0].name, figures.bands[-1].name) == ("0—9", "90—100")
    whole = figures.whole
    assert (whole.mean, whole.pass_rate, whole.median) == (
        Decimal("59.98"), Decimal("50.00"), Decimal("59.95"),
    )  # fmt: skip
    assert whole.deviation == Decimal("28.28")
    (part,) = figures.parts
    assert (part.full, part.nothing, part.rate) == (1, 0, Decimal("59.98"))


def test_parts_without_a_course_fill_the_exams_own():
    parts = [
        Part(name="甲", weight=Decimal(70), id="a"),
        Part(name="乙", weight=Decimal(30), id="b"),
    ]
    assert targets_of(EXAM, parts) == []
    (target,) = targets_of(replace(EXAM, course_id="c"), parts)
    assert (target.course_id, target.component_id, len(target.parts)) == ("c", None, 2)
    person = results([("甲", "expected", "80")]).people[0]
    person = replace(person, points={"a": Decimal(80), "b": Decimal("90.5")})
    assert mark_for(target, person).text == "83.2"  # 83.15, half up
    assert mark_for(target, replace(person, result="absent")).text == "缺考"
    assert mark_for(target, replace(person, result=None)) is None
