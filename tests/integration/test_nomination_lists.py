"""Workbooks of those whom schools recommend for a title."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.errors import UserError
from models.exchange.nomination_list import read_nominations
from models.office.context import Office
from models.progress import Progress
from models.staff.registration import change_many, save_teacher
from models.titles.nominating import nominate
from models.titles.nominations import nominations
from models.titles.records import Nomination
from reports.workbooks.template import write_template
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.titled import backbone_batch
from tests.workbooks import many_sheets, xlsx


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in September 2025."""
    opened = new_office(tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture
def people(office: Office) -> list[str]:
    """Three teachers of two schools, two of one name."""
    found = teachers(office, school(office, "桦甸市第四中学"), 2)
    found += teachers(office, school(office, "桦甸市第五中学"), 1)
    for one, name in zip(found, ("王芳", "李红梅", "王芳"), strict=True):
        save_teacher(office, one, {"name": name})
    return found


def test_a_list_is_read_as_schools_write_it(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """A heading above the header, other header words, scores and prizes; hidden sheets are not."""
    batch_id = backbone_batch(office)
    rows: list[list[object]] = [
        ["骨干教师推荐表"],
        ["序号", "推荐人选", "工作单位", "优质课获奖情况", "实践课成绩", "优质课"],
        [1, "李红梅", "桦甸市第四中学", "", "86.5", "2024年市一等奖"],
        [2, "王芳", "第五中学", "", "优", ""],
    ]
    path = many_sheets(
        tmp_path / "推荐.xlsx", {"推荐": rows, "底稿": [["姓名"], ["李红梅"]]}, {"底稿"}
    )
    found = read_nominations(office, batch_id, path)
    assert [one.teacher_id for one in found.nominees] == [people[1], people[2]]
    assert found.problems == ()
    assert len(found.told) == 1
    assert found.told[0].startswith("第 4 行：")
    nominate(office, batch_id, found.nominees)
    kept = {one.name: one for one in nominations(office, batch_id)}
    assert (kept["李红梅"].lesson_score, kept["李红梅"].contest) == (
        Decimal("86.5"),
        "2024年市一等奖",
    )
    assert (kept["李红梅"].subject_name, kept["李红梅"].nominated_by) == ("数学", "桦甸市第四中学")


def test_each_line_that_cannot_be_taken_is_told(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Two of one name, nobody, somebody retired, somebody twice: with the row and what to do."""
    batch_id = backbone_batch(office)
    change_many(office, people[1:2], "status", "13")
    path = xlsx(
        tmp_path / "推荐.xlsx",
        [
            ["姓名", "单位", "身份证号"],
            ["王芳", "", ""],
            ["赵敏", "桦甸市第四中学", ""],
            ["李红梅", "", ""],
            ["", "桦甸市第五中学", id_number(2)],
            ["王芳", "桦甸市第五中学", ""],
        ],
    )
    found = read_nominations(office, batch_id, path)
    assert [one.split("：")[0] for one in found.problems] == [
        f"第 {row} 行" for row in (2, 3, 4, 5, 6)
    ]
    assert "请写教师编号或身份证号" in found.problems[0]
    assert "没有赵敏" in found.problems[1]
    assert "李红梅已退休" in found.problems[2]
    assert found.problems[3].endswith("在名单中重复")


def test_a_workbook_without_a_list_is_told(office: Office, tmp_path: Path) -> None:
    """The sentence says which columns are needed."""
    batch_id = backbone_batch(office)
    path = xlsx(tmp_path / "别的.xlsx", [["课程", "学时"], ["数学", 10]])
    with pytest.raises(UserError, match="要有“教师编号”“身份证号”或“姓名”一列"):
        read_nominations(office, batch_id, path)


def test_the_template_comes_back_as_it_was_filled_in(
    office: Office, people: list[str], tmp_path: Path
) -> None:
    """Header words of the template are those that are read; its example is not."""
    path = tmp_path / "模板.xlsx"
    write_template(path, Nomination, office.codes, Progress())
    book = load_workbook(path)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for title, value in (("姓名", "李红梅"), ("单位", "桦甸市第四中学"), ("实践课得分", "91")):
        sheet.cell(row=3, column=header.index(title) + 1, value=value)
    book.save(path)
    found = read_nominations(office, backbone_batch(office), path)
    assert [one.values["lesson_score"] for one in found.nominees] == [Decimal(91)]
    assert found.nominees[0].teacher_id == people[1]
