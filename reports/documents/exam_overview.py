"""考场安排表: every room with its place, its people, the numbers from and to, who invigilates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4
from reports.kit.table import CellKind, Column, Total, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.exam_day import ExamDay, ExamRoom
    from reports.kit.fonts import Fonts
    from reports.kit.table import Line, Row

WRITTEN = "　" * 5
"""As wide as a name that is written in."""
COLUMNS = (
    Column("考场", CellKind.SHORT),
    Column("教室"),
    Column("地点"),
    Column("座位", CellKind.NUMBER),
    Column("考生", CellKind.NUMBER),
    Column("准考证号（起）", CellKind.SHORT),
    Column("准考证号（止）", CellKind.SHORT),
    Column("监考员"),
    Column("监考员"),
)
LEAST = 8.0


def parts(day: ExamDay, fonts: Fonts) -> Iterator[Part]:
    """The table as one part."""
    title = f"{day.title}考场安排表"
    sheet = Sheet(title, day.office, A4, CLOSE)
    seats = sum(len(one.given) for one in day.rooms)
    total = Total(("合计", "", "", str(seats), str(day.people), "", "", "", ""))
    lines: list[Line] = [*rows(day), total]
    yield Part(
        "考场安排表",
        [
            furniture.title_block(title, "", sheet.width),
            facts(day.facts, fonts, sheet.width, across=2),
            Block((Gap(3),)),
            table(COLUMNS, lines, fonts, sheet.width, least=LEAST),
        ],
        sheet,
    )


def rows(day: ExamDay) -> list[Row]:
    """A row for each room."""
    return [
        (
            one.title,
            "" if one.name == one.title else one.name,
            one.place or day.place,
            str(len(one.given)),
            str(len(one.people)),
            *_numbers(one),
            WRITTEN,
            WRITTEN,
        )
        for one in day.rooms
    ]


def _numbers(room: ExamRoom) -> tuple[str, str]:
    numbers = sorted(one.admission_no for one in room.people)
    return numbers[0], numbers[-1]
