from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes.library import load_codes
from models.entities.cells import ErrorValue
from models.entities.cleaning import Context, clean_cell, clean_row
from models.entities.describe import Column, Entity, Kind, columns
from models.entities.problems import CellError, Severity

CODES = load_codes()


class Thing(Entity):
    """One field of every kind."""

    number: Annotated[str | None, Column(title="序号", kind=Kind.SEQUENCE)] = None
    name: Annotated[str, Column(title="姓名", kind=Kind.NAME, required=True)]
    other: Annotated[str | None, Column(title="曾用名", kind=Kind.NAME)] = None
    paper: Annotated[str | None, Column(title="身份证号", kind=Kind.ID_NUMBER, personal=True)] = (
        None
    )
    phone: Annotated[str | None, Column(title="电话", kind=Kind.PHONE, personal=True)] = None
    staff: Annotated[str | None, Column(title="教师编号", kind=Kind.NUMBER_TEXT)] = None
    sex: Annotated[str | None, Column(title="性别", kind=Kind.CODE, table="sex")] = None
    people: Annotated[str | None, Column(title="民族", kind=Kind.CODE, table="ethnicity")] = None
    track: Annotated[str | None, Column(title="培训方式", kind=Kind.CODE, table="track")] = None
    title: Annotated[str | None, Column(title="职称", kind=Kind.CODE, table="title")] = None
    subject: Annotated[str | None, Column(title="学科", kind=Kind.CODES, table="subject")] = None
    head: Annotated[bool | None, Column(title="是否班主任", kind=Kind.FLAG)] = None
    day: Annotated[str | None, Column(title="日期", kind=Kind.DATE)] = None
    month: Annotated[str | None, Column(title="参加工作时间", kind=Kind.MONTH)] = None
    year: Annotated[int | None, Column(title="年度", kind=Kind.YEAR, low=1980, high=2099)] = None
    age: Annotated[int | None, Column(title="教龄", kind=Kind.INTEGER, low=0, high=60)] = None
    hours: Annotated[Decimal | None, Column(title="学时", kind=Kind.DECIMAL, low=0, high=1000)] = (
        None
    )
    school: Annotated[str | None, Column(title="学校", kind=Kind.INSTITUTION)] = None
    remark: Annotated[str | None, Column(title="备注")] = None
    start_date: Annotated[str | None, Column(title="开始日期", kind=Kind.DATE)] = None
    end_date: Annotated[str | None, Column(title="结束日期", kind=Kind.DATE)] = None
    period: Annotated[str | None, Column(title="培训时间", kind=Kind.PERIOD)] = None


def context() -> Context:
    return Context(CODES, date(2026, 11, 23))


def clean(**raw):
    return clean_row(Thing, raw, context())


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("name", " 张\u3000三 ", "张三"),
        ("paper", "11010519491231002x", "11010519491231002X"),
        ("phone", 15020363047.0, "15020363047"),
        ("staff", "ＨＤ０００ ０４６", "HD000046"),
        ("staff", 46.0, "46"),
        ("people", "汉", "01"),
        ("people", 1.0, "01"),
        ("title", "高级教师（七级）", "2"),
        ("title", "高级教师七级", "2"),
        ("title", "无", "0"),
        ("track", "文本/文本培训", "1"),
        ("subject", "语文、数学", "101、102"),
        ("subject", "语文/数学，语文", "101、102"),
        ("subject", "语文、道德与法治", "101、111"),
        ("subject", "道德与法治 语文和数学", "111、101、102"),
        ("head", "√", True),
        ("head", False, False),
        ("head", 1.0, True),
        ("head", "无", False),
        ("day", "1985.3.2", "1985-03-02"),
        ("day", datetime(1985, 3, 2), "1985-03-02"),  # noqa: DTZ001 - as workbooks give it
        ("month", 2008.8, "2008-08"),
        ("month", date(2008, 8, 1), "2008-08"),
        ("year", 2023.0, 2023),
        ("year", "2023年度", 2023),
        ("year", "2023学年", 2023),
        ("year", "二〇二三年", 2023),
        ("year", date(2023, 5, 1), 2023),
        ("age", "17年", 17),
        ("age", 22.0, 22),
        ("hours", "15学时", Decimal(15)),
        ("hours", 2.4, Decimal("2.4")),
        ("hours", 80, Decimal(80)),
        ("school", "桦甸市 第四\u3000中学", "桦甸市第四中学"),
        ("remark", "=1+1", "=1+1"),
        ("remark", "-", "-"),
        ("remark", 98.0, "98"),
        ("remark", True, "是"),
        ("remark", date(2020, 1, 2), "2020-01-02"),
        ("remark", datetime(2020, 1, 2, 8), "2020-01-02 08:00:00"),  # noqa: DTZ001
        ("remark", time(8, 30), "08:30:00"),
        ("remark", timedelta(hours=30), "1 day, 6:00:00"),
        ("remark", "非农业⼾⼝", "非农业户口"),
    ],
)
def test_a_good_cell_becomes_its_value_without_a_word(field, raw, value):
    cleaned = clean(**{"name": "张三", field: raw})
    assert cleaned.values[field] == value
    assert type(cleaned.values[field]) is type(value)
    assert cleaned.problems == []
    assert cleaned.severity is None


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        *(("remark", ""), ("remark", " \u3000\u200b"), ("people", None), ("people", "无")),
        *(("hours", "/"), ("other", "无"), ("school", "——"), ("subject", "、"), ("phone", "暂无")),
        ("day", "-"),
    ],
)
def test_a_cell_that_says_nothing_is_none(field, raw):
    cleaned = clean(**{"name": "张三", field: raw})
    assert cleaned.values[field] is None
    assert cleaned.problems == []


@pytest.mark.parametrize(
    ("field", "raw", "code", "sentence"),
    [
        ("people", "火星族", "code.unknown", "民族“火星族”不在“民族”代码表中"),
        ("track", "文本、网联", "code.several", "培训方式“文本、网联”只能填一个"),
        ("sex", "中", "code.unknown", "应为男、女之一"),
        ("subject", "葫芦丝", "code.unknown", "设置—代码表"),
        ("head", "三年二班", "flag.unreadable", "请填“是”或“否”"),
        ("day", "1985.3", "date.partial", "只写到月"),
        ("day", "85.3.2", "date.century", "年份只有两位"),
        ("month", 2008.1, "date.ambiguous", "分不清是 1 月还是 10 月"),
        ("month", "2008", "date.partial", "只写到年"),
        ("month", "2008.13", "date.impossible", "参加工作时间“2008.13”没有这一天"),
        ("year", "23年", "year.unreadable", "请写四位年份"),
        ("year", 2123.0, "number.too_large", "大于 2099"),
        ("age", 15.5, "number.not_whole", "应为整数"),
        ("age", "99", "number.too_large", "大于 60"),
        ("hours", -15.0, "number.too_small", "小于 0"),
        ("hours", 20230915.0, "number.too_large", "学时“20230915”大于 1000"),
        ("hours", 3.333, "number.too_fine", "小数超过两位"),
        ("hours", "若干", "number.unreadable", "请只填数字"),
        ("phone", "12345", "phone.unreadable", "手机号应为 11 位"),
        ("phone", "同上", "phone.unreadable", "电话不是电话号码"),
        ("staff", "1.23E+15", "number.damaged", "设为文本"),
        ("title", ErrorValue("#N/A"), "cell.error", "是错误值 #N/A"),
        ("title", "#REF!", "cell.error", "是错误值 #REF!"),
        ("period", "2023.9-2023.10", "period.partial", "只写到月"),
    ],
)
def test_a_doubtful_cell_is_left_out_with_a_warning(field, raw, code, sentence):
    cleaned = clean(**{"name": "张三", field: raw})
    (problem,) = cleaned.problems
    assert field not in cleaned.values
    assert (problem.field, problem.code, problem.severity) == (field, code, Severity.WARN)
    assert sentence in problem.message
    assert problem.message.endswith("；这一格没有采用")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (2.202251978082241e17, "id_number.as_number"),
        (220225197808224100, "id_number.as_number"),
        ("2.20282E+17", "id_number.scientific"),
        ("220202********5199", "id_number.masked"),
        ("110105194912310021", "id_number.check_digit"),
        (ErrorValue("#N/A"), "cell.error"),
    ],
)
def test_a_damaged_id_number_refuses_the_row_and_is_not_repeated(raw, code):
    cleaned = clean(name="张三", paper=raw)
    (problem,) = cleaned.problems
    assert (problem.severity, problem.code) == (Severity.REFUSE, code)
    assert problem.message.startswith("身份证号")
    assert "paper" not in cleaned.values


def test_an_id_number_turned_into_a_number_is_named_as_such():
    problem = clean(name="张三", paper=2.2e17).problems[0]
    assert problem.message == (
        "身份证号被 Excel 转成数字，后几位已丢失，请把该列设为文本后重新填写"
    )


@pytest.mark.parametrize("raw", ["110105491231002", 110105491231002.0, 110105491231002])
def test_fifteen_digits_are_converted_and_told(raw):
    cleaned = clean(name="张三", paper=raw)
    assert cleaned.values["paper"] == "11010519491231002X"
    assert cleaned.severity is Severity.WARN
    assert cleaned.problems[0].message == ("身份证号是 15 位旧号，已按规则换成 18 位，请核对")


def test_a_required_field_that_is_blank_refuses_the_row():
    for blank in ("", None, "\u3000", "-"):
        cleaned = clean(name=blank)
        assert cleaned.severity is Severity.REFUSE
        assert cleaned.problems[0].message == "姓名没有填写"


def test_a_name_with_odd_characters_is_kept_and_told():
    for written, code in (("张三1", "name.odd"), ("王\ue000", "name.private")):
        cleaned = clean(name=written)
        assert cleaned.values["name"] == written
        assert cleaned.problems[0].code == code
        assert cleaned.severity is Severity.WARN
    assert clean(name="123").severity is Severity.REFUSE
    assert clean(name=123.0).severity is Severity.REFUSE


def test_known_subjects_are_kept_beside_an_unknown_one():
    cleaned = clean(name="张三", subject="语文、葫芦丝")
    assert cleaned.values["subject"] == "101"
    assert "里的“葫芦丝”不在" in cleaned.problems[0].message


@pytest.mark.parametrize(
    ("length", "kept", "code"), [(30_000, 30_000, "text.long"), (40_000, 32_767, "text.cut")]
)
def test_a_very_long_text_is_kept_as_far_as_a_cell_can_hold_it_and_told(length, kept, code):
    cleaned = clean(name="张三", remark="长" * length)
    assert len(cleaned.values["remark"]) == kept
    assert [problem.code for problem in cleaned.problems] == [code]
    assert cleaned.severity is Severity.WARN
    assert len(cleaned.problems[0].message) < 60
    assert len(cleaned.problems[0].value) <= 200


def test_every_problem_of_a_row_is_told_at_once():
    cleaned = clean(name="", paper="1", people="火星族", hours=-1.0, remark="好")
    assert [problem.field for problem in cleaned.problems] == ["name", "paper", "people", "hours"]
    assert cleaned.values == {"remark": "好"}


def test_a_period_fills_start_and_end_unless_they_have_cells_of_their_own():
    assert clean(name="张三", period="2023.10.2-10.5").values == {
        "name": "张三",
        "start_date": "2023-10-02",
        "end_date": "2023-10-05",
    }
    both = clean(name="张三", start_date="2023-10-01", period="2023.10.2-10.5")
    assert both.values["start_date"] == "2023-10-01"
    assert "period" not in both.values


def test_running_numbers_are_read_past():
    assert clean(name="张三", number=7.0).values == {"name": "张三"}


def test_a_remembered_cell_gives_what_a_fresh_one_gives():
    shared = context()
    for raw in ("汉", "火星族", 1.0, True, "1", 1):
        row = {"name": "张三", "people": raw}
        assert clean_row(Thing, row, shared) == clean_row(Thing, row, context())
        assert clean_row(Thing, row, shared) == clean_row(Thing, row, context())


def test_one_cell_alone_gives_its_value_or_raises():
    described = columns(Thing)
    assert clean_cell(described["year"], "2023年", context()) == 2023
    assert clean_cell(described["year"], "", context()) is None
    with pytest.raises(CellError, match="看不出是哪一年") as caught:
        clean_cell(described["year"], "某年", context())
    assert caught.value.severity is Severity.WARN


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(ErrorValue, st.sampled_from(["#N/A", "#VALUE!"])),
    st.sampled_from(["汉", "是", "2008.8", "1985-03-02", "2023.10.2-10.5", "15学时"]),
)


@given(st.fixed_dictionaries(dict.fromkeys(columns(Thing), CELLS)))
def test_any_cells_at_all_come_to_an_outcome(raw):
    cleaned = clean_row(Thing, raw, context())
    told = {problem.field for problem in cleaned.problems}
    for name in set(raw) - {"number", "period", "start_date", "end_date"}:
        assert name in cleaned.values or name in told
    if cleaned.severity is not Severity.REFUSE:
        Thing(**cleaned.values)
