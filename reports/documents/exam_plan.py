"""座次图: the room from above, the front on top, each seat with its number and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.furniture import CLOSE, Part, Sheet
from reports.kit.paper import A4_LANDSCAPE, POINTS, Align, Pen, Size
from reports.kit.wording import aligned_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.exam_day import ExamDay, ExamRoom, Sitter
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

HEAD = 34.0
DESK = Size(60, 9)
AISLE, BETWEEN = 0.1, 0.08  # of a seat: the white beside it and behind it
WIDEST, TALLEST = 62.0, 26.0
GREY = "#9AA6B2"
NUMBER, NAME, SMALL = 0.30, 0.42, 0.20  # of a seat's height: how high letters are


def parts(day: ExamDay, room: ExamRoom, fonts: Fonts) -> Iterator[Part]:
    """The plan as one part."""
    sheet = Sheet(f"{day.title}座次图", day.office, A4_LANDSCAPE, CLOSE)
    plan = _Plan(day, room, fonts, Size(sheet.width, sheet.room))
    yield Part(f"{room.title}座次图", [Block((plan,))], sheet)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The plan as a piece that fills its page."""

    day: ExamDay
    room: ExamRoom
    fonts: Fonts
    size: Size

    @property
    def height(self) -> float:
        """Of the page's content."""
        return self.size.height

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Title, front of the room, door, seats."""
        middle = x + self.size.width / 2
        title = f"{self.day.title}　{self.room.whole_title}座次图"
        room = self.size.width * POINTS
        size = min(18.0, room / self.fonts.width(title, Role.BIAOSONG, 1))
        paper.text(middle, y + 7, title, Pen(Role.BIAOSONG, size), align=Align.CENTER)
        scope = "　".join(
            text for text in (self.day.when, f"考生 {len(self.room.people)} 人") if text
        )
        paper.text(middle, y + 14, scope, Pen(size=10.5), align=Align.CENTER)
        corner = (middle - DESK.width / 2, y + 19)
        paper.frame(corner, DESK, thickness=0.3)
        paper.text(middle, y + 25.2, "讲　台", Pen(Role.HEI, 12), align=Align.CENTER, spoken="讲台")
        paper.text(x, y + 25.2, "门（靠第一列）", Pen(Role.HEI, 11))
        self._seats(paper, x, y + HEAD)

    def _seats(self, paper: Paper, x: float, y: float) -> None:
        columns = 1 + max(column for column, _ in self.room.grid.values())
        rows = 1 + max(row for _, row in self.room.grid.values())
        wide = min(WIDEST, self.size.width / columns)
        tall = min(TALLEST, (self.size.height - HEAD) / rows)
        left = x + (self.size.width - wide * columns) / 2
        people = {one.seat: one for one in self.room.people}
        cell = Size(wide * (1 - AISLE), tall * (1 - BETWEEN))
        for number, (column, row) in sorted(self.room.grid.items()):
            corner = (left + column * wide + wide * AISLE / 2, y + row * tall)
            self._seat(paper, corner, cell, number, people.get(number))

    def _seat(
        self,
        paper: Paper,
        corner: tuple[float, float],
        cell: Size,
        number: int,
        one: Sitter | None,
    ) -> None:
        """A seat: its number, who sits there; an empty one in grey."""
        x, y = corner
        colour = "#000000" if one else GREY
        paper.frame(corner, cell, colour=colour)
        digits = Pen(Role.HEI, cell.height * NUMBER * POINTS, colour)
        paper.text(x + 1.5, y + cell.height * 0.36, str(number), digits)
        if one is None:
            pen = Pen(Role.SONG, cell.height * SMALL * POINTS, GREY)
            middle = (x + cell.width / 2, y + cell.height * 0.6)
            paper.text(*middle, "空", pen, align=Align.CENTER)
            return
        name = aligned_name(one.name)
        spoken = one.name if name != one.name else None
        room = cell.width - 3 - cell.height * NUMBER * 1.2
        pen = self._pen(name, Role.KAI, cell.height * NAME, room)
        at = (x + cell.width - 1.5, y + cell.height * 0.46)
        paper.text(*at, name, pen, align=Align.RIGHT, spoken=spoken)
        for words, base in ((one.admission_no, 0.67), (f"{one.school} {one.subject}", 0.90)):
            small = self._pen(words, Role.SONG, cell.height * SMALL, cell.width - 3)
            paper.text(x + 1.5, y + cell.height * base, words, small)

    def _pen(self, text: str, role: Role, tall: float, room: float) -> Pen:
        """As large as height and width allow."""
        return Pen(role, min(tall, room / max(1e-6, self.fonts.width(text, role, 1))) * POINTS)
