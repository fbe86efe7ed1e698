"""How far a printer's tray prints off, and the answer to it.

A point that the paper is to carry at (x, y) is sent to (x · wider + right, y · taller + down),
in millimetres from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit.paper import POINTS

if TYPE_CHECKING:
    from reports.kit.paper import Size


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A shift in millimetres and a scale for each direction."""

    right: float = 0.0
    down: float = 0.0
    wider: float = 1.0
    taller: float = 1.0

    def operators(self, size: Size) -> str:
        """The page operator (ISO 32000-1, 8.3.4) that applies it to a sheet of that size."""
        height = size.height * POINTS
        rise = height * (1 - self.taller) - self.down * POINTS
        return f"{self.wider:.6f} 0 0 {self.taller:.6f} {self.right * POINTS:.4f} {rise:.4f} cm"


NONE = Adjustment()
"""Prints where it is asked to."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the two crosses of a calibration sheet were asked for, and where they stand.

    Points are (x, y) in millimetres from the upper left corner of the sheet.
    """

    near: tuple[float, float]
    far: tuple[float, float]
    near_stands: tuple[float, float]
    far_stands: tuple[float, float]


def adjustment_from(found: Found, before: Adjustment = NONE) -> Adjustment:
    """The adjustment that brings both crosses to their places.

    Args:
        found: what was measured on a sheet.
        before: the adjustment that sheet was printed with; the answer takes its place.

    Raises:
        ValueError: the crosses stand in each other's way, so that nothing can be concluded.
    """
    right, wider = _answer(0, found, (before.right, before.wider))
    down, taller = _answer(1, found, (before.down, before.taller))
    return Adjustment(right, down, wider, taller)


def _answer(axis: int, found: Found, before: tuple[float, float]) -> tuple[float, float]:
    """Shift and scale of one direction: the printer's own is undone, for what was sent to it."""
    shift, scale = before
    sent = [one[axis] * scale + shift for one in (found.near, found.far)]
    stands = [one[axis] for one in (found.near_stands, found.far_stands)]
    if not stands[1] - stands[0] > 0 or not sent[1] - sent[0] > 0:
        raise ValueError("the far cross is not beyond the near one")
    own_scale = (stands[1] - stands[0]) / (sent[1] - sent[0])
    own_shift = stands[0] - sent[0] * own_scale
    return -own_shift / own_scale, 1 / own_scale
