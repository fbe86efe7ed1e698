"""达标情况统计: how far schools, areas, stages and subjects are, who is behind, who will miss."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.text.numerals import number_in_chinese
from reports.kit import charts, furniture
from reports.kit.charts import Share
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4_LANDSCAPE, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Total, by_school, facts, table
from reports.kit.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line, Row

TITLE = "达标情况统计"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
SHADES = (("全部达到", charts.DARK), ("待核实", charts.MIDDLE), ("未达到", charts.LIGHT))
AT_ONCE = 7  # requirements side by side in one table
CHARTED = 12  # groups that a chart bears

ASKED = (
    Column("代号", CellKind.SHORT),
    Column("要求"),
    Column("条款"),
    Column("涉及人数", CellKind.NUMBER),
    Column("达到", CellKind.NUMBER),
    Column("未达到", CellKind.NUMBER),
    Column("达到率", CellKind.NUMBER),
)
COUNTS = (
    Column("人数", CellKind.NUMBER),
    Column("全部达到", CellKind.NUMBER),
    Column("达标率", CellKind.NUMBER),
    Column("未达标", CellKind.NUMBER),
    Column("待核实", CellKind.NUMBER),
)
BEHIND = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
    Column("学段", CellKind.SHORT),
    Column("任教学科", CellKind.SHORT),
    Column("未达到的要求（还差）"),
)
OUTLOOKS = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("教师编号", CellKind.SHORT),
    Column("要求"),
    Column("应", CellKind.NUMBER),
    Column("已有", CellKind.NUMBER),
    Column("期末预计", CellKind.NUMBER),
    Column("还差", CellKind.NUMBER),
    Column("今后每年需", CellKind.NUMBER),
    Column("单位", CellKind.SHORT),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement, with how many it concerns and how many have met it."""

    id: str
    title: str
    clause: str
    unit: str
    applies: int
    met: int


@dataclass(frozen=True, slots=True)
class Group:
    """A school, an area, a stage …: its people and for each requirement concerned and met."""

    name: str
    people: int
    met: int
    open: int
    requirements: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups by one thing: ``name`` is 学校, 片, 学段, 学科 or 城乡."""

    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class BehindLine:
    """Somebody who has not met everything; ``missing`` says what, requirement by requirement."""

    school: str
    name: str
    teacher_no: str
    stage: str
    subject: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """Somebody who will miss a requirement at the present pace."""

    school: str
    name: str
    teacher_no: str
    requirement: str
    required: Decimal
    achieved: Decimal
    expected: Decimal
    gap: Decimal
    per_year: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class VerdictOverview:
    """What the overview says.

    Attributes:
        scope: 全县, or the name of the school or area.
        office, printed_at: who prints it and when.
        period: ``2021—2025 年``.
        day: the day of the verdict, ISO.
        pack: title and document of the rules.
        asked: the requirements, in the pack's order, of everybody.
        whole: everybody as one group.
        groupings: the groups; one with a single group is left out.
        behind: who has not met everything, by school and number.
        outlooks: who will miss what, by school and number.
        pace: how far the period is, in words; "" where it is over and nothing is foretold.
    """

    scope: str
    office: str
    printed_at: datetime
    period: str
    day: str
    pack: str
    asked: tuple[Asked, ...]
    whole: Group
    groupings: tuple[Grouping, ...]
    behind: tuple[BehindLine, ...]
    outlooks: tuple[OutlookLine, ...]
    pace: str


def build(
    overview: VerdictOverview,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Built:
    """Write the overview as a PDF on A4 lying on its side.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing(
        (one.name, (one.name, one.school)) for one in (*overview.behind, *overview.outlooks)
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(f"{overview.scope}{TITLE}", overview.office, A4_LANDSCAPE, CLOSE)
    output = Output(out, fonts, overview.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(overview, fonts, sheet.width)))


def mark(place: int) -> str:
    """How the requirement at a place is called in tables: A, B, C and so on."""
    return chr(ord("A") + place)


def _blocks(overview: VerdictOverview, fonts: Fonts, width: float) -> Iterator[Block]:
    scope = f"{overview.period}　截至 {overview.day}"
    yield furniture.title_block(f"{overview.scope}{TITLE}", scope, width)
    yield facts(_facts(overview), fonts, width)
    yield Block((Gap(2),))
    yield charts.shares(_shares(overview), SHADES, fonts, width)
    numbers = map(number_in_chinese, count(1))
    yield heading(f"{next(numbers)}、各项要求", HEADING)
    yield table(ASKED, _asked(overview.asked), fonts, width)
    for grouping in overview.groupings:
        yield heading(f"{next(numbers)}、按{grouping.name}", HEADING)
        yield from _grouping(grouping, overview, fonts, width)
    yield heading(f"{next(numbers)}、未达标名单（{len(overview.behind)} 人）", HEADING)
    yield from _behind(overview, fonts, width)
    if overview.pace:
        yield heading(f"{next(numbers)}、照目前进度将完不成的要求", HEADING)
        yield from _outlooks(overview, fonts, width)
    yield Block((Gap(4), Signatures(("填表人", "审核人", "单位负责人"), width)), whole=True)


def _facts(overview: VerdictOverview) -> list[tuple[str, str]]:
    whole = overview.whole
    share = percent(whole.met, whole.people)
    told = (
        f"参加考核 {whole.people} 人，全部达到 {whole.met} 人（{share}），"
        f"未达标 {whole.people - whole.met} 人"
    )
    if whole.open:
        told += f"；其中 {whole.open} 人缺少登记项，有的要求无法核定"
    return [("核算依据", overview.pack), ("总的情况", f"{told}。")]


def _asked(asked: Sequence[Asked]) -> list[Row]:
    return [
        (
            mark(place), one.title, one.clause, str(one.applies), str(one.met),
            str(one.applies - one.met), percent(one.met, one.applies),
        )
        for place, one in enumerate(asked)
    ]  # fmt: skip


def _shares(overview: VerdictOverview) -> list[Share]:
    """Everything asked in one bar, then each requirement's."""
    single = (
        Share(
            f"{mark(place)} {one.title}",
            (one.met, 0, one.applies - one.met),
            f"{one.met}/{one.applies}　{percent(one.met, one.applies)}",
        )
        for place, one in enumerate(overview.asked)
        if one.applies
    )
    return [replace(_share(overview.whole), label="全部要求"), *single]


def _share(group: Group) -> Share:
    """Met, open among the rest, and what remains."""
    behind = group.people - group.met
    unsure = min(group.open, behind)
    words = f"{group.met}/{group.people}　{percent(group.met, group.people)}"
    return Share(group.name, (group.met, unsure, behind - unsure), words)


def _grouping(
    grouping: Grouping, overview: VerdictOverview, fonts: Fonts, width: float
) -> Iterator[Block]:
    """A grouping's chart and its tables, as many as the requirements need."""
    if len(grouping.groups) <= CHARTED:
        yield charts.shares([_share(one) for one in grouping.groups], SHADES, fonts, width)
        yield Block((Gap(2),), bound=frozenset({0}))
    concerning = [place for place, one in enumerate(overview.asked) if one.applies]
    at_once = evenly(len(concerning))
    for start in range(0, max(len(concerning), 1), at_once):
        places = concerning[start : start + at_once]
        counts = COUNTS if start == 0 else ()
        columns = (
            Column(grouping.name),
            *counts,
            *(Column(f"{mark(place)} 达到/涉及", CellKind.SHORT) for place in places),
        )
        lines: list[Line] = [_row(group, places, bool(counts)) for group in grouping.groups]
        total = replace(overview.whole, name="合计")
        lines.append(Total(_row(total, places, bool(counts))))
        if start:
            yield Block((Gap(3),))
        yield table(columns, lines, fonts, width)


def evenly(count: int) -> int:
    """How many requirements a table takes, so that none is left over alone for a last one."""
    tables = max(1, -(-count // AT_ONCE))
    return max(1, -(-count // tables))


def _row(group: Group, places: Sequence[int], counted: bool) -> Row:  # noqa: FBT001
    counts = (
        str(group.people),
        str(group.met),
        percent(group.met, group.people),
        str(group.people - group.met),
        str(group.open),
    )
    cells = [_cell(*group.requirements[place]) for place in places]
    return (group.name, *(counts if counted else ()), *cells)


def _cell(applies: int, met: int) -> str:
    return f"{met}/{applies} {percent(met, applies)}" if applies else "—"


def _behind(overview: VerdictOverview, fonts: Fonts, width: float) -> Iterator[Block]:
    if not overview.behind:
        yield paragraph("没有未达标的教师。", BODY, fonts, width)
        return
    rows = (
        (one.school, (one.name, one.teacher_no, one.stage, one.subject, "；".join(one.missing)))
        for one in overview.behind
    )
    yield table(BEHIND, by_school(rows), fonts, width)


def _outlooks(overview: VerdictOverview, fonts: Fonts, width: float) -> Iterator[Block]:
    counts = Counter(one.requirement for one in overview.outlooks)
    told = "；".join(f"{title} {people} 人" for title, people in counts.items())
    words = f"{overview.pace}将完不成的：{told or '没有'}。"
    yield paragraph(words, BODY, fonts, width, bound=bool(counts))
    if not counts:
        return
    rows = (
        (
            one.school,
            (
                one.name, one.teacher_no, one.requirement, plain_decimal(one.required),
                plain_decimal(one.achieved), plain_decimal(one.expected), plain_decimal(one.gap),
                plain_decimal(one.per_year), one.unit,
            ),
        )
        for one in overview.outlooks
    )  # fmt: skip
    yield Block((Gap(1.5),), bound=frozenset({0}))
    yield table(OUTLOOKS, by_school(rows), fonts, width)
