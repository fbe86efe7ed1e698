"""When two course titles are one, and when they only look alike."""

from __future__ import annotations

import pytest

from models.training.course_names import alike, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《教师的教学技能》", "教师的教学技能"),
        ("课程标准（2022年版）解读", "课程标准(2022年版)解读"),
        ("教师　的教学 技能", "教师的教学技能"),
        ("Ｐython入门", "python入门"),
    ],
)
def test_width_blanks_and_brackets_make_no_other_title(one, other):
    assert title_key(one) == title_key(other)


def test_upper_and_lower_volume_are_two_titles():
    assert title_key("课堂教学研讨范例(上)") != title_key("课堂教学研讨范例(下)")


def test_the_three_titles_of_one_book_are_proposed_and_not_merged():
    titles = [
        "新课程校本研究与课堂教学研讨范例(上)",
        "新课程校本研修与课堂教学研讨范例(下)",
        "新课程校本教研与课堂教学研讨范例(上)",
    ]
    assert len({title_key(title) for title in titles}) == 3
    assert set(alike(titles[0], [*titles, "手指游戏"])) == set(titles[1:])


def test_a_title_of_marks_alone_still_has_a_key():
    assert title_key("？？") != title_key("！！")
