from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes.library import load_codes
from models.entities.cells import ErrorValue
from models.entities.cleaning import Context
from models.entities.problems import Severity
from models.staff.checks import clean_institution, clean_teacher
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.text.id_numbers import check_digit

TODAY = date(2026, 11, 23)
CODES = load_codes()


def number(born: str = "19790218", sequence: str = "024") -> str:
    first17 = f"220225{born}{sequence}"
    return first17 + check_digit(first17)


def teacher(**raw):
    return clean_teacher({"name": "张三", "id_number": number(), **raw}, Context(CODES, TODAY))


def institution(**raw):
    return clean_institution({"name": "甲小学", **raw}, Context(CODES, TODAY))


def codes_of(cleaned):
    return [(problem.field, problem.code) for problem in cleaned.problems]


def test_a_plain_row_is_a_teacher_without_a_word():
    cleaned = teacher(
        sex="女", birth_date="1979.2", ethnicity="满", subject="语文、数学", work_start="2001-08"
    )
    assert cleaned.problems == []
    assert cleaned.values == {
        "name": "张三",
        "id_number": number(),
        "sex": "2",
        "birth_date": "1979-02-18",
        "ethnicity": "11",
        "subject": "101、102",
        "work_start": "2001-08",
    }
    Teacher(**cleaned.values)


def test_sex_and_birth_follow_from_the_id_number_even_without_columns():
    cleaned = teacher()
    assert (cleaned.values["sex"], cleaned.values["birth_date"]) == ("2", "1979-02-18")
    assert cleaned.problems == []
    assert teacher(sex="", birth_date=None).problems == []


@pytest.mark.parametrize(
    "birth",
    [
        *("1979年2月", "1979-02", 1979.2, "79.2", "79年2月18日", "19790218", 19790218.0),
        *("1979.2.18", 28904.0, "１９７９．２．１８", date(1979, 2, 18), "1979", "", "-"),
    ],
)
def test_a_birth_that_agrees_with_the_id_number_is_completed_silently(birth):
    cleaned = teacher(birth_date=birth)
    assert cleaned.values["birth_date"] == "1979-02-18"
    assert cleaned.problems == []


def test_an_ambiguous_birth_is_settled_by_the_id_number():
    for born in ("19790118", "19791018"):
        cleaned = teacher(id_number=number(born), birth_date=1979.1)
        assert cleaned.values["birth_date"].replace("-", "") == born
        assert cleaned.problems == []
    assert codes_of(teacher(birth_date=1979.1)) == [("birth_date", "birth_date.conflict")]


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        ("1979-02-19", "birth_date.conflict"),
        ("1979.3", "birth_date.conflict"),
        ("不详", "date.unreadable"),
        (ErrorValue("#N/A"), "cell.error"),
    ],
)
def test_the_id_number_wins_over_another_birth_and_says_so(birth, code):
    cleaned = teacher(birth_date=birth)
    assert cleaned.values["birth_date"] == "1979-02-18"
    assert cleaned.severity is Severity.WARN
    assert codes_of(cleaned) == [("birth_date", code)]
    assert "已按身份证号填写" in cleaned.problems[0].message
    assert "1979" not in cleaned.problems[0].message


def test_the_id_number_wins_over_another_sex_and_says_so():
    cleaned = teacher(sex="男")
    assert cleaned.values["sex"] == "2"
    assert cleaned.problems[0].message == "性别“男”与身份证号不符，已按身份证号记为“女”，请核对"
    assert cleaned.severity is Severity.WARN


def test_an_unreadable_sex_is_told_and_taken_from_the_id_number():
    cleaned = teacher(sex="中")
    assert cleaned.values["sex"] == "2"
    assert codes_of(cleaned) == [("sex", "code.unknown")]


def test_a_damaged_id_number_refuses_the_row_and_asks_nothing_of_the_birth():
    cleaned = teacher(id_number=2.2e17, birth_date="1979.2", sex="女")
    assert codes_of(cleaned) == [("id_number", "id_number.as_number")]
    assert cleaned.severity is Severity.REFUSE


def test_a_missing_name_or_id_number_refuses_the_row():
    assert teacher(name="\u3000").severity is Severity.REFUSE
    assert codes_of(teacher(id_number="")) == [("id_number", "cell.missing")]


def test_fifteen_digits_are_converted_to_be_looked_at():
    cleaned = teacher(id_number=number()[:6] + number()[8:17])
    assert cleaned.values["id_number"] == number()
    assert cleaned.severity is Severity.WARN
    assert "已按规则换成 18 位，请核对" in cleaned.problems[0].message


@pytest.mark.parametrize("born", ["19300101", "20150101"])
def test_an_unusual_age_is_told(born):
    assert codes_of(teacher(id_number=number(born))) == [("id_number", "id_number.age")]


def test_another_document_is_taken_as_it_is_written():
    cleaned = teacher(id_type="护照", id_number="e1234567", birth_date="1980-05-06", sex="男")
    assert cleaned.problems == []
    assert cleaned.values["id_number"] == "E1234567"
    assert cleaned.values["birth_date"] == "1980-05-06"
    assert codes_of(teacher(id_type="护照", id_number="E1", birth_date="1980.5")) == [
        ("birth_date", "date.partial")
    ]
    assert codes_of(teacher(id_type="身份证", id_number="E1234567"))[0][1] == "id_number.length"


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2004年8月", "2004-08"),
        ("2005-03-01", "2005-03"),
        (2004.3, "2004-03"),
        ("00年8月", "2000-08"),
        ("09.8", "2009-08"),
        ("99.8", "1999-08"),
        (99.8, "1999-08"),
        ("二○○四年八月", "2004-08"),
        ("", None),
    ],
)
def test_work_began_in_a_month_of_working_age(written, month):
    cleaned = teacher(work_start=written)
    assert cleaned.values["work_start"] == month
    assert cleaned.problems == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2105.8", "date.future"),
        ("2026.12", "date.future"),
        ("1985.8", "work_start.too_young"),
        ("85.8", "work_start.too_young"),
        (2008.1, "date.ambiguous"),
        ("待查", "date.unreadable"),
        ("2008.13", "date.impossible"),
        ("2008", "date.partial"),
        (ErrorValue("#VALUE!"), "cell.error"),
    ],
)
def test_a_doubtful_start_of_work_is_left_out_with_a_warning(written, code):
    cleaned = teacher(work_start=written)
    assert "work_start" not in cleaned.values
    assert codes_of(cleaned) == [("work_start", code)]
    assert cleaned.severity is Severity.WARN


def test_problems_come_in_the_order_of_the_form():
    cleaned = teacher(work_start="？", title=ErrorValue("#N/A"), sex="男", phone="12")
    assert [problem.field for problem in cleaned.problems] == [
        "sex",
        "title",
        "work_start",
        "phone",
    ]


@given(st.dates(date(1940, 1, 1), date(2008, 1, 1)), st.integers(16, 59), st.integers(1, 12))
def test_a_working_year_of_two_digits_is_never_put_into_the_wrong_century(born, age, month):
    start = date(born.year + age, month, 1)
    if (start.year, start.month) > (TODAY.year, TODAY.month):
        return
    cleaned = teacher(id_number=number(f"{born:%Y%m%d}"), work_start=f"{start:%y}.{month}")
    assert cleaned.values["work_start"] == f"{start:%Y-%m}"


def test_a_school_belongs_to_one_track():
    cleaned = institution(track="文本、网联", location=2.0, stages="小学、初中")
    assert codes_of(cleaned) == [("track", "code.several")]
    assert cleaned.values == {"name": "甲小学", "location": "2", "stages": "2、3"}
    Institution(**cleaned.values)


def test_a_school_without_a_name_is_refused_and_none_is_its_own_parent():
    assert institution(name="").severity is Severity.REFUSE
    cleaned = institution(name="甲 小学", parent="甲小学")
    assert codes_of(cleaned) == [("parent", "parent.itself")]
    assert "parent" not in cleaned.values
