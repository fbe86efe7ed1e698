"""Certificate numbers by template."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.certificates.numbers import check_rule, names_batch, numbers, series_of
from models.errors import UserError

RULE = "{region}{year}{kind}{seq:05d}"
FACTS = {"region": "220282", "year": "2025", "kind": "JY", "batch": "5"}


def test_numbers_go_on_where_the_series_stopped():
    check_rule(RULE)
    assert list(islice(numbers(RULE, FACTS, 41), 2)) == [
        (42, "2202822025JY00042"),
        (43, "2202822025JY00043"),
    ]


def test_another_year_is_another_series():
    assert series_of(RULE, FACTS) == "2202822025JY*"
    assert series_of(RULE, {**FACTS, "year": "2026"}) != series_of(RULE, FACTS)


def test_a_template_may_hold_words_of_the_office():
    rule = "桦进字〔{year}〕第{seq}号"
    check_rule(rule)
    assert next(numbers(rule, FACTS, 0)) == (1, "桦进字〔2025〕第1号")


def test_a_batch_may_stand_in_the_number_with_a_width_for_its_digits():
    rule = "{year}-{batch:02d}-{seq:03d}"
    check_rule(rule)
    assert names_batch(rule)
    assert not names_batch(RULE)
    assert next(numbers(rule, FACTS, 0)) == (1, "2025-05-001")
    assert next(numbers(rule, {**FACTS, "batch": "春季"}, 0)) == (1, "2025-春季-001")
    assert series_of(rule, FACTS) != series_of(rule, {**FACTS, "batch": "6"})


@given(st.integers(0, 10**7))
def test_no_two_numbers_of_a_series_are_equal(last):
    found = [number for _, number in islice(numbers(RULE, FACTS, last), 50)]
    assert len(set(found)) == 50


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "{year}",
        "{seq}{seq}",
        "{seq",
        "{seq!r}",
        "{seq:>5}",
        "{year.real}{seq}",
        "{year:04d}{seq}",
        "{school}{seq}",
        "{seq[0]}",
        "{}",
    ],
)
def test_a_template_that_cannot_number_is_refused(rule):
    with pytest.raises(UserError, match=r"certificate\.rule"):
        check_rule(rule)
