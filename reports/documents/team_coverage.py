"""团队覆盖情况: stage by subject by track with its holes, targets, and who could fill what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.text.numerals import number_in_chinese
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.matrix import MatrixCell, matrix
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Section, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

TITLE = "辅导团队覆盖情况"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
TARGETS = (
    Column("指标"),
    Column("应有", CellKind.NUMBER),
    Column("现有", CellKind.NUMBER),
    Column("结论", CellKind.SHORT),
    Column("说明"),
    Column("依据"),
)
PEOPLE = (
    Column("姓名", CellKind.NAME),
    Column("学校"),
    Column("理由"),
    Column("先要解决的"),
)


@dataclass(frozen=True, slots=True)
class StageMatrix:
    """One stage: its rows are subjects, its columns the tracks."""

    stage: str
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target: what is asked, what there is, whether it is met, in words, and its source."""

    title: str
    wanted: int
    found: int
    met: bool
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Hole:
    """A place without a team: what it is, who could lead it, and teams that could take it over."""

    words: str
    people: tuple[tuple[str, str, str, str], ...]
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamCoverage:
    """What the sheet says.

    Attributes:
        office, printed_at: who prints it and when.
        day: the day it stands for, in words.
        covered, empty: how many places have a team, and how many have none.
        tracks: titles of the columns.
        stages: the matrices.
        targets: how the county stands.
        holes: the places without a team, the largest first.
        courses: courses that no team is for.
    """

    office: str
    printed_at: datetime
    day: str
    covered: int
    empty: int
    tracks: tuple[str, ...]
    stages: tuple[StageMatrix, ...]
    targets: tuple[TargetLine, ...]
    holes: tuple[Hole, ...]
    courses: tuple[str, ...]


def build(
    found: TeamCoverage, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sheet as a PDF.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing(
        [
            *((row[0], row) for hole in found.holes for row in hole.people),
            *((one.stage, _words(one)) for one in found.stages),
        ]
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(TITLE, found.office, A4, CLOSE)
    output = Output(out, fonts, found.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(found, fonts, sheet.width)))


def _blocks(found: TeamCoverage, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(TITLE, found.day, width)
    words = f"有团队的 {found.covered} 处，空缺 {found.empty} 处（深色的格）。"
    yield facts([("总的情况", words)], fonts, width)
    numbers = map(number_in_chinese, count(1))
    for stage in found.stages:
        yield heading(f"{next(numbers)}、{stage.stage}", HEADING)
        yield matrix(("学科", *found.tracks), stage.rows, fonts, width)
    yield heading(f"{next(numbers)}、指标", HEADING)
    yield table(TARGETS, [_target(one) for one in found.targets], fonts, width)
    yield heading(f"{next(numbers)}、空缺处的推荐人选", HEADING)
    if found.holes:
        yield table(PEOPLE, list(_holes(found)), fonts, width)
    else:
        yield paragraph("没有空缺。", BODY, fonts, width)
    if found.courses:
        yield heading(f"{next(numbers)}、没有版主的网联课程", HEADING)
        yield paragraph("、".join(found.courses) + "。", BODY, fonts, width)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)


def _words(stage: StageMatrix) -> list[str]:
    return [part for _, row in stage.rows for cell in row for part in cell.text.split("\n")]


def _target(one: TargetLine) -> Line:
    verdict = "达到" if one.met else "未达到"
    return (one.title, str(one.wanted), str(one.found), verdict, one.words, one.source)


def _holes(found: TeamCoverage) -> Iterator[Line]:
    for hole in found.holes:
        yield Section(hole.words)
        yield from hole.people
        if not hole.people:
            yield ("—", "", "没有可推荐的教师", "")
        for team in hole.teams:
            yield ("—", "", f"也可由{team}", "")
