"""An exam's terms: what cannot be, what is open until when, and removing an exam again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.changing import delete, terms_of, update
from models.exams.exclusions import ExclusionWish, exclude, exclusions
from models.exams.freezing import freeze
from models.exams.records import Exam, ExamTerms, Session
from models.exams.registration import create, exams, parts_of, read
from models.office.context import Office
from models.store.undo import undo
from models.training import courses
from tests.offices import new_office
from tests.people import school, teachers

TERMS = ExamTerms(
    code="2025-12",
    name="2025年下半年县级抽测",
    year=2025,
    fraction=Fraction(1, 8),
    strata=("school", "subject"),
    session=Session(term="12月", mode="paper", held_on="2025-12-20", starts_at="09:00"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    teachers(office, school(office, "桦甸市第四中学"), 20)
    yield office
    office.store.close()


@pytest.fixture
def exam(office: Office) -> Exam:
    return create(office, TERMS)[0]


def session(**values: str) -> ExamTerms:
    return replace(TERMS, session=replace(TERMS.session, **values))


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(TERMS, name=" "), "exam.no_name"),
        (replace(TERMS, code="a\tb"), "exam.code"),
        (replace(TERMS, year=25), "exam.year"),
        (replace(TERMS, quota=0), "exam.quota"),
        (replace(TERMS, pass_mark=Decimal(-1)), "exam.pass_mark"),
        (replace(TERMS, pass_mark=Decimal("100.5")), "exam.pass_mark"),
        (replace(TERMS, stage="x"), "exam.filter"),
        (replace(TERMS, post="没有这种职务"), "exam.filter"),
        (replace(TERMS, gated=True), "exam.gate_no_course"),
        (replace(TERMS, course_id="x"), "training.no_such_course"),
        (replace(TERMS, base="unit", strata=("stage",)), "exam.unit_strata"),
        (session(level="x"), "exam.filter"),
        (session(held_on="2025-13-01"), "exam.day"),
        (session(starts_at="9点"), "exam.time"),
        (session(ends_at="08:59"), "exam.times"),
    ],
)
def test_terms_that_cannot_be_are_refused_and_nothing_is_kept(office: Office, terms, code):
    with pytest.raises(UserError, match=code.replace(".", r"\.")):
        create(office, terms)
    assert exams(office) == []


@pytest.mark.parametrize("terms", [replace(TERMS, year=1), session(ends_at="08:59")])
def test_a_change_that_cannot_be_leaves_the_exam_as_it_was(office: Office, exam: Exam, terms):
    with pytest.raises(UserError):
        update(office, exam, terms)
    assert read(office, exam.id) == exam


def test_what_is_read_back_as_terms_changes_nothing(office: Office, exam: Exam):
    again, operation = update(office, exam, terms_of(office, exam))
    assert again == exam
    assert operation.changed.count == 0


def test_terms_change_until_the_frame_is_frozen_and_the_change_can_be_undone(
    office: Office, exam: Exam
):
    new = replace(
        terms_of(office, exam), code="2025-12A", base="all", quota=3, pass_mark=Decimal(70)
    )
    changed, operation = update(office, exam, new)
    assert (changed.code, changed.scope.base, changed.quota) == ("2025-12A", "all", 3)
    assert changed.pass_mark == Decimal(70)
    undo(office.store, operation.id)
    assert read(office, exam.id) == exam


def test_a_frozen_frame_fixes_what_decides_the_draw_and_names_it(office: Office, exam: Exam):
    freeze(office, exam)
    terms = terms_of(office, exam)
    with pytest.raises(UserError, match="不能再改范围、抽取比例"):
        update(office, exam, replace(terms, base="all", fraction=Fraction(1, 5), name="新名称"))
    assert read(office, exam.id) == exam
    later = Session(held_on="2025-12-27", starts_at="13:00", ends_at="15:00", places="实验小学")
    moved, _ = update(office, exam, replace(terms, name="新名称", session=later))
    assert (moved.name, moved.session.held_on, moved.session.places) == (
        "新名称",
        "2025-12-27",
        "实验小学",
    )
    whole = replace(terms, session=replace(terms.session, kind="whole"))
    with pytest.raises(UserError, match="抽测或统考"):
        update(office, exam, whole)


def test_the_code_of_another_exam_is_refused_and_the_own_one_is_not(office: Office, exam: Exam):
    create(office, replace(TERMS, code="2026-06", name="另一场"))
    with pytest.raises(UserError, match="已用于“另一场”"):
        update(office, exam, replace(terms_of(office, exam), code="2026-06"))
    update(office, exam, replace(terms_of(office, exam), name="改个名"))


def test_the_course_of_an_exam_moves_its_only_part_along(office: Office, exam: Exam):
    values = {"title": "公开课", "year": 2025, "hours": Decimal(10)}
    course_id = courses.register(office, values).course_id
    changed, _ = update(office, exam, replace(terms_of(office, exam), course_id=course_id))
    assert [part.course_id for part in parts_of(office, changed)] == [course_id]


def test_an_unused_exam_is_removed_with_all_of_it_and_comes_back(office: Office, exam: Exam):
    someone = office.store.value("SELECT id FROM teacher LIMIT 1")
    exclude(office, exam, ExclusionWish(someone, "产假", "王主任"))
    operation = delete(office, exam)
    assert exams(office) == []
    assert office.store.value("SELECT COUNT(*) FROM exam_part") == 0
    undo(office.store, operation.id)
    assert exams(office) == [exam]
    assert [one.reason for one in exclusions(office, exam)] == ["产假"]


def test_an_exam_with_a_frame_stays(office: Office, exam: Exam):
    freeze(office, exam)
    with pytest.raises(UserError, match=r"exam\.in_use"):
        delete(office, exam)
    assert exams(office) == [exam]
