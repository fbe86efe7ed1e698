from __future__ import annotations

from datetime import date

import pytest

from models.text.numerals import (
    date_in_chinese,
    date_on_paper,
    number_in_chinese,
    to_digits,
    year_in_chinese,
)


def test_papers_write_the_day_in_chinese_numerals():
    assert date_in_chinese(date(2026, 11, 23)) == "二〇二六年十一月二十三日"
    assert date_in_chinese(date(2010, 10, 10)) == "二〇一〇年十月十日"
    assert date_on_paper(date(2026, 1, 3)) == "2026年1月3日"
    assert year_in_chinese(2009) == "二〇〇九"


def test_every_number_that_is_written_in_words_is_read_back():
    for number in range(1, 100):
        assert to_digits(number_in_chinese(number)) == str(number)
    with pytest.raises(ValueError, match="100"):
        number_in_chinese(100)


def test_zeros_of_every_shape_are_zeros():
    for zero in "〇○零◯OoО":
        assert to_digits(f"二{zero}{zero}八年") == "2008年"
    assert to_digits("Oslo") == "Oslo"
