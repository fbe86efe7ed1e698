"""The seven steps of an exam: their states, which comes next, and what the meeting sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.exams.drawing import DrawnPerson
from models.exams.overview import Overview
from ui.desktop.pages.exams.meeting.showing import (
    PER_SCREEN,
    in_groups,
    school_pages,
    seed_state,
    total,
)
from ui.desktop.pages.exams.sequence import (
    DRAW,
    FRAME,
    MARKS,
    POSTING,
    RESULTS,
    ROOMS,
    next_step,
    steps_of,
    what_next,
)

FROZEN = Overview(pool=200)
DRAWN = replace(FROZEN, draws=1, drawn=20)
LISTED = replace(DRAWN, people=20)
SEATED = replace(LISTED, rooms=1, seated=20)
MARKED = replace(SEATED, marked=18, missing=2)
OUT = replace(MARKED, published_on="2025-12-24")
POSTED = replace(OUT, posted_on="2025-12-25")


@pytest.mark.parametrize(
    ("now", "place", "words"),
    [
        (Overview(), FRAME, "冻结名单"),
        (FROZEN, DRAW, "公开产生种子"),
        (DRAWN, ROOMS, "生成考生名单"),
        (replace(DRAWN, outdated=True), DRAW, "用新名单重新抽签"),
        (LISTED, ROOMS, "登记考场，排座位"),
        (replace(LISTED, seated=19), ROOMS, "给没有座位的考生排座位"),
        (SEATED, MARKS, "登记缺考和成绩"),
        (replace(SEATED, marked=17, missing=2), MARKS, "登记缺考和成绩"),
        (MARKED, RESULTS, "公布成绩"),
        (OUT, POSTING, "登记到课程和台账"),
        (POSTED, POSTING, "全部办完"),
    ],
)
def test_the_first_thing_undone_comes_next(now, place, words):
    assert next_step(now) == place
    assert words in what_next(now)


def test_an_exam_of_everybody_skips_the_draw():
    now = Overview(whole=True, pool=200)
    assert next_step(now) == ROOMS
    assert steps_of(now)[DRAW].words == "统考不抽签"


def test_steps_open_one_after_the_other():
    assert [one.open for one in steps_of(Overview())] == [True, True, *[False] * 5]
    assert all(one.open for one in steps_of(MARKED))
    assert all(one.done for one in steps_of(POSTED))


def person(school, number, place=1):
    return DrawnPerson(f"{school}/语文", place, f"id{number}", f"{number}", f"张{number}", school)


def test_names_come_school_by_school_and_large_schools_on_several_screens():
    people = [person("乙校", n, n) for n in range(1, PER_SCREEN + 6)] + [person("甲校", 99)]
    pages = school_pages(reversed(people))
    assert [(one.school, one.part, one.parts) for one in pages] == [
        ("乙校", 1, 2),
        ("乙校", 2, 2),
        ("甲校", 1, 1),
    ]
    assert [one.of_school for one in pages] == [25, 25, 1]
    assert [one.name for one in pages[0].people][:3] == ["张1", "张2", "张3"]
    assert pages[0].people[0].group == "语文"
    assert total(pages) == 26


@pytest.mark.parametrize(
    ("text", "words", "good"),
    [
        ("", "至少 20 位数字，或 12 个字", False),
        ("123", "已有 3 位数字，还差 17 位", False),
        ("1" * 20, "已有 20 位数字，长度够了", True),
        ("1-2-3-4-5-6-7", "已有 7 位数字，还差 13 位", False),
        ("一二三四五六七八九十一", "已有 11 个字，还差 1 个", False),
        ("一二三四五六七八九十一二", "已有 12 个字，长度够了", True),
    ],
)
def test_the_length_of_a_seed_is_told_while_it_is_typed(text, words, good):
    found = seed_state(text)
    assert (found.words, found.good) == (words, good)


def test_a_seed_that_ends_in_a_blank_is_refused_in_words():
    found = seed_state("一二三四五六七八九十一二 ")
    assert not found.good
    assert "首尾有空白" in found.words


def test_long_texts_are_read_aloud_in_groups():
    assert in_groups("123456789", 4) == "1234 5678 9"
