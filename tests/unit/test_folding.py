from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.folding import fold_characters
from models.text.tidy import key, tidy
from models.text.width import identifier, to_half


def test_every_kangxi_radical_becomes_a_character_of_its_own():
    for code in range(0x2F00, 0x2FD6):
        folded = fold_characters(chr(code))
        assert unicodedata.name(folded).startswith("CJK UNIFIED IDEOGRAPH")


@pytest.mark.parametrize(
    ("radicals", "characters"),
    [
        ("⼾⾭", "户青"),
        ("⾒⾙⾞⾧⾨⾺⿂⿃⿓", "见贝车长门马鱼鸟龙"),
        ("⻓⻔⻅⻛⻢⻘⻝⻩", "长门见风马青食黄"),
        ("非农业⼾⼝，网络⽤⼾", "非农业户口，网络用户"),
        ("\uf90a\uf9e1", "金李"),
    ],
)
def test_radicals_and_compatibility_characters_become_what_the_mainland_writes(
    radicals, characters
):
    assert fold_characters(radicals) == characters


@pytest.mark.parametrize(
    ("private", "code"),
    [
        (0xE815, 0x2E81),
        (0xE816, 0x20087),
        (0xE817, 0x20089),
        (0xE818, 0x200CC),
        (0xE819, 0x2E84),
        (0xE81A, 0x3473),
        (0xE81E, 0x9FB4),
        (0xE826, 0x9FB5),
        (0xE82B, 0x9FB6),
        (0xE82C, 0x9FB7),
        (0xE831, 0x215D7),
        (0xE832, 0x9FB8),
        (0xE83B, 0x2298F),
        (0xE843, 0x9FB9),
        (0xE844, 0x4723),
        (0xE854, 0x9FBA),
        (0xE855, 0x241FE),
        (0xE863, 0x4DAE),
        (0xE864, 0x9FBB),
        (0xE78D, 0xFE10),
        (0xE796, 0xFE19),
        (0xE7C7, 0x1E3F),
        (0xE7F3, 0x2FFB),
    ],
)
def test_private_codes_of_gbk_become_their_characters(private, code):
    assert fold_characters(chr(private)) == chr(code)


def test_no_cell_of_gbk_keeps_a_private_code():
    folded = [fold_characters(chr(code)) for code in range(0xE815, 0xE865)]
    assert not any("\ue000" <= char <= "\uf8ff" for char in folded)


def test_private_codes_without_a_meaning_and_rare_characters_stay():
    for text in ("\ue000", "\uf8ff", "䶮𢒉𫰡𬎆𰌂𡌴燚喆", "\ufa0e"):
        assert fold_characters(text) == text


@given(st.text(max_size=40))
def test_folding_and_tidying_twice_is_folding_and_tidying_once(text):
    assert fold_characters(fold_characters(text)) == fold_characters(text)
    assert tidy(tidy(text)) == tidy(text)
    assert key(key(text)) == key(text)


def test_text_keeps_its_words_breaks_and_leading_signs():
    assert tidy(" =SUM(1,2)\r\n第二行\u200b\u3000") == "=SUM(1,2)\n第二行"
    assert tidy("一_x000D_\n二") == "一\n二"
    assert tidy("甲\u00a0乙") == "甲 乙"
    assert len(tidy("长" * 40_000)) == 40_000


def test_the_key_forgets_width_case_and_blanks():
    assert key("ＡＢＣ　（一）") == key("abc(一)")
    assert key("汉 族") == key("汉族")


def test_identifiers_are_half_width_without_blanks_and_apostrophes():
    assert identifier("'ＨＤ０００ ０４６\t") == "HD000046"
    assert to_half("（１５）") == "(15)"
