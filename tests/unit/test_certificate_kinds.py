"""Kinds of certificates as data, and what forms may ask of them."""

from __future__ import annotations

from string import Formatter

import pytest

import resources
from models.certificates.facts import batch_name, read_batch
from models.certificates.frozen import from_columns, to_columns
from models.certificates.kinds import PERSON_FIELDS, kind_named, kinds, list_entity
from models.certificates.numbers import check_rule
from models.codes.library import load_codes
from models.entities.describe import columns
from models.errors import UserError
from reports.kit.wording import formal_date
from tests.certificates import sample_copy
from tests.papers import shipped_form

KINDS = list(kinds())
BESIDES = {"issuer", "today", "cycle_now", "cycle_hours", "cycle_credits", "name", "school"}


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_speaks_only_of_what_it_has(key):
    kind = kinds()[key]
    facts = {one.key for one in kind.facts}
    check_rule(kind.number)
    assert kind.about in facts
    assert set(kind.once_per) <= facts | {"batch", "year"}
    named = {
        name
        for one in kind.facts
        for _, name, _, _ in Formatter().parse(one.default)
        if name is not None
    }
    assert named <= facts | BESIDES | set(kind.keeps)
    states = load_codes()["teacher_status"]
    assert all(states.name_of(code) != code for code in kind.not_for)
    assert all(one.example for one in kind.facts)
    assert {one.since for one in kind.facts} <= facts | {""}


def test_marks_and_titles_tell_kinds_apart():
    every = kinds().values()
    assert len({one.mark for one in every}) == len({one.title for one in every}) == len(KINDS)
    assert [one.key for one in every if one.booklet] == ["continuing"]


def test_a_kind_is_found_by_key_and_by_its_title():
    assert kind_named("骨干教师资格证书") is kind_named("backbone")
    with pytest.raises(UserError, match=r"certificate\.kind") as refused:
        kind_named("奖状")
    assert "honour（荣誉证书）" in refused.value.hint


def test_an_institution_gets_its_own_form_where_there_is_one():
    assert kinds()["honour"].form_for("") == "honour"
    assert kinds()["honour"].form_for("x" * 32) == "honour_unit"
    assert kinds()["completion"].form_for("x" * 32) == "completion"


@pytest.mark.parametrize("key", KINDS)
def test_a_list_asks_for_the_person_and_for_each_fact(key):
    described = columns(list_entity(key))
    assert set(described) == PERSON_FIELDS | {one.key for one in kinds()[key].facts}
    titles = [one.title for one in described.values()]
    assert len(set(titles)) == len(titles)
    for one in kinds()[key].facts:
        assert described[one.key].required == (one.required and not one.default)


@pytest.mark.parametrize("key", KINDS)
def test_what_the_columns_hold_comes_back_as_it_went_in(key):
    kind = kinds()[key]
    facts = {one.key: one.example for one in kind.facts} | {"rank": "一级教师"}
    row = to_columns(kind, facts)
    assert row["title"] == facts[kind.about]
    assert from_columns(kind, row) == facts


def test_facts_without_a_value_are_not_kept():
    kind = kinds()["completion"]
    row = to_columns(kind, {"course": "公开课", "hours": "15", "credits": "", "organizer": ""})
    assert (row["hours"], row["credits"], row["facts"]) == (1500, None, None)
    assert from_columns(kind, row) == {"course": "公开课", "hours": "15"}


SHIPPED = [
    (kind.key, name)
    for kind in kinds().values()
    for name in (*kind.forms, kind.institution_form)
    if name and resources.path(f"certificates/{name}.toml").is_file()
]


@pytest.mark.parametrize(("key", "name"), SHIPPED)
def test_a_shipped_form_asks_for_nothing_its_kind_does_not_give(key, name):
    form = shipped_form(name)
    copy = sample_copy(form)
    assert form.values <= copy.values.keys()
    assert all(copy.values[one] for one in form.values - {"copy_mark", "award", "level"}), key


def test_a_sample_says_things_as_a_certificate_does():
    values = sample_copy(shipped_form("completion")).values
    assert values["period"] == "于2025年7月20日至7月24日"
    assert values["amount"] == "15 学时、1.5 学分"
    assert values["course"] == "“新课程课堂教学研讨”"
    assert values["issued_on"] == formal_date("2025-09-20")


@pytest.mark.parametrize(
    ("written", "kept", "shown"),
    [
        ("5", "5", "第五期"),
        ("第五期", "5", "第五期"),
        ("第 12 期", "12", "第十二期"),
        ("二十一期", "21", "第二十一期"),
        ("05", "5", "第五期"),
        ("105", "105", "第105期"),
        ("2025春季", "2025春季", "2025春季"),
        ("", "", ""),
    ],
)
def test_a_batch_is_kept_in_digits_and_shown_in_words(written, kept, shown):
    assert read_batch(written) == kept
    assert batch_name(read_batch(written)) == shown
