"""考生名单: for each school its people, where they sit, and a line for who takes the tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4
from reports.kit.setting import Signatures
from reports.kit.table import CellKind, Column, by_school, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.exam_day import ExamDay, ExamRoom, Sitter
    from reports.kit.fonts import Fonts
    from reports.kit.table import Row

COLUMNS = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
    Column("任教学科"),
    Column("准考证号", CellKind.SHORT),
    Column("考场"),
    Column("座号", CellKind.NUMBER),
    Column("签收"),
)
LEAST = 7.5


def parts(day: ExamDay, fonts: Fonts, *, each: bool = True) -> Iterator[Part]:
    """A part for each school, or one list under the names of the schools.

    Args:
        day: the exam day.
        fonts: to measure with.
        each: whether each school has pages of its own.
    """
    title = f"{day.title}考生名单"
    sheet = Sheet(title, day.office, A4, CLOSE)
    if not each:
        rows = by_school(
            (name, _row(room, one)) for name, people in day.by_school() for room, one in people
        )
        blocks = [
            furniture.title_block(title, f"共 {day.people} 人", sheet.width),
            facts(day.facts, fonts, sheet.width, across=2),
            Block((Gap(3),)),
            table(COLUMNS, rows, fonts, sheet.width, least=LEAST),
        ]
        yield Part("考生名单", blocks, sheet)
        return
    for name, people in day.by_school():
        yield Part(f"考生名单 {name}", list(_school(day, name, people, fonts)), sheet)


def _school(
    day: ExamDay, name: str, people: list[tuple[ExamRoom, Sitter]], fonts: Fonts
) -> Iterator[Block]:
    title = f"{day.title}考生名单"
    width = Sheet(title, day.office, A4, CLOSE).width
    yield furniture.title_block(title, f"{name}　{len(people)} 人", width)
    where = [pair for pair in day.facts if pair[0].startswith("考试")]
    if where:
        yield facts(where, fonts, width)
        yield Block((Gap(3),))
    rows: list[Row] = [
        (str(number), *_row(room, one)) for number, (room, one) in enumerate(people, start=1)
    ]
    yield table(COLUMNS, rows, fonts, width, least=LEAST)
    signs = Signatures((f"准考证 {len(people)} 张，领取人", "领取日期"), width)
    yield Block((Gap(2), signs), whole=True)


def _row(room: ExamRoom, one: Sitter) -> Row:
    return (
        one.name,
        one.teacher_no,
        one.subject,
        one.admission_no,
        room.whole_title,
        str(one.seat),
        "　　　　",
    )
