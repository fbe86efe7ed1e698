from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text.dates import AmbiguousDateError, PartialDate, read_date
from models.text.periods import read_period
from models.text.unreadable import UnreadableError

DAYS = st.dates(date(1921, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (date(1982, 6, 5), "1982-06-05"),
        (datetime(1982, 6, 5, 8, 30, tzinfo=UTC), "1982-06-05"),
        ("1987年1月6日", "1987-01-06"),
        ("1981/4/29", "1981-04-29"),
        ("1986.11.10", "1986-11-10"),
        ("1985.3.2.", "1985-03-02"),
        ("1985 3 2", "1985-03-02"),
        ("2008-08-01 00:00:00", "2008-08-01"),
        ("2008-08-01T00:00:00", "2008-08-01"),
        ("19920920", "1992-09-20"),
        (19940411.0, "1994-04-11"),
        (19940411, "1994-04-11"),
        (27633.0, "1975-08-27"),
        (27633.5, "1975-08-27"),
        ("27633", "1975-08-27"),
        ("１９８１．１１．４", "1981-11-04"),
        ("1985年3月", "1985-03"),
        ("1993-07", "1993-07"),
        ("199307", "1993-07"),
        ("2008.8", "2008-08"),
        ("2008.1", "2008-01"),
        ("2008.10", "2008-10"),
        ("2008年8月至今", "2008-08"),
        ("2008.8（特岗）", "2008-08"),
        (2008.8, "2008-08"),
        (2008.11, "2008-11"),
        (2008.12, "2008-12"),
        ("二○○八年八月", "2008-08"),
        ("二〇一一年十一月二十三日", "2011-11-23"),
        ("一九九○年九月", "1990-09"),
        ("一九九九年廿三日", None),
        ("2OO8.8", "2008-08"),
        ("2008年", "2008"),
        (2008.0, "2008"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(raw, text):
    if text is None:
        with pytest.raises(UnreadableError):
            read_date(raw)
        return
    found = read_date(raw)
    assert found.century_known
    assert found.text == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("73.2", PartialDate(73, 2, None, century_known=False)),
        ("75年4月", PartialDate(75, 4, None, century_known=False)),
        ("91.2.8", PartialDate(91, 2, 8, century_known=False)),
        ("910208", PartialDate(91, 2, 8, century_known=False)),
        ("00年8月", PartialDate(0, 8, None, century_known=False)),
        (85.3, PartialDate(85, 3, None, century_known=False)),
    ],
)
def test_a_year_of_two_digits_has_no_century_until_somebody_supplies_it(raw, expected):
    assert read_date(raw) == expected
    assert expected.in_century(1900).year == 1900 + expected.year


@pytest.mark.parametrize("raw", [2008.1, 1999.1, 85.1])
def test_a_number_cell_that_lost_a_zero_has_two_meanings(raw):
    with pytest.raises(AmbiguousDateError) as caught:
        read_date(raw)
    assert [choice.month for choice in caught.value.choices] == [1, 10]


@pytest.mark.parametrize(
    "raw",
    [
        *("？", "待查", "不详", "2008.13", "1985.2.30", "19850230", "2008.0", "abc", "1985.3.2.1"),
        *(0.5, -3.0, 1e12, math.nan, math.inf, 2008.123, "99年", "3", "0000:"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(raw):
    with pytest.raises(UnreadableError, match=r"日期|没有这一天"):
        read_date(raw)


@given(DAYS)
def test_a_day_is_the_same_in_every_form_people_write_it_in(day):
    serial = (day - date(1899, 12, 30)).days
    plain = f"{day.year}.{day.month}.{day.day}"
    forms = [day, day.isoformat(), f"{day:%Y%m%d}", int(f"{day:%Y%m%d}"), float(serial), plain]
    forms += [
        f"{day.year}年{day.month}月{day.day}日",
        plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
    ]
    assert {read_date(form).text for form in forms} == {day.isoformat()}
    assert read_date(f"{day:%y.%m.%d}").agrees_with(day)
    assert not read_date(day).agrees_with(day + timedelta(days=1))


@given(st.one_of(st.text(max_size=12), st.floats(), st.integers()))
def test_reading_a_date_either_succeeds_or_says_why_not(raw):
    try:
        found = read_date(raw)
    except UnreadableError:
        return
    assert found.month is None or 1 <= found.month <= 12
    assert read_date(found.text) == found if found.century_known else found.year < 100


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2023.10.2-10.5", "2023-10-02", "2023-10-05"),
        ("2023-10-02至2023-10-05", "2023-10-02", "2023-10-05"),
        ("2023年7月4日—2023年7月6日", "2023-07-04", "2023-07-06"),
        ("2023.7.6-2023.7.6", "2023-07-06", "2023-07-06"),
        ("2023-10-02-2023-10-05", "2023-10-02", "2023-10-05"),
        ("2023-10-02-05", "2023-10-02", "2023-10-05"),
        ("2023年10月2日-5日", "2023-10-02", "2023-10-05"),
        ("2023.10.2~5（4天）", "2023-10-02", "2023-10-05"),
        ("20231002-20231005", "2023-10-02", "2023-10-05"),
        ("２０２３．１０．２－１０．５", "2023-10-02", "2023-10-05"),
        ("2023.12.30-1.3", "2023-12-30", "2024-01-03"),
        ("2023-10-02", "2023-10-02", "2023-10-02"),
        ("2023.10.5-10.2", "2023-10-05", "2023-10-02"),
    ],
)
def test_a_period_gives_its_first_and_last_day(written, start, end):
    first, last = read_period(written)
    assert (first.text, last.text) == (start, end)


@pytest.mark.parametrize("written", ["10.2-10.5", "待定", "2023.13.1-2023.13.5", "甲至乙至丙", ""])
def test_a_period_without_two_days_is_refused(written):
    with pytest.raises(UnreadableError, match="起止日期"):
        read_period(written)


@given(st.dates(date(1921, 1, 1), date(2099, 9, 1)), st.integers(0, 90))
def test_both_days_of_a_period_come_back_in_every_form(start, length):
    end = start + timedelta(days=length)
    dots = [f"{day.year}.{day.month}.{day.day}" for day in (start, end)]
    for written in (
        f"{start}至{end}",
        f"{start}-{end}",
        "-".join(dots),
        f"{start:%Y%m%d}—{end:%Y%m%d}",
    ):
        first, last = read_period(written)
        assert (first.as_date(), last.as_date()) == (start, end)
