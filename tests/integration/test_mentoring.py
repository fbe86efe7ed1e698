"""Programmes of pairs from wishes to filed pairs, on a real file; every step can be taken back."""

from __future__ import annotations

import pytest

from models.errors import UserError
from models.mentoring import changes, pairs, programmes, proposing, school_pairs, steps, wishes
from models.mentoring.people import gather, troubled
from models.mentoring.proposing import Choice
from models.mentoring.wishes import Wish
from models.staff.moves import move_teachers
from models.staff.registration import change_many
from models.store.undo import undo
from models.titles import withdrawing
from models.titles.grants import teacher_grants
from models.titles.holding import adopt_register
from tests.mentoring import county, filed, programme_of


@pytest.fixture
def paired(office):
    return county(office)


def proposed(paired):
    proposing.keep(paired.office, proposing.propose(paired.office, paired.id))
    return pairs.pair_rows(paired.office, paired.id, ("proposed",))


def told(error):
    return error.value.sentence


def test_a_programme_takes_from_its_kind_what_is_not_said(office):
    found = programmes.enter_programme(
        office, None, {"kind": "城乡学校骨干教师对口帮扶工程", "starts_on": "2023-09-01"}
    )
    assert (found.code, found.ends_on) == ("2023-JD01", "2026-08-31")
    assert found.name == found.kind.name
    assert found.goals == "帮扶对象在三年内达到“基础型教师”标准。"
    changed = programmes.enter_programme(
        office, found.id, {"name": "对口帮扶", "ends_on": "2026-07-15"}
    )
    assert (changed.name, changed.ends_on, changed.goals) == ("对口帮扶", "2026-07-15", found.goals)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"kind": "双师"}, "没有“双师”这种结对工程"),
        ({"kind": "mass", "starts_on": "2025-09-01", "ends_on": "2024-01-01"}, "早于开始日期"),
        ({"kind": "mass", "starts_on": "秋天"}, "“秋天”"),
        ({"kind": "mass", "code": "cx1"}, "编号 CX1 已用于"),
    ],
)
def test_a_bad_programme_is_refused_in_words(office, raw, sentence):
    programme_of(office)
    with pytest.raises(UserError) as error:
        programmes.enter_programme(office, None, raw)
    assert sentence in told(error)


def test_terms_of_its_own_replace_single_numbers(office):
    found = programme_of(office)
    programmes.set_terms(office, found.id, {"capacity": {"county": 5}, "rank": {"least": 1}})
    again = programmes.programme(office, found.id)
    assert again.kind.capacity["county"] == 5
    assert again.kind.capacity["city"] == found.kind.capacity["city"]
    assert again.kind.rank.units == found.kind.rank.units
    for wrong in ({"capacity": {"county": -1}}, {"weights": {"subject": "多"}}, {"name": "x"}):
        with pytest.raises(UserError, match=r"mentoring\.terms"):
            programmes.set_terms(office, found.id, wrong)


def test_a_matching_pairs_everybody_and_solving_anew_changes_nothing(paired):
    first = proposed(paired)
    assert len(first) == 6
    assert {one.mentee_id for one in first} == set(paired.mentees)
    again = proposed(paired)
    assert [(one.mentor_id, one.mentee_id) for one in again] == [
        (one.mentor_id, one.mentee_id) for one in first
    ]
    assert all(one.subject_name == "数学" and one.state_name == "拟配对" for one in again)


def test_the_near_school_and_the_wish_decide(paired):
    office = paired.office
    wishes.take_part(
        office, paired.id, [Wish(paired.mentees[0], "mentee", wants=(paired.mentors[3],))]
    )
    found = {one.mentee_id: one.mentor_id for one in proposed(paired)}
    assert found[paired.mentees[0]] == paired.mentors[3]
    assert found[paired.mentees[1]] in paired.mentors[:2]


def test_solving_anew_leaves_fixed_pairs_alone(paired):
    office = paired.office
    done = proposing.set_pairs(office, paired.id, [Choice(paired.mentors[3], paired.mentees[0])])
    assert done.told == ()
    rows = proposed(paired)
    fixed = [one for one in rows if one.fixed]
    assert [(one.mentor_id, one.mentee_id) for one in fixed] == [
        (paired.mentors[3], paired.mentees[0])
    ]
    assert len(rows) == 6
    proposing.fix(office, [fixed[0].id], fixed=False)
    assert not any(one.fixed for one in proposed(paired))


def test_what_a_hand_set_pair_breaks_is_told_and_kept(paired):
    office = paired.office
    change_many(office, [paired.mentors[0]], "subject", "101")
    choices = [Choice(paired.mentors[0], one) for one in paired.mentees[:3]]
    done = proposing.set_pairs(office, paired.id, choices)
    assert done.count == 3
    assert any("师徒不同学科" in one for one in done.told)
    assert any("最多带 2 人，现有 3 人" in one for one in done.told)
    conflicts = proposing.propose(office, paired.id).matching.conflicts
    assert len(conflicts) == 4


def test_a_mentee_appears_once(paired):
    office = paired.office
    twice = [Choice(one, paired.mentees[0]) for one in paired.mentors[:2]]
    with pytest.raises(UserError) as error:
        proposing.set_pairs(office, paired.id, twice)
    assert "出现了两次" in told(error)
    filed(paired)
    with pytest.raises(UserError) as error:
        proposing.set_pairs(office, paired.id, twice[:1])
    assert "更换师傅" in told(error)


def test_three_steps_file_a_pair_and_each_is_on_record(paired):
    office = paired.office
    ids = [one.id for one in proposed(paired)]
    with pytest.raises(UserError) as error:
        steps.take_step(office, ids, "filed")
    assert "不能办“培训部审核备案”" in told(error)
    steps.take_step(office, ids, "个人申报")
    with pytest.raises(UserError):
        steps.take_step(office, ids, "recommended", agrees=False)
    steps.take_step(office, ids[:1], "recommended", "名额已满", agrees=False)
    steps.take_step(office, ids[1:], "recommended")
    last = steps.take_step(office, ids[1:], "filed", "同意备案")
    rows = {one.id: one for one in pairs.pair_rows(office, paired.id)}
    assert (rows[ids[0]].state, rows[ids[0]].state_reason) == ("refused", "名额已满")
    assert {rows[one].state for one in ids[1:]} == {"filed"}
    assert rows[ids[1]].starts_on == "2025-09-20"
    assert rows[ids[1]].ends_on == "2026-08-31"
    taken = steps.steps_of(office, paired.programme, ids[1])
    assert [one.name for one in taken] == ["个人申报", "学校把关推荐", "培训部审核备案"]
    assert {one.person for one in taken} == {"王老师"}
    undo(office.store, last.id)
    assert pairs.these_pairs(office, [ids[1]])[0].state == "recommended"
    assert len(steps.steps_of(office, paired.programme, ids[1])) == 2


def withdraw_title(paired):
    adopt_register(paired.office)
    held = teacher_grants(paired.office, paired.mentors[0])
    withdrawing.withdraw(paired.office, [one.id for one in held], "未履行协议", on="2025-06-01")


def retire(paired):
    change_many(paired.office, [paired.mentees[0]], "status", "13")


def move(paired):
    move_teachers(paired.office, [paired.mentees[0]], paired.village[1], "2025-09-20")


@pytest.mark.parametrize(
    ("change", "why", "hint"),
    [
        (withdraw_title, "称号已于 2025-06-01 取消（未履行协议）", "请换师傅"),
        (retire, "岗位状态是“退休”", "请换人"),
        (move, "申报后已调到“夹皮沟镇中学”", "重新推荐"),
    ],
)
def test_who_cannot_be_paired_any_more_is_told_with_a_way_out(paired, change, why, hint):
    office = paired.office
    ids = [one.id for one in proposed(paired)]
    steps.take_step(office, ids, "applied")
    change(paired)
    crowd = gather(office, paired.programme)
    assert [one.why for one in crowd.excluded] == [why]
    assert hint in crowd.excluded[0].hint
    in_trouble = troubled(office, paired.programme, pairs.pair_rows(office, paired.id))
    assert in_trouble
    assert why in in_trouble[0].why
    with pytest.raises(UserError) as error:
        steps.take_step(office, ids, "recommended")
    assert why in told(error)
    assert hint in told(error)
    excluded = crowd.excluded[0].teacher_id
    as_mentor = excluded in paired.mentors
    choice = (
        Choice(excluded, paired.mentees[5]) if as_mentor else Choice(paired.mentors[3], excluded)
    )
    with pytest.raises(UserError):
        proposing.set_pairs(office, paired.id, [choice])


def test_pairs_across_a_closed_school_are_told(paired):
    office = paired.office
    ids = filed(paired)
    assert len(ids) == 6
    with office.store.operation("test.close", "撤校"):
        office.store.execute(
            "UPDATE institution SET status = '3' WHERE id = ?", (paired.village[0],)
        )
    told_ = troubled(office, paired.programme, pairs.pair_rows(office, paired.id))
    assert len(told_) == 2
    assert all("所在学校“红石镇中学”已撤并" in one.why for one in told_)


def test_nobody_to_pair_is_a_sentence(office):
    found = programme_of(office)
    with pytest.raises(UserError) as error:
        proposing.propose(office, found.id)
    assert "“城乡学校骨干教师对口帮扶工程”没有可以结对的帮扶教师。" in told(error)
    assert "请先登记帮扶教师的意愿" in told(error)


def test_no_feasible_pair_leaves_everybody_with_a_reason(paired):
    office = paired.office
    change_many(office, list(paired.mentees), "subject", "115")
    found = proposing.propose(office, paired.id).matching
    assert found.pairs == ()
    assert {one.why for one in found.unmatched} == {"没有教物理的师傅。"}
    assert all("请增加这一学科的师傅" in one.hint for one in found.unmatched)


def test_nobody_is_on_both_sides(paired):
    with pytest.raises(UserError) as error:
        wishes.take_part(paired.office, paired.id, [Wish(paired.mentors[0], "mentee")])
    assert "不能又作徒弟" in told(error)
    with pytest.raises(UserError):
        wishes.take_part(paired.office, paired.id, [Wish("nobody", "mentee")])
    with pytest.raises(UserError):
        wishes.take_part(
            paired.office,
            paired.id,
            [Wish(paired.mentees[0], "mentee", wants=(paired.mentees[0],))],
        )


def test_another_mentor_takes_over_with_a_reason_and_new_steps(paired):
    office = paired.office
    filed(paired)
    (old,) = [
        one for one in pairs.pair_rows(office, paired.id) if one.mentee_id == paired.mentees[5]
    ]
    spare = next(
        one for one in paired.mentors
        if sum(row.mentor_id == one for row in pairs.pair_rows(office, paired.id)) < 2
        and one != old.mentor_id
    )  # fmt: skip
    with pytest.raises(UserError):
        changes.change_mentor(office, old.id, spare, " ")
    new_id, _ = changes.change_mentor(office, old.id, spare, "师傅支教一年")
    rows = {one.id: one for one in pairs.pair_rows(office, paired.id)}
    assert (rows[old.id].state, rows[old.id].state_reason) == ("dissolved", "师傅支教一年")
    assert (rows[new_id].replaces, rows[new_id].state) == (old.id, "proposed")
    proposed(paired)
    assert new_id in {one.id for one in pairs.pair_rows(office, paired.id)}
    for one in paired.programme.kind.steps:
        steps.take_step(office, [new_id], one.id)
    assert pairs.these_pairs(office, [new_id])[0].state == "filed"


def test_a_full_mentor_takes_nobody_over(paired):
    office = paired.office
    filed(paired)
    rows = pairs.pair_rows(office, paired.id)
    full = next(one for one in rows if sum(row.mentor_id == one.mentor_id for row in rows) == 2)
    other = next(one for one in rows if one.mentor_id != full.mentor_id)
    with pytest.raises(UserError) as error:
        changes.change_mentor(office, other.id, full.mentor_id, "就近")
    assert "最多带 2 人，现有 2 人" in told(error)


def test_dissolving_needs_a_reason_and_can_be_taken_back(paired):
    office = paired.office
    ids = filed(paired)
    with pytest.raises(UserError):
        changes.dissolve(office, ids[:1], "")
    with pytest.raises(UserError):
        changes.dissolve(office, ids[:1], "调走", "2020-01-01")
    done = changes.dissolve(office, ids[:1], "徒弟调往外县", "2025-09-20")
    assert pairs.these_pairs(office, ids[:1])[0].ends_on == "2025-09-20"
    with pytest.raises(UserError):
        changes.dissolve(office, ids[:1], "再解除")
    undo(office.store, done.id)
    assert pairs.these_pairs(office, ids[:1])[0].state == "filed"


def test_an_agreement_has_its_own_goals_or_the_programme_s(paired):
    office = paired.office
    ids = filed(paired)
    changes.sign(office, ids, "2025-09-20")
    changes.sign(office, ids[:1], "2025-09-20", goals="一年内上好汇报课。")
    changes.note_agreement_numbers(office, {ids[0]: "220282XY0001"})
    one, other = pairs.these_pairs(office, ids[:2])
    by_id = {one.id: one, other.id: other}
    assert by_id[ids[0]].goals == "一年内上好汇报课。"
    assert by_id[ids[0]].agreement_no == "220282XY0001"
    assert by_id[ids[1]].goals == paired.programme.goals
    assert by_id[ids[1]].signed_on == "2025-09-20"


def test_schools_are_paired_town_with_village(paired):
    office = paired.office
    filed(paired)
    school_pairs.pair_schools(
        office, paired.id, paired.town[0], paired.village[0], goals="送教下乡"
    )
    (found,) = school_pairs.school_pairs(office, paired.id)
    assert (found.town, found.village) == ("桦甸市第四中学", "红石镇中学")
    assert found.pairs == sum(
        1 for one in pairs.pair_rows(office, paired.id)
        if (one.mentor_school, one.mentee_school) == (found.town, found.village)
    )  # fmt: skip
    for town, village in (
        (paired.village[0], paired.village[1]),
        (paired.town[0], paired.town[1]),
        (paired.town[0], paired.village[0]),
        (paired.town[0], paired.town[0]),
    ):
        with pytest.raises(UserError):
            school_pairs.pair_schools(office, paired.id, town, village)
    school_pairs.part_schools(office, [found.id])
    assert school_pairs.school_pairs(office, paired.id) == []


def test_a_closed_programme_keeps_its_pairs_and_takes_nothing_more(paired):
    office = paired.office
    ids = filed(paired)
    with pytest.raises(UserError):
        programmes.drop_programme(office, paired.id)
    programmes.end_programme(office, paired.id, "三年期满")
    assert {one.state for one in pairs.these_pairs(office, ids)} == {"ended"}
    with pytest.raises(UserError) as error:
        proposing.propose(office, paired.id)
    assert "已于 2025-09-20 结束" in told(error)


def test_within_one_school_and_for_new_teachers(office):
    paired = county(office, "apprentice")
    found = proposing.propose(office, paired.id).matching
    assert found.pairs == ()
    assert {one.why for one in found.unmatched} == {"本校没有同学科的师傅。"}
    novices = programmes.enter_programme(
        office, None, {"kind": "novice-studio", "starts_on": "2025-09-01"}
    )
    wishes.take_part(office, novices.id, [Wish(paired.mentees[0], "mentee")])
    assert "不是新任教师" in gather(office, novices).excluded[0].why
