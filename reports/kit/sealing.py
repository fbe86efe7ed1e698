"""The lines under which an office puts its seal: the words, the name, the day."""

from __future__ import annotations

from dataclasses import dataclass

from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.paper import Align, Pen
from reports.kit.setting import TextLine, leading

BLANK_DAY = "　　　　年　　月　　日"
WORDS = Pen(Role.SONG, 10.5)


@dataclass(frozen=True, slots=True)
class Seal:
    """Whose seal, and the words it stands under."""

    name: str
    wording: str


def sealed(seal: Seal, width: float, *, day: str = "", pen: Pen = WORDS, room: float = 8) -> Block:
    """The wording to the left, below it to the right the sealing office and the day.

    Args:
        seal: whose, and what it says.
        width: of the content in millimetres.
        day: as it is to be printed; "" leaves it to be written by hand.
        pen: how it is written.
        room: white space for the seal above the office's name, in millimetres.
    """
    high = leading(pen)
    return Block(
        (
            Gap(2),
            TextLine(seal.wording, pen, high),
            Gap(room),
            TextLine(f"{seal.name}（印）", pen, high, width - 4, Align.RIGHT),
            TextLine(day or BLANK_DAY, pen, high, width - 4, Align.RIGHT),
        ),
        whole=True,
    )
