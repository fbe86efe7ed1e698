"""验印名单: for each school who may be stamped, who may not and why, and the hand-over sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.errors import UserError
from models.progress import Progress
from models.text.file_names import file_name_of
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.sealing import sealed
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Total, facts, table
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.stamping.listing import SchoolList
    from models.stamping.records import StampLine
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.sealing import Seal
    from reports.kit.table import Row

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
NO_SCHOOL = "（未填学校）"

WHO = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
)
AMOUNTS = (Column("学时", CellKind.NUMBER), Column("学分", CellKind.NUMBER))
READY = (*WHO, *AMOUNTS, Column("本人签字"), Column("备注"))
STAMPED = (*WHO, *AMOUNTS, Column("验印日期", CellKind.SHORT), Column("经办", CellKind.SHORT))
REFUSED = (*WHO, *AMOUNTS, Column("原因"))
HAND_OVER = (
    Column("序号", CellKind.SHORT),
    Column("学校"),
    Column("人数", CellKind.NUMBER),
    Column("可验印", CellKind.NUMBER),
    Column("已验印", CellKind.NUMBER),
    Column("不予验印", CellKind.NUMBER),
    Column("待核实", CellKind.NUMBER),
    Column("登记册数", CellKind.NUMBER),
    Column("交册人签字"),
    Column("领回签字"),
)


@dataclass(frozen=True, slots=True)
class StampingList:
    """What the lists of a run say.

    Attributes:
        year: the year stamped.
        office, printed_at: who prints it and when.
        pack: title of the rules it was judged by.
        schools: each school's list, by name.
        seal: whose seal, and the words it stands under.
    """

    year: int
    office: str
    printed_at: datetime
    pack: str
    schools: tuple[SchoolList, ...]
    seal: Seal

    @property
    def title(self) -> str:
        """As it stands on the sheets."""
        return f"{self.year} 年度继续教育验印名单"


def build(
    lists: StampingList, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write all schools into one PDF: the hand-over sheet, then each school from a new page.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    _check(lists, fonts)
    output = Output(out, fonts, lists.printed_at, progress, overwrite)
    sheet = Sheet(lists.title, lists.office, A4, CLOSE)

    def parts() -> Iterator[Part]:
        yield Part("交接汇总", list(_hand_over(lists, fonts, sheet.width)))
        for one in lists.schools:
            yield Part(_name(one), list(_school(lists, one, fonts, sheet.width)))

    return furniture.write_parts(output, sheet, parts(), len(lists.schools) + 1)


def build_each(
    lists: StampingList, folder: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> tuple[Built, ...]:
    """Write a PDF for each school into a folder, named ``2025年度验印名单_学校.pdf``.

    Raises:
        UserError, WorldError, CancelledByUser: as ``build``; files written before stay.
    """
    _check(lists, fonts)
    sheet = Sheet(lists.title, lists.office, A4, CLOSE)
    found: list[Built] = []
    names = _file_names(lists.schools)
    for number, (one, name) in enumerate(zip(lists.schools, names, strict=True)):
        progress.step(number, len(lists.schools), "正在生成各校名单")
        path = folder / f"{lists.year}年度验印名单_{name}.pdf"
        output = Output(path, fonts, lists.printed_at, Progress(), overwrite)
        blocks = list(_school(lists, one, fonts, sheet.width))
        found.append(furniture.write(output, sheet, blocks))
    return tuple(found)


def _check(lists: StampingList, fonts: Fonts) -> None:
    if not lists.schools:
        raise UserError("stamping.nothing", "没有验印名单可以打印。", "请先核验该年度。")
    missing = fonts.missing(
        (line.name, (line.name, line.school_name)) for one in lists.schools for line in _all(one)
    )
    if missing:
        raise no_glyphs(missing)


def _name(one: SchoolList) -> str:
    return one.school_name or NO_SCHOOL


def _file_names(schools: Sequence[SchoolList]) -> list[str]:
    """A file name for each school; schools whose names come out alike are numbered."""
    found: list[str] = []
    for one in schools:
        clean = file_name_of(_name(one))
        name, number = clean, 1
        while name in found:
            number += 1
            name = f"{clean}_{number}"
        found.append(name)
    return found


def _all(one: SchoolList) -> tuple[StampLine, ...]:
    return (*one.ready, *one.stamped, *one.blocked, *one.open)


def _hand_over(lists: StampingList, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(f"{lists.year} 年度验印交接汇总", lists.office, width)
    sums = [_counts(one) for one in lists.schools]
    rows = [
        (str(number), _name(one), *map(str, counts), "", "", "")
        for number, (one, counts) in enumerate(zip(lists.schools, sums, strict=True), start=1)
    ]
    total = [str(sum(column)) for column in zip(*sums, strict=True)]
    lines = [*rows, Total(("", f"合计 {len(rows)} 所", *total, "", "", ""))]
    yield table(HAND_OVER, lines, fonts, width)
    signs = Signatures(("移交人", "接收人", "监交人"), width)
    yield Block((Gap(4), signs), whole=True)


def _counts(one: SchoolList) -> tuple[int, ...]:
    counts = (len(one.ready), len(one.stamped), len(one.blocked), len(one.open))
    return (sum(counts), *counts)


def _school(lists: StampingList, one: SchoolList, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(lists.title, _name(one), width)
    yield facts(_facts(lists, one), fonts, width)
    parts = (
        ("可验印", READY, one.ready, _to_sign),
        ("已验印", STAMPED, one.stamped, _stamped),
        ("不予验印", REFUSED, one.blocked, _refused),
        ("待核实", REFUSED, one.open, _refused),
        ("已作废", REFUSED, one.voided, _voided),
    )
    for title, columns, lines, row in parts:
        if lines:
            yield heading(f"{title}（{len(lines)} 人）", HEADING)
            rows = [row(number, line) for number, line in enumerate(lines, start=1)]
            yield table(columns, rows, fonts, width)
    if not _all(one):
        yield paragraph("本校没有参加本年度验印的教师。", BODY, fonts, width)
    yield from _end(lists, one, width)


def _end(lists: StampingList, one: SchoolList, width: float) -> Iterator[Block]:
    """Who signs, and the seal where anybody is or may be stamped."""
    signs = Block((Gap(3), Signatures(("学校经办人", "学校负责人", "审核人"), width)), whole=True)
    if not (one.ready or one.stamped):
        yield signs
        return
    yield replace(signs, bound=frozenset({1}))
    count = len(one.ready) + len(one.stamped)
    seal = replace(lists.seal, wording=f"可验印、已验印共 {count} 人，{lists.seal.wording}")
    yield sealed(seal, width)


def _facts(lists: StampingList, one: SchoolList) -> list[tuple[str, str]]:
    people, ready, stamped, blocked, unsure = _counts(one)
    told = (
        f"共 {people} 人：可验印 {ready} 人，已验印 {stamped} 人，"
        f"不予验印 {blocked} 人，待核实 {unsure} 人"
    )
    judged = sorted({line.judged_on for line in _all(one)})
    day = plain_date(judged[-1]) if judged else ""
    return [("核验依据", lists.pack), ("核验日期", day), ("人数", told)]


def _who(number: int, line: StampLine) -> tuple[str, ...]:
    amounts = (plain_decimal(line.hours), plain_decimal(line.credits))
    return (str(number), line.name, line.teacher_no, *amounts)


def _to_sign(number: int, line: StampLine) -> Row:
    return (*_who(number, line), "　" * 8, "")


def _stamped(number: int, line: StampLine) -> Row:
    return (*_who(number, line), line.stamped_on, line.stamped_by)


def _refused(number: int, line: StampLine) -> Row:
    return (*_who(number, line), reasons(line))


def _voided(number: int, line: StampLine) -> Row:
    return (*_who(number, line), f"{line.voided_on} 作废：{line.voided_because}")


def reasons(line: StampLine) -> str:
    """Why somebody is not stamped, in one text."""
    return "；".join(one.text for one in line.reasons)


def rows_of(lists: Sequence[SchoolList]) -> Iterator[StampLine]:
    """Every line of the lists, school by school: ready, stamped, blocked, open, voided."""
    for one in lists:
        yield from (*_all(one), *one.voided)
