"""The matching is optimal, keeps every hard rule, and does not care how people come in."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from models.errors import CancelledByUser
from models.mentoring.costs import kilometres, obstacles, reasons_of
from models.mentoring.matching import match
from models.progress import Progress
from tests.pairing import people, rules, schools

HARD = st.lists(
    st.sampled_from(
        ["other_school", "same_school", "town_to_village", "same_subject", "same_stage", "titled"]
    ),
    unique=True,
    max_size=3,
).map(tuple)


def small(draw_seed, mentees, mentors):
    return people(mentees, mentors, seed=draw_seed, schools_=4, wishes=0.5)


def cost_of(mentor, mentee, asked):
    return sum(one.cost for one in reasons_of(mentor, mentee, asked))


def by_brute_force(mentors, mentees, asked):
    """Of every way to pair, the most pairs, then the least cost."""
    best = (0, 0)
    for chosen in product([None, *mentors], repeat=len(mentees)):
        pairs = [(one, mentee) for one, mentee in zip(chosen, mentees, strict=True) if one]
        counts = Counter(one.id for one, _ in pairs)
        if any(counts[one.id] > one.room for one in mentors):
            continue
        if any(obstacles(one, mentee, asked) for one, mentee in pairs):
            continue
        load = sum(asked.weights.load * count * (count - 1) // 2 for count in counts.values())
        total = load + sum(cost_of(*pair, asked) for pair in pairs)
        best = min(best, (-len(pairs), total))
    return -best[0], best[1]


def by_scipy(mentors, mentees, asked):
    """The least cost of an independent solver; every slot of a mentor is a column."""
    slots = [(one, place) for one in mentors for place in range(one.room)]
    ban = 10**9
    costs = np.full((len(mentees), len(slots) + len(mentees)), ban, dtype=float)
    for column, (mentor, place) in enumerate(slots):
        if place:
            costs[:, column] = costs[:, column - 1]
            costs[costs[:, column] < ban, column] += asked.weights.load
            continue
        for row, mentee in enumerate(mentees):
            if not obstacles(mentor, mentee, asked):
                costs[row, column] = cost_of(mentor, mentee, asked)
    rows, columns = linear_sum_assignment(costs)
    found = costs[rows, columns]
    return int((found < ban).sum()), int(found[found < ban].sum())


def outcome(found):
    return len(found.pairs), found.total_cost


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 5), st.integers(0, 4), HARD)
def test_small_cases_cost_what_brute_force_finds(seed, mentees, mentors, hard):
    leading, led = small(seed, mentees, mentors)
    asked = rules(*hard)
    assert outcome(match(leading, led, asked)) == by_brute_force(leading, led, asked)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_middling_cases_cost_what_another_solver_finds(seed):
    leading, led = people(200, 40, seed=seed)
    for asked in (rules(), rules("same_subject", "other_school")):
        assert outcome(match(leading, led, asked)) == by_scipy(leading, led, asked)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 25), st.integers(0, 8), HARD, st.randoms())
def test_nobody_is_paired_twice_beyond_room_or_against_a_rule(seed, mentees, mentors, hard, chance):
    leading, led = small(seed, mentees, mentors)
    asked = rules(*hard)
    found = match(leading, led, asked)
    counts = Counter(one.mentor.id for one in found.pairs)
    assert all(counts[one.id] <= one.room for one in leading)
    assert not any(obstacles(one.mentor, one.mentee, asked) for one in found.pairs)
    named = [one.mentee.id for one in (*found.pairs, *found.unmatched)]
    assert sorted(named) == sorted(one.id for one in led)
    assert found.total_cost == sum(one.cost for one in found.pairs)
    assert all(one.why and one.hint for one in found.unmatched)
    chance.shuffle(leading)
    chance.shuffle(led)
    assert match(leading, led, asked) == found


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.randoms())
def test_fixed_pairs_stay_and_the_rest_is_solved_around_them(seed, chance):
    leading, led = small(seed, 12, 5)
    asked = rules("same_subject", "other_school")
    fixed = [(chance.choice(leading).id, one.id) for one in chance.sample(led, chance.randrange(6))]
    found = match(leading, led, asked, fixed)
    stayed = [(one.mentor.id, one.mentee.id) for one in found.pairs if one.fixed]
    assert sorted(stayed) == sorted(fixed)
    given_ = Counter(mentor for mentor, _ in fixed)
    counts = Counter(one.mentor.id for one in found.pairs)
    assert all(counts[one.id] <= max(one.room, given_[one.id]) for one in leading)
    broken = any(obstacles(one.mentor, one.mentee, asked) for one in found.pairs if one.fixed)
    over = any(given_[one.id] > one.room for one in leading)
    assert bool(found.conflicts) == (broken or over)


def test_fixing_what_was_proposed_changes_nothing():
    leading, led = people(60, 15, seed=5)
    asked = rules("same_subject")
    free = match(leading, led, asked)
    fixed = [(one.mentor.id, one.mentee.id) for one in free.pairs[::2]]
    assert outcome(match(leading, led, asked, fixed)) == outcome(free)


def test_every_pair_says_why():
    places = schools(4)
    leading, led = people(1, 1)
    mentor = replace(leading[0], school=places[0], subjects=("102",), stage="3", level=2, room=2)
    mentee = replace(led[0], school=places[1], subjects=("102",), stage="2")
    found = match([mentor], [mentee, replace(mentee, id="b1", no="B9")], rules())
    first, second = found.pairs
    assert first.why[:2] == ("同学科（数学）", "学段不同（初中—小学）（+120）")
    assert first.why[2] == "不同片（片0—片1）（+80）"
    assert first.why[3] == "市骨干教师（+20）"
    assert first.cost == 220
    assert second.why[-1] == "师傅的第 2 名徒弟（+8）"
    assert found.total_cost == 448


@pytest.mark.parametrize(
    ("hard", "change", "told"),
    [
        (("same_subject",), {"subjects": ("115",)}, "没有教物理的师傅。"),
        (("same_school",), {}, "本校没有同学科的师傅。"),
        (("town_to_village",), {"school": schools(4)[3]}, "学校3不是乡村学校。"),
        (("same_stage",), {"stage": "4"}, "没有高中的同学科师傅。"),
        (
            (),
            {"avoids": frozenset({"a0"})},
            "合适的师傅与本人互有不愿，或曾结对而没有通过、已经解除。",
        ),
    ],
)
def test_a_mentee_left_over_hears_why(hard, change, told):
    leading, led = people(1, 1)
    mentor = replace(leading[0], school=schools(4)[0], subjects=("102",), stage="3")
    mentee = replace(led[0], school=schools(4)[1], subjects=("102",), stage="3")
    found = match([mentor], [replace(mentee, **change)], rules(*hard))
    assert [one.why for one in found.unmatched] == [told]


def test_full_mentors_are_named_to_who_is_left_over():
    leading, led = people(2, 1, wishes=0)
    mentor = replace(leading[0], room=1)
    found = match([mentor], led, rules())
    assert [one.why for one in found.unmatched] == ["合适的师傅（师傅0）名额已满（共 1 个名额）。"]
    assert match([], led, rules()).unmatched[0].why == "还没有可以带徒的师傅。"


def test_distance_counts_where_places_are_known():
    near = kilometres((42.97, 126.74), (42.97, 126.74))
    assert near == 0
    assert kilometres((39.9042, 116.4074), (31.2304, 121.4737)) == pytest.approx(1067, rel=0.01)
    known = [replace(one, place=(42 + n / 10, 126)) for n, one in enumerate(schools(4))]
    leading, led = people(1, 2)
    here = replace(led[0], school=known[0], subjects=("102",), stage="3")
    same = {"subjects": ("102",), "stage": "3", "level": 0}
    far, close = (
        replace(one, school=known[at], **same) for one, at in zip(leading, (3, 1), strict=True)
    )
    found = match([far, close], [here], rules())
    assert found.pairs[0].mentor.id == close.id
    assert "两校相距约 11 公里（+11）" in found.pairs[0].why


class _Impatient(Progress):
    """Cancels at the so-manyth look."""

    def __init__(self, looks):
        self.looks = looks

    def cancelled(self):
        self.looks -= 1
        return self.looks < 0


def test_a_large_matching_tells_how_far_it_is_and_can_be_cancelled():
    leading, led = people(900, 200)
    with pytest.raises(CancelledByUser):
        match(leading, led, rules(), progress=_Impatient(1))
    assert match(leading, led, rules(), progress=_Impatient(10**6)).pairs


def test_three_thousand_by_five_hundred_cost_what_another_solver_finds():
    """Both sides work on one matrix here: asking each of 1.5 million pairs would take minutes."""
    leading, led = people(3000, 500, wishes=0)
    asked = rules("same_subject", load=0)
    chance = random.Random(9)
    leading = [replace(one, room=chance.randint(3, 8)) for one in leading]
    found = match(leading, led, asked)
    kinds: dict = {}
    costs = np.empty((3000, 500))
    for column, mentor in enumerate(leading):
        for row, mentee in enumerate(led):
            key = (mentor.school.id, mentor.subjects, mentor.stage, mentor.level,
                   mentee.school.id, mentee.subjects, mentee.stage)  # fmt: skip
            if key not in kinds:
                broken = obstacles(mentor, mentee, asked)
                kinds[key] = 10**7 if broken else cost_of(mentor, mentee, asked)
            costs[row, column] = kinds[key]
    wide = np.repeat(costs, [one.room for one in leading], axis=1)
    spare = np.full((3000, 3000), 10.0**7)
    rows, columns = linear_sum_assignment(np.hstack([wide, spare]))
    best = np.hstack([wide, spare])[rows, columns]
    paired = best < 10**7
    assert outcome(found) == (int(paired.sum()), int(best[paired].sum()))
