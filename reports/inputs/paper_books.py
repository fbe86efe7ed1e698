"""The hand-over list and the report of blanks as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.documents.blank_report import (
    HOLES,
    SERIES,
    STOCKS,
    BlankReport,
    hole_cells,
    series_cells,
    stock_cells,
)
from reports.documents.hand_over_list import NO_SCHOOL, HandOver
from reports.kit.table import CellKind, Column
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

_HANDED = (
    SheetColumn("学校", 16),
    SheetColumn("序号", 4, ColumnKind.INTEGER),
    SheetColumn("姓名", 7),
    SheetColumn("证书编号", 14, ColumnKind.ID),
    SheetColumn("备注", 6),
    SheetColumn("领取人签字", 10),
)
_WIDE = 16


def hand_over_sheets(listed: HandOver) -> tuple[TableSheet, ...]:
    """One sheet: every certificate, school by school."""
    rows = (
        (one.school or NO_SCHOOL, number, holder.name, holder.number, holder.note, "")
        for one in listed.schools
        for number, holder in enumerate(one.holders, start=1)
    )
    return (
        TableSheet(
            title="发放清单",
            columns=_HANDED,
            rows=rows,
            author=listed.office,
            made_at=listed.printed_at,
            total=listed.count,
            heading=f"{listed.title}发放（交接）清单",
            book=f"{listed.title}发放清单",
        ),
    )


def blank_sheets(report: BlankReport) -> tuple[TableSheet, ...]:
    """收发存, and where there are any 差异, 编号, 作废缺号."""
    first = TableSheet(
        title="收发存",
        columns=_columns(STOCKS),
        rows=[stock_cells(one) for one in report.found.stocks],
        author=report.office,
        made_at=report.printed_at,
        heading=report.title,
        book=report.title,
    )
    named = (SheetColumn("空白证书", _WIDE), SheetColumn("差异", 40))
    others = (
        ("差异", named, list(_differences(report))),
        ("编号", _columns(SERIES), [series_cells(one) for one in report.found.series]),
        (
            "作废缺号",
            _columns(HOLES),
            [row for one in report.found.series for row in hole_cells(one)],
        ),
    )
    return (
        first,
        *(
            replace(first, title=title, columns=columns, rows=rows, heading="")
            for title, columns, rows in others
            if rows
        ),
    )


def _differences(report: BlankReport) -> Iterator[tuple[Value, ...]]:
    for one in report.found.stocks:
        for difference in one.differences:
            yield one.balance.stock, difference


def _columns(columns: tuple[Column, ...]) -> tuple[SheetColumn, ...]:
    """The columns of a paper's table, as wide as a workbook wants them."""
    return tuple(
        SheetColumn(one.title, 7, ColumnKind.INTEGER)
        if one.kind is CellKind.NUMBER
        else SheetColumn(one.title, _WIDE)
        for one in columns
    )
