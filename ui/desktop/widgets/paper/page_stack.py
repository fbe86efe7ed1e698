"""Where pages lie when they are stacked below each other: arithmetic only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reports.kit.paper import Size


class PageStack:
    """Pages below each other with a gap around each, in whole pixels."""

    def __init__(self, sizes: Sequence[Size], gap: int, dots: float) -> None:
        """Stack pages of these sizes in millimetres, ``dots`` pixels to the millimetre."""
        self.dots = dots
        self.gap = gap
        self._sizes = sizes
        steps = (round(size.height * dots) + gap for size in sizes)
        self._tops = list(accumulate(steps, initial=gap))
        self.width = round(max(size.width for size in sizes) * dots) + 2 * gap

    def __len__(self) -> int:
        return len(self._sizes)

    @property
    def height(self) -> int:
        """Of the whole stack."""
        return self._tops[-1]

    def top(self, page: int) -> int:
        """Where a page (from 0) begins."""
        return self._tops[page]

    def extent(self, page: int) -> tuple[int, int]:
        """How wide and high a page is."""
        size = self._sizes[page]
        return round(size.width * self.dots), round(size.height * self.dots)

    def at(self, height: float) -> int:
        """The page at a height of the stack, with the gap below it."""
        return min(max(0, bisect_right(self._tops, height) - 1), len(self) - 1)

    def between(self, top: float, bottom: float) -> range:
        """The pages that reach into a part of the stack."""
        return range(self.at(top), self.at(bottom) + 1)
