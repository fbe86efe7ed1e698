"""抽签记录: who could be drawn, how it was drawn, who was drawn, and how anyone can check it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.documents.exam_frame import EXCLUDED, ExcludedPerson, excluded_rows
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs, spelled
from reports.kit.furniture import Output, Sheet
from reports.kit.paper import Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Section, Total, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)

RECHECK = (
    "1. 取冻结的名单文件（每行“教师编号、制表符、组别”，按编号排列），用任何工具计算它的"
    " SHA-256，应与上面的“名单指纹”相同：名单多一人、少一人或改一字，指纹都会不同。",
    "2. 对名单中每位教师，把抽签种子、考试编号、名单指纹、教师编号各写一行（UTF-8 编码，"
    "行末换行，末行不换行），计算这四行的 SHA-256，就是这位教师的签号。",
    "3. 在每一组内把签号（小写十六进制）由小到大排列，前面的人（人数为该组的“应抽”数）抽中，"
    "其后依次为候补。",
    "4. 所得名单应与本记录逐人相同。用本程序的“核对抽签”，或任何能计算 SHA-256 的工具，"
    "都可以做到。",
)
"""How to check a draw by hand; the rule is the one of ``models.exams.draw``."""

STRATA = (
    Column("组别"),
    Column("可抽人数", CellKind.NUMBER),
    Column("应抽", CellKind.NUMBER),
    Column("抽中", CellKind.NUMBER),
    Column("候补", CellKind.NUMBER),
)
WHO = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
)
SUBJECT, SCHOOL, RESULT = Column("任教学科"), Column("学校"), Column("结果", CellKind.SHORT)


@dataclass(frozen=True, slots=True)
class Stratum:
    """One group that was drawn from by itself, with its numbers of people."""

    name: str
    eligible: int
    quota: int
    drawn: int
    reserve: int


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """One person drawn; ``result`` is ``抽中`` or ``候补 1``; no stratum where it is the school."""

    school: str
    name: str
    teacher_no: str
    subject: str
    result: str
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """What the record says.

    Attributes:
        title: ``2026年县级考核抽签记录``.
        office: who drew.
        printed_at: the moment of printing.
        purpose: what the draw is for.
        exam: code of the exam, one of the four things a ticket is made of.
        base: who could be drawn, in words.
        eligible: how many they were.
        rate: ``10%``.
        rounding: how fractions were treated, ``每校向上取整``.
        drawn: how many were drawn.
        seed: where the order comes from; ``seed_source`` says how it was made.
        seed_source: ``现场掷骰子``.
        frame_hash: the fingerprint of the list, 64 hex digits.
        drawn_at: when, as it is to be printed.
        strata: the groups.
        people: drawn people first within each group, then the reserve; groups together.
        terms: what else decided who could be drawn: what, and how it was.
        excluded: who of the base was not in the list, and why.
        witnesses: labels of the lines to sign.
        remarks: reason of a repeated draw; "" for none.
        recheck: how to check the draw, one paragraph each.
        commands: the same as commands for a computer, one a line.
    """

    title: str
    office: str
    printed_at: datetime
    purpose: str
    exam: str
    base: str
    eligible: int
    rate: str
    rounding: str
    drawn: int
    seed: str
    seed_source: str
    frame_hash: str
    drawn_at: str
    strata: tuple[Stratum, ...]
    people: tuple[DrawnPerson, ...]
    terms: tuple[tuple[str, str], ...] = ()
    excluded: tuple[ExcludedPerson, ...] = ()
    witnesses: tuple[str, ...] = ("主持人", "监督人", "记录人")
    remarks: str = ""
    recheck: tuple[str, ...] = RECHECK
    commands: tuple[str, ...] = ()


def build(
    record: DrawRecord, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the record as a PDF.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing(
        [
            *((one.name, (one.name, one.school, one.subject)) for one in record.people),
            *((one.name, (one.name, one.reason, one.signed_by)) for one in record.excluded),
        ]
    )
    if missing:
        raise no_glyphs(missing)
    record = _spelled(record, fonts)
    sheet = Sheet(record.title, record.office)
    blocks = list(_blocks(record, fonts, sheet.width))
    return furniture.write(
        Output(out, fonts, record.printed_at, progress, overwrite), sheet, blocks
    )


def _spelled(record: DrawRecord, fonts: Fonts) -> DrawRecord:
    """The record of a seed with characters no font has: the codes stand in their places.

    Such a seed was accepted once, and its draw counts. The commands put it in quotation marks,
    so that there the code is left and entered as a shell reads it.
    """
    return replace(
        record,
        seed=spelled(record.seed, fonts),
        remarks=spelled(record.remarks, fonts),
        commands=tuple(spelled(one, fonts, "'$'\\U{:08X}''") for one in record.commands),
    )


def _blocks(record: DrawRecord, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(record.title, record.purpose, width)
    yield facts(_facts(record), fonts, width)
    chapters = iter("一二三四")
    yield heading(f"{next(chapters)}、各组人数", HEADING)
    yield table(STRATA, _strata(record), fonts, width)
    if record.excluded:
        yield heading(f"{next(chapters)}、未列入名单的人员", HEADING)
        yield table(EXCLUDED, excluded_rows(record.excluded), fonts, width)
    yield heading(f"{next(chapters)}、抽签结果", HEADING)
    yield _people(record, fonts, width)
    yield heading(f"{next(chapters)}、怎样核对", HEADING)
    for step in record.recheck:
        yield paragraph(step, BODY, fonts, width)
    for command in record.commands:
        yield paragraph(command, BODY, fonts, width, indent=0)
    yield Block((Gap(6), Signatures(record.witnesses, width)), whole=True)


def _facts(record: DrawRecord) -> list[tuple[str, str]]:
    pairs = [
        ("应抽范围", record.base),
        *record.terms,
        ("可抽人数", f"{record.eligible} 人"),
        ("抽取比例", f"{record.rate}，{record.rounding}" if record.rounding else record.rate),
        ("抽中人数", f"{record.drawn} 人"),
        ("抽签时间", record.drawn_at),
        ("考试编号", record.exam),
        (
            "抽签种子",
            f"{record.seed}（{record.seed_source}）" if record.seed_source else record.seed,
        ),
        ("名单指纹", record.frame_hash),
    ]
    return [*pairs, ("备注", record.remarks)] if record.remarks else pairs


def _strata(record: DrawRecord) -> list[Line]:
    total = Stratum(
        "合计",
        sum(stratum.eligible for stratum in record.strata),
        sum(stratum.quota for stratum in record.strata),
        sum(stratum.drawn for stratum in record.strata),
        sum(stratum.reserve for stratum in record.strata),
    )
    return [*map(_numbers, record.strata), Total(_numbers(total))]


def _numbers(stratum: Stratum) -> tuple[str, ...]:
    counts = (stratum.eligible, stratum.quota, stratum.drawn, stratum.reserve)
    return (stratum.name, *map(str, counts))


def _people(record: DrawRecord, fonts: Fonts, width: float) -> Block:
    """The people under the names of their groups, numbered throughout."""
    by_stratum = any(one.stratum for one in record.people)
    columns = (*WHO, *((SCHOOL,) if by_stratum else ()), SUBJECT, RESULT)
    lines: list[Line] = []
    last = None
    for place, one in enumerate(record.people, start=1):
        group = one.stratum or one.school
        if group != last:
            lines.append(Section(group))
            last = group
        school = (one.school,) if by_stratum else ()
        lines.append((str(place), one.name, one.teacher_no, *school, one.subject, one.result))
    return table(columns, lines, fonts, width)
