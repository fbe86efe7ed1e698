"""Several tables in one workbook: sheets, side by side, and schools below each other."""

from __future__ import annotations

import openpyxl
import pytest

from models.exchange.error_workbook import write_error_workbook
from models.exchange.importing import apply_plan, plan_import, plan_source
from models.exchange.reading.source import open_source
from models.staff.queries import teacher_ids, teacher_rows
from tests.offices import new_office
from tests.people import id_number, school
from tests.workbooks import many_sheets, xlsx

HEAD = ["姓名", "身份证号", "任教学科", "职称"]
RECORD = ["姓名", "身份证号", "年度", "课程名称", "学时", "开始日期"]


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    school(office, "桦甸市第一中学")
    school(office, "桦甸市第二中学")
    yield office
    office.store.close()


def taken(office, path):
    plan = plan_import(office, path)
    apply_plan(office, plan)
    return plan


def schools_of(office):
    rows = teacher_rows(office, teacher_ids(office))
    return {row.shown["name"]: row.shown["school"] for row in rows}


def person(n, name, **more):
    return [name, id_number(n), more.get("subject", "语文"), "一级教师"]


def test_schools_below_each_other_get_their_own_teachers(office, tmp_path):
    rows = [
        ["桦甸市第一中学教师名册"], HEAD, person(1, "甲一"), person(2, "甲二"), [],
        ["桦甸市第二中学教师名册"], HEAD, person(3, "乙一"), ["合计", 1],
    ]  # fmt: skip
    plan = taken(office, xlsx(tmp_path / "a.xlsx", rows))
    assert [(table.top_row, table.header_row) for table in plan.tables] == [(1, 2), (6, 7)]
    assert plan.counts.refused == 0
    assert schools_of(office) == {
        "甲一": "桦甸市第一中学", "甲二": "桦甸市第一中学", "乙一": "桦甸市第二中学",
    }  # fmt: skip


def test_a_header_of_the_next_page_cuts_nothing(office, tmp_path):
    rows = [["桦甸市第一中学教师名册"], HEAD, person(1, "甲一"), HEAD, person(2, "甲二")]
    assert len(plan_import(office, xlsx(tmp_path / "a.xlsx", rows)).tables) == 1


def test_a_lonely_name_above_a_header_is_a_row_and_no_title(office, tmp_path):
    rows = [["桦甸市第一中学教师名册"], HEAD, person(1, "甲一"), ["李学文"], HEAD, person(2, "乙")]
    plan = plan_import(office, xlsx(tmp_path / "a.xlsx", rows))
    assert len(plan.tables) == 1
    assert plan.counts.refused == 1


def test_rows_given_back_stand_once_under_the_titles_of_their_school(office, tmp_path):
    rows = [
        ["桦甸市第一中学教师名册"], HEAD, person(1, "甲一"),
        ["桦甸市第二中学教师名册"], HEAD, ["乙一", "123", "语文", "一级教师"],
    ]  # fmt: skip
    source = open_source(xlsx(tmp_path / "a.xlsx", rows))
    out = tmp_path / "错误.xlsx"
    assert write_error_workbook(source, plan_source(office, source), out) == 1
    page = openpyxl.load_workbook(out).worksheets[0]
    page["B5"] = id_number(5)
    assert page["A5"].value == "乙一"
    openpyxl_path = tmp_path / "改好.xlsx"
    page.parent.save(openpyxl_path)
    taken(office, openpyxl_path)
    assert schools_of(office) == {"乙一": "桦甸市第二中学"}


def test_tables_side_by_side_give_their_rows_back_on_one_sheet(office, tmp_path):
    rows = [[*HEAD, None, *HEAD], ["甲一", "1", None, "一级教师", None, "乙一", "2", None, None]]
    source = open_source(xlsx(tmp_path / "a.xlsx", rows))
    out = tmp_path / "错误.xlsx"
    write_error_workbook(source, plan_source(office, source), out)
    book = openpyxl.load_workbook(out)
    assert len(book.worksheets) == 1
    assert book.worksheets[0].max_row == 2


def test_one_person_on_two_sheets_is_taken_once_and_the_move_asked(office, tmp_path):
    sheets = {"第一中学": [HEAD, person(1, "甲一")], "第二中学": [HEAD, person(1, "甲一")]}
    plan = taken(office, many_sheets(tmp_path / "a.xlsx", sheets, set()))
    (told,) = plan.problems()
    assert (told.sheet, told.row, told.code) == ("第二中学", 2, "teacher.two_schools")
    assert "工作表“第一中学”第 2 行" in told.message
    assert schools_of(office) == {"甲一": "桦甸市第一中学"}


def test_one_number_for_two_people_of_a_file_is_refused(office, tmp_path):
    rows = [["教师编号", *HEAD], ["T1", *person(1, "甲一")], ["T1", *person(2, "甲二")]]
    plan = plan_import(office, xlsx(tmp_path / "a.xlsx", rows))
    assert plan.counts.refused == 1
    assert [one.code for one in plan.problems()] == ["teacher.number_taken"]


def test_a_teacher_number_alone_finds_its_teacher(office, tmp_path):
    taken(office, xlsx(tmp_path / "a.xlsx", [["教师编号", *HEAD], ["T1", *person(1, "甲一")]]))
    rows = [["教师编号", *HEAD], ["T1", "甲一", None, "数学", "一级教师"]]
    plan = plan_import(office, xlsx(tmp_path / "b.xlsx", rows))
    assert (plan.counts.updated, plan.counts.refused) == (1, 0)


def test_another_remark_of_the_same_person_is_given_back_and_not_lost(office, tmp_path):
    rows = [[*HEAD, "备注"], [*person(1, "甲一"), "甲"], [*person(1, "甲一"), "乙"]]
    plan = plan_import(office, xlsx(tmp_path / "a.xlsx", rows))
    assert [one.code for one in plan.problems()] == ["teacher.contradicts"]
    assert "备注" in plan.problems()[0].message


def test_one_workbook_of_schools_teachers_and_records_goes_in_at_once(office, tmp_path):
    sheets = {
        "记录": [RECORD, ["甲一", id_number(1), 2025, "师德", 10, "2025-07-01"]],
        "教师": [["所在学校", *HEAD], ["新设小学", *person(1, "甲一")]],
        "机构": [["学校名称", "简称", "学段"], ["桦甸市新设小学", "新设小", "小学"]],
    }
    plan = taken(office, many_sheets(tmp_path / "a.xlsx", sheets, set()))
    assert (plan.counts.inserted, plan.problems()) == (3, [])
    assert schools_of(office) == {"甲一": "桦甸市新设小学"}


def test_one_school_on_two_sheets_with_and_without_its_county_is_one(office, tmp_path):
    head = ["学校名称", "简称", "学段"]
    sheets = {
        "甲": [head, ["桦甸市双河小学", "双小", "小学"]],
        "乙": [head, ["双河小学", "双小", "小学"]],
    }
    plan = plan_import(office, many_sheets(tmp_path / "a.xlsx", sheets, set()))
    assert (plan.counts.inserted, plan.counts.skipped) == (1, 1)


def test_a_record_on_two_sheets_counts_once(office, tmp_path):
    taken(office, xlsx(tmp_path / "p.xlsx", [HEAD, person(1, "甲一")]))
    row = ["甲一", id_number(1), 2025, "师德", 10, "2025-07-01"]
    sheets = {"甲": [RECORD, row], "乙": [RECORD, row]}
    plan = plan_import(office, many_sheets(tmp_path / "a.xlsx", sheets, set()))
    assert (plan.counts.inserted, plan.counts.skipped) == (1, 1)


@pytest.mark.parametrize(("day", "fate"), [("2025-07-01", "refuse"), (None, "warn")])
def test_the_same_training_with_other_hours_is_not_added_unseen(office, tmp_path, day, fate):
    taken(office, xlsx(tmp_path / "p.xlsx", [HEAD, person(1, "甲一")]))
    row = ["甲一", id_number(1), 2025, "师德"]
    taken(office, xlsx(tmp_path / "r.xlsx", [RECORD, [*row, 10, day]]))
    plan = plan_import(office, xlsx(tmp_path / "s.xlsx", [RECORD, [*row, 20, day]]))
    assert [(one.code, str(one.severity)) for one in plan.problems()] == [
        ("record.other_hours", fate)
    ]


def test_a_training_without_a_day_twice_in_a_file_with_other_hours_is_told(office, tmp_path):
    taken(office, xlsx(tmp_path / "p.xlsx", [HEAD, person(1, "甲一")]))
    row = ["甲一", id_number(1), 2025, "师德"]
    plan = plan_import(office, xlsx(tmp_path / "r.xlsx", [RECORD, [*row, 10], [*row, 20]]))
    assert (plan.counts.inserted, plan.counts.warned) == (2, 1)


def test_a_quote_that_is_never_closed_swallows_no_rows(office, tmp_path):
    path = tmp_path / "a.csv"
    rows = [",".join(row) for row in (HEAD, person(1, '"甲一'), person(2, "甲二"))]
    path.write_text("\n".join(rows), "utf-8")
    plan = plan_import(office, path)
    assert (plan.counts.data_rows, "引号" in plan.message) == (2, True)


def test_a_number_that_a_platform_wrapped_as_a_formula_is_read(office, tmp_path):
    path = tmp_path / "a.csv"
    wrapped = f'"=""{id_number(1)}"""'
    path.write_text(f"{','.join(HEAD)}\n甲一,{wrapped},语文,一级教师\n", "utf-8")
    assert plan_import(office, path).counts.inserted == 1
