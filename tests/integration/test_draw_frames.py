"""Who is in a frame: filters, the gate of the course, the last draw; and how many are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.drawing import draw, drawn_people
from models.exams.examinees import enter_examinees, examinees
from models.exams.exclusions import ExclusionWish, exclude
from models.exams.freezing import freeze, preview
from models.exams.records import ExamTerms, Session
from models.exams.registration import create
from models.exams.verification import verify
from models.office.context import Office
from models.training import courses, enrolments
from models.training.gate import gate, lift, record_work
from tests.offices import new_office
from tests.people import school, teachers

SEED = "36251436251436251436"
TERMS = ExamTerms(code="2025-12", name="2025年下半年县级抽测", year=2025)
COURSE = {"title": "教师怎样上好公开课", "year": 2025, "hours": Decimal(10)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(office, school(office, "桦甸市第四中学"), 30)


def number_of(office: Office, teacher: str) -> str:
    return str(office.store.value("SELECT teacher_no FROM teacher WHERE id = ?", (teacher,)))


def course(office: Office, people: list[str]) -> str:
    """A course whose gate asks for one piece of homework; only the first three are through."""
    asked = {"need_homework": 1, "need_posts": 0, "need_quality": 0}
    course_id = courses.register(office, {**COURSE, **asked}).course_id
    enrolments.enrol(office, course_id, people)
    done = [one.id for one in gate(office, course_id) if one.teacher_id in people[:3]]
    record_work(office, course_id, {one: {"homework": 1} for one in done})
    return course_id


def test_who_lacks_what_the_gate_asks_falls_out_with_the_words(office: Office, people: list[str]):
    course_id = course(office, people[:5])
    exam, _ = create(office, replace(TERMS, gated=True, course_id=course_id))
    frame, _ = freeze(office, exam)
    reasons = {one.teacher_no: one for one in frame.excluded}
    assert frame.size == 3
    lazy = reasons[number_of(office, people[3])]
    assert (lazy.reason, lazy.cause) == ("“教师怎样上好公开课”作业0份，应有1份", "gate")
    assert reasons[number_of(office, people[9])].reason == "没有参加“教师怎样上好公开课”"


def test_who_was_let_through_the_gate_is_in_and_a_decision_goes_before_the_gate(
    office: Office, people: list[str]
):
    course_id = course(office, people[:5])
    lifted = [one.id for one in gate(office, course_id) if one.teacher_id == people[3]]
    lift(office, lifted, "网络不通，已交纸质作业")
    exam, _ = create(office, replace(TERMS, gated=True, course_id=course_id))
    exclude(office, exam, ExclusionWish(people[4], "产假", "王主任"))
    seen = preview(office, exam)
    assert seen.sizes == {"桦甸市第四中学": 4}
    by_number = {one.teacher_no: one.reason for one in seen.excluded}
    assert by_number[number_of(office, people[4])] == "产假"


def test_a_gate_without_a_course_is_refused(office: Office, people: list[str]):
    with pytest.raises(UserError, match=r"exam\.gate_no_course"):
        create(office, replace(TERMS, gated=True))


def test_those_drawn_last_time_are_in_again_unless_the_terms_say_otherwise(
    office: Office, people: list[str]
):
    first, _ = create(office, replace(TERMS, code="2025-06", name="上半年抽测"))
    freeze(office, first)
    draw(office, first, SEED)
    drawn = {one.teacher_no for one in drawn_people(office, first)}
    equal, _ = create(office, TERMS)
    assert preview(office, equal).size == 30
    apart, _ = create(office, replace(TERMS, code="2025-12b", drawn_before="left_out"))
    frame, _ = freeze(office, apart)
    assert {one.teacher_no for one in frame.excluded} == drawn
    assert {one.reason for one in frame.excluded} == {"上次（2025-06 上半年抽测）已抽中"}
    record = draw(office, apart, SEED)[0].record
    assert record["drawn_before_name"] == "上次抽中的人本次不列入名单"
    assert record["excluded_by"] == {"上次抽中": 3}


def test_the_record_says_that_chances_were_equal_and_names_nobody_who_was_left_out(
    office: Office, people: list[str]
):
    exam, _ = create(office, TERMS)
    exclude(office, exam, ExclusionWish(people[0], "产假", "王主任"))
    freeze(office, exam)
    record = draw(office, exam, SEED)[0].record
    assert record["drawn_before"] == "equal"
    assert record["drawn_before_name"] == "上次抽中的人同样参加，机会均等"
    assert (record["excluded"], record["excluded_by"]) == (1, {"逐人排除": 1})
    assert "产假" not in str(record)
    assert number_of(office, people[0]) not in str(record)


def test_filters_take_only_those_and_stand_on_the_record(office: Office, people: list[str]):
    heads = teachers(office, school(office, "桦甸市第五中学"), 12, post="02", stage="2")
    exam, _ = create(office, replace(TERMS, post="02", stage="2", base="class"))
    frame, _ = freeze(office, exam)
    assert frame.size == len(heads)
    assert frame.excluded == ()
    assert draw(office, exam, SEED)[0].record["filters"] == ["学段：小学", "职务：班主任"]


def test_a_number_from_each_school_is_drawn_instead_of_a_share(office: Office, people: list[str]):
    teachers(office, school(office, "红石村小"), 2)
    exam, _ = create(office, replace(TERMS, quota=4))
    frame, _ = freeze(office, exam)
    found, _ = draw(office, exam, SEED)
    quotas = {one["stratum"]: one["quota"] for one in found.record["strata"]}
    assert quotas == {"桦甸市第四中学": 4, "红石村小": 2}
    assert verify(found.record, frame.body.encode()).valid


def test_nobody_is_drawn_for_an_exam_everybody_sits(office: Office, people: list[str]):
    exam, _ = create(office, replace(TERMS, session=Session(kind="whole")))
    freeze(office, exam)
    with pytest.raises(UserError, match=r"exam\.no_draw"):
        draw(office, exam, SEED)
    enter_examinees(office, exam)
    assert len(examinees(office, exam)) == 30


def test_with_examinees_neither_frame_nor_draw_is_made_anew(office: Office, people: list[str]):
    exam, _ = create(office, TERMS)
    freeze(office, exam)
    draw(office, exam, SEED)
    freeze(office, exam, again_because="漏了一人")
    with pytest.raises(UserError, match=r"exam\.draw_outdated"):
        enter_examinees(office, exam)
    draw(office, exam, SEED, again_because="名单已重新冻结")
    enter_examinees(office, exam)
    with pytest.raises(UserError, match=r"exam\.entered"):
        draw(office, exam, SEED[::-1], again_because="不满意")
    with pytest.raises(UserError, match=r"exam\.entered"):
        freeze(office, exam, again_because="不满意")


def test_where_nobody_is_left_the_refusal_counts_the_reasons(office: Office, people: list[str]):
    others = courses.register(office, COURSE).course_id
    exam, _ = create(office, replace(TERMS, gated=True, course_id=others))
    exclude(office, exam, ExclusionWish(people[1], "产假", "王主任"))
    with pytest.raises(UserError, match=r"exam\.empty_frame") as refused:
        freeze(office, exam)
    assert "范围内的 30 人都不能列入：逐人排除 1 人，未达到考试资格 29 人" in refused.value.sentence
