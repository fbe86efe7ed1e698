"""A draw as the office holds it: freeze, draw once, keep everything, let a stranger check."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from models.errors import UserError
from models.exams.drawing import draw, drawn_people, draws, latest_draw, write_record
from models.exams.exclusions import ExclusionWish, exclude, exclusions, include_again
from models.exams.freezing import export_frame, find_frame, freeze, preview
from models.exams.records import Exam, ExamTerms
from models.exams.registration import create, exams, find
from models.exams.verification import read_record, verify
from models.office.context import Office
from models.store.undo import undo
from tests.offices import new_office
from tests.people import school, teachers

SEED = "36251436251436251436"
TERMS = ExamTerms(code="2025-06", name="2025年上半年县级抽测", year=2025)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    teachers(office, school(office, "桦甸市第四中学"), 25)
    teachers(office, school(office, "桦甸市第五中学"), 14)
    teachers(office, school(office, "红石村小"), 1)
    yield office
    office.store.close()


@pytest.fixture
def exam(office: Office) -> Exam:
    return create(office, TERMS)[0]


def test_what_is_left_out_comes_from_the_rules_in_force(exam: Exam):
    assert exam.scope.base == "subject"
    assert exam.scope.strata == ("school",)
    assert (exam.fraction, exam.rounding) == (Fraction(1, 10), "half-up-min-1")


def test_a_school_draw_takes_the_quota_of_each_school(office: Office, exam: Exam, tmp_path: Path):
    frame, _ = freeze(office, exam)
    found, _ = draw(office, exam, SEED)
    assert {one["stratum"]: one["quota"] for one in found.record["strata"]} == {
        "桦甸市第四中学": 3,
        "桦甸市第五中学": 1,
        "红石村小": 1,
    }
    people = drawn_people(office, exam)
    assert len(people) == 5
    assert [one.place for one in people if one.school == "桦甸市第四中学"] == [1, 2, 3]
    assert frame.size == 40


def test_record_and_frame_alone_verify_the_draw(office: Office, exam: Exam, tmp_path: Path):
    freeze(office, exam)
    found, _ = draw(office, exam, SEED)
    frame_file, record_file = tmp_path / "frame.txt", tmp_path / "record.json"
    export_frame(office, exam, frame_file)
    write_record(found.record, record_file)
    record = read_record(record_file.read_text(encoding="utf-8"))
    assert hashlib.sha256(frame_file.read_bytes()).hexdigest() == record["frame_sha256"]
    verdict = verify(record, frame_file.read_bytes())
    assert (verdict.valid, verdict.people, verdict.drawn) == (True, 40, 5)
    assert not verify(record, frame_file.read_bytes() + b"x").valid


def test_the_record_has_the_agreed_fields_and_no_personal_data(office: Office, exam: Exam):
    freeze(office, exam)
    record = json.loads(json.dumps(draw(office, exam, SEED)[0].record, ensure_ascii=False))
    assert record["exam"] == "2025-06"
    assert record["fraction"] == "0.1"
    assert record["rounding"] == "half-up-min-1"
    assert record["base_name"] == "学科教师"
    assert set(record["strata"][0]) == {"stratum", "size", "quota", "selected", "reserves"}
    id_number = office.store.value("SELECT id_number FROM teacher LIMIT 1")
    assert id_number not in json.dumps(record)


def test_a_second_draw_needs_a_reason_and_the_first_stays(office: Office, exam: Exam):
    freeze(office, exam)
    draw(office, exam, SEED)
    with pytest.raises(UserError, match=r"exam\.drawn"):
        draw(office, exam, SEED[::-1])
    again, _ = draw(office, exam, SEED[::-1], again_because="见证人缺席")
    assert [one.attempt for one in draws(office, exam)] == [1, 2]
    assert latest_draw(office, exam).seed == SEED[::-1]
    assert again.record["earlier"][0]["seed"] == SEED
    assert again.record["reason"] == "见证人缺席"


def test_a_draw_cannot_be_undone_or_deleted(office: Office, exam: Exam):
    _, frozen = freeze(office, exam)
    _, drawn = draw(office, exam, SEED)
    for operation in (frozen, drawn):
        with pytest.raises(UserError):
            undo(office.store, operation.id)
    for table in ("exam_frame", "exam_draw", "exam_pick"):
        with (
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
            office.store.operation("t", "t"),
        ):
            office.store.execute(f"DELETE FROM {table}")
    assert len(draws(office, exam)) == 1


def test_a_frozen_frame_does_not_follow_the_register(office: Office, exam: Exam):
    frame, _ = freeze(office, exam)
    teachers(office, None, 5)
    assert find_frame(office, exam.id) == frame
    with pytest.raises(UserError, match=r"exam\.frozen"):
        freeze(office, exam)
    anew, _ = freeze(office, exam, again_because="漏了新调入的教师")
    assert (anew.attempt, anew.size) == (2, 45)
    assert preview(office, exam).sizes["（无单位）"] == 5


def test_exclusions_are_kept_with_their_reason_and_who_signed(office: Office, exam: Exam):
    someone = office.store.value("SELECT id FROM teacher WHERE teacher_no LIKE '%07'")
    for reason, signed in ((" ", "王主任"), ("产假", " ")):
        with pytest.raises(UserError, match=r"exam\.no_reason"):
            exclude(office, exam, ExclusionWish(someone, reason, signed))
    exclude(office, exam, ExclusionWish(someone, "产假", "王主任"))
    exclude(office, exam, ExclusionWish(someone, "产假至十二月", "王主任"))
    assert [one.reason for one in exclusions(office, exam)] == ["产假至十二月"]
    assert preview(office, exam).size == 39
    frame, _ = freeze(office, exam)
    (left,) = frame.excluded
    assert left.teacher_no.endswith("07")
    assert (left.reason, left.signed_by, left.cause) == ("产假至十二月", "王主任", "decided")
    assert (frame.size, find_frame(office, exam.id)) == (39, frame)


def test_after_freezing_exclusions_count_only_for_a_frame_frozen_anew(office: Office, exam: Exam):
    someone = office.store.value("SELECT id FROM teacher WHERE teacher_no LIKE '%07'")
    wish = ExclusionWish(someone, "产假", "王主任")
    freeze(office, exam)
    with pytest.raises(UserError, match=r"exam\.frozen_already"):
        exclude(office, exam, wish)
    exclude(office, exam, wish, for_anew=True)
    assert freeze(office, exam, again_because="漏排一人")[0].size == 39
    with pytest.raises(UserError, match=r"exam\.frozen_already"):
        include_again(office, exam, someone)
    include_again(office, exam, someone, for_anew=True)
    assert freeze(office, exam, again_because="已销假")[0].size == 40
    with pytest.raises(UserError, match=r"exam\.not_excluded"):
        include_again(office, exam, someone, for_anew=True)


def test_an_exclusion_can_be_undone(office: Office, exam: Exam):
    someone = office.store.value("SELECT id FROM teacher LIMIT 1")
    done = exclude(office, exam, ExclusionWish(someone, "产假", "王主任"))
    undo(office.store, done.id)
    assert exclusions(office, exam) == []


def test_schools_and_subjects_together_make_strata(office: Office):
    exam, _ = create(
        office, replace(TERMS, strata=("school", "subject"), rounding="largest-remainder")
    )
    teachers(office, school(office, "桦甸市第六中学"), 10, subject="101")
    freeze(office, exam)
    record = draw(office, exam, SEED)[0].record
    assert "桦甸市第六中学/语文" in [one["stratum"] for one in record["strata"]]
    assert record["drawn"] == 5


def test_two_schools_of_one_name_are_two_strata(office: Office, exam: Exam):
    teachers(office, school(office, "红石村小"), 3)
    freeze(office, exam)
    strata = [one["stratum"] for one in draw(office, exam, SEED)[0].record["strata"]]
    assert sum(stratum.startswith("红石村小#") for stratum in strata) == 2


def test_a_draw_without_frame_or_with_a_short_seed_leaves_nothing(office: Office, exam: Exam):
    with pytest.raises(UserError, match=r"exam\.not_frozen"):
        draw(office, exam, SEED)
    freeze(office, exam)
    with pytest.raises(UserError, match=r"exam\.seed_short"):
        draw(office, exam, "12345")
    assert draws(office, exam) == []
    with pytest.raises(UserError, match=r"exam\.not_drawn"):
        latest_draw(office, exam)


def test_an_exam_nobody_can_sit_is_not_frozen(office: Office):
    exam, _ = create(office, replace(TERMS, stage="6"))
    with pytest.raises(UserError, match=r"exam\.empty_frame"):
        freeze(office, exam)
    assert find_frame(office, exam.id) is None


def test_exams_are_found_by_code_and_codes_are_unique(office: Office, exam: Exam):
    assert find(office, " 2025-06 ") == exam
    assert exams(office) == [exam]
    with pytest.raises(UserError, match=r"exam\.known_code"):
        create(office, TERMS)
    with pytest.raises(UserError, match=r"exam\.no_such_exam"):
        find(office, "2024-12")


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(TERMS, code=" "), "exam.no_name"),
        (replace(TERMS, code="a\nb"), "exam.code"),
        (replace(TERMS, base="unit", strata=("subject",)), "exam.unit_strata"),
    ],
)
def test_an_exam_that_cannot_be_is_refused(office: Office, terms: ExamTerms, code: str):
    with pytest.raises(UserError, match=code):
        create(office, terms)
    assert exams(office) == []
