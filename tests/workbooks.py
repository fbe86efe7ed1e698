"""Small workbooks with the traps of real ones, made for tests."""

from __future__ import annotations

import csv
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

GOOD_ID = "11010519491231002X"
OTHER_ID = "220282199004142952"


def xlsx(path: Path, rows: Iterable[Sequence[object]], sheet: str = "Sheet1") -> Path:
    """A workbook of one sheet with these rows, from A1."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def many_sheets(path: Path, sheets: dict[str, list[list[object]]], hidden: set[str]) -> Path:
    """A workbook of several sheets, some of them hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    """A zip archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


CONTENT_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""  # noqa: E501
RELS = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""  # noqa: E501
BOOK = b"""<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"""  # noqa: E501
BOOK_RELS = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""  # noqa: E501
SHEET_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_TAIL = b"</sheetData></worksheet>"


def bare_xlsx(path: Path, sheet_data: bytes, head: bytes = SHEET_HEAD) -> Path:
    """The smallest .xlsx with this sheet data, for what no library would write."""
    return zipped(
        path,
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELS,
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS,
            "xl/worksheets/sheet1.xml": head + sheet_data + SHEET_TAIL,
        },
    )


def shown_by_libreoffice(path: Path, tmp_path: Path) -> list[list[str]]:
    """The first sheet as LibreOffice shows it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this computer")
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
