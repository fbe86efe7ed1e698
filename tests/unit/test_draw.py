"""The draw: frame text, quotas, tickets, and what a stranger can re-check."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.exams.draw import Terms, check_seed, draw_frame, draw_strata, ticket_of
from models.exams.frame import frame_hash, frame_text, read_frame
from models.exams.quotas import quotas, read_fraction, read_rounding, write_fraction
from models.exams.verification import read_record, verify

TENTH = Fraction(1, 10)
SEED = "31415926535897932384"
SIZES = (1, 4, 5, 9, 10, 14, 15, 25, 95, 104, 105)

frames = st.dictionaries(
    st.text("0123456789", min_size=1, max_size=6),
    st.sampled_from(["一中", "二中", "三小", "四小/语文"]),
    min_size=1,
    max_size=60,
)
roundings = st.sampled_from(["ceiling", "half-up-min-1", "largest-remainder"])
fractions = st.fractions(Fraction(1, 100), 1, max_denominator=100)


def terms(seed: str = SEED, fraction: Fraction = TENTH, rounding: str = "ceiling") -> Terms:
    return Terms("2026-06", seed, fraction, read_rounding(rounding))


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("half-up-min-1", (1, 1, 1, 1, 1, 1, 2, 3, 10, 10, 11)),
        ("ceiling", (1, 1, 1, 1, 1, 2, 2, 3, 10, 11, 11)),
    ],
)
def test_quotas_of_single_strata_follow_the_table(rounding, expected):
    """Of the table's floor no rule is made: it would draw nobody from a small school."""
    found = quotas({f"{size:03}": size for size in SIZES}, TENTH, rounding)
    assert tuple(found.values()) == expected


def test_a_stratum_alone_gets_at_least_the_floor_by_the_largest_remainder():
    floors = (0, 0, 0, 0, 1, 1, 1, 2, 9, 10, 10)
    half_up = (1, 1, 1, 1, 1, 1, 2, 3, 10, 10, 11)
    alone = tuple(quotas({"a": size}, TENTH, "largest-remainder")["a"] for size in SIZES)
    assert alone == half_up
    assert all(floor <= one for floor, one in zip(floors, alone, strict=True))


def test_the_largest_remainder_hits_the_county_total():
    sizes = {f"校{n}": 1 + n % 5 for n in range(200)}
    found = quotas(sizes, TENTH, "largest-remainder")
    assert sum(found.values()) == sum(sizes.values()) // 10


def test_equal_remainders_go_in_code_point_order():
    assert quotas({"b": 5, "a": 5, "c": 5}, TENTH, "largest-remainder") == {"a": 1, "b": 1, "c": 0}


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 500), min_size=1), fractions, roundings)
def test_no_quota_exceeds_its_stratum_and_totals_follow_the_rule(sizes, fraction, rounding):
    found = quotas(sizes, fraction, rounding)
    people = sum(sizes.values())
    assert all(0 <= found[name] <= size for name, size in sizes.items())
    if rounding == "largest-remainder":
        assert sum(found.values()) == max(1, int(people * fraction + Fraction(1, 2)))
        assert all(abs(found[name] - size * fraction) < 1 for name, size in sizes.items())
    else:
        assert all(found.values())


def test_a_frame_is_one_line_a_person_sorted_by_number():
    text = frame_text([("10", "二中"), ("02", "一中")])
    assert text == "02\t一中\n10\t二中\n"
    assert frame_hash(text) == hashlib.sha256(text.encode()).hexdigest()
    assert read_frame(text) == {"02": "一中", "10": "二中"}


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([], "exam.empty_frame"),
        ([("1", "a"), ("1", "b")], "exam.number_twice"),
        ([("1", "a\tb")], "exam.bad_member"),
        ([("", "a")], "exam.bad_member"),
    ],
)
def test_a_frame_that_could_be_misread_is_refused(members, code):
    with pytest.raises(UserError, match=code):
        frame_text(members)


@pytest.mark.parametrize("text", ["", "1\ta", "1 a\n", "2\ta\n1\ta\n", "1\ta\n\n"])
def test_a_damaged_frame_file_is_refused(text):
    with pytest.raises(UserError):
        read_frame(text)


def test_the_ticket_is_the_hash_of_four_lines():
    text = frame_text([(str(n), "一中") for n in range(40)])
    sha = hashlib.sha256(text.encode()).hexdigest()
    by_hand = sorted(
        (str(n) for n in range(40)),
        key=lambda no: hashlib.sha256(f"{SEED}\n2026-06\n{sha}\n{no}".encode()).hexdigest(),
    )
    record = draw_frame(terms(), text)
    assert record["strata"][0]["selected"] == by_hand[:4]
    assert record["strata"][0]["reserves"] == by_hand[4:]
    four_lines = f"{SEED}\n2026-06\n{sha}\n7"
    assert ticket_of(terms(), sha, "7") == hashlib.sha256(four_lines.encode()).hexdigest()


@given(frames, fractions, roundings)
def test_everybody_is_drawn_or_reserve_of_one_stratum_and_the_record_verifies(
    members, fraction, rounding
):
    text = frame_text(members.items())
    record = draw_frame(terms(fraction=fraction, rounding=rounding), text)
    everybody = [no for one in record["strata"] for no in (*one["selected"], *one["reserves"])]
    assert sorted(everybody) == sorted(members)
    assert verify(read_record(json.dumps(record)), text.encode()).valid


@given(frames, st.sampled_from(["一中", "二中"]))
def test_the_quota_of_other_strata_does_not_change_when_one_person_joins(members, stratum):
    before = draw_frame(terms(), frame_text(members.items()))
    after = draw_frame(terms(), frame_text((members | {"999999999": stratum}).items()))
    quota = {one["stratum"]: one["quota"] for one in before["strata"]}
    for one in after["strata"]:
        if one["stratum"] != stratum:
            assert one["quota"] == quota[one["stratum"]]


@given(frames, st.sampled_from(["一中", "二中", "五中"]))
def test_with_the_hash_held_one_person_more_moves_only_the_own_stratum(members, stratum):
    """The hash itself changes with every person: that is what makes a frame impossible to bend."""
    before = {one.stratum: one for one in draw_strata(terms(), "0" * 64, members)}
    joined = members | {"999999999": stratum}
    for one in draw_strata(terms(), "0" * 64, joined):
        known = before.get(one.stratum)
        if one.stratum != stratum:
            assert one == known
        order = [no for no in (*one.selected, *one.reserves) if no != "999999999"]
        assert order == ([] if known is None else [*known.selected, *known.reserves])
        assert ("999999999" in (*one.selected, *one.reserves)) == (one.stratum == stratum)


@given(frames, st.integers(1, 30))
def test_a_draw_by_number_takes_that_many_of_each_stratum_or_all(members, count):
    text = frame_text(members.items())
    record = draw_frame(replace(terms(), count=count), text)
    assert (record["count"], record["fraction"], record["rounding"]) == (count, "", "")
    assert all(one["quota"] == min(count, one["size"]) for one in record["strata"])
    assert verify(read_record(json.dumps(record)), text.encode()).valid
    other = verify({**record, "count": count + 1}, text.encode())
    assert other.valid == all(one["size"] <= count for one in record["strata"])


@pytest.mark.parametrize("count", [0, -1, True, "3", 1.5])
def test_a_record_with_an_impossible_number_is_refused(count):
    text = frame_text([("1", "一中")])
    record = draw_frame(replace(terms(), count=3), text)
    with pytest.raises(UserError, match=r"exam\.record"):
        verify({**record, "count": count}, text.encode())


def test_a_stratum_of_one_is_drawn_and_has_no_reserve():
    (one,) = draw_strata(terms(), "0" * 64, {"1": "红石村小"})
    assert (one.selected, one.reserves) == (("1",), ())


def test_over_many_seeds_everybody_is_drawn_about_equally_often():
    text = frame_text([(f"{n:02}", "一中") for n in range(20)])
    counts = dict.fromkeys(read_frame(text), 0)
    rounds = 2000
    for n in range(rounds):
        for no in draw_frame(terms(seed=f"witness-seed-{n}"), text)["strata"][0]["selected"]:
            counts[no] += 1
    expected = rounds * 2 / 20
    chi_square = sum((count - expected) ** 2 / expected for count in counts.values())
    assert chi_square < 43.8  # 19 degrees of freedom, 0.1 %


def test_over_many_seeds_each_of_two_unequal_strata_is_fair_within_itself():
    members = {f"{n:02}": "一中" if n < 12 else "二中" for n in range(36)}
    text, rounds = frame_text(members.items()), 1500
    places = dict.fromkeys(members, 0)
    for n in range(rounds):
        for one in draw_frame(terms(seed=f"dice-on-the-table-{n}"), text)["strata"]:
            places[one["selected"][0]] += 1
    for stratum, bound in (("一中", 31.3), ("二中", 49.8)):  # 11 and 23 degrees, 0.1 %
        counts = [count for no, count in places.items() if members[no] == stratum]
        expected = rounds / len(counts)
        assert sum((count - expected) ** 2 / expected for count in counts) < bound


def test_one_changed_byte_of_the_frame_is_noticed():
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = draw_frame(terms(), text)
    changed = verify(record, text.replace("0", "9", 1).encode())
    assert not changed.valid
    assert "SHA-256" in changed.differences[0]


def test_a_changed_record_is_noticed_with_its_stratum():
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = draw_frame(terms(), text)
    stratum = record["strata"][0]
    stratum["selected"][0], stratum["reserves"][0] = stratum["reserves"][0], stratum["selected"][0]
    verdict = verify(record, text.encode())
    assert verdict.differences == (
        "“一中”的抽中名单与重算结果不符。",
        "“一中”的候补名单与重算结果不符。",
    )
    stratum["stratum"] = "二中"
    assert len(verify(record, text.encode()).differences) == 2


@pytest.mark.parametrize(
    "seed",
    [
        "1" * 19,
        "short seed",
        " " + SEED,
        SEED + "\n",
        "a\nbcdefghijklm",
        "1-2-3-4-5-6-7",
        "1 2 3 4 5 6 7 ",
        "３６２５１４３６２５１４３",
        "红球三号\u200b蓝球七号黄球九号",
        "红球三号\ud800蓝球七号黄球九号",
    ],
)
def test_a_weak_or_unclear_seed_is_refused(seed):
    with pytest.raises(UserError):
        check_seed(seed)


@pytest.mark.parametrize(
    "seed", ["1" * 20, "-".join(SEED), "twelve-chars", "红球三号蓝球七号黄球九号"]
)
def test_twenty_digits_or_twelve_characters_are_enough(seed):
    check_seed(seed)


def test_a_draw_made_by_a_seed_that_is_refused_today_still_verifies():
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = draw_frame(terms("1-2-3-4-5-6-7"), text)
    assert verify(record, text.encode()).valid


@pytest.mark.parametrize("stratum", [["一中"], {"a": 1}, None, 7])
def test_a_stratum_that_is_no_text_is_a_difference(stratum):
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = draw_frame(terms(), text)
    record["strata"].append({**record["strata"][0], "stratum": stratum})
    assert verify(record, text.encode()).differences == ("记录里有写坏或重复的组。",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"size": 31}, "名单人数是 31，重算是 30"),
        ({"drawn": 2}, "抽中人数是 2，重算是 3"),
        ({"drawn": [3]}, "抽中人数"),
        ({"attempt": 2, "earlier": []}, "先前各次抽签"),
        ({"attempt": 1, "earlier": [{"attempt": 1}]}, "先前各次抽签"),
        ({"attempt": 3, "earlier": [{"attempt": 2}, {"attempt": 1}]}, "先前各次抽签"),
        ({"attempt": 1, "earlier": ["x"]}, "先前各次抽签"),
    ],
)
def test_changed_sums_and_earlier_draws_are_noticed(change, words):
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = {**draw_frame(terms(), text), **change}
    (found,) = verify(record, text.encode()).differences
    assert words in found


def test_a_record_saved_by_an_editor_with_a_mark_in_front_is_read():
    text = frame_text([(str(n), "一中") for n in range(30)])
    record = {**draw_frame(terms(), text), "attempt": 2, "earlier": [{"attempt": 1}]}
    assert verify(read_record("\ufeff" + json.dumps(record)), text.encode()).valid


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "x"])
def test_what_is_no_record_is_told_in_the_offices_language(text):
    with pytest.raises(UserError, match=r"exam\.record") as refused:
        read_record(text)
    assert "line 1" not in refused.value.sentence


def test_half_a_character_in_a_record_is_refused():
    record = {**draw_frame(terms(), frame_text([("1", "一中")])), "exam": "\ud800"}
    with pytest.raises(UserError, match=r"exam\.record"):
        read_record(json.dumps(record))


@pytest.mark.parametrize(
    ("text", "share"),
    [("0.1", TENTH), ("10%", TENTH), ("1/10", TENTH), (" 12.5 ％", Fraction(1, 8))],
)
def test_a_share_is_read_as_people_write_it(text, share):
    assert read_fraction(text) == share
    assert read_fraction(write_fraction(share)) == share


@pytest.mark.parametrize("text", ["", "0", "2", "-0.1", "十分之一", "1/0", "%"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(UserError):
        read_fraction(text)


def test_shares_are_written_as_decimals_where_they_end():
    assert write_fraction(TENTH) == "0.1"
    assert write_fraction(Fraction(1)) == "1"
    assert write_fraction(Fraction(1, 3)) == "1/3"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"exam": 1}'])
def test_a_file_that_is_no_record_is_refused(text):
    with pytest.raises(UserError, match=r"exam\.record"):
        read_record(text)
