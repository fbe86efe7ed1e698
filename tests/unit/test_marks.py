"""What a cell of a score sheet means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.training.marks import Mark, read_mark

SIXTY = Decimal(60)


@pytest.mark.parametrize(
    ("text", "score"),
    [("86", "86"), (" 86.5分 ", "86.5"), ("９０", "90"), ("0", "0"), ("100.0", "100")],
)
def test_points_are_read_exactly(text, score):
    assert read_mark(text) == Mark(score=Decimal(score))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("合格", "passed"),
        ("优 秀", "passed"),
        ("不合格", "failed"),
        ("缺考", "absent"),
        ("缓考", "excused"),
        ("作弊", "cheated"),
    ],
)
def test_words_say_the_result_at_once_and_are_kept(text, result):
    mark = read_mark(text)
    assert mark.result == result
    assert mark.judged(SIXTY).text == text


@pytest.mark.parametrize("text", ["", "八十六", "-1", "101", "86.555", "1e3", "NaN", "inf", "∞"])
def test_what_is_no_mark_is_refused(text):
    with pytest.raises(UserError):
        read_mark(text)


@given(st.decimals(0, 100, places=2))
def test_exactly_the_pass_mark_passes_and_a_hundredth_less_fails(score):
    assert read_mark(str(score)).judged(score).result == "passed"
    assert Mark(score=score).judged(score + Decimal("0.01")).result == "failed"


def test_a_whole_score_is_written_without_zeros():
    assert read_mark("80.0").text == "80"
    assert read_mark("100").text == "100"
    assert read_mark("80.50").text == "80.5"
