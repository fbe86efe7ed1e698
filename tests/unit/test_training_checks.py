from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.codes.library import load_codes
from models.entities.cleaning import Context
from models.entities.problems import Severity
from models.training.checks import clean_record
from models.training.records import TrainingRecord

CODES = load_codes()
CYCLE = (2021, 2025)
PLAIN = {
    "name": "张三",
    "id_number": "11010519491231002X",
    "year": 2023.0,
    "course": "《教师的教学技能》",
    "category": "集中",
    "start_date": "2023.10.2",
    "end_date": "2023.10.4",
    "hours": 15.0,
    "credits": 1.5,
    "score": 98.0,
}


def record(**raw):
    return clean_record(PLAIN | raw, Context(CODES, date(2026, 11, 23)), CYCLE)


def codes_of(cleaned):
    return [(problem.field, problem.code) for problem in cleaned.problems]


def test_a_plain_row_is_a_record_without_a_word():
    cleaned = record()
    assert cleaned.problems == []
    assert cleaned.values == {
        "name": "张三",
        "id_number": "11010519491231002X",
        "year": 2023,
        "course": "《教师的教学技能》",
        "category": "1",
        "start_date": "2023-10-02",
        "end_date": "2023-10-04",
        "hours": Decimal(15),
        "credits": Decimal("1.5"),
        "score": "98",
    }
    TrainingRecord(**cleaned.values)


@pytest.mark.parametrize(("year", "side"), [("2019年", "早于"), (2026.0, "晚于")])
def test_a_year_outside_the_cycle_is_taken_and_told(year, side):
    cleaned = record(year=year)
    assert cleaned.values["year"] == int(float(str(year).removesuffix("年")))
    assert codes_of(cleaned) == [("year", "year.outside_cycle")]
    assert f"{side}本周期（2021—2025）" in cleaned.problems[0].message
    assert cleaned.severity is Severity.WARN


@pytest.mark.parametrize("year", [2052.0, "2123", 2203.0])
def test_a_year_to_come_gives_way_to_the_dates_or_refuses_the_row(year):
    dated = record(year=year)
    assert dated.values["year"] == 2023
    assert codes_of(dated) == [("year", "year.future")]
    assert "已按培训日期记为 2023 年" in dated.problems[0].message
    undated = record(year=year, start_date="", end_date="")
    assert codes_of(undated) == [("year", "year.future")]
    assert undated.severity is Severity.REFUSE


@pytest.mark.parametrize("hours", [-15.0, "-5", 1500.0, 20230915.0, "", "若干", "0.125"])
def test_hours_that_cannot_be_refuse_the_row(hours):
    cleaned = record(hours=hours)
    assert cleaned.severity is Severity.REFUSE
    assert [problem.field for problem in cleaned.problems] == ["hours"]


def test_doubtful_credits_are_left_out():
    cleaned = record(credits="若干")
    assert cleaned.severity is Severity.WARN
    assert "credits" not in cleaned.values


def test_a_record_needs_a_name_and_a_course():
    assert record(name="\u3000").severity is Severity.REFUSE
    assert record(course="").severity is Severity.REFUSE
    assert record(id_number="").severity is None


def test_an_end_before_the_start_is_left_out():
    cleaned = record(end_date="2023.9.30")
    assert codes_of(cleaned) == [("end_date", "date.end_before_start")]
    assert cleaned.values["start_date"] == "2023-10-02"
    assert "end_date" not in cleaned.values


def test_a_period_gives_both_days_and_its_problems_name_its_column():
    plain = {name: cell for name, cell in PLAIN.items() if not name.endswith("_date")}
    context = Context(CODES, date(2026, 11, 23))
    cleaned = clean_record(plain | {"period": "2023.10.2-10.5"}, context, CYCLE)
    assert cleaned.problems == []
    assert (cleaned.values["start_date"], cleaned.values["end_date"]) == (
        "2023-10-02",
        "2023-10-05",
    )
    backwards = clean_record(plain | {"period": "2023.10.5-10.2"}, context, CYCLE)
    assert codes_of(backwards) == [("period", "date.end_before_start")]
    assert "end_date" not in backwards.values


def test_a_date_of_a_year_to_come_is_left_out():
    cleaned = record(start_date="2123.10.2", end_date="")
    assert codes_of(cleaned) == [("start_date", "date.future")]
    assert cleaned.values["year"] == 2023
