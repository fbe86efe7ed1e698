from __future__ import annotations

import pytest

from reports.kit.wording import formal_date, percent, plain_date, span, years


@pytest.mark.parametrize(
    ("stored", "plain", "formal"),
    [
        ("2026-07-01", "2026年7月1日", "二〇二六年七月一日"),
        ("2026-12-21", "2026年12月21日", "二〇二六年十二月二十一日"),
        ("2026-10", "2026年10月", "二〇二六年十月"),
        ("2026-07-32", "2026-07-32", "2026-07-32"),
        ("", "", ""),
        ("待定", "待定", "待定"),
    ],
)
def test_dates_are_written_as_papers_write_them_and_other_words_stay(stored, plain, formal):
    assert plain_date(stored) == plain
    assert formal_date(stored) == formal


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(3, 4, "75.0%"), (2, 3, "66.7%"), (2999, 3000, "99.9%"), (5, 5, "100.0%"), (0, 7, "0.0%"),
     (0, 0, "—")],
)  # fmt: skip
def test_a_share_is_never_rounded_up_to_all(part, whole, told):
    assert percent(part, whole) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2025-03-01", "2025-03-05", "2025.03.01—03.05"),
        ("2025-12-30", "2026-01-02", "2025.12.30—2026.01.02"),
        ("2025-03-01", "2025-03-01", "2025.03.01"),
        ("2025-03-01", "", "2025.03.01"),
        ("", "", ""),
    ],
)
def test_a_span_says_the_year_once(first, last, told):
    assert span(first, last) == told
    assert years(2021, 2025) == "2021—2025 年"
    assert years(2021, 2021) == "2021 年"
