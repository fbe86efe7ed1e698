from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.names import (
    MIDDLE_DOT,
    clean_name,
    has_private_characters,
    odd_characters,
    pad_name,
)

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6)
BLANKS = st.text(st.sampled_from(" \u3000\u00a0\u2003\u200b\t\n\r\ufeff\u2060\u202f"), max_size=3)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("秦  磊", "秦磊"),
        ("王\u3000琳", "王琳"),
        ("傅琳蕾\u00a0", "傅琳蕾"),
        ("\u2003许梅萍", "许梅萍"),
        ("段\u200b思欣", "段思欣"),
        ("马\n峰", "马峰"),
        ("⾼⽴⽔", "高立水"),
        ("苏\ue863", "苏䶮"),
        ("彭\ue816", "彭𠂇"),
        ("王䶮", "王䶮"),
        ("于𰌂", "于𰌂"),
        ("'张三", "张三"),
        ("\u3000", ""),
    ],
)
def test_a_chinese_name_loses_blanks_and_look_alikes_and_keeps_rare_characters(written, name):
    assert clean_name(written) == name


@pytest.mark.parametrize("dot", "·•‧∙⋅・･．.\u16eb\u30fb\uff65\u2022\u2219")
@pytest.mark.parametrize("blank", ["", " "])
def test_every_middle_dot_becomes_the_one_of_the_register(dot, blank):
    assert clean_name(f"迪丽努尔{blank}{dot}{blank}艾合买提") == f"迪丽努尔{MIDDLE_DOT}艾合买提"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  Mary   Ann ", "Mary Ann"),
        ("John R. Smith", "John R. Smith"),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("O'Brien", "O'Brien"),
    ],
)
def test_a_western_name_keeps_single_blanks_and_its_full_stop(written, name):
    assert clean_name(written) == name


@given(HAN, BLANKS, BLANKS)
def test_blanks_anywhere_never_change_which_name_it_is(name, before, inside):
    spread = before + inside.join(name) + inside
    assert clean_name(spread) == clean_name(name)


@given(st.text(max_size=30))
def test_a_cleaned_name_is_clean(text):
    name = clean_name(text)
    assert clean_name(name) == name


def test_what_names_do_not_have_is_pointed_out():
    assert odd_characters("张三1") == "1"
    assert odd_characters("王(女)") == "()"
    assert odd_characters("欧阳·John O'Brien-Lee") == ""
    assert has_private_characters("王\ue000")
    assert not has_private_characters("王𰌂")


def test_papers_pad_names_of_two_characters_only():
    assert pad_name("秦磊") == "秦\u3000磊"
    assert pad_name("𢒉华") == "𢒉\u3000华"
    assert [pad_name(name) for name in ("王", "秦小磊", "AB", "")] == ["王", "秦小磊", "AB", ""]
