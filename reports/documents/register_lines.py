"""登记内容: the lines that go into the booklet of each stamped teacher, with sum and seal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, Align, Pen
from reports.kit.setting import TextLine, leading, wrapped
from reports.kit.table import CellKind, Column, Total, table
from reports.kit.wording import plain_date, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from models.stamping.records import StampLine
    from reports.kit.flow import Piece
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.paper import Paper
    from reports.kit.sealing import Seal
    from reports.kit.table import Row

NAME = Pen(Role.HEI, 11)
BODY = Pen(Role.SONG, 10)
NOTE = Pen(Role.KAI, 10, "#303030")
COLUMNS = (
    Column("起止时间", CellKind.SHORT),
    Column("培训内容"),
    Column("形式", CellKind.SHORT),
    Column("学时", CellKind.NUMBER),
    Column("学分", CellKind.NUMBER),
    Column("考核结果", CellKind.SHORT),
    Column("主办单位"),
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One stamped teacher's lines.

    Attributes:
        line: the stamp with the lines as they were frozen.
        correction: what the ledger says otherwise since; "" for nothing.
    """

    line: StampLine
    correction: str = ""


@dataclass(frozen=True, slots=True)
class RegisterLines:
    """What is to be written into booklets.

    Attributes:
        year: the year.
        office, printed_at: who prints it and when.
        people: by school and teacher number.
        seal: whose seal, and the words it stands under.
    """

    year: int
    office: str
    printed_at: datetime
    people: tuple[Registered, ...]
    seal: Seal


def build(
    register: RegisterLines, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the lines as one PDF, each school from a new page, as many teachers a page as fit.

    Raises:
        UserError: nobody is stamped; characters no font has; the file is there.
    """
    if not register.people:
        raise UserError("stamping.nobody", "没有已验印的教师。", "请先验印，再打印登记内容。")
    missing = fonts.missing((one.line.name, _texts(one.line)) for one in register.people)
    if missing:
        raise no_glyphs(missing)
    schools: dict[str, list[Registered]] = {}
    for one in register.people:
        schools.setdefault(one.line.school_name, []).append(one)
    sheet = Sheet(f"{register.year} 年度继续教育登记内容", register.office, A4, CLOSE)
    parts = (
        Part(name or "（未填学校）", list(_school(register, name, people, fonts, sheet)))
        for name, people in schools.items()
    )
    output = Output(out, fonts, register.printed_at, progress, overwrite)
    return furniture.write_parts(output, sheet, parts, len(schools))


def _texts(line: StampLine) -> list[str]:
    titles = [text for one in line.register for text in (one.title, one.organizer)]
    return [line.name, line.school_name, *titles]


def _school(
    register: RegisterLines, name: str, people: Iterable[Registered], fonts: Fonts, sheet: Sheet
) -> Iterator[Block]:
    title = f"{register.year} 年度继续教育登记内容"
    yield furniture.title_block(title, name or "（未填学校）", sheet.width)
    for one in people:
        yield from _person(register, one, fonts, sheet)


def _person(
    register: RegisterLines, one: Registered, fonts: Fonts, sheet: Sheet
) -> Iterator[Block]:
    """One teacher: kept together where a page holds it, else the table may be cut."""
    line, width = one.line, sheet.width
    high = leading(NAME)
    number = TextLine(f"教师编号：{line.teacher_no}", BODY, high, width, Align.RIGHT)
    head = (_Beside(TextLine(line.name, NAME, high), number), Gap(1.2))
    entries = table(COLUMNS, _rows(line), fonts, width)
    end = _end(register, one, fonts, width)
    pieces: tuple[Piece, ...] = (*head, *((entries.head,) if entries.head else ()))
    pieces = (*pieces, *entries.pieces, *end, Gap(6))
    if sum(piece.height for piece in pieces) <= sheet.room:
        yield Block(pieces, whole=True)
        return
    yield Block(head, bound=frozenset(range(len(head))))
    yield replace(entries, bound=entries.bound | {len(entries.pieces) - 1})
    yield Block((*end, Gap(6)), whole=True)


def _rows(line: StampLine) -> list[Row | Total]:
    rows: list[Row | Total] = [
        (
            span(one.first_day, one.last_day), one.title, one.mode, plain_decimal(one.hours),
            _credits(one.credits), one.score, one.organizer,
        )
        for one in line.register
    ]  # fmt: skip
    sums = (plain_decimal(line.hours), plain_decimal(line.credits))
    rows.append(Total(("全年合计", f"{len(line.register)} 项", "", *sums, "", "")))
    return rows


def _credits(amount: Decimal | None) -> str:
    return "" if amount is None else plain_decimal(amount)


def _end(register: RegisterLines, one: Registered, fonts: Fonts, width: float) -> tuple[Piece, ...]:
    """The wording, the seal's name and the day in one line; a correction below."""
    high = leading(BODY)
    seal = register.seal
    right = f"{seal.name}（印）　{plain_date(one.line.stamped_on)}"
    note = wrapped(one.correction, NOTE, fonts, width) if one.correction else []
    wording = wrapped(seal.wording, BODY, fonts, width * 0.45)
    first = wording[0] if wording else TextLine("", BODY, high)
    signed = TextLine(right, BODY, high, width, Align.RIGHT)
    return (Gap(1.5), _Beside(first, signed), *wording[1:], *note)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Two lines of text at one height."""

    left: TextLine
    right: TextLine

    @property
    def height(self) -> float:
        """Of the left one."""
        return self.left.height

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Both on one base line."""
        self.left.draw(paper, x, y)
        self.right.draw(paper, x, y)
