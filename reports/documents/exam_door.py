"""门贴: the number of the room to be read from afar, and who sits in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.paper import A4, POINTS, Align, Pen
from reports.kit.table import CellKind, Column, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.exam_day import ExamDay, ExamRoom
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper
    from reports.kit.table import Row

EDGES = Margins(18, 16, 18, 16)
HALF = (
    Column("座号", CellKind.SHORT),
    Column("准考证号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
)
LOWEST, HIGHEST = 5.5, 10.0  # millimetres of a row
HEAD = 88.0
TITLE, NUMBER, LINE = 26.0, 96.0, 16.0  # points at the most


def parts(day: ExamDay, room: ExamRoom, fonts: Fonts) -> Iterator[Part]:
    """The sheet as one part."""
    sheet = Sheet(f"{day.title}门贴", day.office, A4, EDGES, footed=False)
    count = -(-len(room.people) // 2)
    least = max(LOWEST, min(HIGHEST, (sheet.room - HEAD - HIGHEST) / count))
    rows = [(*_half(room, at), *_half(room, at + count)) for at in range(count)]
    head = Block((_Head(day, room, fonts, sheet.width),), bound=frozenset({0}))
    body = table((*HALF, *HALF), rows, fonts, sheet.width, least=least)
    yield Part(f"{room.title}门贴", [head, body], sheet)


def _half(room: ExamRoom, at: int) -> Row:
    if at >= len(room.people):
        return ("", "", "")
    one = room.people[at]
    return (str(one.seat), one.admission_no, one.name)


@dataclass(frozen=True, slots=True)
class _Head:
    """The upper part of the sheet."""

    day: ExamDay
    room: ExamRoom
    fonts: Fonts
    width: float
    height: float = HEAD

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """The exam, the room as large as it goes, when and where, the numbers from and to."""
        middle = x + self.width / 2
        self._line(paper, (middle, y + 10), self.day.title, Role.BIAOSONG, TITLE)
        paper.line((x, y + 15), (x + self.width, y + 15), thickness=0.6)
        self._line(paper, (middle, y + 48), self.room.title, Role.HEI, NUMBER)
        named = self.room.name if self.room.name != self.room.title else ""
        place = "　".join(text for text in (self.room.place or self.day.place, named) if text)
        self._line(paper, (middle, y + 62), place, Role.SONG, LINE)
        when = f"考试时间：{self.day.when}" if self.day.when else ""
        self._line(paper, (middle, y + 71), when, Role.SONG, LINE)
        numbers = sorted(one.admission_no for one in self.room.people)
        span = f"准考证号 {numbers[0]}—{numbers[-1]}　共 {len(numbers)} 人"
        self._line(paper, (middle, y + 80), span, Role.SONG, LINE)

    def _line(
        self, paper: Paper, at: tuple[float, float], text: str, role: Role, most: float
    ) -> None:
        """A line in the middle, as large as it goes."""
        if text:
            size = min(most, self.width * POINTS / self.fonts.width(text, role, 1))
            paper.text(*at, text, Pen(role, size), align=Align.CENTER)
