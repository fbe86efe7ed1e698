"""The verdicts that pages have looked at, kept up to date by what was touched since.

The first page that asks has everybody judged on the lane; after that an operation costs the
judging of the teachers it touched, and nothing more.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ui.desktop.tasks.lazy import Lazy

if TYPE_CHECKING:
    from models.office.context import Office
    from models.progress import Progress
    from models.verdicts.board import Board
    from ui.desktop.tasks.lane import OfficeWork

KEPT = 4
"""So many boards are kept, those asked for last."""
look_again = Lazy("ui.desktop.tasks.judging", "look_again")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which verdicts: over which years, by which pack, as of when.

    Attributes:
        first, last: the years; 0 for the running cycle.
        pack_id: another pack than that of the period's last day (what if?); "" for that one.
        as_of: another day than today or the period's last; None for that one.
    """

    first: int = 0
    last: int = 0
    pack_id: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A board as of an operation.

    Attributes:
        asked: what it answers.
        board: everybody's verdicts.
        met: for each person whether everything that applies is met.
        open: the places of those of whom something is missing.
        no: number of the newest operation it knows of.
        today: the day it was judged.
    """

    asked: Asked
    board: Board
    met: Sequence[bool]
    open: frozenset[int]
    no: int
    today: date

    @property
    def counts(self) -> tuple[int, int]:
        """How many are judged, and how many of them have met everything."""
        return len(self.met), sum(self.met)


class Boards:
    """The boards of a session; looked after on the reader lane, read anywhere."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Asked, Kept] = OrderedDict()

    def at_hand(self, asked: Asked) -> Kept | None:
        """The board as it was last, for showing at once; None where it was never asked for."""
        return self._kept.get(asked)

    def work(self, asked: Asked) -> OfficeWork:
        """A work for the reader lane that gives the board as of now."""

        def look(office: Office, progress: Progress) -> object:
            found = look_again(office, progress, asked, self._kept.pop(asked, None))
            self._kept[asked] = found  # pyright: ignore[reportArgumentType]
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return found

        return look
