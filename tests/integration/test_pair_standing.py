"""Pairs that stand, were refused or dissolved stay what they are when everything is solved anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from models.certificates import pair_agreements, pair_endings
from models.certificates.listing import CertificateFilter, certificate_ids
from models.errors import UserError
from models.mentoring import changes, pairs, programmes, proposing, sanctions, steps, visits, wishes
from models.mentoring.people import gather
from models.mentoring.proposing import Choice
from models.mentoring.visits import Visit
from models.staff.moves import move_teachers
from models.staff.registration import change_many
from models.store.undo import undo
from tests.mentoring import county, filed
from tests.offices import new_office
from tests.titled import titled


@pytest.fixture
def paired(tmp_path):
    office = new_office(tmp_path)
    yield county(office)
    office.store.close()


def solved(paired):
    proposal = proposing.propose(paired.office, paired.id)
    proposing.keep(paired.office, proposal)
    return proposal


def open_pairs(paired):
    return pairs.pair_rows(paired.office, paired.id, pairs.OPEN)


def drop_wishes(paired, part, teacher_ids):
    known = wishes.participants(paired.office, paired.id)
    gone = [one.id for one in known if one.wish.part == part and one.wish.teacher_id in teacher_ids]
    wishes.leave(paired.office, paired.id, gone)


def test_a_mentee_with_a_standing_pair_gets_no_second_mentor(paired):
    filed(paired)
    drop_wishes(paired, "mentor", paired.mentors[:1])
    change_many(paired.office, [paired.mentors[1]], "status", "13")
    proposal = solved(paired)
    assert max(Counter(one.mentee_id for one in open_pairs(paired)).values()) == 1
    assert any("岗位状态是“退休”" in one for one in proposal.matching.conflicts)


def test_who_left_the_list_still_takes_a_mentor_s_place(paired):
    ids = filed(paired)
    led = [one.mentee_id for one in pairs.these_pairs(paired.office, ids)]
    drop_wishes(paired, "mentee", led[:3])
    move_teachers(paired.office, [led[3]], paired.village[1], "2025-09-20")
    changes.dissolve(paired.office, ids[4:5], "调走")
    solved(paired)
    room = {one.id: one.room for one in gather(paired.office, paired.programme).mentors}
    counts = Counter(one.mentor_id for one in open_pairs(paired))
    assert all(counts[one] <= room[one] for one in counts)


def test_what_was_refused_or_dissolved_is_not_proposed_again(paired):
    solved(paired)
    first, second = open_pairs(paired)[:2]
    steps.take_step(paired.office, [first.id, second.id], "applied")
    steps.take_step(paired.office, [first.id], "recommended", "人手不够", agrees=False)
    changes.dissolve(paired.office, [second.id], "本人不愿")
    solved(paired)
    now = {(one.mentor_id, one.mentee_id) for one in open_pairs(paired)}
    assert (first.mentor_id, first.mentee_id) not in now
    assert (second.mentor_id, second.mentee_id) not in now
    done = proposing.set_pairs(paired.office, paired.id, [Choice(first.mentor_id, first.mentee_id)])
    assert not any("不愿" in one for one in done.told)


def test_the_whole_table_comes_back_though_pairs_stand(paired):
    ids = filed(paired)
    dropped = pairs.these_pairs(paired.office, ids[:1])[0]
    wanted = next(one for one in paired.mentors if one != dropped.mentor_id)
    wishes.take_part(paired.office, paired.id, [wishes.Wish(wanted, "mentor", capacity=6)])
    changes.change_mentor(paired.office, ids[0], wanted, "调离")
    table = [Choice(one.mentor_id, one.mentee_id, one.fixed) for one in open_pairs(paired)]
    proposing.set_pairs(paired.office, paired.id, table, replace_all=True)
    after = open_pairs(paired)
    assert len(after) == 6
    assert len({one.mentee_id for one in after}) == 6
    assert [one.replaces for one in after if one.state == "proposed"] == [ids[0]]
    changed = [
        replace(one, mentor_id=dropped.mentor_id) if one.mentee_id == dropped.mentee_id else one
        for one in table
    ]
    proposing.set_pairs(paired.office, paired.id, changed, replace_all=True)
    (taker,) = [one for one in open_pairs(paired) if one.replaces]
    assert (taker.replaces, taker.reason, taker.mentor_id) == (ids[0], "调离", dropped.mentor_id)
    proposing.fix(paired.office, [taker.id], fixed=False)
    solved(paired)
    assert len(open_pairs(paired)) == 6


def test_a_day_is_a_day_and_not_to_come(paired):
    ids = filed(paired)
    for day, word in (("秋天", "不是日期"), ("2031-01-01", "还没有到")):
        for deed in (
            lambda day=day: changes.dissolve(paired.office, ids[:1], "调走", day),
            lambda day=day: changes.sign(paired.office, ids[:1], day),
            lambda day=day: visits.log_visits(
                paired.office, ids[:1], Visit(day, "observe", "一次函数")
            ),
        ):
            with pytest.raises(UserError, match=r"mentoring\.later|date") as error:
                deed()
            assert word in error.value.sentence
    today = paired.office.store.clock.today()
    written = f"{today:%Y%m%d}"
    visits.log_visits(paired.office, ids[:1], Visit(written, "observe", "一次函数"))
    (row,) = visits.visit_rows(paired.office, paired.id)
    assert row.held_on == today.isoformat()


@pytest.mark.parametrize("hours", ["NaN", "1.234", "-1", "13"])
def test_hours_that_cannot_be_are_refused(paired, hours):
    ids = filed(paired)
    visit = Visit("2025-09-20", "observe", "一次函数", hours=Decimal(hours))
    with pytest.raises(UserError, match=r"mentoring\.hours"):
        visits.log_visits(paired.office, ids[:1], visit)


def test_a_pair_that_was_never_filed_had_no_agreement_to_keep(paired):
    solved(paired)
    (one, *_) = open_pairs(paired)
    steps.take_step(paired.office, [one.id], "applied")
    changes.dissolve(paired.office, [one.id], "本人不愿")
    with pytest.raises(UserError, match=r"mentoring\.not_filed"):
        sanctions.propose_withdrawal(paired.office, [one.id], "没有活动")
    with pytest.raises(UserError, match=r"mentoring\.not_filed"):
        visits.log_visits(paired.office, [one.id], Visit("2025-09-01", "observe", "一次函数"))


def test_goals_of_several_pairs_leave_each_its_day_of_signing(paired):
    ids = filed(paired)
    changes.sign(paired.office, ids[:1], "2025-09-10")
    changes.sign(paired.office, ids[1:2], "2025-09-12")
    changes.sign(paired.office, ids[:2], None, goals="一年内上好汇报课。")
    found = {one.id: one for one in pairs.these_pairs(paired.office, ids[:2])}
    assert [found[one].signed_on for one in ids[:2]] == ["2025-09-10", "2025-09-12"]
    assert {one.goals for one in found.values()} == {"一年内上好汇报课。"}


def test_hard_rules_hold_for_a_mentee_who_left_the_list(paired):
    ids = filed(paired)
    (one,) = pairs.these_pairs(paired.office, ids[:1])
    drop_wishes(paired, "mentee", [one.mentee_id])
    other = next(each for each in paired.mentors if each != one.mentor_id)
    change_many(paired.office, [other], "subject", "101")
    with pytest.raises(UserError) as error:
        changes.change_mentor(paired.office, ids[0], other, "调离")
    assert "师徒不同学科" in error.value.sentence


def test_an_agreement_is_void_with_its_pair(paired):
    office, valid = paired.office, CertificateFilter(kind="agreement", state="valid")
    ids = filed(paired)
    pair_agreements.issue_agreements(office, paired.id)
    (one, other) = pairs.these_pairs(office, ids[:2])
    step = pair_endings.dissolve(office, [one.id], "徒弟调往外县")
    assert len(certificate_ids(office, valid)) == 5
    undo(office.store, step.id)
    assert len(certificate_ids(office, valid)) == 6
    wanted = next(each for each in paired.mentors if each != other.mentor_id)
    wishes.take_part(office, paired.id, [wishes.Wish(wanted, "mentor", capacity=6)])
    pair_endings.change_mentor(office, other.id, wanted, "师傅调离")
    assert len(certificate_ids(office, valid)) == 5


def test_evidence_that_comes_later_lets_hours_be_posted(paired):
    ids = filed(paired)
    visits.log_visits(paired.office, ids[:1], Visit("2025-09-20", "observe", "一次函数"))
    (row,) = visits.visit_rows(paired.office, paired.id)
    with pytest.raises(UserError, match=r"mentoring\.no_visits"):
        visits.post_visits(paired.office, paired.id)
    visits.add_evidence(paired.office, [row.id], "听课记录本第 3 页")
    assert visits.post_visits(paired.office, paired.id).entries == 2
    with pytest.raises(UserError, match=r"mentoring\.visit_posted"):
        visits.add_evidence(paired.office, [row.id], "照片")
    with pytest.raises(UserError, match=r"mentoring\.no_visit_chosen"):
        visits.add_evidence(paired.office, [], "照片")


def test_pairs_on_their_way_come_to_nothing_with_the_programme(paired):
    solved(paired)
    ids = [one.id for one in open_pairs(paired)]
    steps.take_step(paired.office, ids[:2], "applied")
    programmes.end_programme(paired.office, paired.id, "")
    left = pairs.pair_rows(paired.office, paired.id)
    assert {(one.id, one.state) for one in left} == {(one, "refused") for one in ids[:2]}
    assert {one.state_reason for one in left} == {"工程结束：周期已满"}


def test_a_mentor_whose_term_ran_out_leads_nobody(paired):
    titled(paired.office, paired.mentors[0], "县级学科带头人", ends_on="2025-09-19")
    (excluded,) = gather(paired.office, paired.programme).excluded
    assert (excluded.teacher_id, excluded.why) == (
        paired.mentors[0],
        "称号任期 2025-09-19 已满",
    )
    assert "复检" in excluded.hint


def test_filing_is_not_taken_back_while_visits_hang_on_it(paired):
    office = paired.office
    solved(paired)
    (one, *_) = open_pairs(paired)
    for step in ("applied", "recommended"):
        steps.take_step(office, [one.id], step)
    last = steps.take_step(office, [one.id], "filed")
    logged = visits.log_visits(office, [one.id], Visit("2025-09-20", "observe", "方程"))
    with pytest.raises(UserError, match="备案以后已登记了 1 次活动"):
        undo(office.store, last.id)
    undo(office.store, logged.id)
    undo(office.store, last.id)
    assert pairs.these_pairs(office, [one.id])[0].state == "recommended"
