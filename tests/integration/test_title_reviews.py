"""Duties, yearly registration, re-check, certificates, coverage and files of titles."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.certificates.register import certificates
from models.certificates.titled import (
    issue_titles,
    standing_certificates,
    void_of_titles,
    withdraw_titles,
)
from models.errors import UserError
from models.office.context import Office
from models.staff.registration import change_many
from models.store.undo import undo
from models.titles.batches import open_batch
from models.titles.coverage import matrix
from models.titles.duties import duty_states, record_duty, remove_duties
from models.titles.files import title_file
from models.titles.grants import GrantFilter, grants
from models.titles.reviewing import (
    Decision,
    due_for_recheck,
    due_for_registration,
    outcome_meant,
    recheck,
    register_year,
    reviews,
)
from models.titles.withdrawing import withdraw
from models.verdicts.vetoes import put_veto
from tests.offices import reopened
from tests.people import school, teachers
from tests.titled import experienced, granted_batch, titled
from tests.trainings import post


@pytest.fixture
def people(office: Office) -> list[str]:
    """Four teachers of one school, thirteen years in service."""
    return experienced(office, 4)


def done(office: Office, grant_id: str, *kinds: str, day: str = "2025-05-10") -> None:
    """Duties done for a title, one of each kind."""
    for kind in kinds:
        record_duty(office, [grant_id], {"kind": kind, "done_on": day, "what": f"{kind}一次"})


def test_duties_come_from_hand_and_from_the_ledger(office: Office, people: list[str]) -> None:
    """What the ledger shows as 带徒 counts without being written a second time."""
    one = titled(office, people[0], "县级骨干教师")
    done(office, one.id, "学科培训资源")
    post(office, people[0], 2025, "4", mode="14", title="带徒一次")
    (states,) = duty_states(office, [one], 2025).values()
    assert {each.title: (each.done, each.met) for each in states} == {
        "学科培训资源": (1, True),
        "公开课、示范课": (0, False),
        "带徒帮扶": (1, True),
    }
    by_hand = next(each.rows[0] for each in states if each.key == "resource")
    remove_duties(office, [by_hand.id])
    assert duty_states(office, [one], 2025)[one.id][0].done == 0


def test_a_duty_that_makes_no_sense_is_refused(office: Office, people: list[str]) -> None:
    """A duty of another title, a day to come, nothing said of what."""
    one = titled(office, people[0], "县级骨干教师")
    for texts, told in (
        (
            {"kind": "工作室活动", "done_on": "2025-05-10", "what": "活动"},
            "没有“工作室活动”这项职责",
        ),
        ({"kind": "带徒帮扶", "done_on": "2026-05-10", "what": "活动"}, "还没有到"),
        ({"kind": "带徒帮扶", "done_on": "2025-05-10", "what": ""}, "内容"),
    ):
        with pytest.raises(UserError, match=told):
            record_duty(office, [one.id], texts)


def test_registration_proposes_by_duties_and_keeps_what_was_found(
    office: Office, people: list[str]
) -> None:
    """Who did everything passes; passing somebody else needs a reason; duties stay as they were."""
    first, second = (titled(office, one, "县级骨干教师") for one in people[:2])
    titled(office, people[2], "基础型教师")
    done(office, first.id, "学科培训资源", "公开课、示范课", "带徒帮扶")
    dues = {one.grant.id: one for one in due_for_registration(office, 2025)}
    assert dues.keys() == {first.id, second.id}
    assert dues[first.id].proposed == "passed"
    assert "未完成：学科培训资源 0/1 次" in dues[second.id].why
    assert (dues[second.id].proposed, dues[second.id].why[-14:]) == ("", "2025-12-01 起注册")
    with pytest.raises(UserError, match="没有写张三二2025 年注册合格的理由"):
        register_year(office, 2025, [Decision(second.id, "passed")])
    register_year(
        office, 2025, [Decision(first.id, "passed"), Decision(second.id, "failed", "未履职")]
    )
    done(office, second.id, "学科培训资源")
    (kept,) = reviews(office, [second.id])
    assert kept.duties[0] == "学科培训资源 0/1 次"
    assert kept.text == "2025 年年度注册不合格（未履职）"
    assert grants(office, GrantFilter(teacher_id=people[1]))[0].doubts == ("2025 年注册不合格",)
    register_year(office, 2025, [Decision(second.id, "deferred", "产假")])
    assert [one.outcome for one in reviews(office, [second.id])] == ["deferred"]
    with pytest.raises(UserError, match="2026 年还没有到"):
        register_year(office, 2026, [Decision(first.id, "passed")])


def test_a_year_that_is_over_fails_who_lacks_duties_but_not_in_the_year_of_the_grant(
    office: Office, people: list[str]
) -> None:
    """Granted in 2024: not proposed to fail in 2024; granted before: it is."""
    one = titled(office, people[0], "县级骨干教师", granted_on="2024-11-01")
    other = titled(office, people[1], "县级骨干教师", granted_on="2023-11-01")
    dues = {each.grant.id: each for each in due_for_registration(office, 2024)}
    assert (dues[one.id].proposed, dues[other.id].proposed) == ("passed", "failed")
    assert "当年授予" in dues[one.id].why


def test_two_failed_years_propose_a_withdrawal(office: Office, people: list[str]) -> None:
    """The program proposes, nobody loses the title by itself."""
    one = titled(office, people[0], "县级骨干教师", granted_on="2023-09-01")
    register_year(office, 2024, [Decision(one.id, "failed", "未履职")])
    (due,) = due_for_registration(office, 2025)
    assert (due.failures, due.withdrawal) == (1, False)
    register_year(office, 2025, [Decision(one.id, "failed", "未履职")])
    (due,) = due_for_registration(office, 2025)
    assert due.withdrawal
    assert grants(office)[0].valid


def test_a_veto_stands_against_registration(office: Office, people: list[str]) -> None:
    """师德一票否决 is told as the reason."""
    one = titled(office, people[0], "县级骨干教师")
    done(office, one.id, "学科培训资源", "公开课、示范课", "带徒帮扶")
    put_veto(office, people[0], 2025, "有偿补课")
    (due,) = due_for_registration(office, 2025)
    assert (due.proposed, due.why) == ("failed", "一票否决：师德（有偿补课）")


def test_a_recheck_prolongs_or_ends(office: Office, people: list[str]) -> None:
    """Passed: another term after the old one; failed: withdrawn with the reason; undo restores."""
    first, second, _ = (
        titled(office, one, "县级骨干教师", granted_on=day)
        for one, day in zip(people, ("2022-12-01", "2022-12-01", "2025-01-01"), strict=False)
    )
    dues = {one.grant.id: one for one in due_for_recheck(office)}
    assert dues.keys() == {first.id, second.id}
    operation = recheck(
        office, [Decision(first.id, "passed", "材料齐全"), Decision(second.id, "failed", "未履职")]
    )
    after = {one.id: one for one in grants(office)}
    assert after[first.id].ends_on == "2028-11-30"
    assert after[second.id].ended_because == "复检不合格：未履职"
    codes = dict(office.store.tuples("SELECT id, backbone FROM teacher"))
    assert (codes[people[0]], codes[people[1]]) == ("41", None)
    undo(office.store, operation.id)
    assert {one.id: one.ends_on for one in grants(office)}[first.id] == "2025-11-30"
    with pytest.raises(UserError, match="不需要复检"):
        recheck(
            office, [Decision(grants(office, GrantFilter(teacher_id=people[2]))[0].id, "passed")]
        )


def test_a_term_that_ran_out_begins_anew_on_the_day_of_the_recheck(
    office: Office, people: list[str]
) -> None:
    """The new term is counted from that day, not from the end of the old one."""
    one = titled(office, people[0], "县级骨干教师", granted_on="2022-01-01")
    recheck(office, [Decision(one.id, "passed", "补检")])
    assert grants(office)[0].ends_on == "2028-09-19"
    assert outcome_meant("缓办") == "deferred"
    with pytest.raises(UserError, match="没有“还行”这种结论") as caught:
        outcome_meant("还行")
    assert caught.value.hint == "可填：合格、不合格、缓办。"


def test_certificates_of_a_batch_are_numbered_beside_the_grants(
    office: Office, people: list[str]
) -> None:
    """Each says title, subject, level and term; a second issue brings no second certificate."""
    batch_id = granted_batch(office, people[:2])
    issued = issue_titles(office, batch_id)
    assert len(issued.certificates) == 2
    one = issued.certificates[0]
    assert (one.title, one.facts["subject"], one.facts["level"]) == ("县级骨干教师", "数学", "县级")
    assert (one.facts["valid_from"], one.facts["valid_to"]) == ("2025-03-15", "2028-03-14")
    numbers = {each.certificate_no for each in grants(office)}
    assert numbers == {each.number for each in issued.certificates}
    again = issue_titles(office, batch_id)
    assert (len(again.certificates), again.before) == (0, 2)


def test_a_batch_without_holders_or_certificate_is_told(office: Office) -> None:
    """Nobody holds it yet; 特级教师 get theirs from elsewhere."""
    empty, _ = open_batch(office, {"kind": "骨干教师", "level": "县级"})
    with pytest.raises(UserError, match="没有持有称号的人"):
        issue_titles(office, empty)
    special, _ = open_batch(office, {"kind": "特级教师"})
    with pytest.raises(UserError, match="由授予机关颁发"):
        issue_titles(office, special)


def test_a_withdrawal_makes_the_certificate_void(office: Office, people: list[str]) -> None:
    """One step, one undo; a withdrawal from elsewhere leaves a list of what is still valid."""
    issue_titles(office, granted_batch(office, people[:2]))
    first, second = grants(office)
    gone = withdraw_titles(office, [first.id], "没有履行带徒协议")
    assert gone.void == (first.certificate_no,)
    assert [one.void for one in certificates(office)].count(True) == 1
    undo(office.store, gone.operation.id)
    assert not any(one.void for one in certificates(office))
    assert all(one.valid for one in grants(office))
    withdraw(office, [second.id], "没有履行带徒协议")
    assert [one.id for one in standing_certificates(office)] == [second.id]
    with pytest.raises(UserError, match="县级骨干教师有效"):
        void_of_titles(office, [first.id])
    void_of_titles(office, [second.id])
    assert standing_certificates(office) == []


def test_the_matrix_shows_holes_and_what_is_lacking(office: Office, people: list[str]) -> None:
    """Levels by stage and subject, the county's ratio in people, and cells with nobody."""
    teachers(office, school(office, "桦甸市实验小学"), 3, stage="2", subject="101、103")
    teachers(office, school(office, "桦甸市第五中学"), 2, status="13")
    titled(office, people[0], "市级骨干教师")
    titled(office, people[0], "县级骨干教师")
    titled(office, people[1], "县级学科带头人")
    found = matrix(office)
    cells = {found.words(one): one for one in found.cells}
    assert list(cells) == ["小学语文", "小学英语", "初中数学"]
    assert [one.people for one in found.cells] == [3, 3, 4]
    assert dict(cells["初中数学"].holders) == {"city": 1, "county": 2}
    assert found.levels == ("city", "county")
    assert [found.words(one) for one in found.holes] == ["小学语文", "小学英语"]
    assert cells["小学语文"].lacking == {"county-15": 1, "township-5": 0}
    share = found.shares[0]
    assert (share.people, share.holders, share.needed, share.met) == (7, 2, 2, True)
    assert share.percent == Decimal("28.6")
    assert matrix(office, ["leader"]).cells[2].holders == {"county": 1}
    assert matrix(office, day="2024-01-01").levels == ()


def test_the_file_of_a_titled_teacher_holds_everything(office: Office, people: list[str]) -> None:
    """Titles, where recommended, registrations, duties, hours, vetoes; nobody else has one."""
    granted_batch(office, people[:1])
    (one,) = grants(office)
    done(office, one.id, "学科培训资源")
    titled(office, people[0], "县级师德标兵")
    register_year(office, 2025, [Decision(one.id, "deferred", "产假")])
    found = title_file(office, people[0])
    assert [each.title for each in found.grants] == ["县级骨干教师", "县级师德标兵"]
    assert found.nominations[0].state_name == "已认定"
    assert [each.text for each in found.reviews] == ["2025 年年度注册缓办（产假）"]
    assert [each.what for each in found.duties] == ["学科培训资源一次"]
    assert found.hours == {2025: Decimal(130)}
    assert found.person.shown["id_number"].count("*") > 5
    with pytest.raises(UserError, match="张三四没有称号"):
        title_file(office, people[3])


def test_a_year_looks_at_who_held_the_title_then(office: Office, people: list[str]) -> None:
    """Registering last year in January: who got it this year is not asked."""
    titled(office, people[0], "县级骨干教师", granted_on="2023-09-01")
    change_many(office, people[1:2], "status", "01")
    later = reopened(office, "2026-01-10")
    titled(later, people[1], "县级骨干教师", granted_on="2026-01-05")
    assert [one.grant.teacher_id for one in due_for_registration(later, 2025)] == [people[0]]
    assert len(due_for_registration(later, 2026)) == 2
