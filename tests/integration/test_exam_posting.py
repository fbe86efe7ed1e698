"""From an exam's results to course, ledger and stamp, and again after corrections and re-sits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.changing import terms_of, update
from models.exams.correcting import Correcting, correct
from models.exams.marks import mark_book
from models.exams.posting import PostWish, post_exam
from models.exams.posting_plan import plan_posting
from models.exams.publishing import publish
from models.exams.records import Exam, Part
from models.exams.registration import find
from models.office.context import Office
from models.store.history import history
from models.store.undo import undo
from models.training import components, enrolments
from models.training.listing import EntryFilter, entry_ids
from models.verdicts.vetoes import lift_veto, standing_vetoes, vetoes
from tests.examined import marked, sat_by_all
from tests.integration.test_course_desk import registered
from tests.offices import new_office
from tests.people import school, teachers


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(office, school(office, "桦甸市第四中学"), 4)


@pytest.fixture
def course(office: Office, people: list[str]) -> str:
    course_id = registered(office)
    enrolments.enrol(office, course_id, people[:3])
    return course_id


@pytest.fixture
def exam(office: Office, people: list[str], course: str) -> Exam:
    found = sat_by_all(office, course_id=course)
    texts = zip(people, ("80", "59.9", "缺考", "70"), strict=True)
    marked(office, found, {one: [text] for one, text in texts})
    return found


def results(office: Office, course_id: str) -> dict[str, tuple[str, bool]]:
    found = enrolments.participants(office, course_id)
    return {one.teacher_id: (one.result, one.posted) for one in found}


def blocked(office: Office) -> dict[str, list[str]]:
    return {one: [v.words for v in found] for one, found in standing_vetoes(office, 2025).items()}


def changed(office: Office, exam: Exam, teacher: str, text: str) -> None:
    book = mark_book(office, exam)
    examinee = next(one for one in book.examinees if one.teacher_id == teacher)
    correct(office, exam, Correcting(examinee.id, book.parts[0].id, text, "复查试卷"))


def test_who_passed_gets_hours_and_who_failed_is_blocked_with_the_reason(
    office, people, course, exam
):
    plan = plan_posting(office, exam)
    assert not plan.idle
    done = post_exam(office, exam)
    assert (done.recorded, done.posted, done.blocked) == (3, 1, 2)
    assert results(office, course) == {
        people[0]: ("合格", True),
        people[1]: ("不合格", False),
        people[2]: ("缺考", False),
    }
    assert len(entry_ids(office, EntryFilter(course_id=course))) == 1
    assert blocked(office) == {
        people[1]: ["统考不合格（2025年上半年统考59.9分，60分合格）"],
        people[2]: ["统考不合格（2025年上半年统考缺考）"],
    }
    assert done.strangers == ("张三四",)
    assert "没有报名对应的课程" in done.told[0]
    assert find(office, exam.code).posted_on == "2025-09-20"
    assert plan_posting(office, exam).idle


def test_who_is_not_in_the_course_is_taken_in_if_asked(office, people, course, exam):
    done = post_exam(office, exam, PostWish(enrol=True))
    assert (done.recorded, done.posted, done.strangers) == (4, 2, ())
    assert results(office, course)[people[3]] == ("合格", True)


def test_a_correction_posted_again_lifts_the_block_and_enters_the_hours(
    office, people, course, exam
):
    post_exam(office, exam)
    changed(office, exam, people[1], "60")
    assert not plan_posting(office, exam).idle
    done = post_exam(office, exam)
    assert (done.recorded, done.posted, done.freed, done.blocked) == (1, 1, 1, 0)
    assert people[1] not in blocked(office)
    (lifted,) = vetoes(office, people[1])
    assert lifted.lifted_because == "考试成绩更正或补考"


def test_hours_of_who_fails_after_a_correction_are_told_or_taken_back(office, people, course, exam):
    post_exam(office, exam)
    changed(office, exam, people[0], "50")
    done = post_exam(office, exam)
    assert done.to_reverse == ("张三一",)
    assert not plan_posting(office, exam).idle
    done = post_exam(office, exam, PostWish(reverse=True))
    assert done.to_reverse == ()
    assert entry_ids(office, EntryFilter(course_id=course, standing=True)) == []
    assert plan_posting(office, exam).idle


def test_what_a_person_lifted_is_not_put_down_again_for_the_same_reason(
    office, people, course, exam
):
    post_exam(office, exam)
    (veto,) = vetoes(office, people[2])
    lift_veto(office, veto.id, "住院，已补材料")
    assert post_exam(office, exam).blocked == 0
    assert people[2] not in blocked(office)
    changed(office, exam, people[2], "40")
    post_exam(office, exam)
    assert people[2] in blocked(office)


def test_a_resit_lifts_the_block_and_keeps_the_first_result(office, people, course, exam):
    post_exam(office, exam)
    again = sat_by_all(office, code="2025-12", name="补考", course_id=course, held_on="2025-12-01")
    texts = zip(people, ("缓考", "66", "55", "缓考"), strict=True)
    marked(office, again, {one: [text] for one, text in texts})
    done = post_exam(office, again)
    assert done.freed == 1
    found = {one.teacher_id: one for one in enrolments.participants(office, course)}
    assert (found[people[1]].first, found[people[1]].result) == ("59.9 不合格", "合格")
    assert (found[people[2]].first, found[people[2]].result) == ("缺考", "不合格")
    assert set(blocked(office)) == {people[2]}
    assert plan_posting(office, exam).courses[0].left == ("张三二", "张三三")
    post_exam(office, exam)
    assert {one.teacher_id: one.result for one in enrolments.participants(office, course)}[
        people[1]
    ] == "合格"
    assert set(blocked(office)) == {people[2]}


def test_parts_fill_the_components_of_their_courses(office, people, course):
    """S4-14: 「考试成绩占本门课程的70%」; the process is marked in the course itself."""
    parts = [components.Component("考试", Decimal(70)), components.Component("过程", Decimal(30))]
    components.set_components(office, course, parts)
    exam_part, process = components.components_of(office, course)
    other = registered(office, title="师德")
    enrolments.enrol(office, other, people[:3])
    exam = sat_by_all(
        office,
        [
            Part(name="教学技能", weight=Decimal(60), full_marks=Decimal(120),
                 course_id=course, component_id=exam_part.id),
            Part(name="师德", weight=Decimal(40), full_marks=Decimal(50), course_id=other),
        ],
    )  # fmt: skip
    marked(office, exam, {one: ["100", "40"] for one in people})
    post_exam(office, exam)
    known = components.component_marks(office, course)
    assert {mark.text for said in known.values() for mark in said.values()} == {"83.33"}
    assert results(office, other)[people[0]] == ("合格", True)
    assert results(office, course)[people[0]] == ("", False)
    marks = {one: {process.id: components.read_component_mark("90")} for one in people[:3]}
    components.record_component_marks(office, course, marks)
    assert post_exam(office, exam).posted == 3


def test_a_course_of_components_is_not_filled_as_a_whole(office, course, exam):
    components.set_components(
        office,
        course,
        [components.Component("考试", Decimal(70)), components.Component("过程", Decimal(30))],
    )
    with pytest.raises(UserError, match=r"exam\.whole_course"):
        post_exam(office, exam)


def test_posting_waits_for_every_mark_and_writes_nothing_until_then(office, people, course):
    exam = sat_by_all(office, course_id=course, entries=2)
    with pytest.raises(UserError, match=r"exam\.unmarked"):
        post_exam(office, exam)
    assert find(office, exam.code).posted_on is None
    assert blocked(office) == {}


def test_an_exam_of_no_course_blocks_and_posts_no_hours(office, people):
    exam = sat_by_all(office)
    marked(office, exam, {one: ["30"] for one in people})
    done = post_exam(office, exam)
    assert (done.recorded, done.posted, done.blocked) == (0, 0, 4)


def test_posting_is_one_step_that_can_be_taken_back(office, people, course, exam):
    done = post_exam(office, exam)
    undo(office.store, done.operation.id)
    assert results(office, course)[people[0]] == ("", False)
    assert blocked(office) == {}
    assert find(office, exam.code).posted_on is None


def sat_again(office: Office, course: str, people: list[str], *texts: str, **terms: str) -> Exam:
    """A second exam of the course in December, marked."""
    found = sat_by_all(
        office,
        code=terms.get("code", "2025-12"),
        name="12月统考",
        course_id=course,
        held_on=terms.get("held_on", "2025-12-01"),
    )
    marked(office, found, {one: [text] for one, text in zip(people, texts, strict=True)})
    return found


def standing(office: Office, course_id: str) -> dict[str, tuple[str, str]]:
    found = enrolments.participants(office, course_id)
    return {one.teacher_id: (one.first, one.result) for one in found}


def test_an_older_exam_posted_again_changes_nothing_of_a_newer_one(office, people, course):
    june = sat_by_all(office, course_id=course)
    marked(office, june, {one: ["80"] for one in people})
    post_exam(office, june)
    december = sat_again(office, course, people, "30", "30", "90", "缓考")
    done = post_exam(office, december, PostWish(reverse=True))
    assert (done.recorded, done.blocked, done.reversed) == (3, 2, 2)
    assert standing(office, course) == {
        people[0]: ("80 合格", "不合格"),
        people[1]: ("80 合格", "不合格"),
        people[2]: ("80 合格", "合格"),
    }
    before = (standing(office, course), blocked(office), len(vetoes(office)))
    for exam in (june, december, june):
        assert plan_posting(office, exam).idle
        done = post_exam(office, exam)
        assert (done.recorded, done.posted, done.blocked, done.freed) == (0, 0, 0, 0)
        assert (standing(office, course), blocked(office), len(vetoes(office))) == before


def test_a_correction_in_the_older_exam_frees_nobody_who_failed_the_newer(office, people, course):
    june = sat_by_all(office, course_id=course)
    marked(office, june, {one: ["50"] for one in people})
    post_exam(office, june)
    december = sat_again(office, course, people, "30", "70", "40", "30")
    post_exam(office, december)
    changed(office, june, people[0], "80")
    post_exam(office, june)
    assert standing(office, course)[people[0]] == ("50 不合格", "不合格")
    assert blocked(office)[people[0]] == ["统考不合格（12月统考30分，60分合格）"]
    assert people[1] not in blocked(office)
    changed(office, december, people[1], "30")
    assert plan_posting(office, december).blocks.put == (people[1],)


def test_an_older_exam_posted_late_leaves_the_newer_and_blocks_nobody_who_passed_it(
    office, people, course
):
    june = sat_by_all(office, course_id=course)
    marked(office, june, {one: ["50"] for one in people})
    december = sat_again(office, course, people, "70", "30", "70", "70")
    post_exam(office, december)
    done = post_exam(office, june)
    assert done.recorded == 0
    assert set(blocked(office)) == {people[1]}
    assert standing(office, course)[people[0]] == ("", "合格")


def test_two_exams_that_fill_two_components_of_a_course_are_no_resits(office, people, course):
    """S4-14: 「占总成绩的50%」 twice, of the school's exam and of the city's."""
    halves = [components.Component(name, Decimal(50)) for name in ("学校", "市")]
    components.set_components(office, course, halves)
    exams: list[Exam] = []
    for code, day, half in zip(
        ("A", "B"), ("2025-06-01", "2025-12-01"), components.components_of(office, course),
        strict=True,
    ):  # fmt: skip
        part = Part(name="笔试", course_id=course, component_id=half.id)
        exams.append(sat_by_all(office, [part], code=code, held_on=day))
    for exam, text in zip(exams, ("50", "80"), strict=True):
        marked(office, exam, {one: [text] for one in people})
        post_exam(office, exam)
    assert standing(office, course)[people[0]] == ("", "合格")
    assert len(blocked(office)[people[0]]) == 1
    changed(office, exams[0], people[0], "30")
    assert post_exam(office, exams[0]).recorded == 1
    assert standing(office, course)[people[0]] == ("", "不合格")


def test_who_is_excused_after_all_counts_as_freed(office, people, course, exam):
    post_exam(office, exam)
    changed(office, exam, people[1], "缓考")
    assert post_exam(office, exam).freed == 1


def test_how_many_hours_were_taken_back_is_told(office, people, course, exam):
    post_exam(office, exam)
    changed(office, exam, people[0], "50")
    assert post_exam(office, exam, PostWish(reverse=True)).reversed == 1


def last_step(office: Office, word: str) -> str:
    return next(one.id for one in history(office.store, 50) if word in one.title)


@pytest.mark.parametrize("out", [publish, post_exam])
def test_marks_and_corrections_under_results_that_are_out_are_not_undone(office, people, exam, out):
    changed(office, exam, people[1], "58")
    steps = [last_step(office, "更正成绩"), last_step(office, "录入成绩")]
    done = out(office, exam)
    before = mark_book(office, exam).marks
    for step in steps:
        with pytest.raises(UserError, match=r"exam\.undo_out.*2025年上半年统考.*更正"):
            undo(office.store, step)
    assert mark_book(office, exam).marks == before
    undo(office.store, done.id if out is publish else done.operation.id)
    for step in steps:
        undo(office.store, step)
    assert mark_book(office, exam).marks == {}


def test_a_correction_of_a_posted_exam_stays(office, people, exam):
    post_exam(office, exam)
    changed(office, exam, people[1], "60")
    post_exam(office, exam)
    with pytest.raises(UserError, match=r"exam\.undo_out.*登记"):
        undo(office.store, last_step(office, "更正成绩"))


def test_absences_and_the_pass_mark_under_results_that_are_out_stay(office, people, exam):
    changed(office, exam, people[0], "作弊")
    update(office, exam, replace(terms_of(office, exam), pass_mark=Decimal(59)))
    steps = [last_step(office, "更正成绩"), history(office.store, 1)[0].id]
    publish(office, find(office, exam.code))
    for step in steps:
        with pytest.raises(UserError, match=r"exam\.undo_out"):
            undo(office.store, step)
