"""Sessions, the gate to the exam, parts of a score, re-sits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.office.context import Office
from models.training import components, enrolments, gate, scoring, sessions
from models.training.events import events_of
from models.training.marks import read_mark
from tests.integration.test_course_desk import enrolment, registered
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


def test_a_session_stands_within_the_course(office: Office, people: list[str]):
    course_id = registered(office)
    with pytest.raises(UserError, match=r"training\.outside_class"):
        sessions.add_session(office, course_id, "2025-03-03")
    sessions.add_session(office, course_id, "2025-03-01", "上午", Decimal(4))
    (session,) = sessions.sessions_of(office, course_id)
    enrolments.enrol(office, course_id, people[:2])
    with pytest.raises(UserError, match=r"training\.not_enrolled"):
        sessions.note_attendance(office, course_id, {session.id: {"nobody": "present"}})
    absent = enrolment(office, course_id, people[0])
    sessions.all_present(office, course_id, session.id, but=[absent])
    (session,) = sessions.sessions_of(office, course_id)
    assert (session.there, session.noted, session.title) == (1, 2, "第1次 2025-03-01")
    sessions.note_attendance(office, course_id, {session.id: {absent: "late"}})
    assert sessions.sessions_of(office, course_id)[0].there == 2


def test_the_gate_says_what_is_missing_and_keeps_the_score_out(office: Office, people: list[str]):
    """S4-16, S4-17, S4-18: hours, homework, at least five original posts, quality; a hard block."""
    course_id = registered(office, gated=True)
    enrolments.enrol(office, course_id, people[:2])
    for day in ("2025-03-01", "2025-03-02"):
        sessions.add_session(office, course_id, day)
    first, second = (enrolment(office, course_id, one) for one in people[:2])
    one, two = sessions.sessions_of(office, course_id)
    sessions.note_attendance(
        office, course_id, {one.id: {first: "present", second: "present"}, two.id: {first: "late"}}
    )
    gate.record_work(
        office,
        course_id,
        {
            first: {"homework": 1, "posts": 5, "quality": 60},
            second: {"homework": 1, "posts": 4, "quality": 60},
        },
    )
    found = {person.id: person for person in gate.gate(office, course_id)}
    assert found[first].missing == ()
    assert found[second].missing == ("学时50%，应有100%", "原创文章4篇，应有5篇")
    with pytest.raises(UserError, match="原创文章4篇，应有5篇"):
        scoring.record_scores(office, course_id, dict.fromkeys(people[:2], read_mark("80")))
    scoring.record_scores(
        office, course_id, {people[0]: read_mark("80"), people[1]: read_mark("缺考")}
    )
    gate.accept_evidence(office, [second], "posts", "手写笔记 5 篇")
    gate.accept_evidence(office, [second], "attendance", "补看光盘并交记录")
    assert next(p for p in gate.gate(office, course_id) if p.id == second).may_sit
    scoring.record_scores(office, course_id, {people[1]: read_mark("61")})


def test_the_gate_is_lifted_with_a_reason_that_stays(office: Office, people: list[str]):
    course_id = registered(office, gated=True, need_posts=8, need_homework=0, need_quality=0)
    enrolments.enrol(office, course_id, people[:1])
    (person,) = gate.gate(office, course_id)
    assert person.missing == ("原创文章0篇，应有8篇",)
    with pytest.raises(UserError, match=r"training\.no_reason"):
        gate.lift(office, [person.id], "  ")
    gate.lift(office, [person.id], "病愈返岗")
    assert gate.gate(office, course_id)[0].may_sit
    scoring.record_scores(office, course_id, {people[0]: read_mark("70")})
    assert [event.opinion for event in events_of(office, person.id)] == ["病愈返岗"]


@pytest.mark.parametrize(
    ("weights", "marks", "total", "result"),
    [
        (("70", "30"), ("60", "60"), "60", "合格"),
        (("70", "30"), ("55", "71.5"), "60", "合格"),  # 38.5 + 21.45 = 59.95 → 60.0
        (("70", "30"), ("55", "71.4"), "59.9", "不合格"),  # 59.92
        (("50", "50"), ("80", "90.5"), "85.3", "合格"),  # 85.25 → 85.3
    ],
)
def test_parts_are_weighed_and_rounded_half_up(
    office: Office,
    people: list[str],
    weights: tuple[str, ...],
    marks: tuple[str, ...],
    total: str,
    result: str,
):
    """S4-14 (70/30), S4-15 (50/50)."""
    course_id = registered(office)
    enrolments.enrol(office, course_id, people[:1])
    parts = [components.Component(f"项{n}", Decimal(one)) for n, one in enumerate(weights)]
    components.set_components(office, course_id, parts)
    ids = [one.id for one in components.components_of(office, course_id)]
    said = {one: read_mark(mark) for one, mark in zip(ids, marks, strict=True)}
    components.record_component_marks(office, course_id, {people[0]: said})
    (person,) = enrolments.participants(office, course_id)
    assert (person.score, person.result) == (Decimal(total), result)


def test_a_part_that_is_missing_leaves_the_total_open_and_an_absence_decides_it(
    office: Office, people: list[str]
):
    course_id = registered(office)
    enrolments.enrol(office, course_id, people[:1])
    with pytest.raises(UserError, match=r"training\.weights"):
        components.set_components(office, course_id, [components.Component("考试", Decimal(70))])
    parts = [components.Component("考试", Decimal(70)), components.Component("过程", Decimal(30))]
    components.set_components(office, course_id, parts)
    exam, work = components.components_of(office, course_id)
    components.record_component_marks(office, course_id, {people[0]: {work.id: read_mark("90")}})
    assert enrolments.participants(office, course_id)[0].result == ""
    components.record_component_marks(office, course_id, {people[0]: {exam.id: read_mark("作弊")}})
    assert enrolments.participants(office, course_id)[0].result == "作弊"
    with pytest.raises(UserError, match=r"training\.components_in_use"):
        components.set_components(office, course_id, [])
    with pytest.raises(UserError, match="不是分数"):
        components.read_component_mark("合格")


def test_a_resit_keeps_the_first_result_in_sight(office: Office, people: list[str]):
    course_id = registered(office)
    enrolments.enrol(office, course_id, people[:2])
    marks = {people[0]: read_mark("40"), people[1]: read_mark("80")}
    scoring.record_scores(office, course_id, marks)
    with pytest.raises(UserError, match=r"training\.resit"):
        scoring.record_scores(office, course_id, {people[1]: read_mark("85")}, resit=True)
    scoring.record_scores(office, course_id, {people[0]: read_mark("50")}, resit=True)
    scoring.record_scores(office, course_id, {people[0]: read_mark("66")}, resit=True)
    person = next(
        p for p in enrolments.participants(office, course_id) if p.teacher_id == people[0]
    )
    assert (person.score, person.result, person.first) == (Decimal(66), "合格", "40 不合格")
