"""Who sits where: laws of the seating, and what it does at best."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.exams.seating import Hall, Sitter, clashes, grid, in_order, seat_all

SEED = "36251436251436251436\n2025-12\nab"


def sitter(number, school, subject=""):
    traits = (frozenset([school]), frozenset(part for part in subject.split("、") if part))
    return Sitter(f"{number:04d}", traits)


def hall(*lanes, empty=(), path="snake"):
    return Hall(lanes, tuple(n for n in range(1, sum(lanes) + 1) if n not in empty), path)


people = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from(["", "语", "数", "语、数"])),
    max_size=40,
).map(lambda found: [sitter(at, *one) for at, one in enumerate(found)])
halls = st.lists(
    st.builds(
        lambda lanes, path, empty: hall(*lanes, path=path, empty=empty),
        st.lists(st.integers(1, 5), min_size=1, max_size=4),
        st.sampled_from(["snake", "straight"]),
        st.sets(st.integers(1, 6), max_size=3),
    ),
    min_size=1,
    max_size=4,
).map(lambda found: [*found, hall(8, 7, 7, 8), hall(8, 7, 7, 8)])


@given(people, halls)
def test_everybody_has_one_seat_that_is_given_and_rooms_fill_in_order(everybody, rooms):
    found = seat_all(in_order(everybody, SEED), rooms, (3, 2)).spots
    assert set(found) == {one.key for one in everybody}
    given_seats = [(place, seat) for place, room in enumerate(rooms) for seat in room.seats]
    assert sorted(found.values()) == given_seats[: len(everybody)]


@given(people, halls, st.randoms())
def test_the_order_in_which_people_come_changes_nothing(everybody, rooms, chance):
    mixed = list(everybody)
    chance.shuffle(mixed)
    once, again = (seat_all(in_order(one, SEED), rooms, (3, 2)) for one in (everybody, mixed))
    assert once == again


@given(people, halls)
def test_what_is_told_is_what_sits_side_by_side(everybody, rooms):
    found = seat_all(in_order(everybody, SEED), rooms, (3, 2))
    who = {one.key: one for one in everybody}
    at = {spot: who[key] for key, spot in found.spots.items()}
    counted = set()
    for place, room in enumerate(rooms):
        where = grid(room.lanes, room.path)
        for one, (column, row) in where.items():
            for two, beside in where.items():
                near = abs(column - beside[0]) + abs(row - beside[1]) == 1
                if one < two and near and (place, one) in at and (place, two) in at:
                    pair = at[place, one], at[place, two]
                    counted |= {
                        (pair[0].key, pair[1].key, trait)
                        for trait in (0, 1)
                        if trait not in found.shared
                        and pair[0].traits[trait] & pair[1].traits[trait]
                    }
    assert {(one.first, one.second, one.trait) for one in found.clashes} == counted


@given(people, halls)
def test_it_is_never_worse_than_sitting_down_in_the_order_of_the_tickets(everybody, rooms):
    ordered = in_order(everybody, SEED)
    found = seat_all(ordered, rooms, (1, 1))
    spots = [(place, seat) for place, room in enumerate(rooms) for seat in room.seats]
    plain = [
        one
        for one in clashes(dict(zip(spots, ordered, strict=False)), rooms)
        if one.trait not in found.shared
    ]
    assert len(found.clashes) <= len(plain)


@given(people, halls, st.integers(0, 40))
def test_those_who_sit_already_stay(everybody, rooms, first):
    ordered = in_order(everybody, SEED)
    before = seat_all(ordered[:first], rooms, (3, 2)).spots
    kept = {spot: one for one in ordered[:first] for spot in [before[one.key]]}
    after = seat_all(ordered[first:], rooms, (3, 2), kept=kept).spots
    assert {key: after[key] for key in before} == before
    assert len(set(after.values())) == len(everybody)


def test_the_ticket_of_a_seat_is_the_hash_of_seed_word_and_number():
    everybody = [sitter(at, "甲") for at in range(50)]

    def ticket(one):
        return hashlib.sha256(f"{SEED}\nSEAT\n{one.key}".encode()).hexdigest()

    assert in_order(everybody, SEED) == sorted(everybody, key=ticket)
    assert in_order(everybody, SEED) != in_order(everybody, SEED + "1")


def test_numbers_run_in_a_snake_or_straight():
    assert grid((3, 2), "snake") == {1: (0, 0), 2: (0, 1), 3: (0, 2), 4: (1, 1), 5: (1, 0)}
    assert grid((3, 2), "straight") == {1: (0, 0), 2: (0, 1), 3: (0, 2), 4: (1, 0), 5: (1, 1)}


@pytest.mark.parametrize("count", [30, 15])
def test_two_schools_of_equal_size_sit_like_a_chessboard(count):
    everybody = [sitter(at, "甲乙"[at % 2]) for at in range(count)]
    assert seat_all(in_order(everybody, SEED), [hall(5, 5, 5, 5, 5, 5)], (3, 2)).clashes == ()


def test_a_school_that_has_two_fifths_of_all_people_is_parted():
    everybody = [
        sitter(at, "甲" if at % 5 < 2 else f"乙{at}", "语数英"[at // 5 % 3]) for at in range(60)
    ]
    assert seat_all(in_order(everybody, SEED), [hall(8, 7, 7, 8)] * 2, (3, 2)).clashes == ()


def test_of_many_schools_and_few_subjects_nobody_sits_beside_their_like():
    everybody = [sitter(at, f"校{at % 40}", "语数英"[at % 3]) for at in range(400)]
    assert seat_all(in_order(everybody, SEED), [hall(8, 7, 7, 8)] * 14, (3, 2)).clashes == ()


def test_what_all_have_in_common_is_told_and_not_counted():
    everybody = [sitter(at, f"校{at}", "数学") for at in range(30)]
    found = seat_all(in_order(everybody, SEED), [hall(8, 7, 7, 8)], (3, 2))
    assert (found.clashes, found.shared) == ((), {1})


def test_an_empty_seat_parts_people():
    pair = [sitter(1, "甲"), sitter(2, "甲"), sitter(3, "乙")]
    apart = seat_all(pair[:2], [hall(3, empty=(2,)), hall(1)], (3, 2))
    assert set(apart.spots.values()) == {(0, 1), (0, 3)}
    assert apart.clashes == ()
    assert seat_all(pair, [hall(3)], (3, 2)).clashes == ()


def test_too_few_seats_are_told_with_their_number():
    everybody = [sitter(at, "甲") for at in range(5)]
    with pytest.raises(UserError, match="还缺 2 个"):
        seat_all(everybody, [hall(3)], (3, 2))
