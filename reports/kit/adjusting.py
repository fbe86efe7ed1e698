"""What puts the prints of a tray right, applied to a page; ``models.office.printers`` finds it.

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
