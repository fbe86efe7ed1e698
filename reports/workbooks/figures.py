"""Parts of statistics as the sheets of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit.figures import FigureKind
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reports.kit.figures import Part

_KINDS = {
    FigureKind.TEXT: ColumnKind.TEXT,
    FigureKind.WHOLE: ColumnKind.INTEGER,
    FigureKind.AMOUNT: ColumnKind.DECIMAL,
    FigureKind.FIXED: ColumnKind.DECIMAL,
    FigureKind.SHARE: ColumnKind.PERCENT,
}


def figure_sheets(
    parts: Sequence[Part], title: str, author: str, made_at: datetime
) -> tuple[TableSheet, ...]:
    """One sheet for each part with a table; ``title`` is that of the whole."""
    return tuple(
        TableSheet(
            title=part.title,
            columns=tuple(
                SheetColumn(one.title, one.width, _KINDS[one.kind]) for one in part.columns
            ),
            rows=[*part.rows, *([part.total] if part.total else [])],
            author=author,
            made_at=made_at,
            book=title,
            heading=f"{title}：{part.title}",
        )
        for part in parts
        if part.rows
    )
