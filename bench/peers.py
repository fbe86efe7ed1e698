"""The usual way to do a job with the usual libraries: what ours is measured against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import strptime

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Border, Font, PatternFill, Side
from sqlite_utils import Database

from bench.county import COLUMNS

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODES = "10X98765432"
LISTS = {"性别": {"男", "女"}, "学段": {"幼儿园", "小学", "初中", "高中", "中职"}}


def import_roster(path: Path, database: Path) -> int:
    """openpyxl read-only, a check per cell, sqlite-utils upsert_all; how many rows were taken."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    header = [str(title) for title in next(rows)]
    taken = []
    for cells in rows:
        row = dict(zip(header, cells, strict=False))
        if _acceptable(row):
            taken.append(row)
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    Database(connection)["teacher"].upsert_all(taken, pk="身份证号")
    connection.close()
    return len(taken)


def _acceptable(row: dict[str, object]) -> bool:
    number = str(row["身份证号"])
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    if len(number) != 18 or number[17] != CODES[total % 11] or not row["姓名"]:
        return False
    strptime(number[6:14], "%Y%m%d")
    strptime(str(row["出生日期"]), "%Y-%m-%d")
    if any(row[title] not in allowed for title, allowed in LISTS.items()):
        return False
    return str(row["联系电话"]).isdigit()


def export_list(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """openpyxl write-only with a styled header, text format and borders."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("教师")
    side = Side(style="thin", color="DDE3EA")
    border = Border(side, side, side, side)
    head = []
    for title in COLUMNS:
        cell = WriteOnlyCell(sheet, title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF2F6")
        cell.border = border
        head.append(cell)
    sheet.append(head)
    cells = [WriteOnlyCell(sheet) for _ in COLUMNS]
    for cell in cells:
        cell.border = border
        cell.number_format = "@"
    for row in rows:
        for cell, value in zip(cells, row, strict=True):
            cell.value = value
        sheet.append(cells)
    book.save(path)


def import_by_copy(path: Path, database: Path) -> int:
    """calamine's rows straight into an indexed SQLite table: no checks, no journal: a floor."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - kept out of the other peers

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows()
    next(iter(rows))
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    names = ", ".join(f"c{place} TEXT" for place in range(len(COLUMNS)))
    connection.execute(f"CREATE TABLE t ({names})")
    marks = ", ".join("?" * len(COLUMNS))
    count = connection.executemany(
        f"INSERT INTO t VALUES ({marks})", ([str(cell) for cell in row] for row in rows)
    ).rowcount
    for place in (1, 3, 6, 20):
        connection.execute(f"CREATE INDEX i{place} ON t (c{place})")
    connection.commit()
    connection.close()
    return count
