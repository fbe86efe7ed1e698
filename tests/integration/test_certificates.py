"""Certificates: one a person and course, numbered without gaps, never deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.certificates.issuing import issue_for_course, void
from models.certificates.register import certificates, find
from models.certificates.series import RULE_SETTING
from models.errors import UserError
from models.office.context import Office
from models.office.settings import write_settings
from models.staff.registration import save_teacher
from models.store.undo import undo
from models.training.courses import register
from models.training.enrolments import enrol, participants
from models.training.marks import read_mark
from models.training.scoring import record_scores
from tests.offices import new_office, reopened
from tests.people import school, teachers


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


def passed_course(office: Office, people: list[str], title: str = "手指游戏") -> str:
    values = {"title": title, "year": 2025, "hours": Decimal(15)}
    course_id = register(office, values).course_id
    enrol(office, course_id, people)
    record_scores(office, course_id, dict.fromkeys(people, read_mark("80")))
    return course_id


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(office, school(office, "桦甸市第四中学"), 3)


def test_numbers_follow_the_rule_without_gaps_over_courses(office: Office, people: list[str]):
    first = issue_for_course(office, passed_course(office, people))
    second = issue_for_course(office, passed_course(office, people, "公开课"))
    numbers = [one.number for one in (*first.certificates, *second.certificates)]
    assert numbers == [f"2202822025JY{n:05d}" for n in range(1, 7)]


def test_facts_of_the_day_of_issue_are_frozen(office: Office, people: list[str]):
    (one, *_) = issue_for_course(office, passed_course(office, people)).certificates
    save_teacher(office, one.teacher_id, {"name": "李四"})
    again = find(office, one.number)
    assert again == one
    assert (again.holder_sex, again.holder_school) == ("男", "桦甸市第四中学")
    assert (again.hours, again.credits, again.score) == (15, Decimal("1.5"), "80")
    assert again.issuer == "桦甸市教师进修学校"
    assert len(again.holder_id_tail) == 4


def test_nobody_gets_a_second_one_for_the_same_course(office: Office, people: list[str]):
    course_id = passed_course(office, people)
    issue_for_course(office, course_id)
    again = issue_for_course(office, course_id)
    assert (again.certificates, again.before) == ((), 3)


def test_who_did_not_pass_gets_none(office: Office, people: list[str]):
    course_id = passed_course(office, people)
    record_scores(office, course_id, {people[0]: read_mark("59")})
    found = issue_for_course(office, course_id)
    assert (len(found.certificates), found.not_passed) == (2, 1)


def test_a_void_one_stays_with_its_reason_and_the_next_gets_a_new_number(
    office: Office, people: list[str]
):
    course_id = passed_course(office, people)
    (one, *_) = issue_for_course(office, course_id).certificates
    with pytest.raises(UserError, match=r"certificate\.no_reason"):
        void(office, one.id, " ")
    void(office, one.id, "打印损坏")
    with pytest.raises(UserError, match=r"certificate\.void"):
        void(office, one.id, "打印损坏")
    kept = find(office, one.number)
    assert (kept.status, kept.void_reason, kept.voided_on) == ("作废", "打印损坏", "2025-09-20")
    (fresh,) = issue_for_course(office, course_id).certificates
    assert fresh.number == "2202822025JY00004"


def test_undoing_an_issue_makes_it_void_and_uses_the_numbers_up(office: Office, people: list[str]):
    course_id = passed_course(office, people)
    operation = issue_for_course(office, course_id).operation
    undone = undo(office.store, operation.id)
    assert {one.status for one in certificates(office)} == {"作废"}
    undo(office.store, undone.id)
    assert {one.status for one in certificates(office)} == {"有效"}
    undo(office.store, operation.id)
    assert issue_for_course(office, course_id).certificates[0].number == "2202822025JY00004"


def test_undoing_a_void_makes_it_valid_again(office: Office, people: list[str]):
    (one, *_) = issue_for_course(office, passed_course(office, people)).certificates
    undo(office.store, void(office, one.id, "误操作").id)
    assert find(office, one.number).status == "有效"
    void(office, one.id, "打印损坏")
    assert find(office, one.number).void_reason == "打印损坏"


def test_no_statement_can_delete_a_certificate(office: Office, people: list[str]):
    issue_for_course(office, passed_course(office, people))
    with (
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
        office.store.operation("t", "t"),
    ):
        office.store.execute("DELETE FROM certificate")
    assert len(certificates(office)) == 3


def test_the_office_may_set_its_own_rule(office: Office, people: list[str]):
    write_settings(office.store, {RULE_SETTING: "桦进字〔{year}〕{seq:03d}号"})
    found = issue_for_course(office, passed_course(office, people)).certificates
    assert [one.number for one in found] == [f"桦进字〔2025〕00{n}号" for n in (1, 2, 3)]
    write_settings(office.store, {RULE_SETTING: "{year}"})
    with pytest.raises(UserError, match=r"certificate\.rule"):
        issue_for_course(office, passed_course(office, people, "公开课"))


def test_a_new_year_begins_a_new_series(office: Office, people: list[str]):
    issue_for_course(office, passed_course(office, people))
    later = reopened(office, "2026-03-01")
    course_id = passed_course(later, [one.teacher_id for one in certificates(later)], "公开课")
    assert issue_for_course(later, course_id).certificates[0].number == "2202822026JY00001"
    later.store.close()


def test_an_issue_that_cannot_be_is_refused(office: Office, people: list[str]):
    course_id = register(office, {"title": "公开课", "year": 2025, "hours": Decimal(15)}).course_id
    with pytest.raises(UserError, match=r"certificate\.nobody_passed"):
        issue_for_course(office, course_id)
    with pytest.raises(UserError, match=r"certificate\.kind"):
        issue_for_course(office, passed_course(office, people), kind="nothing")
    with pytest.raises(UserError, match=r"certificate\.unknown"):
        find(office, "2202822025JY00001")
    assert certificates(office) == []
    assert all(not one.posted for one in participants(office, course_id))
