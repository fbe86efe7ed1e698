"""Result workbooks: matched to what was sent, put down once, and every odd one told."""

from __future__ import annotations

import openpyxl
import pytest

from models.errors import UserError
from models.store.undo import undo
from models.training.entries import reverse_entries
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.drafting import draft
from models.uploads.form_text import returns_of
from models.uploads.forms import Form, FormColumn
from models.uploads.given_numbers import give_number, numbers_of_teacher
from models.uploads.outcomes import outcome
from models.uploads.returns import apply_return, read_return
from models.uploads.rows import Wish
from models.uploads.sent import sent_rows, uploads
from tests.trainings import post
from tests.uploads import OWN, answered, county, national, saved_by_libreoffice, wish
from tests.workbooks import xlsx


@pytest.fixture
def sent(office, tmp_path):
    """A file of three rows that was built."""
    county(office)
    build(office, national(office), wish(), tmp_path / "上报.xlsx")
    return tmp_path / "上报.xlsx"


def states(office):
    (upload,) = uploads(office)
    return [(one.state, one.message, one.number) for one in sent_rows(office, upload.id)]


def test_accepted_refused_and_unknown_rows_are_put_down_with_reasons(office, sent, tmp_path):
    answers = {
        2: {"导入结果": "成功", "全国教师编号": "2200000001"},
        3: {"导入结果": "失败", "错误信息": "身份证号与姓名不符"},
    }
    plan = read_return(office, answered(sent, tmp_path / "结果.xlsx", answers))
    assert [plan.count(state) for state in ("accepted", "refused", "unknown")] == [1, 1, 1]
    operation = apply_return(office, plan)
    assert states(office) == [
        ("accepted", "", "2200000001"),
        ("refused", "身份证号与姓名不符", ""),
        ("unknown", "结果表没有写明是否接收", ""),
    ]
    undo(office.store, operation.id)
    assert [one[0] for one in states(office)] == ["waiting"] * 3


def test_numbers_given_there_stay_with_the_teacher_and_go_up_the_next_time(office, sent, tmp_path):
    answers = {2: {"全国教师编号": "2200000001"}, 3: {"全国教师编号": "2200000001"}}
    operation = apply_return(
        office, read_return(office, answered(sent, tmp_path / "结果.xlsx", answers))
    )
    (first, second, _) = sent_rows(office, uploads(office)[0].id)
    (number,) = numbers_of_teacher(office, first.teacher_id)
    assert (number.receiver, number.number) == ("全国教师管理信息系统", "2200000001")
    assert numbers_of_teacher(office, second.teacher_id) == []
    assert "已是另一名教师的" in operation.detail["numbers"][0]
    basics = draft(office, form_named(office, "teacher_basics"), Wish(2025)).rows
    assert {one.cells[0] for one in basics} == {"2200000001", None}
    form = form_named(office, "teacher_basics")
    build(office, form, Wish(2025), tmp_path / "教师.xlsx")
    book = openpyxl.load_workbook(tmp_path / "教师.xlsx")
    page = book.worksheets[0]  # the receiver fills in the column that we left empty
    at = next(row for row in (2, 3, 4) if page.cell(row, 1).value is None)
    page.cell(at, 1, "2200000002")
    book.save(tmp_path / "教师.xlsx")
    plan = read_return(office, tmp_path / "教师.xlsx", form.name)
    assert [(one.number, one.given) for one in plan.rows if one.given] == [(at, "2200000002")]
    give_number(office, first.teacher_id, "省平台", "J1")
    assert len(numbers_of_teacher(office, first.teacher_id)) == 2


@pytest.mark.parametrize(
    ("mark", "state"),
    [
        ("导入成功", "accepted"),
        ("审核不通过：学时过多", "refused"),
        ("已通过（县级）", "accepted"),
        ("√", "accepted"),
        ("驳回", "refused"),
        ("处理中", "unknown"),
    ],
)
def test_marks_are_understood_as_people_write_them(office, sent, tmp_path, mark, state):
    result = answered(sent, tmp_path / "结果.xlsx", {2: {"审核状态": mark}})
    assert read_return(office, result).rows[0].state == state


def test_a_workbook_of_the_bad_rows_alone_accepts_the_rest_when_told_so(office, sent, tmp_path):
    book = openpyxl.load_workbook(answered(sent, tmp_path / "错.xlsx", {3: {"错误信息": "重复"}}))
    page = book.worksheets[0]
    page.delete_rows(4)
    page.delete_rows(2)
    book.save(tmp_path / "错.xlsx")
    assert len(read_return(office, tmp_path / "错.xlsx").rows) == 1
    plan = read_return(office, tmp_path / "错.xlsx", rest_accepted=True)
    apply_return(office, plan)
    assert [one[0] for one in states(office)] == ["accepted", "refused", "accepted"]


def test_libreoffice_opens_and_saves_the_upload_and_nothing_is_lost(office, sent, tmp_path):
    back = saved_by_libreoffice(sent, tmp_path)
    plan = read_return(office, back)
    assert [bool(one.row_id) for one in plan.rows] == [True] * 3
    assert "没有找到写结果的栏目" in plan.notes[0]


def test_a_result_that_was_read_before_is_said(office, sent, tmp_path):
    result = answered(sent, tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}})
    apply_return(office, read_return(office, result))
    again = read_return(office, result)
    assert again.read_before.startswith("2025-09-20")
    assert "已经读过" in again.notes[0]
    apply_return(office, again)
    assert [one[0] for one in states(office)] == ["accepted", "unknown", "unknown"]


def test_two_rows_about_one_refuse_it_and_say_so(office, sent, tmp_path):
    book = openpyxl.load_workbook(
        answered(sent, tmp_path / "结果.xlsx", {2: {"导入结果": "成功", "错误信息": None}})
    )
    page = book.worksheets[0]
    page.append([*[cell.value for cell in page[2]][:12], "失败", "重复"])
    book.save(tmp_path / "结果.xlsx")
    plan = read_return(office, tmp_path / "结果.xlsx")
    assert [(one.number, one.state) for one in plan.rows if one.number in (2, 5)] == [
        (2, "unknown"), (5, "refused"),
    ]  # fmt: skip
    assert "另有一行" in plan.rows[0].message


def test_a_result_of_something_we_never_sent_is_refused(office, sent, tmp_path):
    book = openpyxl.load_workbook(sent)
    for row in (2, 3, 4):
        book.worksheets[0].cell(row, 3, f"22028219900101{row:03d}X")
    book.save(tmp_path / "别人的.xlsx")
    with pytest.raises(UserError, match="没有一行是我们报送过的") as refused:
        read_return(office, tmp_path / "别人的.xlsx")
    assert refused.value.code == "upload.never_sent"


def test_a_row_among_others_that_we_never_sent_is_told_by_its_place(office, sent, tmp_path):
    book = openpyxl.load_workbook(answered(sent, tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}}))
    book.worksheets[0]["F3"] = "别的项目"
    book.save(tmp_path / "结果.xlsx")
    plan = read_return(office, tmp_path / "结果.xlsx")
    assert (plan.rows[1].number, plan.rows[1].state, plan.rows[1].row_id) == (3, "unknown", "")
    assert "不在我们报送的内容里" in plan.rows[1].message


def test_id_numbers_that_became_numbers_are_told_with_place_and_remedy(office, sent, tmp_path):
    book = openpyxl.load_workbook(sent)
    for row in (2, 3, 4):
        book.worksheets[0].cell(row, 3, 2.2028219850601e17)
    book.save(tmp_path / "坏.xlsx")
    with pytest.raises(UserError, match="C2 的“教师身份证号”被 Excel 转成数字"):
        read_return(office, tmp_path / "坏.xlsx")


def test_a_changed_header_is_told(office, sent, tmp_path):
    book = openpyxl.load_workbook(sent)
    page = book.worksheets[0]
    page["B1"] = "证件种类"
    book.save(tmp_path / "次要.xlsx")
    assert "缺少“身份证件类型”" in read_return(office, tmp_path / "次要.xlsx").notes[0]
    page["C1"] = "证件"
    book.save(tmp_path / "关键.xlsx")
    with pytest.raises(UserError, match="第 1 行表头改过，缺少“教师身份证号”"):
        read_return(office, tmp_path / "关键.xlsx")


def test_columns_in_another_order_and_titles_above_do_no_harm(office, sent, tmp_path):
    book = openpyxl.load_workbook(answered(sent, tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}}))
    page = book.worksheets[0]
    rows = [list(reversed(row)) for row in page.iter_rows(values_only=True)]
    xlsx(tmp_path / "倒序.xlsx", [["导入结果一览"], [], *rows], "结果")
    assert read_return(office, tmp_path / "倒序.xlsx").rows[0].state == "accepted"


@pytest.mark.parametrize(
    ("rows", "form", "told"),
    [
        ([["品名", "数量"], ["粉笔", 3]], "", "不像任何一张上报表"),
        ([["品名", "数量"], ["粉笔", 3]], "national_training", "不是“国内培训记录”"),
    ],
)
def test_another_workbook_is_told(office, sent, tmp_path, rows, form, told):
    with pytest.raises(UserError, match=told):
        read_return(office, xlsx(tmp_path / "粉笔.xlsx", rows), form)


def test_a_protected_result_is_read_all_the_same(office, sent, tmp_path):
    book = openpyxl.load_workbook(answered(sent, tmp_path / "结果.xlsx", {2: {"导入结果": "成功"}}))
    book.worksheets[0].protection.sheet = True
    book.worksheets[0].protection.password = "secret"
    book.save(tmp_path / "结果.xlsx")
    assert read_return(office, tmp_path / "结果.xlsx").rows[0].state == "accepted"


@pytest.mark.parametrize(
    ("column", "said", "state", "message"),
    [
        ("导入结果", "不成功", "refused", "不成功"),
        ("导入结果", "失败：身份证号已存在", "refused", "失败：身份证号已存在"),
        ("导入结果", "成功（项目名称已规范）", "accepted", ""),
        ("导入结果", "待审核", "unknown", "上级写的是“待审核”"),
        ("错误信息", "无", "unknown", "结果表没有写明是否接收"),
        ("校验结果", "校验通过，数据已入库", "accepted", "校验通过，数据已入库"),
        ("校验结果", "尚未校验通过", "refused", "尚未校验通过"),
        ("审核意见", "审核中", "unknown", "审核中"),
        ("审核意见", "不同意", "refused", "不同意"),
    ],
)
def test_odd_words_say_what_people_mean_by_them(column, said, state, message):
    form = Form(name="a", title="表", sheet="表", columns=(FormColumn(key="a", title="栏"),))
    assert outcome({column: said}, returns_of(form)) == (state, message, "")


def test_the_result_of_an_earlier_file_says_nothing_of_what_was_corrected_since(
    office, sent, tmp_path
):
    first = uploads(office)[0]
    about = sent_rows(office, first.id)[0]
    with office.store.operation("test.reverse", "冲销"):
        reverse_entries(office.store, [about.subject_id], "学时有误")
    post(office, about.teacher_id, 2025, "20", title="师德研修", start="2025-03-01", organizer=OWN)
    build(office, national(office), wish(), tmp_path / "再报.xlsx")
    answers = {row: {"导入结果": "成功"} for row in (2, 3, 4)}
    apply_return(office, read_return(office, answered(sent, tmp_path / "结果.xlsx", answers)))
    again = draft(office, national(office), wish(only_new=True))
    assert [one.cells[8] for one in again.rows] == [20]
    assert sent_rows(office, first.id)[0].state == "accepted"


def test_a_row_that_cannot_be_told_is_not_among_the_rest_that_was_accepted(office, sent, tmp_path):
    answers = {2: {"错误信息": "甲"}, 3: {"错误信息": "乙"}}
    book = openpyxl.load_workbook(answered(sent, tmp_path / "错.xlsx", answers))
    page = book.worksheets[0]
    page["C2"] = 2.2028219850601e17
    page.delete_rows(4)
    book.save(tmp_path / "错.xlsx")
    plan = read_return(office, tmp_path / "错.xlsx", rest_accepted=True)
    assert [one.state for one in plan.rows] == ["unknown", "refused"]
    assert "没有算作已接收" in plan.notes[-1]


def test_a_workbook_that_says_nothing_takes_no_acceptance_back(office, sent, tmp_path):
    answers = {row: {"导入结果": "成功"} for row in (2, 3, 4)}
    apply_return(office, read_return(office, answered(sent, tmp_path / "结果.xlsx", answers)))
    apply_return(office, read_return(office, sent))
    assert [one[0] for one in states(office)] == ["accepted"] * 3


def test_a_second_sheet_of_results_is_said_and_nothing_is_taken_for_granted(office, sent, tmp_path):
    book = openpyxl.load_workbook(answered(sent, tmp_path / "结果.xlsx", {2: {"错误信息": "重复"}}))
    book.copy_worksheet(book.worksheets[0]).title = "失败数据"
    book.worksheets[0].delete_rows(3, 2)
    book.save(tmp_path / "结果.xlsx")
    plan = read_return(office, tmp_path / "结果.xlsx", rest_accepted=True)
    assert [one.state for one in plan.rows] == ["refused"]
    assert "“失败数据”也是这张表，没有读" in plan.notes[0]
