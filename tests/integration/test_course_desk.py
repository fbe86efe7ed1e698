"""Before and around a course: approval, quotas, choices, sessions, the gate, parts of a score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.office.context import Office
from models.office.settings import write_settings
from models.store.check import check
from models.store.undo import undo
from models.training import (
    aliases,
    approvals,
    bodies,
    courses,
    enrolments,
    nominations,
    posting,
    projects,
    quotas,
    scoring,
    sessions,
)
from models.training.events import events_of
from models.training.forms import change_course
from models.training.ledger import RecordDraft, post_records
from models.training.listing import entry_ids, stored_entries
from models.training.marks import read_mark
from tests.offices import new_office, reopened
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
def fourth(office: Office) -> str:
    return school(office, "桦甸市第四中学")


@pytest.fixture
def people(office: Office, fourth: str) -> list[str]:
    return teachers(office, fourth, 4)


def registered(office: Office, **values: object) -> str:
    return courses.register(office, {**COURSE, **values}).course_id


def states(office: Office, course_id: str) -> dict[str, str]:
    return {one.teacher_id: one.state for one in enrolments.participants(office, course_id)}


def enrolment(office: Office, course_id: str, teacher: str) -> str:
    people = enrolments.participants(office, course_id)
    return next(one.id for one in people if one.teacher_id == teacher)


def test_hours_follow_from_the_days_and_are_told(office: Office):
    """S2-04: 「每天以8学时认定培训学时」."""
    found = courses.register(office, {**COURSE, "hours": None, "days": Decimal("2.5")})
    assert courses.read(office, found.course_id)["hours"] == Decimal(20)
    assert found.told[0] == "没有填学时，按每天 8 学时，2.5 天折算为 20 学时。"
    with pytest.raises(UserError, match="学时（或天数）"):
        courses.register(office, {**COURSE, "hours": None})


def test_what_a_course_is_for_where_and_how_much_is_kept_and_shown(office: Office):
    course_id = registered(
        office,
        theme="08",
        nature="1",
        stages="2、3",
        track="1",
        operator="桦甸市第四中学",
        ethics=True,
        fee=Decimal("138.00"),
        quota=3,
    )
    (row,) = courses.course_rows(office)
    assert row.shown["theme"] == "师德培训"
    assert row.shown["nature"] == "必修"
    assert row.shown["ethics"] == "是"
    assert row.shown["fee"] == "138"
    courses.change(office, course_id, {"fee": Decimal("120.5")})
    assert courses.read(office, course_id)["fee"] == Decimal("120.5")
    assert check(office.store).ok


def test_an_emptied_form_keeps_the_code_and_works_the_hours_out_anew(office: Office):
    course_id = registered(office)
    texts = {"code": "", "title": "技能", "year": "2025", "hours": "", "days": "3", "fee": ""}
    change_course(office, course_id, texts)
    course = courses.read(office, course_id)
    assert (course["code"], course["hours"], course["fee"]) == ("2025-001", Decimal(24), None)
    with pytest.raises(UserError, match=r"number\.too_large"):
        change_course(office, course_id, {**texts, "hours": "1001"})


def test_the_hours_of_those_who_passed_carry_theme_and_nature(office: Office, people: list[str]):
    course_id = registered(office, theme="08", nature="1")
    enrolments.enrol(office, course_id, people)
    scoring.record_scores(office, course_id, {people[0]: read_mark("80")})
    posting.post_results(office, course_id)
    (entry,) = stored_entries(office, entry_ids(office))
    assert (entry["theme"], entry["nature"], entry["level"]) == ("08", "1", "40")


def test_a_schools_plan_waits_for_approval_and_its_way_is_kept(
    office: Office, fourth: str, people: list[str]
):
    found = courses.register(office, COURSE, filed_by=fourth)
    course_id = found.course_id
    with pytest.raises(UserError, match=r"training\.not_approved"):
        enrolments.enrol(office, course_id, people)
    approvals.file_plans(office, [course_id], opinion="请审批")
    approvals.review(office, [course_id], "内容合适")
    with pytest.raises(UserError, match=r"training\.no_reason"):
        approvals.send_back(office, [course_id], " ")
    approvals.send_back(office, [course_id], "学时偏少")
    approvals.file_plans(office, [course_id])
    approved = approvals.approve(office, [course_id], "同意")
    assert "师德" in approved.told[0]
    assert enrolments.enrol(office, course_id, people).enrolled == 4
    said = [(one.what, one.person, one.opinion) for one in events_of(office, course_id)]
    assert said == [
        ("申报", "王老师", "请审批"),
        ("审核", "王老师", "内容合适"),
        ("退回", "王老师", "学时偏少"),
        ("申报", "王老师", ""),
        ("批准", "王老师", "同意"),
    ]


def test_an_approval_taken_back_stays_in_the_log(office: Office, fourth: str):
    course_id = courses.register(office, COURSE, filed_by=fourth).course_id
    operation = approvals.approve(office, [course_id]).operation
    undo(office.store, operation.id)
    assert courses.read(office, course_id)["approval"] == "draft"
    assert [one.what for one in events_of(office, course_id)] == ["批准", "撤销"]
    assert check(office.store).ok


def test_the_offices_own_courses_wait_only_where_the_setting_says_so(office: Office):
    assert courses.read(office, registered(office))["approval"] == "approved"
    write_settings(office.store, {"training.approval": "yes"})
    course_id = registered(office)
    assert courses.read(office, course_id)["approval"] == "draft"
    with pytest.raises(UserError, match=r"training\.wrong_state"):
        approvals.send_back(office, [course_id], "不行")


def test_a_body_goes_from_application_through_a_yellow_card_to_cancellation(office: Office):
    """S2-16, S2-17: accreditation; yellow card, deadline, re-check, cancelled."""
    bodies.apply_for(office, {"name": "桦甸市教师进修学校"})
    (body,) = bodies.body_rows(office)
    assert "申请中" in courses.register(office, COURSE).told[0]
    bodies.accredit(office, body.id, date(2028, 8, 31), "符合条件")
    assert courses.register(office, COURSE).told == ()
    with pytest.raises(UserError, match=r"training\.deadline"):
        bodies.show_yellow_card(office, body.id, date(2025, 1, 1), "课时不足")
    bodies.show_yellow_card(office, body.id, date(2025, 12, 1), "课时不足")
    assert "黄牌" in courses.register(office, COURSE).told[0]
    bodies.check_again(office, body.id, "已整改", passed=True)
    assert courses.register(office, COURSE).told == ()
    bodies.show_yellow_card(office, body.id, date(2025, 12, 1), "再犯")
    bodies.check_again(office, body.id, "没有整改", passed=False)
    with pytest.raises(UserError, match=r"training\.body_cancelled"):
        courses.register(office, COURSE)
    assert [one.what for one in events_of(office, body.id)] == [
        "申请资质", "认定资质", "黄牌警告", "复查合格", "黄牌警告", "取消资质",
    ]  # fmt: skip


def test_a_plan_of_a_body_without_its_licence_is_not_approved(office: Office, fourth: str):
    course_id = courses.register(office, COURSE, filed_by=fourth).course_id
    bodies.apply_for(office, {"name": COURSE["organizer"]})
    bodies.cancel(office, bodies.body_rows(office)[0].id, "停办")
    with pytest.raises(UserError, match=r"training\.body_cancelled"):
        approvals.approve(office, [course_id])
    assert courses.read(office, course_id)["approval"] == "draft"


def test_an_accreditation_runs_out(office: Office):
    bodies.apply_for(office, {"name": "甲校"})
    bodies.accredit(office, bodies.body_rows(office)[0].id, date(2025, 12, 31))
    later = reopened(office, "2026-01-01")
    try:
        assert bodies.body_rows(later)[0].shown["state"] == "已到期"
        assert "已到期" in bodies.doubts_about(later, ["甲校"])[0]
    finally:
        later.store.close()


def test_a_school_beyond_its_quota_is_named_with_its_figures(
    office: Office, fourth: str, people: list[str]
):
    course_id = registered(office, quota=2)
    with pytest.raises(UserError, match="桦甸市第四中学名额 2 人，报名将达 4 人"):
        enrolments.enrol(office, course_id, people)
    assert enrolments.participants(office, course_id) == []
    quotas.set_quotas(office, course_id, {fourth: 3})
    enrolments.enrol(office, course_id, people[:3])
    assert [(one.quota, one.taken) for one in quotas.school_quotas(office, course_id)] == [(3, 3)]
    quotas.set_quotas(office, course_id, {fourth: None})
    with pytest.raises(UserError, match="名额 2 人，报名将达 4 人"):
        enrolments.enrol(office, course_id, people)


def test_choice_opinion_and_approval_come_one_after_the_other(office: Office, people: list[str]):
    course_id = registered(office, quota=2)
    nominations.choose(office, course_id, people[:2])
    with pytest.raises(UserError, match=r"training\.wrong_place"):
        nominations.decide(office, course_id, people[:1], "", approved=True)
    nominations.give_opinion(office, course_id, people[:1], "支持", agrees=True)
    nominations.give_opinion(office, course_id, people[1:2], "本学期有课", agrees=False)
    nominations.decide(office, course_id, people[:1], "", approved=True)
    assert states(office, course_id) == {people[0]: "approved", people[1]: "refused"}
    one = enrolment(office, course_id, people[1])
    said = [(event.what, event.opinion) for event in events_of(office, one)]
    assert said == [("个人选报", ""), ("学校不同意", "本学期有课")]
    with pytest.raises(UserError, match=r"training\.not_enrolled"):
        scoring.record_scores(office, course_id, {people[1]: read_mark("80")})
    nominations.choose(office, course_id, people[1:2])
    assert states(office, course_id)[people[1]] == "chosen"
    assert courses.read(office, course_id)["enrolled"] == 1
    assert courses.read(office, course_id)["pending"] == 1


def test_who_was_refused_can_be_enrolled_by_the_office_within_the_quota(
    office: Office, people: list[str]
):
    course_id = registered(office, quota=2)
    nominations.choose(office, course_id, people[:2])
    nominations.give_opinion(office, course_id, people[:1], "有课", agrees=False)
    enrolments.enrol(office, course_id, people[2:3])
    with pytest.raises(UserError, match=r"training\.beyond_quota"):
        enrolments.enrol(office, course_id, people[:1])
    assert states(office, course_id)[people[0]] == "refused"
    quotas.set_quotas(office, course_id, {school_of(office, people[0]): 3})
    enrolments.enrol(office, course_id, people[:1])
    assert states(office, course_id)[people[0]] == "approved"
    one = enrolment(office, course_id, people[0])
    assert [event.what for event in events_of(office, one)] == ["个人选报", "学校不同意", "批准"]


def school_of(office: Office, teacher: str) -> str:
    return str(office.store.value("SELECT school_id FROM teacher WHERE id = ?", (teacher,)))


def test_a_replacement_shows_both_with_the_reason(office: Office, people: list[str]):
    course_id = registered(office, quota=1)
    enrolments.enrol(office, course_id, people[:1])
    with pytest.raises(UserError, match=r"training\.no_reason"):
        nominations.replace(office, course_id, people[0], people[1], "")
    nominations.replace(office, course_id, people[0], people[1], "产假")
    assert states(office, course_id) == {people[0]: "replaced", people[1]: "approved"}
    new = enrolment(office, course_id, people[1])
    assert events_of(office, new)[0].opinion.endswith("：产假")
    with pytest.raises(UserError, match=r"training\.wrong_place"):
        nominations.replace(office, course_id, people[0], people[2], "又换")
    with pytest.raises(UserError, match=r"training\.known_person"):
        nominations.replace(office, course_id, people[1], people[0], "换回")


def test_a_project_is_enrolled_in_by_its_classes(office: Office, people: list[str]):
    project, first = registered(office, title="暑期培训"), registered(office, title="暑期一班")
    code = courses.read(office, project)["code"]
    projects.join(office, [first], code)
    assert projects.classes_of(office, project) == [first]
    with pytest.raises(UserError, match="有 1 个班的项目"):
        enrolments.enrol(office, project, people)
    with pytest.raises(UserError, match=r"training\.own_project"):
        projects.join(office, [project], code)
    assert enrolments.enrol(office, first, people).enrolled == 4
    projects.join(office, [first], "")
    assert projects.classes_of(office, project) == []


def test_titles_told_apart_are_not_proposed_again(office: Office, people: list[str]):
    course_id = registered(office, title="教师怎样做公开课")
    draft = RecordDraft(
        people[0], 2025, "教师怎样上好公开课", None, None, None, None, Decimal(10), Decimal(1)
    )
    post_records(office, [draft], source="x")
    (proposed,) = aliases.alias_proposals(office, course_id)
    assert (proposed.alias, proposed.entries) == ("教师怎样上好公开课", 1)
    operation = aliases.tell_apart(office, "教师怎样做公开课", proposed.alias)
    assert aliases.alias_proposals(office, course_id) == []
    assert courses.register(office, {**COURSE, "title": "教师怎样上好公开课"}).alike == ()
    undo(office.store, operation.id)
    aliases.add_alias(office, course_id, proposed.alias)
    assert aliases.aliases_of(office, course_id) == ["教师怎样上好公开课"]
    assert aliases.alias_proposals(office, course_id) == []
    with pytest.raises(UserError, match=r"training\.alias_known"):
        aliases.add_alias(office, course_id, "教师怎样上好公开课")


def test_everything_of_a_course_can_be_taken_back_to_the_row(office: Office, people: list[str]):
    course_id = registered(office, gated=True)
    enrolments.enrol(office, course_id, people)
    sessions.add_session(office, course_id, "2025-03-01")
    (session,) = sessions.sessions_of(office, course_id)
    sessions.all_present(office, course_id, session.id)
    gone = enrolments.withdraw(office, course_id, people[:1])
    assert sessions.sessions_of(office, course_id)[0].noted == 3
    undo(office.store, gone.id)
    assert sessions.sessions_of(office, course_id)[0].noted == 4
    assert check(office.store).ok
