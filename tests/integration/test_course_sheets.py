"""Sheets of a course go out as workbooks and come back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.errors import UserError
from models.exchange.course_sheets import take_component_marks, take_sign_in, take_work
from models.exchange.importing import apply_plan, plan_import
from models.office.context import Office
from models.progress import Progress
from models.training import components, courses, enrolments, gate, sessions
from reports.inputs.course_sheets import gate_sheet, score_sheet, sign_in_sheet, work_sheet
from reports.inputs.lists import course_list
from reports.workbooks.table import TableSheet, write_table
from tests.offices import new_office
from tests.people import school, teachers
from tests.workbooks import xlsx


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def course(office: Office) -> str:
    people = teachers(office, school(office, "桦甸市第四中学"), 3)
    course_id = courses.register(
        office,
        {
            "title": "师德",
            "year": 2025,
            "hours": Decimal(20),
            "start_date": "2025-03-01",
            "end_date": "2025-03-09",
        },
    ).course_id
    enrolments.enrol(office, course_id, people)
    return course_id


def written(sheet: TableSheet, path: Path) -> Path:
    return write_table(path, sheet, Progress(), overwrite=True).path


def filled(path: Path, cells: dict[str, object]) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(path)
    return path


def test_a_sign_in_sheet_goes_out_and_comes_back(office: Office, course: str, tmp_path: Path):
    with pytest.raises(UserError, match=r"training\.no_sessions"):
        take_sign_in(office, course, tmp_path / "x.xlsx")
    sessions.add_session(office, course, "2025-03-01")
    sessions.add_session(office, course, "2025-03-08")
    path = written(sign_in_sheet(office, course), tmp_path / "签到.xlsx")
    page = load_workbook(path).worksheets[0]
    assert [cell.value for cell in page[2]] == [
        "教师编号", "姓名", "学校", "第1次 2025-03-01", "第2次 2025-03-08",
    ]  # fmt: skip
    take_sign_in(office, course, filled(path, {"D3": "√", "D4": "病假", "E3": "迟到"}))
    assert [(one.there, one.noted) for one in sessions.sessions_of(office, course)] == [
        (1, 2),
        (1, 1),
    ]
    again = written(sign_in_sheet(office, course), tmp_path / "再.xlsx")
    page = load_workbook(again).worksheets[0]
    assert [page[place].value for place in ("D3", "D4", "E3")] == ["到", "请假", "迟到"]
    assert take_sign_in(office, course, again).changed.count == 0
    with pytest.raises(UserError, match="第 5 行：签到“？？”看不懂"):
        take_sign_in(office, course, filled(path, {"D5": "？？"}))


def test_work_comes_from_a_workbook_in_whole_numbers(office: Office, course: str, tmp_path: Path):
    path = written(work_sheet(office, course), tmp_path / "作业.xlsx")
    with pytest.raises(UserError, match=r"第 3 行：“2\.5”不是整数"):
        take_work(office, course, filled(path, {"D3": 2.5}))
    take_work(office, course, filled(path, {"D3": 2, "E3": 5, "F3": 80, "D4": "1"}))
    done = [[int(item.done) for item in one.items] for one in gate.gate(office, course)]
    assert done == [[2, 5, 80], [1, 0, 0], [0, 0, 0]]
    stranger = xlsx(tmp_path / "生人.xlsx", [["教师编号", "作业份数"], ["9999", 3]])
    with pytest.raises(UserError, match="9999 没有报名本课程"):
        take_work(office, course, stranger)


def test_marks_by_part_come_back_and_the_total_is_worked_out(
    office: Office, course: str, tmp_path: Path
):
    parts = [components.Component("考试", Decimal(70)), components.Component("过程", Decimal(30))]
    components.set_components(office, course, parts)
    path = written(score_sheet(office, course), tmp_path / "成绩.xlsx")
    page = load_workbook(path).worksheets[0]
    assert page["A1"].value == "师德成绩表（总分四舍五入保留一位小数，60 分及格）"
    assert [cell.value for cell in page[2]][3:] == ["考试（70%）", "过程（30%）", "合成总分"]
    cells = {"D3": 80, "E3": "90", "D4": "缺考", "D5": 55}
    take_component_marks(office, course, filled(path, cells))
    people = enrolments.participants(office, course)
    assert [(one.score, one.result) for one in people] == [
        (Decimal(83), "合格"),
        (None, "缺考"),
        (None, ""),
    ]
    page = load_workbook(written(score_sheet(office, course), tmp_path / "再.xlsx")).worksheets[0]
    assert [page[place].value for place in ("D3", "F3", "D4", "F5")] == ["80", "83", "缺考", None]


def test_the_gate_goes_out_with_what_is_missing(office: Office, course: str, tmp_path: Path):
    page = load_workbook(written(gate_sheet(office, course), tmp_path / "资格.xlsx")).worksheets[0]
    assert page["D3"].value == "不具备"
    assert "原创文章0篇，应有5篇" in page["E3"].value


def test_a_list_of_courses_is_taken_in_and_its_export_changes_nothing(
    office: Office, tmp_path: Path
):
    rows = [
        ["课程名称", "年度", "学时", "天数", "项目类别", "课程性质", "学段", "费用", "举办单位",
         "承办单位", "开始日期", "结束日期", "含师德内容", "名额"],
        ["教师怎样做公开课", 2025, 15, None, "全员", "必修", "小学、初中", 138, "市教育学院",
         "桦甸市教师进修学校", "2025-05-01", "2025-05-02", "是", 2],
        ["教师怎样上好公开课", 2025, None, 2, "师德", "选修", "", "", "", "", "", "", "", ""],
        ["", 2025, 8, None, "", "", "", "", "", "", "", "", "", ""],
        ["倒着的课", 2025, 8, None, "", "", "", "", "", "", "2025-05-03", "2025-05-01", "", ""],
        ["半个名额", 2025, 8, None, "", "", "", "", "", "", "", "", "", 2.5],
    ]  # fmt: skip
    plan = plan_import(office, xlsx(tmp_path / "课程.xlsx", rows))
    assert str(plan.kind) == "courses"
    told = {(one.row, one.code) for one in plan.problems()}
    assert told >= {
        (3, "course.note"),
        (3, "course.alike"),
        (4, "cell.missing"),
        (5, "training.dates"),
        (6, "number.not_whole"),
    }
    assert (plan.counts.inserted, plan.counts.refused) == (3, 2)
    apply_plan(office, plan)
    found = {row.shown["title"]: row.shown for row in courses.course_rows(office)}
    one, other = found["教师怎样做公开课"], found["教师怎样上好公开课"]
    assert (one["theme"], one["stages"], one["fee"], one["quota"], one["operator"]) == (
        "全员培训", "小学、初中", "138", "2", "桦甸市教师进修学校",
    )  # fmt: skip
    assert (other["hours"], other["code"]) == ("16", "2025-002")
    out = written(course_list(office), tmp_path / "导出.xlsx")
    again = plan_import(office, out)
    assert (again.counts.unchanged, again.counts.inserted, again.counts.updated) == (3, 0, 0)


def test_a_list_changes_a_known_course_by_its_number(office: Office, course: str, tmp_path: Path):
    code = courses.read(office, course)["code"]
    rows = [["课程编号", "课程名称", "年度", "学时", "地点"], [code, "师德", 2025, 24, "礼堂"]]
    plan = plan_import(office, xlsx(tmp_path / "改.xlsx", rows))
    assert [change.field for row in plan.tables[0].rows for change in row.changes] == [
        "hours",
        "place",
    ]
    apply_plan(office, plan)
    assert courses.read(office, course)["hours"] == Decimal(24)
