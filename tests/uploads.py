"""Trainings to send up, and the workbooks of made-up authorities, for tests of uploads."""

from __future__ import annotations

import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from models.office.context import Office
from models.uploads.catalogue import form_named
from models.uploads.forms import Form, Fraction
from models.uploads.rows import Wish
from tests.people import school, teachers
from tests.trainings import post

OWN = "桦甸市教师进修学校"
NATIONAL = "national_training"
HOURS_ONLY = {"credits": Fraction.EMPTY}
_MODERN = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>字典!$A$1:$A$3</xm:f>'
    "</x14:formula1><xm:sqref>F4:F500</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)
"""A list that refers to another sheet, as Excel has written it since 2010."""


def county(office: Office, people: int = 3, hours: str = "16", **more: object) -> list[str]:
    """A school with teachers who each have one training of 2025 by the office; their identities."""
    found = teachers(office, school(office, "桦甸市第四中学"), people)
    for one in found:
        post(office, one, 2025, hours, title="师德研修", start="2025-03-01", organizer=OWN, **more)
    return found


def national(office: Office) -> Form:
    """The national training record."""
    return form_named(office, NATIONAL)


def wish(**more: object) -> Wish:
    """The year 2025 without fractional credits."""
    return Wish(**{"year": 2025, "fractions": HOURS_ONLY, **more})  # pyright: ignore[reportArgumentType]


def answered(sent: Path, out: Path, answers: dict[int, dict[str, object]]) -> Path:
    """The file as a receiver gives it back: titles of its own behind, filled by row number."""
    book = load_workbook(sent)
    page = book.worksheets[0]
    titles = list(dict.fromkeys(title for one in answers.values() for title in one))
    first = page.max_column + 1
    for place, title in enumerate(titles):
        page.cell(1, first + place, title)
        for row, one in answers.items():
            page.cell(row, first + place, one.get(title))
    book.save(out)
    return out


def authority(path: Path, columns: Sequence[str] = ()) -> Path:
    """An empty workbook like none the program knows: titles, lists, hidden and locked parts."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "填报表"
    page["A1"] = "吉林省教师研修情况采集表"
    page["A1"].font = Font(size=18, bold=True)
    page.merge_cells("A1:H1")
    page["A2"] = "注：带 * 的必填，能选的不要手填"
    titles = columns or (
        "序号", "*教师姓名", "*身份证号", "性别", "*培训项目名称", "*培训级别", "*获得学时",
        "培训类型（省编）",
    )  # fmt: skip
    for place, title in enumerate(titles, 1):
        page.cell(3, place, title).fill = PatternFill("solid", fgColor="FFFF00")
        page.cell(4, place).number_format = "@"
    page["A21"] = "填表人：　　　　　　审核人："
    sexes = DataValidation("list", formula1='"男,女"')
    sexes.add("D4:D20")
    page.add_data_validation(sexes)
    page.protection.sheet = True
    levels = book.create_sheet("字典")
    for name in ("10-国家级培训", "20-省级培训", "40-县级培训"):
        levels.append([name])
    levels.sheet_state = "veryHidden"
    plain = path.with_name("plain.xlsx")
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</worksheet>", _MODERN.encode() + b"</worksheet>")
            target.writestr(info, data)
        target.writestr("customXml/item1.xml", "<凭证>不要改动</凭证>")
    plain.unlink()
    return path


def opened(path: Path) -> Workbook:
    """The workbook by openpyxl, which says that it would drop the lists it does not know."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Data Validation extension is not supported")
        return load_workbook(path)


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook after LibreOffice has opened and saved it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this computer")
    profile = (folder / "profile").as_uri()
    out = folder / "saved"
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / path.name
