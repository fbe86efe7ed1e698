"""A requirement written by the form stands in the text as a person would have written it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policies.fragments import (
    requirement_blocks,
    requirement_of,
    requirement_text,
    with_requirement,
    without_requirement,
)
from models.policies.packs import shipped_packs
from models.policies.reading import read_text
from models.policies.requirements import Requirement
from resources import path

TEXT = """\
# 本县规则
id = "x"
title = "示例"
region = "220282"
document = "示例文件"
valid_from = 2021-01-01

[[requirements]]
id = "all"
# 县里 2021 年改过
title = "全员"
clause = "1"
of = [
    { mode = ["集中"] },
]
least = 360

# 班主任
[[requirements]]
id = "heads"
title = "班主任"
clause = "2"
[requirements.whom]
is_head = true

# 指标
[[targets]]
id = "t"
title = "指标"
clause = "3"
figure = "工作坊数"
least = 3
"""
NEW = Requirement.model_validate(
    {"id": "new", "title": "新任“教师”", "clause": "4", "quote": "不少于120学时", "least": "120",
     "window": "probation", "of": [{"theme": ["新任教师培训"]}, {"hours_from": "7.5"}],
     "whom": {"stage": ["小学", "初中"], "is_head": False, "service_below": 3}}
)  # fmt: skip


def demands(text):
    reading = read_text(text)
    assert reading.mistakes == ()
    return {one.id: one for one in reading.pack.requirements}


def plain(one):
    return one.model_copy(update={"document": ""})


def test_a_new_requirement_stands_behind_the_last_and_nothing_else_changes():
    text, line = with_requirement(TEXT, NEW)
    assert text.splitlines()[line - 1] == "[[requirements]]"
    assert text.replace("\n" + requirement_text(NEW), "", 1) == TEXT
    assert list(demands(text)) == ["all", "heads", "new"]
    assert plain(demands(text)["new"]) == NEW
    assert text.index('id = "new"') < text.index("# 指标")


def test_a_changed_requirement_takes_the_old_ones_place_and_remarks_are_kept():
    text, line = with_requirement(TEXT, NEW, 0)
    assert list(demands(text)) == ["new", "heads"]
    assert "# 县里 2021 年改过\n[[requirements]]" in text
    assert "\n\n# 班主任\n[[requirements]]" in text
    assert text.splitlines()[line - 1] == "[[requirements]]"
    text, _ = with_requirement(TEXT, NEW, 1)
    assert list(demands(text)) == ["all", "new"]
    assert "[requirements.whom]" not in text
    assert "\n\n# 指标\n[[targets]]" in text


def test_the_first_requirement_stands_before_targets():
    empty = without_requirement(without_requirement(TEXT, 1), 0)
    assert demands(empty) == {}
    text, _ = with_requirement(empty, NEW)
    assert list(demands(text)) == ["new"]
    head = TEXT.split("\n[[", maxsplit=1)[0] + "\n"
    assert list(demands(with_requirement(head, NEW)[0])) == ["new"]


def test_only_what_is_not_usual_is_written():
    assert requirement_text(demands(TEXT)["heads"].model_copy(update={"document": ""})) == (
        '[[requirements]]\nid = "heads"\ntitle = "班主任"\nclause = "2"\n'
        'whom = { is_head = true }\nwindow = "cycle"\nmeasure = "hours"\nleast = 1\n'
    )
    assert 'of = [{ theme = ["新任教师培训"] }, { hours_from = 7.5 }]' in requirement_text(NEW)


@pytest.mark.parametrize("pack", shipped_packs(), ids=lambda one: one.id)
def test_every_shipped_requirement_is_written_as_it_is_read(pack):
    text = path(f"policies/{pack.id}.toml").read_text("utf-8")
    assert len(requirement_blocks(text)) == len(pack.requirements)
    for number, one in enumerate(pack.requirements):
        again, _ = with_requirement(text, plain(one), number)
        assert read_text(again).pack == pack or one.document != pack.document


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_words_survive_the_writing(words):
    one = NEW.model_copy(update={"title": words, "quote": words})
    found = tomllib.loads(requirement_text(one))["requirements"][0]
    assert (found["title"], found["quote"]) == (words, words)


def test_what_a_form_lacks_is_told_in_words():
    made, problems = requirement_of({"id": "中文", "title": "甲", "least": "0"})
    assert made is None
    assert problems == (
        "编号：写的是“中文”，只能用小写英文字母、数字和连字符，如 head-teacher-30。",
        "条款：缺少这一项，请补上。",
        "至少：写的是 0，要大于 0。",
    )
    assert requirement_of({"id": "a", "title": "甲", "clause": "1", "window": "post"})[1] == (
        "window = post 的要求必须在 whom 中写明 post（职务）。",
    )
