from __future__ import annotations

import pytest

from reports.kit.wording import formal_date, plain_date


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
