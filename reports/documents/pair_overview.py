"""结对工程总览: what a programme is, its schools and pairs as a picture, supply and demand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from models.errors import UserError
from models.text.numerals import number_in_chinese
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.maps import numbered, picture_block
from reports.kit.paper import A4, Pen
from reports.kit.setting import heading, paragraph
from reports.kit.table import CellKind, Column, Total, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.maps import Picture
    from reports.kit.table import Line

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
PICTURE = 112.0  # height in millimetres

SCHOOLS = (
    Column("图上", CellKind.SHORT),
    Column("学校"),
    Column("城乡", CellKind.SHORT),
    Column("片"),
    Column("派出师傅", CellKind.NUMBER),
    Column("受助徒弟", CellKind.NUMBER),
    Column("结对学校"),
)
SUBJECTS = (
    Column("学科"),
    Column("学段", CellKind.SHORT),
    Column("可带名额", CellKind.NUMBER),
    Column("需要师傅", CellKind.NUMBER),
    Column("已结对", CellKind.NUMBER),
    Column("还差", CellKind.NUMBER),
)
PAIRS = (
    Column("序号", CellKind.SHORT),
    Column("师傅", CellKind.NAME),
    Column("师傅单位"),
    Column("徒弟", CellKind.NAME),
    Column("徒弟单位"),
    Column("学科", CellKind.SHORT),
    Column("期限", CellKind.SHORT),
    Column("状态", CellKind.SHORT),
)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school of the picture: what it gives, what it receives, with whom."""

    name: str
    location: str
    district: str
    mentors: int
    mentees: int
    partners: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """Supply and demand of a subject in a stage."""

    subject: str
    stage: str
    places: int
    wanted: int
    paired: int


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as lists show it."""

    mentor: str
    mentor_school: str
    mentee: str
    mentee_school: str
    subject: str
    term: str
    state: str


@dataclass(frozen=True, slots=True)
class PairOverview:
    """What the overview says.

    Attributes:
        title: the programme's name.
        scope: as of when, how many pairs.
        office, printed_at: who prints it and when.
        facts: label and text: 周期, 依据, 目标, 任务 …
        picture: the schools and their pairs; its dots in the order of ``schools``.
        schools, subjects, pairs: the tables.
        note: below the picture: how places were found.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    facts: tuple[tuple[str, str], ...]
    picture: Picture
    schools: tuple[SchoolLine, ...]
    subjects: tuple[SubjectLine, ...]
    pairs: tuple[PairLine, ...]
    note: str = ""


def build(
    overview: PairOverview, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the overview as a PDF.

    Raises:
        UserError: there are no pairs; characters no font has (with the people concerned), or the
            file is there.
    """
    if not overview.pairs:
        raise UserError(
            "pair.nothing", f"“{overview.title}”还没有师徒对子。", "请先匹配或逐对登记，再打印。"
        )
    texts = [(overview.title, [text for _, text in overview.facts])]
    texts += [(one.name, [one.name, one.partners]) for one in overview.schools]
    texts += [
        (f"{one.mentor}—{one.mentee}", [one.mentor, one.mentee, one.subject])
        for one in overview.pairs
    ]
    missing = fonts.missing(texts)
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, overview.printed_at, progress, overwrite)
    sheet = Sheet(f"{overview.title}总览", overview.office, A4, CLOSE)
    return furniture.write(output, sheet, list(_blocks(overview, fonts, sheet)))


def _blocks(overview: PairOverview, fonts: Fonts, sheet: Sheet) -> Iterator[Block]:
    width = sheet.width
    numbers = map(number_in_chinese, count(1))
    yield furniture.title_block(sheet.title, overview.scope, width)
    yield facts(overview.facts, fonts, width)
    if overview.picture.dots:
        yield heading(f"{next(numbers)}、学校与对子", HEADING)
        yield picture_block(overview.picture, fonts, width, PICTURE)
        if overview.note:
            yield paragraph(overview.note, BODY, fonts, width, indent=0)
        yield Block((Gap(2),))
        yield table(SCHOOLS, _schools(overview), fonts, width)
    if overview.subjects:
        yield heading(f"{next(numbers)}、各学科的供需", HEADING)
        yield table(SUBJECTS, _subjects(overview), fonts, width)
    yield heading(f"{next(numbers)}、师徒对子（{len(overview.pairs)} 对）", HEADING)
    yield table(PAIRS, _pairs(overview), fonts, width)


def _schools(overview: PairOverview) -> list[Line]:
    rows: list[Line] = [
        (
            str(number), one.name, one.location, one.district,
            str(one.mentors), str(one.mentees), one.partners,
        )
        for (number, _), one in zip(numbered(overview.picture), overview.schools, strict=True)
    ]  # fmt: skip
    mentors = sum(one.mentors for one in overview.schools)
    mentees = sum(one.mentees for one in overview.schools)
    return [*rows, Total(("", f"合计 {len(rows)} 所", "", "", str(mentors), str(mentees), ""))]


def _subjects(overview: PairOverview) -> list[Line]:
    rows: list[Line] = [
        (one.subject, one.stage, *map(str, (one.places, one.wanted, one.paired, lack_of(one))))
        for one in overview.subjects
    ]
    sums = (
        sum(one.places for one in overview.subjects),
        sum(one.wanted for one in overview.subjects),
        sum(one.paired for one in overview.subjects),
        sum(lack_of(one) for one in overview.subjects),
    )
    return [*rows, Total(("合计", "", *map(str, sums)))]


def lack_of(one: SubjectLine) -> int:
    """How many who want a mentor have none yet."""
    return max(0, one.wanted - one.paired)


def _pairs(overview: PairOverview) -> list[Line]:
    return [
        (
            str(number), one.mentor, one.mentor_school, one.mentee, one.mentee_school,
            one.subject, one.term, one.state,
        )
        for number, one in enumerate(overview.pairs, start=1)
    ]  # fmt: skip
