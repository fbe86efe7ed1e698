"""Pairs are explained as they stand, whoever set them, and everybody who could lead is weighed."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.mentoring.explaining import candidates, explain
from models.mentoring.proposing import Choice, keep, propose, set_pairs
from models.mentoring.wishes import leave, participants
from tests.offices import new_office
from tests.pair_rounds import county, opened


@pytest.fixture
def matched(tmp_path):
    office = new_office(tmp_path)
    found = county(office)
    programme_id = opened(office, found)
    yield office, programme_id, found
    office.store.close()


def by_mentee(office, programme_id):
    return {one.pair.mentee: one for one in explain(office, programme_id).pairs}


def test_before_matching_nobody_is_paired_and_the_way_on_is_told(matched):
    office, programme_id, _ = matched
    found = explain(office, programme_id)
    assert found.pairs == ()
    assert len(found.unmatched) == 5
    assert found.unmatched[0].why == "还没有匹配。"
    assert "自动匹配" in found.unmatched[0].hint


def test_a_pair_tells_the_reasons_the_matching_told(matched):
    office, programme_id, _ = matched
    proposal = propose(office, programme_id)
    keep(office, proposal)
    told = by_mentee(office, programme_id)
    for one in proposal.matching.pairs:
        mine = told[one.mentee.name]
        assert mine.why == tuple(why for why in one.why if "名徒弟" not in why)
        assert mine.conflicts == ()
    assert sum(one.led == 2 for one in told.values()) == 4


def test_a_pair_set_against_the_rules_says_what_it_breaks(matched):
    office, programme_id, found = matched
    wrong = Choice(found.mentors["王建国"], found.mentees["周冬雨"])
    set_pairs(office, programme_id, [wrong])
    one = by_mentee(office, programme_id)["周冬雨"]
    assert one.conflicts == ("师徒不同学科。",)


def test_a_mentor_with_too_many_is_told_with_each_of_them(matched):
    office, programme_id, found = matched
    choices = [
        Choice(found.mentors["张红梅"], found.mentees[name])
        for name in ("赵小雨", "孙大圣", "周冬雨")
    ]
    set_pairs(office, programme_id, choices)
    told = by_mentee(office, programme_id)
    assert all("张红梅最多带 2 人，现有 3 人。" in one.conflicts for one in told.values())


def test_who_left_the_list_is_named_in_the_pair(matched):
    office, programme_id, _ = matched
    keep(office, propose(office, programme_id))
    wish = next(one for one in participants(office, programme_id) if one.name == "张红梅")
    leave(office, programme_id, [wish.id])
    one = by_mentee(office, programme_id)["赵小雨"]
    assert one.cost is None
    assert one.conflicts == ("张红梅已不在意愿名单里。",)


def test_candidates_stand_fit_before_unfit_and_cheap_before_dear(matched):
    office, programme_id, found = matched
    first, second, third = candidates(office, programme_id, found.mentees["赵小雨"])
    assert (first.mentor.name, first.conflicts) == ("张红梅", ())
    assert (second.mentor.name, second.conflicts) == ("李秀英", ())
    assert first.cost < second.cost
    assert (third.mentor.name, third.conflicts) == ("王建国", ("师徒不同学科",))


def test_a_full_mentor_is_a_conflict(matched):
    office, programme_id, found = matched
    keep(office, propose(office, programme_id))
    told = {
        one.mentor.name: one for one in candidates(office, programme_id, found.mentees["周冬雨"])
    }
    assert told["张红梅"].conflicts == ("张红梅已带 2 人，最多 2 人",)


def test_somebody_who_is_no_mentee_is_refused(matched):
    office, programme_id, found = matched
    with pytest.raises(UserError, match="没有登记为这项工程的徒弟"):
        candidates(office, programme_id, found.mentors["张红梅"])
