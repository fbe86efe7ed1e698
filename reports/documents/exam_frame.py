"""抽签名单公示: the frozen list with its fingerprint, signed before there is any seed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import Output, Sheet
from reports.kit.paper import Pen
from reports.kit.setting import Signatures, centred, heading, paragraph
from reports.kit.table import CellKind, Column, Section, Total, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
PRINT = Pen(Role.HEI, 13)
ACROSS = 3
"""People side by side in the list of names."""

STRATA = (
    Column("组别"),
    Column("可抽人数", CellKind.NUMBER),
    Column("应抽人数", CellKind.NUMBER),
)
EXCLUDED = (
    Column("教师编号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("未列入的原因"),
    Column("批准人", CellKind.NAME),
)
NAMES = (Column("教师编号", CellKind.SHORT), Column("姓名", CellKind.NAME)) * ACROSS
WITNESSES = ("名单制作人", "监督人", "负责人")


@dataclass(frozen=True, slots=True)
class ExcludedPerson:
    """Somebody of the base who is not in the list; ``signed_by`` "" where nobody decided it."""

    teacher_no: str
    name: str
    reason: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the list."""

    stratum: str
    teacher_no: str
    name: str


@dataclass(frozen=True, slots=True)
class FrameSheet:
    """What the sheet says.

    Attributes:
        title: ``2026年县级抽测抽签名单公示``.
        office: who made the list.
        printed_at: the moment of printing.
        purpose: the name of the exam.
        facts: what the list is and how it is drawn from: what, and how it is.
        sha256: the fingerprint.
        strata: group, people, how many of them will be drawn.
        members: the people, groups together; none where the names are not printed.
        excluded: who is not in it, and why; none where that is not printed.
        words: what follows from the fingerprint, one paragraph each.
        witnesses: labels of the lines to sign.
    """

    title: str
    office: str
    printed_at: datetime
    purpose: str
    facts: tuple[tuple[str, str], ...]
    sha256: str
    strata: tuple[tuple[str, int, int], ...]
    members: tuple[Member, ...] = ()
    excluded: tuple[ExcludedPerson, ...] = ()
    words: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = WITNESSES


def build(
    frame: FrameSheet, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sheet as a PDF.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing(
        [
            *((one.name, (one.name, one.stratum)) for one in frame.members),
            *((one.name, (one.name, one.reason, one.signed_by)) for one in frame.excluded),
        ]
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(frame.title, frame.office)
    blocks = list(_blocks(frame, fonts, sheet.width))
    return furniture.write(Output(out, fonts, frame.printed_at, progress, overwrite), sheet, blocks)


def excluded_rows(people: Iterable[ExcludedPerson]) -> list[Line]:
    """The rows of ``EXCLUDED``."""
    return [(one.teacher_no, one.name, one.reason, one.signed_by) for one in people]


def _blocks(frame: FrameSheet, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(frame.title, frame.purpose, width)
    yield facts(frame.facts, fonts, width)
    half = len(frame.sha256) // 2
    lines = (frame.sha256[:half], frame.sha256[half:])
    pieces = (Gap(4), centred("名单指纹（SHA-256）", HEADING, width), Gap(1))
    yield Block((*pieces, *(centred(line, PRINT, width) for line in lines), Gap(2)), whole=True)
    for text in frame.words:
        yield paragraph(text, BODY, fonts, width)
    yield Block((Gap(6), Signatures(frame.witnesses, width)), whole=True)
    chapters = iter("一二三")
    yield heading(f"{next(chapters)}、各组人数", HEADING)
    yield table(STRATA, _strata(frame), fonts, width)
    if frame.excluded:
        yield heading(f"{next(chapters)}、未列入名单的人员", HEADING)
        yield table(EXCLUDED, excluded_rows(frame.excluded), fonts, width)
    if frame.members:
        yield heading(f"{next(chapters)}、名单", HEADING)
        yield table(NAMES, list(_names(frame)), fonts, width)


def _strata(frame: FrameSheet) -> list[Line]:
    rows: list[Line] = [(name, str(size), str(quota)) for name, size, quota in frame.strata]
    size = sum(one[1] for one in frame.strata)
    quota = sum(one[2] for one in frame.strata)
    return [*rows, Total(("合计", str(size), str(quota)))]


def _names(frame: FrameSheet) -> Iterator[Line]:
    for stratum, found in groupby(frame.members, key=lambda one: one.stratum):
        yield Section(stratum)
        people = list(found)
        for start in range(0, len(people), ACROSS):
            row = people[start : start + ACROSS]
            cells = [text for one in row for text in (one.teacher_no, one.name)]
            yield (*cells, *[""] * (2 * ACROSS - len(cells)))
