"""Code translation and rounding: nothing is lost unsaid, and what is written can be understood."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes.library import load_codes
from models.errors import UserError
from models.uploads.checking import complaint
from models.uploads.facts import fact_named, facts_of, propose_fact
from models.uploads.form_text import form_text, read_form
from models.uploads.forms import CellKind, Form, FormColumn, Fraction, Subject, Written
from models.uploads.rounding import collect, nearest
from models.uploads.translating import NoCodeError, cell_of, meanings, normal
from resources import path

CODES = load_codes()
LEVEL = fact_named(Subject.RECORD, "record.level")
SUBJECTS = fact_named(Subject.RECORD, "teacher.subject")
CODED = [
    fact
    for subject in Subject
    for fact in facts_of(subject).values()
    if fact.table and fact.kind.value == "code"
]
SHIPPED = sorted(path("uploads").glob("*.toml"))


def column(**more):
    return FormColumn(key="a", title="栏", **more)


@given(st.sampled_from(CODED), st.data(), st.sampled_from(Written))
def test_what_is_written_for_a_code_is_understood_as_that_code(fact, data, written):
    entry = data.draw(st.sampled_from(CODES[fact.table].entries))
    form = column(written=written)
    cell = cell_of(form, fact, entry.code, CODES)
    assert entry.code in meanings(form, fact, str(cell), CODES)


LEVELS = [one.code for one in CODES["training_level"]]


@given(
    st.dictionaries(st.sampled_from(LEVELS), st.sampled_from("ABC"), min_size=1),
    st.data(),
    st.sampled_from(Written),
)
def test_a_translation_goes_only_to_what_the_form_takes(translate, data, written):
    code = data.draw(st.sampled_from(sorted(translate)))
    form = column(
        translate=translate, written=written, choices={"A": "国家级", "B": "乙", "C": "丙"}
    )
    cell = cell_of(form, LEVEL, code, CODES)
    assert complaint(form, cell) == ""
    assert code in meanings(form, LEVEL, str(cell), CODES)
    for other in set(LEVELS) - set(translate) - {"10"}:
        with pytest.raises(NoCodeError, match=CODES["training_level"].name_of(other)):
            cell_of(form, LEVEL, other, CODES)


@pytest.mark.parametrize(
    ("written", "cell"), [("code", "40"), ("name", "县级"), ("pair", "40-县级")]
)
def test_a_code_is_written_as_the_form_wants_it(written, cell):
    form = column(written=written, choices={"40": "县级"})
    assert cell_of(form, LEVEL, "40", CODES) == cell


def test_a_code_the_form_has_not_is_told_and_two_of_ours_may_be_one_of_theirs():
    form = column(written="code", choices={"99": "其他"})
    with pytest.raises(NoCodeError, match="省级"):
        cell_of(form, LEVEL, "20", CODES)
    assert cell_of(form, LEVEL, "50", CODES) == "99"
    assert meanings(form, LEVEL, "99", CODES) == ("50", "99")
    rest = column(written="code", translate={"*": "1", "": "0"}, choices={"1": "是", "0": "否"})
    assert [cell_of(rest, LEVEL, one, CODES) for one in ("20", None)] == ["1", "0"]


def test_several_subjects_are_joined_or_only_the_first_is_told():
    names = [CODES["subject"].name_of(code) for code in ("101", "102")]
    assert cell_of(column(), SUBJECTS, "101、102", CODES) == "、".join(names)
    assert cell_of(column(several=False), SUBJECTS, "101、102", CODES) == names[0]


@pytest.mark.parametrize(
    ("form", "left", "right"),
    [
        ({"kind": "integer"}, 15.0, "15"),
        ({"kind": "decimal"}, Decimal("1.50"), "１.５"),
        ({"kind": "date"}, "2025-09-01", "2025/9/1"),
        ({"kind": "id"}, "11010519491231002x", "11010519491231002X"),
        ({}, "师德 研修", "师德研修"),
    ],
)
def test_two_writings_of_one_value_are_one(form, left, right):
    assert normal(column(**form), left) == normal(column(**form), right)


@pytest.mark.parametrize(
    ("said", "shown"),
    [("%Y-%m-%d", "2025-09-01"), ("%Y%m%d", "20250901"), ("%Y年%m月%d日", "2025年09月01日")],
)
def test_days_are_written_and_checked_in_the_forms_own_way(said, shown):
    form = column(kind=CellKind.DATE, date_format=said)
    fact = fact_named(Subject.RECORD, "record.start_date")
    assert cell_of(form, fact, "2025-09-01", CODES) == shown
    assert complaint(form, shown) == ""
    assert "应写全年月日" in complaint(form, "2025-09")


@given(st.lists(st.integers(0, 100_000), max_size=30), st.integers(0, 99))
def test_collecting_never_sends_more_than_there_is_and_keeps_less_than_one(amounts, held):
    found = collect(amounts, held)
    total = 0
    for amount, one in zip(amounts, found, strict=True):
        total += amount
        assert one.whole >= 0
    sent = sum(one.whole for one in found)
    rest = sum(one.rest for one in found)
    assert sent * 100 + held + rest == held + total
    assert 0 <= held + rest < 100


@given(st.lists(st.integers(0, 5_000), max_size=12), st.integers(0, 12))
def test_collecting_in_two_uploads_sends_what_one_would(amounts, at):
    whole = [one.whole for one in collect(amounts)]
    first = collect(amounts[:at])
    second = collect(amounts[at:], sum(one.rest for one in first))
    assert [one.whole for one in (*first, *second)] == whole


@given(st.integers(0, 1_000_000))
def test_the_nearest_whole_is_at_most_a_half_away(hundredths):
    amount = Decimal(hundredths) / 100
    assert abs(nearest(amount) - amount) <= Decimal("0.5")
    assert nearest(Decimal("0.5")) == 1
    assert nearest(Decimal("2.5")) == 3


@pytest.mark.parametrize("file", SHIPPED, ids=lambda one: one.stem)
def test_shipped_forms_read_and_come_back_the_same_from_their_text(file):
    form = read_form(file.read_text("utf-8"), file.name)
    assert form.name == file.stem
    assert form.key
    assert read_form(form_text(form), "again") == form
    wanted = [one for one in form.columns if one.required and not one.fact]
    assert not wanted


HEAD = 'name = "x"\ntitle = "表"\nsheet = "S"\n'
COLUMN = '[[columns]]\nkey = "a"\ntitle = "甲"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "不是 TOML"),
        ('name = "x"', "title"),
        (f'{HEAD}{COLUMN}fact = "record.nothing"', "没有这一项"),
        (f'{HEAD}key = ["b"]\n{COLUMN}', "不是栏目"),
        (f"{HEAD}{COLUMN}{COLUMN}", "写了两次"),
        (f'{HEAD}[only]\n"record.no" = ["1"]\n{COLUMN}', "没有这一项"),
    ],
)
def test_a_slip_in_a_form_is_told_with_its_place(text, told):
    with pytest.raises(UserError, match=told) as refused:
        read_form(text, "我的表")
    assert "我的表" in refused.value.message


def test_headers_propose_facts_and_a_county_has_its_reported_figures():
    assert propose_fact(Subject.RECORD, "*培训项目名称").name == "record.course"
    assert propose_fact(Subject.RECORD, "身份证号码").name == "teacher.id_number"
    assert propose_fact(Subject.TEACHER, "总学时").name == "sum.hours"
    assert propose_fact(Subject.TEACHER, "宠物") is None
    assert fact_named(Subject.COUNTY, "reported.教师培训经费").title == "填报：教师培训经费"
    assert fact_named(Subject.TEACHER, "reported.教师培训经费") is None


def test_the_space_of_a_form_is_the_smaller_of_limit_and_sheet():
    base = {"name": "x", "title": "表", "sheet": "S", "columns": [column()]}
    assert Form(**base).room == 0
    assert Form(**base, limit=5).room == 5
    assert Form(**base, header_row=3, last_row=6, limit=5).room == 3
    assert Fraction("collect") is Fraction.COLLECT
