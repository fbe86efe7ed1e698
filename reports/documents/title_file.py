"""骨干教师业务档案: everything the office has on a titled teacher, one or many in a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.errors import UserError
from models.text.numerals import number_in_chinese
from reports.kit import charts, furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.charts import Bar
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

TITLE = "骨干教师业务档案"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)


@dataclass(frozen=True, slots=True)
class FileSection:
    """A part of a file: its title, the columns and rows of its table."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TitlePaper:
    """The file of one teacher.

    Attributes:
        name, teacher_no, school: whose.
        identity: what the register says, as title and value.
        sections: the parts that hold anything.
        hours: hours by year as bars.
    """

    name: str
    teacher_no: str
    school: str
    identity: tuple[tuple[str, str], ...]
    sections: tuple[FileSection, ...]
    hours: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TitleFiles:
    """Files of several teachers, by the office that prints them."""

    office: str
    printed_at: datetime
    papers: tuple[TitlePaper, ...]


TITLES = (
    Column("称号"),
    Column("学科"),
    Column("授予日期", CellKind.SHORT),
    Column("任期至", CellKind.SHORT),
    Column("证书编号", CellKind.SHORT),
    Column("认定文件、批次"),
    Column("状态"),
)
RECOMMENDED = (
    Column("日期", CellKind.SHORT),
    Column("批次"),
    Column("推荐单位"),
    Column("实践课", CellKind.SHORT),
    Column("获奖"),
    Column("结果"),
)
REVIEWED = (
    Column("年度", CellKind.SHORT),
    Column("类别", CellKind.SHORT),
    Column("结论", CellKind.SHORT),
    Column("履职情况"),
    Column("理由"),
    Column("经办", CellKind.SHORT),
)
DONE = (
    Column("日期", CellKind.SHORT),
    Column("职责"),
    Column("内容"),
    Column("次数", CellKind.NUMBER),
    Column("佐证"),
)
VETOED = (
    Column("年度", CellKind.SHORT),
    Column("类别", CellKind.SHORT),
    Column("依据"),
    Column("解除"),
)
HELD = (
    Column("项目", CellKind.SHORT),
    Column("内容"),
    Column("自", CellKind.SHORT),
    Column("至", CellKind.SHORT),
)


def build(
    files: TitleFiles, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the files as one PDF, each from a new page, with bookmarks.

    Args:
        files: the teachers.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told teacher by teacher; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: nobody; characters no font has (with the people concerned); the file is there.
    """
    if not files.papers:
        raise UserError("paper.nobody", "没有选中有称号的教师。", "请先选择教师。")
    missing = fonts.missing((one.name, list(_texts(one))) for one in files.papers)
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(TITLE, files.office, A4, CLOSE)
    output = Output(out, fonts, files.printed_at, progress, overwrite)
    parts = (
        Part(f"{one.name}（{one.teacher_no}）", list(_blocks(one, fonts, sheet.width)))
        for one in files.papers
    )
    return furniture.write_parts(output, sheet, parts, len(files.papers))


def _texts(one: TitlePaper) -> Iterator[str]:
    yield from (one.name, one.school)
    yield from (value for _, value in one.identity)
    yield from (cell for section in one.sections for row in section.rows for cell in row)


def _blocks(one: TitlePaper, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(TITLE, f"{one.name}　{one.school}", width)
    numbers = map(number_in_chinese, count(1))
    yield heading(f"{next(numbers)}、基本情况", HEADING, before=1)
    yield facts(one.identity, fonts, width, across=2)
    for section in one.sections:
        yield heading(f"{next(numbers)}、{section.title}", HEADING)
        yield table(section.columns, list(section.rows), fonts, width)
    yield heading(f"{next(numbers)}、历年学时", HEADING)
    yield from _hours(one.hours, fonts, width)
    yield Block((Gap(4), Signatures(("建档人", "审核人", "教师本人"), width)), whole=True)


def _hours(hours: Sequence[Bar], fonts: Fonts, width: float) -> Iterator[Block]:
    if hours:
        yield charts.bars(hours, fonts, width)
    else:
        yield paragraph("台账中没有学时。", BODY, fonts, width)
