"""Who can be drawn under each of the four bases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.codes.library import load_codes
from models.exams.bases import bases
from models.exams.eligibility import Candidate, LeftOut, Scope, divide, stratum_of
from models.exams.terms import read_base, read_strata

CODES = load_codes()
TEACHER = Candidate(
    id="a",
    teacher_no="220282000001",
    name="张三",
    school="四中",
    status="01",
    subject="102、103",
    post="01",
    stage="3",
    track="1",
)
LIBRARIAN = replace(TEACHER, id="b", teacher_no="220282000002", subject="505", post="32")
HEAD = replace(TEACHER, id="c", teacher_no="220282000003", subject="101", post="06")
IDLE = replace(TEACHER, id="d", teacher_no="220282000004", subject=None, post="20")
ON_LEAVE = replace(TEACHER, id="e", teacher_no="220282000005", status="04")
RETIRED = replace(TEACHER, id="f", teacher_no="220282000006", status="13")
EVERYBODY = [RETIRED, ON_LEAVE, IDLE, HEAD, LIBRARIAN, TEACHER]


@pytest.mark.parametrize(
    ("base", "taken"),
    [("subject", "ac"), ("class", "a"), ("all", "acd"), ("unit", "abcd")],
)
def test_each_base_takes_its_own_people(base, taken):
    found, _ = divide(Scope(base, ("school",)), EVERYBODY, {}, CODES)
    assert sorted(one.id for one in found) == sorted(taken)


def test_who_is_on_leave_falls_out_with_the_reason_and_the_retired_are_not_mentioned():
    _, left = divide(Scope("unit", ("school",)), EVERYBODY, {}, CODES)
    assert [(one.teacher_no, one.reason) for one in left] == [("220282000005", "岗位状态：产假")]


def test_a_decided_exclusion_goes_before_the_state():
    away = {"a": LeftOut("外出支援", "王主任", "decided")}
    _, left = divide(Scope("unit", ("school",)), [ON_LEAVE, TEACHER], away, CODES)
    assert [(one.reason, one.signed_by) for one in left] == [
        ("外出支援", "王主任"),
        ("岗位状态：产假", ""),
    ]


def test_an_exam_for_just_one_state_takes_the_people_in_it():
    taken, left = divide(Scope("unit", ("school",), status="04"), EVERYBODY, {}, CODES)
    assert ([one.id for one in taken], left) == (["e"], [])


def test_another_stage_or_track_is_out_of_scope_and_not_an_exclusion():
    for scope in (Scope("unit", ("school",), stage="2"), Scope("unit", ("school",), track="2")):
        assert divide(scope, EVERYBODY, {}, CODES) == ([], [])


def test_a_stratum_is_the_product_of_what_was_chosen_and_the_first_subject_counts():
    assert stratum_of(Scope("all", ("school", "subject")), TEACHER, CODES) == "四中/数学"
    assert stratum_of(Scope("all", ("stage",)), TEACHER, CODES) == "初中"
    assert stratum_of(Scope("all", ()), TEACHER, CODES) == "全体"


def test_people_without_school_or_subject_have_a_stratum_of_their_own():
    nowhere = replace(TEACHER, school=None, subject=None)
    assert (
        stratum_of(Scope("all", ("school", "subject")), nowhere, CODES) == "（无单位）/（无学科）"
    )


def test_every_base_can_be_printed_and_typed():
    for base, name in bases().names().items():
        assert bases().rules[base].rule
        assert read_base(base) == read_base(name) == base


def test_strata_are_read_in_english_or_chinese():
    assert read_strata("school,subject") == read_strata("学校、学科") == ("school", "subject")
    assert read_strata("") == ()
