"""门贴: what takes place behind this door, to be read from afar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.flow import Block
from reports.kit.fonts import Role
from reports.kit.furniture import Margins, Part, Sheet
from reports.kit.paper import A4_LANDSCAPE, POINTS, Align, Pen
from reports.kit.title_cutting import cut_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.documents.training_class import TrainingClass
    from reports.kit.fonts import Fonts
    from reports.kit.paper import Paper

LARGEST, LONGEST = 60.0, 10  # points; characters a line before the title is cut
SHOWN = ("时间", "地点", "举办单位")
EDGES = Margins(20, 22, 20, 22)


def parts(training: TrainingClass, fonts: Fonts) -> Iterator[Part]:
    """The sheet as one part."""
    sheet = Sheet(f"{training.title}门贴", training.office, A4_LANDSCAPE, EDGES, footed=False)
    door = _Door(training, fonts, sheet.width, sheet.room)
    yield Part("门贴", [Block((door,))], sheet)


@dataclass(frozen=True, slots=True)
class _Door:
    """The sheet as a piece that fills its page."""

    training: TrainingClass
    fonts: Fonts
    width: float
    height: float

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """The office above, the title in the middle, time and place below."""
        middle, one = x + self.width / 2, self.training
        paper.text(middle, y + 9, one.office, Pen(Role.SONG, 24), align=Align.CENTER)
        paper.line((x, y + 16), (x + self.width, y + 16), thickness=0.6)
        lines = cut_title(one.title.strip("《》"), LONGEST)
        widest = max(self.fonts.width(line, Role.BIAOSONG, 1) for line in lines)
        size = min(LARGEST, self.width * POINTS / widest, 175 * POINTS / 1.4 / len(lines) / 1.6)
        step = size * 1.4 / POINTS
        base = y + 16 + (self.height - 62 - step * len(lines)) / 2 + step * 0.78
        for number, line in enumerate(lines):
            pen = Pen(Role.BIAOSONG, size)
            paper.text(middle, base + number * step, line, pen, align=Align.CENTER)
        self._facts(paper, x, y + self.height - 42)

    def _facts(self, paper: Paper, x: float, y: float) -> None:
        """What is known of time and place; the number of people last."""
        pairs = [(label, self.training.fact(label)) for label in SHOWN]
        pairs.append(("人数", f"{len(self.training.people)} 人"))
        told = [(label, text) for label, text in pairs if text]
        paper.line((x, y), (x + self.width, y), thickness=0.3)
        for number, (label, text) in enumerate(told):
            base = y + 11 + number * 10
            paper.text(x + 14, base, f"{label}：", Pen(Role.HEI, 22))
            room = self.width - 66
            size = min(22.0, room * POINTS / self.fonts.width(text, Role.SONG, 1))
            paper.text(x + 54, base, text, Pen(Role.SONG, size))
