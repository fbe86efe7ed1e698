"""Schools that fill in their templates, for tests of collecting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.collecting.rounds import TemplateWish
from models.collecting.templates import Templates, write_templates
from models.office.context import Office
from tests.people import id_number, school, teachers

PEOPLE, RECORDS = "教师花名册", "培训记录"
FOURTH, FIFTH = "桦甸市第四中学", "桦甸市第五中学"
TITLES = 2
"""The row with the titles."""


def two_schools(office: Office, people: int = 3) -> tuple[str, str]:
    """Two schools with so many teachers each; their identities."""
    fourth, fifth = school(office, FOURTH), school(office, FIFTH)
    teachers(office, fourth, people)
    teachers(office, fifth, people)
    return fourth, fifth


def sent_out(office: Office, folder: Path, **wish: object) -> Templates:
    """The templates of 2025."""
    return write_templates(office, TemplateWish(**{"year": 2025, **wish}), folder)  # pyright: ignore[reportArgumentType]


def fill(
    path: Path, *rows: Mapping[str, object], sheet: str = PEOPLE, out: Path | None = None
) -> Path:
    """The template with further rows, by title, as a person fills it in."""
    book = load_workbook(path)
    page = book[sheet]
    for row in rows:
        number = _last(page) + 1
        for title, value in row.items():
            page.cell(number, column(page, title), value)
    book.save(out or path)
    return out or path


def column(page: Worksheet, title: str) -> int:
    """The number of the column of a title."""
    return next(cell.column for cell in page[TITLES] if cell.value == title)


def newcomer(n: int, name: str = "程咬金", **more: object) -> dict[str, object]:
    """A teacher whom the register does not have."""
    return {"姓名": name, "身份证号": id_number(n), **more}


def training(name: str, **more: object) -> dict[str, object]:
    """A training of somebody named."""
    return {"姓名": name, "培训年度": 2025, "课程名称": "师德讲堂", "学时": 8, **more}


def _last(page: Worksheet) -> int:
    rows = [cell.row for line in page.iter_rows(min_row=TITLES) for cell in line if cell.value]
    return max(rows)
