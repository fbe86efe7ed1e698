from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.id_numbers import (
    birth_date,
    check_digit,
    from_old,
    has_known_province,
    read_id_number,
    sex_code,
)
from models.text.unreadable import UnreadableError

TODAY = date(2026, 11, 23)
GOOD = "11010519491231002X"  # the example of GB 11643


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    county = draw(st.sampled_from(["220282", "220225", "229004", "440524", "110105"]))
    born = draw(st.dates(date(1930, 1, 1), date(2008, 12, 31)))
    first17 = f"{county}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + check_digit(first17)


@pytest.mark.parametrize("number", [GOOD, "440524188001010014"])
def test_the_examples_of_the_standard_are_right(number):
    assert read_id_number(number, TODAY) == number


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002X\t",
        "110105\u300019491231\u3000002X",
        "'11010519491231002X",
        "110105-19491231-002x",
        "11010519491231002X\u200b",
    ],
)
def test_a_right_number_is_understood_however_it_was_typed(written):
    assert read_id_number(written, TODAY) == GOOD


@pytest.mark.parametrize(
    ("written", "code", "sentence"),
    [
        ("110105194912310021", "id_number.check_digit", "身份证号第 18 位应为 X，请核对"),
        ("11010519491331002X", "id_number.date", "没有这一天（1949 年 13 月 31 日）"),
        ("2.20282E+17", "id_number.scientific", "后几位已丢失，请把该列设为文本后重新填写"),
        ("2.20282e17", "id_number.scientific", "科学计数"),
        ("220202********5199", "id_number.masked", "被星号遮住，请填写完整的号码"),
        ("220202XXXXXXXX5199", "id_number.masked", "星号"),
        ("2202821988010542", "id_number.length", "应为 18 位，现在是 16 位"),
        ("2202821988010542123", "id_number.length", "现在是 19 位"),
        ("11010519491231O02X", "id_number.character", "第 15 位不是数字"),
        ("11010519491231002Y", "id_number.character", "第 18 位不是数字"),
        ("", "id_number.length", "现在是 0 位"),
    ],
)
def test_each_damage_has_its_own_sentence(written, code, sentence):
    with pytest.raises(UnreadableError) as caught:
        read_id_number(written, TODAY)
    assert caught.value.code == code
    assert sentence in caught.value.message


def test_a_birth_that_has_not_come_is_refused():
    first17 = "22028220261124001"
    with pytest.raises(UnreadableError, match="还没有到"):
        read_id_number(first17 + check_digit(first17), TODAY)


@given(id_numbers())
def test_a_number_says_birth_and_sex(number):
    assert read_id_number(number.lower(), TODAY) == number
    assert birth_date(number) == date.fromisoformat(
        f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    )
    assert sex_code(number) == ("1" if number[16] in "13579" else "2")
    assert has_known_province(number)


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, step):
    wrong = str((int(number[place]) + step) % 10)
    with pytest.raises(UnreadableError):
        read_id_number(number[:place] + wrong + number[place + 1 :], TODAY)


@given(id_numbers(), st.integers(0, 15))
def test_two_exchanged_digits_are_always_noticed(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped == number:
        assert read_id_number(swapped, TODAY) == number
        return
    with pytest.raises(UnreadableError):
        read_id_number(swapped, TODAY)


@given(id_numbers().filter(lambda number: number[6:8] == "19"))
def test_the_old_fifteen_digits_become_the_number_they_stand_for(number):
    old = number[:6] + number[8:17]
    assert from_old(old) == number
    assert read_id_number(old, TODAY) == number


@given(st.text(st.sampled_from("0123456789X*.E+- 一x"), max_size=20))
def test_whatever_is_accepted_is_a_right_number(text):
    try:
        number = read_id_number(text, TODAY)
    except UnreadableError:
        return
    assert check_digit(number[:17]) == number[17]


def test_a_sentence_never_repeats_the_number():
    for written in ("110105194912310021", "11010519491331002X", "1101051949123100"):
        with pytest.raises(UnreadableError) as caught:
            read_id_number(written, TODAY)
        assert written not in caught.value.message
        assert "110105" not in caught.value.message


def test_only_the_province_is_looked_up():
    assert has_known_province("229004198606212579")
    assert has_known_province("830000199001010014")
    assert not has_known_province("990000199001010014")
