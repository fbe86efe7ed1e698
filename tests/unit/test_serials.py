"""Serials of blanks: reading, running on, and which are covered how often."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.certificates.serials import Serial, Stretch, both, cover, read_serial, stretch, without
from models.errors import UserError

PLACES = st.integers(1, 30)
STRETCHES = st.lists(
    st.tuples(PLACES, PLACES).map(
        lambda ends: Stretch(Serial("N", 4, min(ends)), Serial("N", 4, max(ends)))
    ),
    max_size=6,
)


def covered(stretches):
    return Counter(
        value
        for one in stretches
        for value in range(one.first.value, one.last.value + 1)
        for _ in range(one.times)
    )


@pytest.mark.parametrize("text", ["NO0012345", "0007", "吉证2025-00031"])
def test_a_serial_is_read_and_said_the_same(text):
    assert read_serial(f" {text} ").text == text


def test_serials_run_on_with_their_leading_zeros():
    assert read_serial("NO.0099").plus(1).text == "NO.0100"
    assert stretch("NO.0099", 3).text == "NO.0099—NO.0101"


@pytest.mark.parametrize(
    ("first", "count", "last", "code"),
    [
        ("NO", 1, "", "stock.serial"),
        ("N98", 3, "", "stock.serial_too_long"),
        ("N0001", 3, "N0004", "stock.serial_count"),
        ("N0001", 3, "M0003", "stock.serial_count"),
    ],
)
def test_what_is_no_range_is_refused(first, count, last, code):
    with pytest.raises(UserError) as refused:
        stretch(first, count, last)
    assert refused.value.code == code


@given(STRETCHES)
def test_cover_says_of_every_serial_how_often(stretches):
    found = cover(stretches)
    assert covered(found) == covered(stretches)
    assert found == sorted(found, key=lambda one: one.first)
    assert all(one.last < other.first for one, other in pairwise(found))


@given(STRETCHES, STRETCHES)
def test_both_and_without_are_those_of_sets(one, other):
    left, right = set(covered(one)), set(covered(other))
    assert set(covered(both(one, other))) == left & right
    assert set(covered(without(one, other))) == left - right


def test_other_prefixes_and_widths_are_other_serials():
    assert both([stretch("A001", 5)], [stretch("B001", 5), stretch("A0001", 5)]) == []
