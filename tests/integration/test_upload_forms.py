"""Forms made from an authority's empty workbook by mapping alone, and filled in place."""

from __future__ import annotations

import re
import zipfile

import pytest

from models.errors import UserError
from models.exchange.filling.filling import Filling, fill_book
from models.store.undo import undo
from models.uploads.building import build
from models.uploads.catalogue import drop_form, form_named, save_form
from models.uploads.drafting import draft
from models.uploads.form_list import forms
from models.uploads.forms import Fraction, Subject
from models.uploads.proposing import form_of, propose
from models.uploads.returns import apply_return, read_return
from models.uploads.sent import rebuild, uploads
from tests.offices import reopened
from tests.people import id_number
from tests.trainings import post
from tests.uploads import authority, county, opened, saved_by_libreoffice, wish
from tests.workbooks import xlsx

SHEET = "xl/worksheets/sheet1.xml"
MAPPING = {"序号": "", "培训类型（省编）": "=继续教育"}


@pytest.fixture
def empty(tmp_path):
    return authority(tmp_path / "省表.xlsx")


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {info.filename: book.read(info) for info in book.infolist()}


def saved(office, empty, **changes):
    """The form of the empty workbook, kept in the file."""
    proposal = propose(empty)
    form = form_of(proposal, "jilin", "省研修采集表", MAPPING, "省平台").model_copy(update=changes)
    save_form(office, form, (empty.name, proposal.book))
    return form_named(office, "jilin")


def test_an_unknown_workbook_proposes_its_columns_lists_and_space(empty):
    found = propose(empty)
    assert (found.sheet, found.header_row, found.first_row, found.last_row) == ("填报表", 3, 4, 20)
    assert found.subject is Subject.RECORD
    proposed = {one.title: one.fact.name if one.fact else None for one in found.columns}
    assert proposed == {
        "序号": None, "*教师姓名": "teacher.name", "*身份证号": "teacher.id_number",
        "性别": "teacher.sex", "*培训项目名称": "record.course", "*培训级别": "record.level",
        "*获得学时": "record.hours", "培训类型（省编）": None,
    }  # fmt: skip
    lists = {one.title: dict(one.choices) for one in found.columns if one.choices}
    assert lists == {
        "性别": {"男": "男", "女": "女"},
        "*培训级别": {"10": "国家级培训", "20": "省级培训", "40": "县级培训"},
    }
    assert [one.title for one in found.columns if one.required] == [
        "*教师姓名", "*身份证号", "*培训项目名称", "*培训级别", "*获得学时",
    ]  # fmt: skip
    assert any("填表人" in note for note in found.notes)


def test_a_form_made_by_mapping_alone_fills_the_workbook_in_place(office, empty, tmp_path):
    county(office)
    form = saved(office, empty)
    built = build(office, form, wish(fractions={}), tmp_path / "报.xlsx")
    page = opened(tmp_path / "报.xlsx")["填报表"]
    rows = list(page.iter_rows(min_row=3, max_row=7, values_only=True))
    assert rows[1] == (
        None, "张三一", id_number(0), "男", "师德研修", "40-县级培训", 16, "继续教育",
    )  # fmt: skip
    assert rows[4] == (None,) * 8
    assert page["A21"].value.startswith("填表人")
    assert page["A1"].value == "吉林省教师研修情况采集表"
    assert str(page.merged_cells) == "A1:H1"
    assert page.protection.sheet
    assert built.files[0].rows == 3


def test_every_other_part_stays_byte_for_byte_and_the_lists_too(office, empty, tmp_path):
    county(office)
    build(office, saved(office, empty), wish(fractions={}), tmp_path / "报.xlsx")
    before, after = parts(empty), parts(tmp_path / "报.xlsx")
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET}
    outside = re.compile(rb"<sheetData>.*</sheetData>|<dimension[^>]*>", re.DOTALL)
    assert outside.sub(b"", before[SHEET]) == outside.sub(b"", after[SHEET])
    assert b"x14:dataValidation" in after[SHEET]


def test_libreoffice_opens_and_saves_it_and_the_result_is_read(office, empty, tmp_path):
    people = county(office)
    form = saved(office, empty)
    build(office, form, wish(fractions={}), tmp_path / "报.xlsx")
    back = saved_by_libreoffice(tmp_path / "报.xlsx", tmp_path)
    book = opened(back)
    page = book["填报表"]
    page["I3"], page["J3"] = "审核状态", "审核意见"
    for row, state, reason in (
        (4, "审核通过", None),
        (5, "审核不通过", "学时有误"),
        (6, "通过", None),
    ):
        page.cell(row, 9, state)
        page.cell(row, 10, reason)
    book.save(back)
    plan = read_return(office, back)
    assert [(one.row_id != "", one.state, one.message) for one in plan.rows] == [
        (True, "accepted", ""), (True, "refused", "学时有误"), (True, "accepted", ""),
    ]  # fmt: skip
    assert [one.teacher_id for one in plan.rows] == people
    apply_return(office, plan)
    assert [one.fact.teacher_id for one in draft(office, form, wish(only_new=True)).rows] == [
        people[1]
    ]


def test_the_space_of_the_sheet_makes_parts(office, empty, tmp_path):
    county(office, people=20)
    built = build(office, saved(office, empty), wish(), tmp_path / "夹")
    assert [one.rows for one in built.files] == [17, 3]
    second = opened(built.files[1].path)["填报表"]
    assert second["B7"].value is None
    assert second["A21"].value.startswith("填表人")


def test_an_example_row_of_the_workbook_is_replaced(office, tmp_path):
    county(office, people=1)
    empty = authority(tmp_path / "省表.xlsx")
    book = opened(empty)
    for row in (4, 5):
        for column in range(2, 8):
            book["填报表"].cell(row, column, "样例")
    book.save(empty)
    assert any("样例" in note for note in propose(empty).notes)
    build(office, saved(office, empty), wish(), tmp_path / "报.xlsx")
    page = opened(tmp_path / "报.xlsx")["填报表"]
    assert [page.cell(row, 2).value for row in (4, 5)] == ["张三一", None]


def test_a_form_and_its_workbook_live_in_the_file(office, empty, tmp_path):
    county(office)
    saved(office, empty)
    empty.unlink()
    office = reopened(office)
    first = build(office, form_named(office, "省研修采集表"), wish(), tmp_path / "一.xlsx").files[0]
    drop_form(office, "jilin")
    assert "jilin" not in [one.name for one in forms(office)]
    assert rebuild(office, first.upload_id, tmp_path / "二.xlsx")
    assert uploads(office)[0].form == "jilin"
    office.store.close()


def test_a_form_of_our_own_takes_the_place_of_a_shipped_one_until_undone(office):
    shipped = form_named(office, "national_training")
    columns = tuple(
        one.model_copy(update={"fraction": Fraction.COLLECT}) if one.key == "hours" else one
        for one in shipped.columns
    )
    done = save_form(office, shipped.model_copy(update={"columns": columns, "title": "改过的"}))
    assert form_named(office, "national_training").title == "改过的"
    assert form_named(office, "改过的").column("hours").fraction is Fraction.COLLECT
    undo(office.store, done.id)
    assert form_named(office, "national_training") == shipped
    with pytest.raises(UserError, match="不是本单位自己的"):
        drop_form(office, "national_training")
    with pytest.raises(UserError, match="没有名为“没有的表”") as refused:
        form_named(office, "没有的表")
    assert "国内培训记录" in refused.value.hint


def test_a_damaged_text_is_listed_with_its_trouble_and_others_go_on(office):
    save_form(office, form_named(office, "teacher_basics"))
    with office.store.operation("test.damage", "弄坏"):
        office.store.execute("UPDATE upload_form SET text = 'name = '")
    listed = {one.name: one for one in forms(office)}
    assert "不是 TOML" in listed["teacher_basics"].trouble
    assert listed["national_training"].form is not None
    with pytest.raises(UserError, match="teacher_basics"):
        form_named(office, "teacher_basics")


def test_a_code_without_a_counterpart_is_a_problem_with_the_way_to_mend_it(office, empty):
    (person,) = county(office, people=1)
    post(office, person, 2025, "8", title="校内", organizer="桦甸市第四中学")
    (problem,) = draft(office, saved(office, empty), wish()).problems
    assert (problem.column, problem.value) == ("*培训级别", "校级")
    assert "补上对应" in problem.message
    form = saved(office, empty)
    level = form.column("cf").model_copy(update={"translate": {"60": "40"}})
    mended = form.model_copy(
        update={"columns": tuple(level if one.key == "cf" else one for one in form.columns)}
    )
    assert draft(office, mended, wish()).problems == ()


def test_columns_that_are_not_there_and_facts_that_are_not_ours_are_told(office, empty):
    with pytest.raises(UserError, match="没有“学费”这一列"):
        form_of(propose(empty), "x", "表", {"学费": "record.hours"})
    for name, title in (("省 表", "表"), ("x", " ")):
        with pytest.raises(UserError, match="不能用"):
            form_of(propose(empty), name, title)
    form = form_of(propose(empty), "x", "表", {"H": "record.fee"})
    with pytest.raises(UserError, match=r"record\.fee"):
        save_form(office, form)
    with pytest.raises(UserError, match="due 的写法不对"):
        save_form(office, form.model_copy(update={"due": "13-45"}))


@pytest.mark.parametrize(
    ("rows", "told"),
    [([["没有"]], "没有找到要填的工作表"), ([], "没有找到要填的工作表")],
)
def test_a_workbook_without_a_header_is_refused(tmp_path, rows, told):
    with pytest.raises(UserError, match=told):
        propose(xlsx(tmp_path / "空.xlsx", rows))


def test_only_xlsx_can_be_filled_in_place(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("姓名,身份证号\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"不是 \.xlsx 工作簿") as refused:
        propose(path)
    assert "另存为" in refused.value.hint


def filling(**more):
    return Filling(**{"sheet": "填报表", "first_row": 4, "columns": [1], "rows": [["甲"]], **more})


def test_what_the_authority_computes_is_not_overwritten(tmp_path):
    book = opened(authority(tmp_path / "省表.xlsx"))
    book["填报表"]["G4"] = "=LEN(B4)"
    book.save(tmp_path / "算.xlsx")
    content = (tmp_path / "算.xlsx").read_bytes()
    with pytest.raises(UserError, match="G4 是公式"):
        fill_book(content, filling(columns=[6]))
    (tmp_path / "好.xlsx").write_bytes(fill_book(content, filling()))
    page = opened(tmp_path / "好.xlsx")["填报表"]
    assert (page["B4"].value, page["G4"].value) == ("甲", "=LEN(B4)")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"sheet": "别的"}, "没有工作表“别的”"),
        ({"rows": [["甲"]] * 3, "last_row": 5}, "只有 2 行可填"),
        ({"rows": [["长" * 32_768]]}, "超过一格的上限"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, more, told):
    content = authority(tmp_path / "省表.xlsx").read_bytes()
    with pytest.raises(UserError, match=told):
        fill_book(content, filling(**more))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_bytes_that_are_no_workbook_are_refused(content):
    with pytest.raises(UserError, match="空表"):
        fill_book(content, filling())


def test_hostile_texts_stay_texts(tmp_path):
    said = ["=1+1", "<b>&", " 前后 ", "a\x0bb", "_x0041_", "0012", "𰌂"]
    content = fill_book(
        authority(tmp_path / "省表.xlsx").read_bytes(), filling(rows=[[one] for one in said])
    )
    (tmp_path / "报.xlsx").write_bytes(content)
    page = opened(tmp_path / "报.xlsx")["填报表"]
    read = [page.cell(row, 2) for row in range(4, 4 + len(said))]
    assert {one.data_type for one in read} == {"s"}
    assert [one.value for one in read][:3] == said[:3]
    assert [one.value for one in read][5:] == said[5:]


def test_a_sheet_with_prefixed_elements_is_filled_too(tmp_path):
    plain = authority(tmp_path / "省表.xlsx")
    prefixed = tmp_path / "前缀.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(prefixed, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == SHEET:
                data = re.sub(rb"<(/?)(?!\?|/?x14|/?xm)(?=[A-Za-z])", rb"<\1x:", data)
                data = data.replace(b"xmlns=", b"xmlns:x=")
            target.writestr(info, data)
    (tmp_path / "报.xlsx").write_bytes(fill_book(prefixed.read_bytes(), filling()))
    assert opened(tmp_path / "报.xlsx")["填报表"]["B4"].value == "甲"
