from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.kit.breaking import NOT_FIRST, NOT_LAST, Line, break_lines, may_break, spread

RUNNING = st.text(st.sampled_from("桦甸市教师，。、（）《》“”…—12.5abX 年月日"), max_size=60)


def em_each(text):
    return [0.5 if char.isascii() else 1.0 for char in text]


def cut(text, width, indent=0.0):
    lines = break_lines(text, em_each(text), width, indent=indent)
    return [text[line.start : line.end] for line in lines]


def test_a_closing_mark_never_opens_a_line():
    assert cut("今天天气很好，我们出去", 6) == ["今天天气很", "好，我们出去"]


def test_an_opening_mark_never_ends_a_line():
    assert cut("他们参加了《教师技能》", 6) == ["他们参加了", "《教师技能》"]


def test_a_closing_mark_may_hang_half_over_the_edge_because_its_right_half_is_blank():
    assert cut("一二三四五，六", 5.5) == ["一二三四五，", "六"]


def test_numbers_and_latin_words_stay_whole():
    assert cut("共计十五人1.5学分", 6) == ["共计十五人", "1.5学分"]


def test_a_word_wider_than_the_line_is_cut_rather_than_lost():
    assert cut("a" * 30, 5) == ["a" * 10] * 3


def test_dashes_and_ellipses_are_not_torn():
    assert not may_break("甲——乙", 2)
    assert not may_break("甲……乙", 2)


def test_the_first_line_is_shorter_by_the_indent():
    assert cut("一二三四五六七八", 4, indent=2) == ["一二", "三四五六", "七八"]


def test_an_empty_paragraph_has_no_lines():
    assert cut("", 5) == []


@given(RUNNING, st.floats(3, 20))
def test_no_character_but_blanks_is_lost_and_order_is_kept(text, width):
    kept = "".join(cut(text, width)).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(RUNNING, st.floats(6, 20))
def test_lines_keep_to_their_width_and_to_the_marks_wherever_a_break_is_allowed(text, width):
    lines = break_lines(text, em_each(text), width)
    for line in lines:
        assert line.width <= width + 1e-6
        breaks = [at for at in range(line.start + 1, line.end) if may_break(text, at)]
        if breaks and not line.last:
            after = text[line.end :].lstrip(" ")
            assert not after or after[0] not in NOT_FIRST or text[line.end] == " "
            assert text[line.end - 1] not in NOT_LAST or text[line.end] == " "


def test_a_full_line_is_spread_to_the_edge_and_a_last_line_is_left_alone():
    assert spread(Line(0, 5, 4.6, last=False), 5, most=0.2) * 4 + 4.6 == 5
    assert spread(Line(0, 5, 4.6, last=True), 5, most=0.2) == 0


def test_a_line_that_would_gape_stays_short():
    assert spread(Line(0, 3, 3, last=False), 9, most=0.2) == 0
