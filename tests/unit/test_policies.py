"""Rule packs: which rules hold where and when, and the sums they prescribe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.policies.arithmetic import credits_for, exact_credits, hours_for
from models.policies.cycles import cycle_by
from models.policies.packs import pack_for, read_pack, read_packs, shipped_packs
from models.policies.records import Conversion, CycleRule

HUADIAN = "220282"


def ratio(hours: str, credits: str = "1", rounding: str = "half-up") -> Conversion:
    return Conversion.model_validate(
        {"hours": hours, "credits": credits, "clause": "x", "rounding": rounding}
    )


def test_the_cycle_of_huadian_in_2025_is_2021_to_2025_with_360_hours():
    rules = pack_for(HUADIAN, date(2025, 9, 1))
    assert cycle_by(rules.cycle, 2025).label == "2021-2025"
    assert rules.cycle.hours == 360
    assert rules.cycle.quote == "五年累计培训时间不少于360学时"
    assert rules.packs[0] == "huadian-2021"


def test_after_the_county_pack_ends_the_province_and_the_country_take_over():
    rules = pack_for(HUADIAN, date(2026, 11, 23))
    assert rules.packs == ("jilin-2019", "cn-2011")
    assert cycle_by(rules.cycle, 2026).label == "2026-2030"


def test_old_years_are_judged_by_the_rules_of_their_time():
    assert pack_for(HUADIAN, date(2005, 1, 1)).cycle.hours == 240
    assert pack_for(HUADIAN, date(2009, 6, 1)).sampling.base == "subject"
    assert pack_for("330302", date(2012, 1, 1)).day.quote.startswith("每天以8学时")


def test_a_neighbouring_city_does_not_get_the_county_rules():
    assert "huadian-2021" not in pack_for("220602", date(2022, 1, 1)).packs


def test_fifteen_hours_are_one_and_a_half_credits():
    rule = pack_for(HUADIAN, date(2009, 3, 1)).conversion
    assert credits_for(rule, Decimal(15)) == Decimal("1.5")
    assert credits_for(rule, Decimal(5)) == Decimal("0.5")
    assert credits_for(rule, Decimal(20)) == Decimal(2)


def test_six_to_one_is_rounded_as_the_rule_says_and_exact_without_rounding():
    assert credits_for(ratio("6"), Decimal(10)) == Decimal("1.67")
    assert credits_for(ratio("6", rounding="down"), Decimal(10)) == Decimal("1.66")
    assert exact_credits(ratio("6"), Decimal(10)) == Fraction(5, 3)


@given(st.decimals(0, 1000, places=2), st.sampled_from(["6", "10", "20", "7.5"]))
def test_rounded_credits_lie_within_half_a_hundredth_of_the_exact_ones(hours, per):
    rule = ratio(per)
    assert abs(Fraction(credits_for(rule, hours)) - exact_credits(rule, hours)) <= Fraction(1, 200)


def test_three_days_are_twenty_four_hours():
    assert hours_for(pack_for(HUADIAN, date(2022, 1, 1)).day, Decimal(3)) == 24


@given(st.integers(1990, 2100), st.integers(1, 10), st.integers(1990, 2100))
def test_every_year_lies_in_exactly_the_cycle_found_for_it(first, years, year):
    rule = CycleRule(first_year=first, years=years, hours=Decimal(360), clause="x")
    period = cycle_by(rule, year)
    assert year in period
    assert period.last - period.first + 1 == years
    assert (period.first - first) % years == 0


def test_every_shipped_rule_names_its_document_and_clause():
    for pack in shipped_packs():
        for name in ("cycle", "conversion", "day", "pass_mark", "sampling", "numbering"):
            rule = getattr(pack, name)
            assert rule is None or (rule.document and rule.clause), (pack.id, name)


GOOD = """
id = "x"
title = "示例"
region = "220282"
document = "示例文件"
valid_from = 2021-01-01

[conversion]
hours = 7.5
credits = 1
clause = "一"
"""


def test_amounts_are_read_exactly(tmp_path: Path):
    file = tmp_path / "x.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert read_pack(file).conversion.hours == Decimal("7.5")


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("clause", "clauze", "（conversion）：没有“clauze”"),
        ("hours = 7.5", "hours = -1", "conversion.hours"),
        ("credits = 1\n", "", "conversion.credits"),
        ('region = "220282"', 'region = "桦甸"', "region"),
    ],
)
def test_a_mistake_in_a_pack_is_named_with_its_place(tmp_path: Path, before, after, place):
    file = tmp_path / "x.toml"
    file.write_text(GOOD.replace(before, after), encoding="utf-8")
    with pytest.raises(UserError, match=r"policy\.bad_pack") as caught:
        read_pack(file)
    assert place in caught.value.message
    assert "x.toml" in caught.value.message


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path):
    (tmp_path / "x.toml").write_text("id = = 3", encoding="utf-8")
    with pytest.raises(UserError, match=r"policy\.not_toml"):
        read_packs(tmp_path)


def test_two_packs_of_one_id_are_refused(tmp_path: Path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(UserError, match=r"policy\.same_id"):
        read_packs(tmp_path)


def test_a_day_before_every_pack_has_no_rules():
    with pytest.raises(UserError, match=r"policy\.none"):
        pack_for(HUADIAN, date(1950, 1, 1))
