"""What filed pairs do and come to: visits, hours, meetings, results, ranking, sanctions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.certificates.register import certificates
from models.certificates.titled import withdraw_titles
from models.errors import UserError
from models.mentoring import keeping, meetings, pairs, results, sanctions, visits
from models.mentoring.programmes import set_terms
from models.mentoring.ranking import rank
from models.mentoring.results import Outcome
from models.mentoring.visits import Visit
from models.policies.use import save_pack, use_pack
from models.store.undo import undo
from models.titles import withdrawing
from models.titles.grants import teacher_grants
from models.titles.holding import adopt_register
from models.training.ledger import existing_keys
from tests.certificates import booklets
from tests.mentoring import county, filed
from tests.offices import new_office, reopened
from tests.titled import titled

PACK = """
id = "goal"
title = "目标"
region = "220282"
document = "文件"
valid_from = 2020-01-01

[[requirements]]
id = "hours"
title = "每年 20 学时"
clause = "一"
window = "cycle"
measure = "hours"
least = 20

[[designations]]
id = "basic"
title = "基础型教师"
clause = "二"
needs = ["hours"]
"""


@pytest.fixture
def paired(tmp_path):
    office = new_office(tmp_path, "2024-03-01")
    found = county(office)
    filed(found)
    yield found
    office.store.close()


def rows(paired):
    return pairs.pair_rows(paired.office, paired.id)


def later(paired, day):
    """The same office opened again on a later day."""
    return replace(paired, office=reopened(paired.office, day))


def log(paired, pair, day, hours=None, evidence="照片"):
    visits.log_visits(
        paired.office,
        [pair.id],
        Visit(day, "示范课", "一元二次方程", hours=hours, evidence=evidence),
    )


def test_visits_bring_hours_to_both_once_and_can_be_taken_back(paired):
    paired = later(paired, "2024-06-01")
    first, second, third = rows(paired)[:3]
    log(paired, first, "2024-04-10")
    log(paired, second, "2024-05-10", Decimal("1.5"))
    log(paired, third, "2024-05-11", evidence="")
    done = visits.post_visits(paired.office, paired.id)
    assert (done.visits, done.entries, done.repeated) == (2, 4, 0)
    ids = [first.mentor_id, first.mentee_id, second.mentee_id]
    keys = existing_keys(paired.office, ids)
    assert sorted(key[4] for key in keys if key[0] == second.mentee_id) == [150]
    assert [key[4] for key in keys if key[0] == first.mentee_id] == [200]
    with pytest.raises(UserError):
        visits.post_visits(paired.office, paired.id)
    posted = [one for one in visits.visit_rows(paired.office, paired.id) if one.posted_on]
    with pytest.raises(UserError):
        visits.strike_visits(paired.office, [posted[0].id])
    undo(paired.office.store, done.operation.id)
    assert not existing_keys(paired.office, ids)
    again = visits.post_visits(paired.office, paired.id)
    assert again.entries == 4
    by_id = {one.id: one for one in rows(paired)}
    assert (by_id[first.id].visits, by_id[first.id].hours) == (1, 200)


@pytest.mark.parametrize(
    ("visit", "sentence"),
    [
        (Visit("2024-04-10", "喝茶", "一"), "没有“喝茶”这种活动"),
        (Visit("2024-04-10", "听课", " "), "没有写活动的主题"),
        (Visit("2024-12-10", "听课", "一"), "还没有到"),
        (Visit("2023-10-10", "听课", "一"), "不在"),
        (Visit("四月", "听课", "一"), "不是日期"),
        (Visit("2024-04-10", "听课", "一", hours=Decimal(40)), "40 学时不能用"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(paired, visit, sentence):
    paired = later(paired, "2024-06-01")
    with pytest.raises(UserError) as error:
        visits.log_visits(paired.office, [rows(paired)[0].id], visit)
    assert sentence in error.value.sentence


def test_agreements_not_kept_are_found_term_by_term(paired):
    paired = later(paired, "2025-01-31")
    lazy, busy = rows(paired)[:2]
    for day in ("2024-09-10", "2024-11-10"):
        log(paired, busy, day)
    log(paired, lazy, "2024-10-10")
    found = {one.pair.id: one for one in keeping.unkept(paired.office, paired.id)}
    assert busy.id not in found
    assert len(found) == 5
    assert (
        found[lazy.id].reason
        == f"{lazy.called}：2024—2025学年第一学期活动 1 次，每学期应不少于 2 次。"
    )


def test_meetings_that_belong_into_a_year_are_known_and_ticked_off(paired):
    office = paired.office
    due = meetings.due_meetings(office, paired.programme)
    assert [(one.kind.id, one.year) for one in due] == [
        ("launch", 2023), ("stage", 2023), ("exchange", 2024), ("stage", 2024),
        ("exchange", 2025), ("stage", 2025), ("exchange", 2026),
    ]  # fmt: skip
    meetings.save_meeting(
        office, paired.id,
        meetings.Meeting("阶段总结会议", "2023-12-05", "", "第四中学", "三所学校交流", ("王校长",)),
    )  # fmt: skip
    (met,) = meetings.meetings_of(office, paired.id)
    assert (met.topic, met.people) == ("阶段总结会议", ("王校长",))
    due = meetings.due_meetings(office, paired.programme)
    assert due[1].held == met
    meetings.save_meeting(office, paired.id, replace(met, report="补记", people=()))
    assert [one.report for one in meetings.meetings_of(office, paired.id)] == ["补记"]
    assert meetings.meetings_of(office, paired.id)[0].people == ("王校长",)
    with pytest.raises(UserError, match="没有登记 2023-12-06 的阶段总结会议"):
        meetings.strike_meeting(office, paired.id, "stage", "2023-12-06")
    meetings.strike_meeting(office, paired.id, "stage", "2023-12-05")
    assert meetings.meetings_of(office, paired.id) == []
    with pytest.raises(UserError):
        meetings.save_meeting(office, paired.id, meetings.Meeting("茶话会", "2023-12-05", ""))


def test_who_reached_the_goal_follows_from_the_rule_pack(paired):
    office = paired.office
    save_pack(office, PACK)
    use_pack(office, "goal", date(2020, 1, 1), date(2030, 12, 31))
    paired = later(paired, "2024-11-01")
    pair = rows(paired)[0]
    for day in ("2024-04-10", "2024-05-10"):
        log(paired, pair, day, Decimal(12))
    visits.post_visits(paired.office, paired.id)
    found = results.judge_results(paired.office, paired.id)
    assert [one.result for one in found if one.pair.id == pair.id] == ["reached"]
    others = [one for one in found if one.pair.id != pair.id]
    assert {one.result for one in others} == {"not_reached"}
    assert "未达到“每年 20 学时”" in others[0].note
    done = results.record_results(paired.office, found)
    assert rows(paired)[0].result_name == "达成"
    undo(paired.office.store, done.id)
    assert rows(paired)[0].result == ""


def test_without_such_a_designation_results_are_put_down_by_hand(paired):
    office = paired.office
    save_pack(office, PACK.split("[[designations]]")[0])
    use_pack(office, "goal", date(2020, 1, 1), date(2030, 12, 31))
    with pytest.raises(UserError) as error:
        results.judge_results(office, paired.id)
    assert "没有“基础型教师”这种认定" in error.value.sentence
    with pytest.raises(UserError):
        results.set_result(office, [rows(paired)[0].id], "reached", "")
    results.set_result(office, [rows(paired)[0].id], "reached", "汇报课优秀")
    assert rows(paired)[0].result_note == "汇报课优秀"


def test_units_are_ranked_by_the_share_that_reached_the_goal(paired):
    office = paired.office
    set_terms(office, paired.id, {"rank": {"least": 2, "units": 1, "pairs": 2}})
    by_school: dict[str, list] = {}
    for one in rows(paired):
        by_school.setdefault(one.mentee_school, []).append(one)
    schools = sorted(by_school)
    reached = [*by_school[schools[0]], by_school[schools[1]][0], by_school[schools[2]][0]]
    results.record_results(
        office,
        [Outcome(one, "reached" if one in reached else "not_reached", "") for one in rows(paired)],
    )
    found = rank(office, paired.id)
    assert [(one.school, one.place, one.honoured) for one in found.units] == [
        (schools[0], 1, True), (schools[1], 2, False), (schools[2], 2, False),
    ]  # fmt: skip
    assert found.judged == 6
    assert [one.place for one in found.pairs] == [1, 1, 1, 1, 5, 5]
    assert sum(one.honoured for one in found.pairs) == 4
    set_terms(office, paired.id, {"rank": {"least": 3}})
    assert [one.place for one in rank(office, paired.id).units] == [None] * 3


def decide(office, identity, decision, opinion):
    return sanctions.decide_withdrawal(office, identity, decision, opinion, withdraw_titles)


def proposal(paired):
    """A proposal to withdraw the title of the first pair's mentor."""
    pair = rows(paired)[0]
    sanctions.propose_withdrawal(paired.office, [pair.id], "一年没有活动")
    (waiting,) = sanctions.proposals_of(paired.office, paired.id)
    assert (waiting.mentor, waiting.decision) == (pair.mentor, "")
    return pair, waiting


def test_a_sanction_is_proposed_once_and_with_words(paired):
    office = paired.office
    with pytest.raises(UserError):
        sanctions.propose_withdrawal(office, [rows(paired)[0].id], " ")
    pair, waiting = proposal(paired)
    with pytest.raises(UserError):
        sanctions.propose_withdrawal(office, [pair.id], "一年没有活动")
    with pytest.raises(UserError):
        decide(office, waiting.id, "withdraw", "")
    decide(office, waiting.id, "keep", "师傅病假一年")
    (done,) = sanctions.proposals_of(office, paired.id)
    assert (done.decision, done.opinion, done.decided_by) == ("keep", "师傅病假一年", "王老师")
    with pytest.raises(UserError):
        decide(office, waiting.id, "withdraw", "再看")


def test_a_title_goes_only_when_a_person_decides_and_comes_back_when_undone(paired):
    office = paired.office
    pair, waiting = proposal(paired)
    titled(office, pair.mentor_id, "市级骨干教师", granted_on="2022-09-01")
    booklets(office, [pair.mentor_id])
    texts = {"granted_on": "2022-09-01", "certificate_no": "JX00001"}
    titled(office, pair.mentor_id, "县级教学能手", **texts)
    step = decide(office, waiting.id, "withdraw", "经查属实")
    held = {one.title: one for one in teacher_grants(office, pair.mentor_id)}
    gone = [one for one in held.values() if not one.valid]
    assert held["市级骨干教师"].valid
    assert {one.ended_because for one in gone} == {"一年没有活动 经查属实"}
    assert [one.void for one in certificates(office)] == [True]
    undo(office.store, step.id)
    assert not any(one.void for one in certificates(office))
    assert all(one.valid for one in teacher_grants(office, pair.mentor_id))
    assert sanctions.proposal_of(office, waiting.id).decision == ""


def test_a_title_that_others_gave_or_that_is_gone_is_not_withdrawn_here(paired):
    office = paired.office
    pair, waiting = proposal(paired)
    adopt_register(office)
    own = [one.id for one in teacher_grants(office, pair.mentor_id)]
    withdrawing.withdraw(office, own, "另案处理")
    with pytest.raises(UserError) as error:
        decide(office, waiting.id, "withdraw", "属实")
    assert "没有有效的称号可以取消" in error.value.sentence
    titled(office, pair.mentor_id, "市级骨干教师", granted_on="2022-09-01")
    with pytest.raises(UserError) as error:
        decide(office, waiting.id, "withdraw", "属实")
    assert "不是本单位授予的" in error.value.sentence
    assert sanctions.proposal_of(office, waiting.id).decision == ""
