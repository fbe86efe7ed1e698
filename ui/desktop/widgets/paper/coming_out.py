"""What became of every sheet: handed over, came out well, was spoilt, did not come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ui.desktop.widgets.paper.page_numbers import say_pages


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What a person says came of a print; pages are numbers from 1.

    Attributes:
        good: pages that are on paper as they should be.
        spoilt: sheets that were used and are no good, a page once for each sheet.
        missing: pages that are still to be printed.
        printer, tray: where they came out.
    """

    good: tuple[int, ...] = ()
    spoilt: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    printer: str = ""
    tray: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return not self.missing

    def sentence(self) -> str:
        """What is told of it."""
        said = f"已打好 {len(self.good):,} 页"
        if self.spoilt:
            said += f"，打坏 {len(self.spoilt):,} 张（第 {say_pages(self.spoilt)} 页）"
        if self.missing:
            said += f"；第 {say_pages(self.missing)} 页还没有打好"
        return f"{said}。"


@dataclass(slots=True)
class SheetAccount:
    """Keeps count while a print goes on.

    Attributes:
        wanted: the pages that shall be printed.
        came: what the printer took and nobody complained of.
        spoilt: sheets thrown away, in the order they were.
    """

    wanted: tuple[int, ...]
    came: set[int] = field(default_factory=set[int])
    spoilt: list[int] = field(default_factory=list[int])

    @property
    def left(self) -> tuple[int, ...]:
        """What has not been handed over yet."""
        return tuple(page for page in self.wanted if page not in self.came)

    def took(self, pages: Sequence[int]) -> None:
        """The printer took these."""
        self.came.update(pages)

    def spoil(self, pages: Sequence[int]) -> None:
        """These came out and were thrown away."""
        self.spoilt += [page for page in pages if page in self.came]
        self.came.difference_update(pages)

    def spoil_all(self) -> tuple[int, ...]:
        """All that came so far was thrown away; gives its pages."""
        pages = tuple(page for page in self.wanted if page in self.came)
        self.spoil(pages)
        return pages

    def outcome(self, first_missing: int | None = None) -> PrintOutcome:
        """The end; nothing came out from ``first_missing`` on, where one is named."""
        good = set(self.came)
        if first_missing is not None and first_missing in self.wanted:
            place = self.wanted.index(first_missing)
            good.difference_update(self.wanted[place:])
        return PrintOutcome(
            tuple(page for page in self.wanted if page in good),
            tuple(self.spoilt),
            tuple(page for page in self.wanted if page not in good),
        )
