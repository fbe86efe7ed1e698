from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.masking import mask_id_number, mask_phone
from models.text.numbers import digits_of, plain, read_decimal
from models.text.phones import read_phone
from models.text.unreadable import UnreadableError


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15", "15"),
        ("１５", "15"),
        ("15学时", "15"),
        ("120 学时", "120"),
        ("1.5分", "1.5"),
        ("1,200", "1200"),
        ("17年", "17"),
        ("-15", "-15"),
        ("−15", "-15"),
        (".5", "0.5"),
        ("十五", "15"),
        (2.4, "2.4"),
        (0.1 + 0.2, "0.3"),
        (15, "15"),
        (-5.0, "-5"),
        (229004690120176.0, "229004690120176"),
    ],
)
def test_an_amount_is_exact_whatever_stands_around_it(written, amount):
    assert read_decimal(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["", "合格", "15-20", "20多年", "1,2", "15学时1.5分", math.nan, math.inf]
)
def test_what_is_no_single_amount_is_refused(written):
    with pytest.raises(UnreadableError):
        read_decimal(written)


@given(st.decimals(-99999, 99999, places=2))
def test_an_amount_survives_being_written_and_read(amount):
    assert read_decimal(plain(amount)) == amount
    assert read_decimal(float(amount)) == amount
    assert "E" not in plain(amount)


def test_a_whole_number_cell_gives_its_digits_and_a_damaged_one_does_not():
    assert digits_of(15020363047.0) == "15020363047"
    for damaged in (2.202251978082241e17, 1.5, math.nan, math.inf):
        with pytest.raises(UnreadableError):
            digits_of(damaged)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        (15020363047.0, "15020363047"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("0432-66223344", "0432-66223344"),
        ("(0432)66223344", "0432-66223344"),
        ("66223344", "66223344"),
        ("0432-66223344转801", "0432-66223344-801"),
        ("13812345678/13912345678", "13812345678、13912345678"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("13812345678、13812345678", "13812345678"),
    ],
)
def test_a_telephone_number_is_written_as_it_is_dialled(written, phone):
    assert read_phone(written) == phone


@pytest.mark.parametrize(
    "written", ["1381234567", "1.38E+10", "同上", "12345", "、", "138123456789"]
)
def test_what_cannot_be_dialled_is_refused(written):
    with pytest.raises(UnreadableError):
        read_phone(written)


def test_masks_hide_the_middle_and_never_show_a_short_text():
    assert mask_id_number("220282199001010020") == "2202******0020"
    assert mask_id_number("E1234567") == "********"
    assert mask_phone("13812345521") == "138****5521"
    assert mask_phone("13812345521、66223344") == "138****5521、****3344"
