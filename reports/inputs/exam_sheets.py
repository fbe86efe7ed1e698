"""Workbooks of an exam's scores: the sheet to fill in, and what is published (no ID numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models.entities.display import plain_decimal
from models.exams.items import Item
from models.exams.marks import MarkBook
from models.exams.records import STATE_NAMES, Examinee, Part
from models.exams.results import RANK_BY
from models.exams.rooms import rooms_of
from models.office.context import Office
from reports.inputs.exam_results import Outcome, scope_of
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

Cell = str | int | Decimal | None
_WHO = (
    SheetColumn("准考证号", 9, ColumnKind.ID),
    SheetColumn("考场", 4, ColumnKind.INTEGER),
    SheetColumn("座位", 4, ColumnKind.INTEGER),
    SheetColumn("教师编号", 8, ColumnKind.ID),
    SheetColumn("姓名", 6),
    SheetColumn("学校", 14),
)
_COUNTS = ("应考", "实考", "缺考", "缓考", "作弊", "合格")
_FIGURES = ("平均分", "合格率%")


def fill_in_sheet(office: Office, book: MarkBook, entry: int = 1) -> TableSheet:
    """成绩登记表: everybody by room and seat, with the points entered so far."""
    numbers = {one.id: one.number for one in rooms_of(office, book.exam)}
    people = sorted(
        book.examinees,
        key=lambda one: (numbers.get(one.room_id or "", len(numbers) + 1), one.seat or 0),
    )
    heads = [head for part in book.parts for head in _heads(book, part)]
    rows = [
        [
            one.admission_no,
            numbers.get(one.room_id or ""),
            one.seat,
            one.teacher_no,
            one.name,
            one.school_name,
            *(cell for part in book.parts for cell in _cells(book, one, part, entry)),
        ]
        for one in people
    ]
    words = "缺考、缓考、作弊直接填字"
    return _sheet(
        office,
        ("成绩登记表", f"{book.exam.name}成绩登记表（{words}）"),
        (*_WHO, *heads),
        rows,
        frozen=5,
    )


def publication_sheets(office: Office, found: Outcome) -> tuple[TableSheet, ...]:
    """公布用的工作簿: people and units in falling order, without ID numbers."""
    parts = found.book.parts if len(found.book.parts) > 1 else ()
    name = found.exam.name
    people = _sheet(
        office,
        ("个人成绩", f"{name}个人成绩（{scope_of(found)}）"),
        (
            SheetColumn("名次", 4, ColumnKind.INTEGER),
            SheetColumn("姓名", 6),
            SheetColumn("单位", 16),
            SheetColumn("学科", 8),
            *(SheetColumn(part.name, 7, ColumnKind.DECIMAL) for part in parts),
            SheetColumn("总分", 5, ColumnKind.DECIMAL),
            SheetColumn("结果", 5),
        ),
        [
            [
                one.rank,
                one.examinee.name,
                one.examinee.school_name,
                one.examinee.subject,
                *(one.points.get(part.id) for part in parts),
                one.total,
                one.words,
            ]
            for one in found.results.people
        ],
    )
    return people, _units_sheet(office, found)


def _units_sheet(office: Office, found: Outcome) -> TableSheet:
    weighted = found.results.rule.by == "weighted"
    return _sheet(
        office,
        ("单位成绩", f"{found.exam.name}单位成绩（{found.results.rule.words}）"),
        (
            SheetColumn("名次", 4, ColumnKind.INTEGER),
            SheetColumn("单位", 16),
            *(SheetColumn(title, 5, ColumnKind.INTEGER) for title in _COUNTS),
            *(SheetColumn(title, 6, ColumnKind.DECIMAL) for title in _FIGURES),
            *((SheetColumn(RANK_BY["weighted"], 6, ColumnKind.DECIMAL),) if weighted else ()),
        ),
        [
            [
                one.rank, one.name, one.due, one.sat, one.absent, one.excused, one.cheated,
                one.passed, one.mean, one.pass_rate, *((one.value,) if weighted else ()),
            ]
            for one in found.results.units
        ],
    )  # fmt: skip


def _heads(book: MarkBook, part: Part) -> list[SheetColumn]:
    items = book.items.get(part.id, ())
    several = len(book.parts) > 1
    heads = [
        SheetColumn(_title(f"{part.name} {one.name}" if several else one.name, one.full_marks), 6)
        for one in items
    ]
    return [*heads, SheetColumn(_title(part.name, part.full_marks), 6)]


def _title(name: str, full_marks: Decimal) -> str:
    return f"{name}（{plain_decimal(full_marks)}分）"


def _cells(book: MarkBook, one: Examinee, part: Part, entry: int) -> list[str]:
    items: Sequence[Item] = book.items.get(part.id, ())
    points = book.entered(one.id, part.id, entry)
    if points is None:
        word = "" if one.state == "expected" else STATE_NAMES[one.state]
        return [*("" for _ in items), word]
    by_item = [
        plain_decimal(points.items[item.id]) if item.id in points.items else "" for item in items
    ]
    return [*by_item, plain_decimal(points.points)]


def _sheet(
    office: Office,
    titles: tuple[str, str],
    columns: tuple[SheetColumn, ...],
    rows: Sequence[Sequence[Cell]],
    frozen: int = 0,
) -> TableSheet:
    title, heading = titles
    return TableSheet(
        title=title,
        columns=columns,
        rows=rows,
        author=office.identity.name,
        made_at=office.store.clock.now(),
        total=len(rows),
        heading=heading,
        frozen=frozen,
    )
