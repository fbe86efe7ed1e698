"""Titles cut by their meaning, ranks of equals, headings told by their numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policies.ranking import ranks
from reports.documents.circular import spans_of
from reports.kit.fonts import Role
from reports.kit.title_cutting import cut_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于期末工作的通知", ["关于期末工作的通知"]),
        (
            "关于2025年度中小学教师继续教育完成情况的通报",
            ["关于2025年度中小学", "教师继续教育完成情况的通报"],
        ),
        (
            "桦甸市教师进修学校关于2025年度全市中小学教师继续教育完成情况和验印工作的通报",
            [
                "桦甸市教师进修学校",
                "关于2025年度全市中小学教师",
                "继续教育完成情况和验印工作的通报",
            ],
        ),
        ("关于全市//教师培训工作的通报", ["关于全市", "教师培训工作的通报"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("", []),
    ],
)
def test_a_title_is_cut_by_its_meaning(title, lines):
    assert cut_title(title, 20) == lines


@given(st.text("关于的教师培训工作通报2025年度《办法》、和", min_size=1, max_size=60))
def test_no_character_of_a_title_is_lost_and_no_line_is_too_long(title):
    lines = cut_title(title, 20)
    assert "".join(lines) == title
    assert all(0 < len(one) <= 20 for one in lines)


@given(st.text("学校培训班工作，的", min_size=21, max_size=40))
def test_no_line_of_a_title_begins_with_a_mark_unless_nothing_else_is_left(title):
    lines = cut_title(title, 20)
    forced = [title[at : at + 20] for at in range(0, len(title), 20)]
    assert lines == forced or not any(one[0] in "，的" for one in lines[1:])


def test_equals_share_a_rank_and_the_next_counts_on():
    assert ranks([Fraction(1, 2), Fraction(2, 4), Fraction(1, 3), None]) == [1, 1, 3, None]
    assert ranks([]) == []


@given(st.lists(st.integers(0, 6)))
def test_a_rank_is_one_more_than_the_number_of_better_ones(values):
    assert ranks(values) == [1 + sum(other > one for other in values) for one in values]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("一、总体情况", [Role.HEI]),
        ("（二）学校之间差距较大。部分村小不到60%。", [Role.KAI, Role.FANG]),
        ("1. 培训机会少。", [Role.FANG]),
        ("（1）交通不便。", [Role.FANG]),
        ("十二、要求。各校照办。", [Role.HEI, Role.FANG]),
        ("一些学校", [Role.FANG]),
    ],
)
def test_a_heading_is_told_by_its_number(text, roles):
    spans = spans_of(text)
    assert [one.role for one in spans] == roles
    assert "".join(one.text for one in spans) == text
