"""From a course to the ledger: register, enrol, score, post."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.office.context import Office
from models.store.undo import undo
from models.training import courses, enrolments, nominations, posting, projects, scoring
from models.training.ledger import RecordDraft, post_records
from models.training.listing import EntryRow, entry_ids, entry_rows
from models.training.marks import read_mark
from models.training.sums import uneven_accounts
from tests.offices import new_office
from tests.people import school, teachers

COURSE = {
    "title": "《教师的教学技能》",
    "year": 2025,
    "hours": Decimal(15),
    "category": "4",
    "level": "40",
    "organizer": "桦甸市教师进修学校",
    "start_date": "2025-03-01",
    "end_date": "2025-03-02",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    return teachers(office, school(office, "桦甸市第四中学"), 6)


def started(office: Office, people: list[str], **values: object) -> str:
    """A course with everybody enrolled."""
    course_id = courses.register(office, {**COURSE, **values}).course_id
    enrolments.enrol(office, course_id, people)
    return course_id


def ledger(office: Office) -> list[EntryRow]:
    return entry_rows(office, entry_ids(office))


def scored(office: Office, course_id: str, *marks: str) -> None:
    ids = [one.teacher_id for one in enrolments.participants(office, course_id)]
    scores = {one: read_mark(mark) for one, mark in zip(ids, marks, strict=False)}
    scoring.record_scores(office, course_id, scores)


def test_codes_count_within_the_year_and_go_past_nine_hundred_ninety_nine(office: Office):
    assert courses.register(office, COURSE).code == "2025-001"
    assert courses.register(office, COURSE).code == "2025-002"
    assert courses.register(office, {**COURSE, "year": 2024}).code == "2024-001"
    courses.register(office, {**COURSE, "code": "2025-1005"})
    assert courses.register(office, COURSE).code == "2025-1006"


def test_a_title_that_looks_like_a_known_one_is_proposed(office: Office):
    courses.register(office, {**COURSE, "title": "教师怎样做公开课"})
    found = courses.register(office, {**COURSE, "title": "教师怎样上好公开课"})
    assert found.alike == ("教师怎样做公开课",)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "training.course_incomplete"),
        ({"hours": Decimal(0)}, "training.hours"),
        ({"hours": Decimal(1001)}, "training.hours"),
        ({"end_date": "2025-02-28"}, "training.dates"),
    ],
)
def test_a_course_that_cannot_be_is_refused(office: Office, values: dict[str, object], code: str):
    with pytest.raises(UserError, match=code):
        courses.register(office, {**COURSE, **values})
    assert courses.course_rows(office) == []


def test_a_code_is_given_once(office: Office):
    courses.register(office, {**COURSE, "code": "A1"})
    with pytest.raises(UserError, match=r"training\.known_code"):
        courses.register(office, {**COURSE, "code": "A1"})


def test_a_course_is_shown_in_words_and_can_be_changed(office: Office):
    course_id = courses.register(office, COURSE).course_id
    courses.change(office, course_id, {"hours": Decimal("7.5"), "title": "教学技能"})
    (row,) = courses.course_rows(office, 2025, "技能")
    assert row.shown["hours"] == "7.5"
    assert row.shown["category"] == "文本"
    assert row.shown["level"] == "县级"
    assert row.shown["status"] == "进行中"
    assert courses.course_rows(office, 2024) == []
    assert courses.course_rows(office, query="没有") == []


def test_enrolling_twice_leaves_one_enrolment(office: Office, people: list[str]):
    course_id = started(office, people)
    again = enrolments.enrol(office, course_id, people)
    assert (again.enrolled, again.known) == (0, 6)
    assert len(enrolments.participants(office, course_id)) == 6


def test_nobody_enrols_in_a_closed_course_nor_a_stranger_in_any(office: Office, people: list[str]):
    course_id = courses.register(office, COURSE).course_id
    with pytest.raises(UserError, match=r"training\.no_such_teacher"):
        enrolments.enrol(office, course_id, [*people, "nobody"])
    courses.close(office, course_id)
    with pytest.raises(UserError, match=r"training\.course_closed"):
        enrolments.enrol(office, course_id, people)


def test_who_has_a_result_cannot_withdraw(office: Office, people: list[str]):
    course_id = started(office, people)
    scored(office, course_id, "80")
    marked, *others = [one.teacher_id for one in enrolments.participants(office, course_id)]
    with pytest.raises(UserError, match=r"training\.has_result"):
        enrolments.withdraw(office, course_id, [marked])
    enrolments.withdraw(office, course_id, others)
    assert len(enrolments.participants(office, course_id)) == 1


def test_only_who_passed_gets_hours_and_credits_by_the_rule(office: Office, people: list[str]):
    course_id = started(office, people)
    scored(office, course_id, "60", "59.99", "优秀", "缺考", "作弊")
    found = posting.post_results(office, course_id)
    assert (found.posted, found.not_passed) == (2, 4)
    rows = ledger(office)
    assert {(row.shown["hours"], row.shown["credits"], row.shown["score"]) for row in rows} == {
        ("15", "1.5", "60"),
        ("15", "1.5", "优秀"),
    }
    assert {row.shown["kind"] for row in rows} == {"课程"}


def test_a_course_with_its_own_pass_mark_and_credits_goes_before_the_rule(
    office: Office, people: list[str]
):
    course_id = started(office, people, pass_mark=Decimal(80), credits=Decimal("2.25"))
    scored(office, course_id, "79.5", "80")
    assert posting.post_results(office, course_id).posted == 1
    assert ledger(office)[0].shown["credits"] == "2.25"


def test_posting_again_enters_the_resit_alone(office: Office, people: list[str]):
    course_id = started(office, people)
    scored(office, course_id, "80", "40")
    assert posting.post_results(office, course_id).posted == 1
    scored(office, course_id, "80", "65")
    again = posting.post_results(office, course_id)
    assert (again.posted, again.before) == (1, 1)
    assert posting.post_results(office, course_id).posted == 0


def test_the_same_training_known_from_a_list_is_not_counted_twice(
    office: Office, people: list[str]
):
    course_id = started(office, people)
    scored(office, course_id, "80", "90")
    first = enrolments.participants(office, course_id)[0].teacher_id
    draft = RecordDraft(
        first, 2025, "教师的教学技能", None, None, "2025-03-01", None, Decimal(15), Decimal("1.5")
    )
    post_records(office, [draft], source="上报.xlsx")
    found = posting.post_results(office, course_id)
    assert found.posted == 1
    assert len(found.elsewhere) == 1


def test_undoing_a_posting_reverses_it_and_it_can_be_posted_anew(office: Office, people: list[str]):
    course_id = started(office, people)
    scored(office, course_id, "80")
    undo(office.store, posting.post_results(office, course_id).operation.id)
    assert [row.shown["hours"] for row in ledger(office)] == ["-15", "15"]
    assert posting.post_results(office, course_id).posted == 1
    assert uneven_accounts(office) == []


def test_a_sheet_by_number_is_taken_whole_or_not_at_all(office: Office, people: list[str]):
    course_id = started(office, people)
    numbers = [one.teacher_no for one in enrolments.participants(office, course_id)]
    wrong = [(numbers[0], "80"), (numbers[0], "81"), (numbers[1], "八十"), ("999", "70")]
    with pytest.raises(UserError, match=r"training\.bad_sheet") as caught:
        scoring.record_by_number(office, course_id, wrong)
    assert numbers[0] in caught.value.message
    assert "八十" in caught.value.message
    assert "999" in caught.value.message
    assert not any(one.result for one in enrolments.participants(office, course_id))
    found = scoring.record_by_number(office, course_id, [(number, "75") for number in numbers])
    assert (found.recorded, found.results["passed"]) == (6, 6)


def test_the_same_scores_again_change_nothing(office: Office, people: list[str]):
    course_id = started(office, people)
    marks = dict.fromkeys(people, read_mark("75"))
    scoring.record_scores(office, course_id, marks)
    again = scoring.record_scores(office, course_id, marks)
    assert (again.recorded, again.unchanged) == (0, 6)
    assert again.operation.changed.count == 0


def test_a_score_for_a_stranger_refuses_the_sheet(office: Office, people: list[str]):
    course_id = started(office, people[:1])
    marks = dict.fromkeys(people, read_mark("75"))
    with pytest.raises(UserError, match=r"training\.not_enrolled"):
        scoring.record_scores(office, course_id, marks)
    assert not any(one.result for one in enrolments.participants(office, course_id))


def test_posting_before_any_result_is_refused(office: Office, people: list[str]):
    with pytest.raises(UserError, match=r"training\.no_results"):
        posting.post_results(office, started(office, people))


def test_a_course_with_people_is_kept_and_one_without_can_be_deleted_and_brought_back(
    office: Office, people: list[str]
):
    with pytest.raises(UserError, match=r"training\.course_in_use"):
        courses.delete(office, started(office, people))
    course_id = courses.register(office, COURSE).course_id
    operation = courses.delete(office, course_id)
    with pytest.raises(UserError, match=r"training\.no_such_course"):
        courses.read(office, course_id)
    undo(office.store, operation.id)
    assert courses.read(office, course_id)["title"] == COURSE["title"]


def test_who_fails_after_the_hours_were_posted_is_told(office: Office, people: list[str]) -> None:
    course_id = started(office, people[:1])
    scored(office, course_id, "60")
    posting.post_results(office, course_id)
    again = scoring.record_scores(office, course_id, {people[0]: read_mark("40")})
    assert "未合格，但学时已登记入账，请在学时台账中冲销" in again.told


def test_more_hours_than_the_days_have_are_refused(office: Office) -> None:
    with pytest.raises(UserError, match="只有 2 天，学时 100 太多"):
        courses.register(office, {**COURSE, "hours": Decimal(100)})


def test_a_course_that_somebody_chose_or_that_has_classes_is_not_deleted(
    office: Office, people: list[str]
) -> None:
    chosen = courses.register(office, COURSE).course_id
    nominations.choose(office, chosen, people[:1])
    with pytest.raises(UserError, match="已有 1 人报名"):
        courses.delete(office, chosen)
    project = courses.register(office, {**COURSE, "title": "专题"})
    projects.join(office, [chosen], project.code)
    with pytest.raises(UserError, match="有 1 个班"):
        courses.delete(office, project.course_id)
