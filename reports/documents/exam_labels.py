"""桌贴 and 答题卡标签: small labels on a sheet, to be cut or stuck."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from models.errors import UserError
from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.paper import POINTS, Align, Pen, Size
from reports.kit.pictures import Square, draw_code
from reports.kit.wording import aligned_name
from resources import path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.documents.exam_day import ExamDay, ExamRoom, Sitter
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

SIZES = "exams/labels.toml"
Face = Literal["desk", "answer"]
USUAL: Mapping[Face, str] = {"desk": "cut12", "answer": "label24"}
FACE_TITLES: Mapping[Face, str] = {"desk": "桌贴", "answer": "答题卡标签"}
GREY = "#9AA6B2"
CUT = 5.0  # millimetres from the edge: where cutting lines begin
INSET = 0.08  # of a label's height: white around its text, and never less than SIDE
SIDE = 2.0
WORDY = 50.0  # millimetres from which on the number is called by its name
SEAT = 0.52  # of a label's height: how high the number of the seat is


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels, read from data; see ``resources/exams/labels.toml``."""

    title: str
    sheet: Size
    grid: tuple[int, int]
    first: tuple[float, float]
    cell: Size
    gap: tuple[float, float]
    cut: bool

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.grid[0] * self.grid[1]

    def corner(self, at: int) -> tuple[float, float]:
        """Upper left corner of a label, row by row."""
        column, row = at % self.grid[0], at // self.grid[0]
        x = self.first[0] + column * (self.cell.width + self.gap[0])
        return x, self.first[1] + row * (self.cell.height + self.gap[1])


@cache
def label_sheets() -> Mapping[str, LabelSheet]:
    """The sheets of labels by key, in the order in which they are offered."""
    raw = tomllib.loads(path(SIZES).read_text(encoding="utf-8"))
    return {
        key: LabelSheet(
            title=one["title"],
            sheet=Size(*one["sheet"]),
            grid=(one["grid"][0], one["grid"][1]),
            first=(one["first"][0], one["first"][1]),
            cell=Size(*one["cell"]),
            gap=(one["gap"][0], one["gap"][1]),
            cut=bool(one["cut"]),
        )
        for key, one in raw.items()
    }


def parts(day: ExamDay, room: ExamRoom, fonts: Fonts, face: Face, size: str = "") -> Iterator[Part]:
    """The labels of a room as one part.

    Args:
        day: the exam day.
        room: whose people.
        fonts: to measure with.
        face: for desks or for answer sheets.
        size: key of a sheet of labels; "" for the usual one.

    Raises:
        UserError: no such sheet of labels.
    """
    chosen = label_sheets().get(size or USUAL[face])
    if chosen is None:
        known = "、".join(f"{key}（{one.title}）" for key, one in label_sheets().items())
        raise UserError("exam.label_size", f"没有“{size}”这种标签纸。", f"可用：{known}。")
    edgeless = Margins(0, 0, 0, 0)
    title = f"{day.title}{FACE_TITLES[face]}"
    sheet = Sheet(title, day.office, chosen.sheet, edgeless, footed=False)
    pages = [
        _LabelPage(chosen, face, room, room.people[at : at + chosen.count], fonts)
        for at in range(0, len(room.people), chosen.count)
    ]
    yield Part(f"{room.title}{FACE_TITLES[face]}", [Block(tuple(pages))], sheet)


@dataclass(frozen=True, slots=True)
class _LabelPage:
    """A sheet of labels as a piece that fills its page."""

    size: LabelSheet
    face: Face
    room: ExamRoom
    people: Sequence[Sitter]
    fonts: Fonts

    @property
    def height(self) -> float:
        """The whole sheet."""
        return self.size.sheet.height

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Every label, and where to cut."""
        if self.size.cut:
            self._cuts(paper, x, y)
        draw = self._desk if self.face == "desk" else self._answer
        inset = max(SIDE, self.size.cell.height * INSET)
        side = inset + (CUT if self.size.cut else 0) / 2
        for at, one in enumerate(self.people):
            left, top = self.size.corner(at)
            room = Size(self.size.cell.width - 2 * side, self.size.cell.height - 2 * inset)
            draw(paper, (x + left + side, y + top + inset), room, one)

    def _cuts(self, paper: Paper, x: float, y: float) -> None:
        size, (columns, rows) = self.size, self.size.grid
        for column in range(1, columns):
            at = x + size.first[0] + column * size.cell.width
            paper.line((at, y + CUT), (at, y + size.sheet.height - CUT), colour=GREY)
        for row in range(1, rows):
            at = y + size.first[1] + row * size.cell.height
            paper.line((x + CUT, at), (x + size.sheet.width - CUT, at), colour=GREY)

    def _desk(self, paper: Paper, corner: tuple[float, float], room: Size, one: Sitter) -> None:
        """The number of the seat left, beside it the name, below them number and school."""
        x, y = corner
        seat = str(one.seat)
        big = self._pen(seat, Role.HEI, room.height * SEAT, room.width * 0.3)
        paper.text(x, y + room.height * 0.48, seat, big)
        name = aligned_name(one.name)
        pen = self._pen(name, Role.BIAOSONG, room.height * 0.42, room.width * 0.64)
        spoken = one.name if name != one.name else None
        base = y + room.height * 0.46
        paper.text(x + room.width, base, name, pen, align=Align.RIGHT, spoken=spoken)
        word = "准考证号 " if room.width > WORDY else ""
        lines = (f"{self.room.title}　{word}{one.admission_no}", f"{one.school}　{one.subject}")
        self._lines(paper, (x, y), room, lines, (0.72, 0.96))

    def _answer(self, paper: Paper, corner: tuple[float, float], room: Size, one: Sitter) -> None:
        """The number as a code right, name, number and seat left."""
        x, y = corner
        side = min(room.height, room.width * 0.42)
        area = Square(x + room.width - side, y + (room.height - side) / 2, side)
        draw_code(paper, area, one.admission_no)
        left = Size(room.width - side - 1, room.height)
        name = aligned_name(one.name)
        pen = self._pen(name, Role.HEI, room.height * 0.26, left.width)
        spoken = one.name if name != one.name else None
        paper.text(x, y + room.height * 0.28, name, pen, spoken=spoken)
        lines = (one.admission_no, f"{self.room.title} {one.seat} 号")
        self._lines(paper, (x, y), left, lines, (0.60, 0.90))

    def _lines(
        self,
        paper: Paper,
        corner: tuple[float, float],
        room: Size,
        lines: tuple[str, ...],
        bases: tuple[float, ...],
    ) -> None:
        """Smaller lines at the left, each as large as it goes."""
        for words, base in zip(lines, bases, strict=True):
            pen = self._pen(words, Role.SONG, room.height * 0.19, room.width)
            paper.text(corner[0], corner[1] + room.height * base, words, pen)

    def _pen(self, text: str, role: Role, tall: float, room: float) -> Pen:
        """As large as height and width allow."""
        return Pen(role, min(tall, room / max(1e-6, self.fonts.width(text, role, 1))) * POINTS)
