"""Lists as they are printed: schools, the courses of a year, any list that a workbook holds."""

from __future__ import annotations

from datetime import datetime

from models.errors import UserError
from models.office.context import Office
from models.staff.institutions import institution_rows
from models.training.courses import course_rows
from reports.documents.roster import Roster
from reports.kit.table import CellKind, Column
from reports.workbooks.book import NUMBERS, ColumnKind
from reports.workbooks.table import TableSheet

_KINDS = {ColumnKind.ID: CellKind.SHORT, ColumnKind.DATE: CellKind.SHORT}
_NAMES = frozenset({"姓名"})
_SCHOOLS = {
    "name": Column("名称"),
    "type": Column("类型", CellKind.SHORT),
    "location": Column("城乡", CellKind.SHORT),
    "district": Column("片"),
    "parent": Column("上级单位"),
    "tutor": Column("辅导员", CellKind.NAME),
}
_COURSES = {
    "code": Column("编号", CellKind.SHORT),
    "title": Column("课程名称"),
    "category": Column("培训形式", CellKind.SHORT),
    "organizer": Column("举办单位"),
    "start_date": Column("开始", CellKind.SHORT),
    "end_date": Column("结束", CellKind.SHORT),
    "hours": Column("学时", CellKind.NUMBER),
}


def listed(sheet: TableSheet, unit: str = "人") -> Roster:
    """A workbook's list as it is printed, with a running number; ``unit`` counts its rows.

    Raises:
        UserError: it has no rows.
    """
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in sheet.rows)
    if not rows:
        raise UserError("paper.nobody", f"“{sheet.title}”里没有内容。", "请先录入，再打印。")
    return Roster(
        title=sheet.heading or sheet.title,
        scope=f"共 {len(rows):,} {unit}",
        office=sheet.author,
        printed_at=sheet.made_at,
        columns=tuple(Column(one.title, _kind(one.title, one.kind)) for one in sheet.columns),
        rows=rows,
        landscape=len(sheet.columns) > _UPRIGHT,
    )


_UPRIGHT = 7


def _kind(title: str, kind: ColumnKind) -> CellKind:
    if title in _NAMES:
        return CellKind.NAME
    return CellKind.NUMBER if kind in NUMBERS else _KINDS.get(kind, CellKind.TEXT)


def institutions_listed(office: Office) -> Roster:
    """All institutions by name.

    Raises:
        UserError: there are none.
    """
    found = institution_rows(office)
    if not found:
        raise UserError("paper.nothing", "还没有登记学校。", "请先在“Excel 导入”中导入机构名录。")
    return Roster(
        title="学校名录",
        scope=f"共 {len(found):,} 个单位",
        office=office.identity.name,
        printed_at=_now(office),
        columns=(*_SCHOOLS.values(), Column("教师数", CellKind.NUMBER)),
        rows=tuple((*(row.shown[name] for name in _SCHOOLS), str(row.teachers)) for row in found),
    )


def courses_listed(office: Office, year: int) -> Roster:
    """The courses of a year with how many were in them and passed.

    Raises:
        UserError: there are none.
    """
    found = course_rows(office, year)
    if not found:
        raise UserError(
            "paper.nothing", f"{year} 年还没有登记课程。", "请另选年度，或先在“培训”中登记课程。"
        )
    counts = (Column("学员", CellKind.NUMBER), Column("合格", CellKind.NUMBER))
    return Roster(
        title=f"{year} 年培训课程一览",
        scope=f"共 {len(found):,} 门",
        office=office.identity.name,
        printed_at=_now(office),
        columns=(*_COURSES.values(), *counts),
        rows=tuple(
            (*(row.shown[name] for name in _COURSES), str(row.enrolled), str(row.passed))
            for row in found
        ),
    )


def _now(office: Office) -> datetime:
    return office.store.clock.now()
