"""师徒活动记录与阶段考核表: one sheet a pair, for the meetings of July and December."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, POINTS, Align, Pen
from reports.kit.setting import Signatures, heading
from reports.kit.table import GRID, HEAD_FILL, CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.paper import Paper
    from reports.kit.table import Line

HEADING = Pen(Role.HEI, 12)
VISITS = (
    Column("序号", CellKind.SHORT),
    Column("日期", CellKind.SHORT),
    Column("活动", CellKind.SHORT),
    Column("内容"),
    Column("地点"),
    Column("学时", CellKind.NUMBER),
    Column("佐证"),
)
SIGN_IN = (
    Column("序号", CellKind.SHORT),
    Column("师傅", CellKind.NAME),
    Column("师傅单位"),
    Column("签到"),
    Column("徒弟", CellKind.NAME),
    Column("徒弟单位"),
    Column("签到"),
)
ROOM_TO_SIGN = "　" * 6
BLANK_ROWS = 6
ROW = 8.5  # millimetres, to write by hand
OPINIONS = ("徒弟自评", "师傅评语", "学校意见", "培训部意见")
OPINION_HIGH = 22.0
LABEL = 26.0
LABEL_PEN = Pen(Role.HEI, 10.5)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as the sheet lists it; "" where nothing is recorded."""

    held_on: str
    kind: str
    topic: str
    place: str = ""
    hours: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class PairSheet:
    """One pair's sheet.

    Attributes:
        mentor, mentee: their names; mentor_school, mentee_school: where they work.
        facts: label and text: 学科, 协议编号, 期限, 目标, 任务 …
        visits: of the stretch, by day.
        verdict: what the visits amount to by the rule of the programme.
    """

    mentor: str
    mentor_school: str
    mentee: str
    mentee_school: str
    facts: tuple[tuple[str, str], ...]
    visits: tuple[VisitLine, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class PairSheets:
    """The sheets of a meeting.

    Attributes:
        title: ``2026年7月研讨交流会 师徒活动考核表``.
        scope: the programme and the days the sheets look back on.
        office, printed_at: who prints them and when.
        meeting: label and text of the meeting: 时间, 地点, 议题.
        pairs: in the order of printing.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    meeting: tuple[tuple[str, str], ...]
    pairs: tuple[PairSheet, ...]


def build(
    sheets: PairSheets, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the sign-in sheet and then each pair's sheet from a new page, as one PDF.

    Args:
        sheets: what they say.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told pair by pair; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: there are no pairs; characters no font has (with the people concerned), or the
            file is there.
    """
    if not sheets.pairs:
        raise UserError("pair.nothing", "没有要打印的师徒对子。", "请先备案，或另选学校、对子。")
    missing = fonts.missing(_texts(sheets))
    if missing:
        raise no_glyphs(missing)
    output = Output(out, fonts, sheets.printed_at, progress, overwrite)
    sheet = Sheet(sheets.title, sheets.office, A4, CLOSE)

    def parts() -> Iterator[Part]:
        yield Part("签到表", list(_sign_in(sheets, fonts, sheet.width)))
        for one in sheets.pairs:
            name = f"{one.mentor}—{one.mentee}"
            yield Part(name, list(_pair(sheets, one, fonts, sheet.width)))

    return furniture.write_parts(output, sheet, parts(), len(sheets.pairs) + 1)


def _texts(sheets: PairSheets) -> Iterator[tuple[str, list[str]]]:
    yield sheets.title, [sheets.title, *(text for _, text in sheets.meeting)]
    for one in sheets.pairs:
        visits = [text for line in one.visits for text in (line.topic, line.place, line.evidence)]
        own = [one.mentor, one.mentee, one.mentor_school, one.mentee_school]
        yield f"{one.mentor}—{one.mentee}", [*own, *visits, *(text for _, text in one.facts)]


def _sign_in(sheets: PairSheets, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block("签到表", f"{sheets.title}　{sheets.scope}", width)
    if sheets.meeting:
        yield facts(sheets.meeting, fonts, width)
        yield Block((Gap(2),))
    rows: list[Line] = [
        (
            str(number), one.mentor, one.mentor_school, ROOM_TO_SIGN,
            one.mentee, one.mentee_school, ROOM_TO_SIGN,
        )
        for number, one in enumerate(sheets.pairs, start=1)
    ]  # fmt: skip
    yield table(SIGN_IN, rows, fonts, width, least=ROW)


def _pair(sheets: PairSheets, one: PairSheet, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(sheets.title, sheets.scope, width)
    people = [
        ("师傅", one.mentor), ("师傅单位", one.mentor_school),
        ("徒弟", one.mentee), ("徒弟单位", one.mentee_school),
    ]  # fmt: skip
    yield facts(people, fonts, width, across=2)
    yield facts(one.facts, fonts, width)
    yield heading("活动记录", HEADING)
    rows: list[Line] = [
        (str(number), line.held_on, line.kind, line.topic, line.place, line.hours, line.evidence)
        for number, line in enumerate(one.visits, start=1)
    ]
    blanks = max(2, BLANK_ROWS - len(rows))
    rows += [("", "", "", "", "", "", "")] * blanks
    yield table(VISITS, rows, fonts, width, least=ROW)
    yield Block((Gap(1),))
    yield facts([("活动情况", one.verdict)], fonts, width)
    yield heading("考核意见", HEADING)
    yield Block(tuple(_Opinion(title, width) for title in OPINIONS))
    yield Block((Gap(2), Signatures(("师傅", "徒弟", "学校（章）"), width)), whole=True)


@dataclass(frozen=True, slots=True)
class _Opinion:
    """A box with a label to write into by hand."""

    title: str
    width: float
    height: float = OPINION_HIGH

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Label left, room right."""
        paper.fill(x, y, LABEL, self.height, HEAD_FILL)
        paper.cells((x, y), (LABEL, self.width - LABEL), self.height, GRID)
        base = y + self.height / 2 + LABEL_PEN.size * 0.36 / POINTS
        paper.text(x + LABEL / 2, base, self.title, LABEL_PEN, align=Align.CENTER)
