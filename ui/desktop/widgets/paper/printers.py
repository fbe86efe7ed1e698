"""What the window asks of a printer, and a printer for tests that keeps what it was handed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from models.errors import WorldError
from models.office.printers import Tray
from models.progress import Progress
from reports.kit.paper import Size
from reports.kit.raster import Pages

PRINTING = "正在打印"


class Duplex(Enum):
    """Which sides of a sheet are printed."""

    OFF = "单面"
    LONG = "双面，沿长边翻"
    SHORT = "双面，沿短边翻"


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this computer.

    Attributes:
        name: as the system calls it.
        usual: whether it is the system's default.
        duplex: whether it prints both sides by itself.
        trouble: what the system says is wrong with it; "" where nothing.
    """

    name: str
    usual: bool = False
    duplex: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a printer makes of a sheet that is asked for.

    Attributes:
        size: the sheet its driver will really use.
        margins: what it cannot reach, in millimetres from left, top, right and bottom.
        dpi: the resolution the pages are handed over in.
        note: what else is to be said of it; "" for nothing.
    """

    size: Size
    margins: tuple[float, float, float, float] = (0, 0, 0, 0)
    dpi: int = 600
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintWish:
    """What is to be printed and how.

    Attributes:
        tray: printer and tray, with the shift and scale that put it right.
        pages: numbers of pages, from 1, in the order they print.
        copies: how many of the whole.
        duplex: which sides.
        long_edge: whether a sheet wider than high is fed as it is seen, long edge first.
        title: what the printer's queue calls it.
    """

    tray: Tray
    pages: tuple[int, ...]
    copies: int = 1
    duplex: Duplex = Duplex.OFF
    long_edge: bool = False
    title: str = "师训通"


@dataclass(frozen=True, slots=True)
class Handed:
    """What the printer took.

    Attributes:
        pages: the pages that were handed over whole, in order.
        stopped: whether the person stopped before the end.
    """

    pages: tuple[int, ...]
    stopped: bool = False


class PrinterGoneError(WorldError):
    """The printer went away in the middle; ``pages`` were handed over whole before."""

    def __init__(self, printer: str, pages: Sequence[int]) -> None:
        """Say how far it came."""
        done = f"第 {pages[-1]} 页以后没有交出" if pages else "一页也没有交出"
        super().__init__(
            "print.gone",
            f"打印机“{printer}”中断了，{done}。",
            "请检查打印机的电源、连线和纸张，再从没有打好的那一页继续。",
        )
        self.pages = tuple(pages)


class PrintPort(Protocol):
    """The way to paper. Calls may come from another thread than the window's."""

    def printers(self) -> list[Printer]:
        """The printers of this computer, the usual one first."""
        ...

    def trays(self, printer: str) -> list[str]:
        """What its trays are called."""
        ...

    def offer(self, tray: Tray, size: Size, *, long_edge: bool = False) -> Offer:
        """What the printer makes of a sheet of that size."""
        ...

    def print(self, pages: Pages, wish: PrintWish, progress: Progress) -> Handed:
        """Hand pages over at actual size, moved and scaled as the tray needs it.

        Raises:
            PrinterGoneError: the printer went away; says which pages it took.
            WorldError: it could not be begun.
        """
        ...


def is_wide(size: Size) -> bool:
    """Whether a sheet lies on its side."""
    return size.width > size.height


@dataclass(slots=True)
class FakePrintPort:
    """A printer for tests.

    Attributes:
        names: of its printers.
        given: what it offers for any sheet; by default just that sheet.
        fails_after: how many pages it takes before it goes away; None for never.
        jobs: what it was asked to print.
        taken: the pages it took, over all jobs.
    """

    names: Iterable[str] = ("HP LaserJet", "Epson 针式")
    given: Offer | None = None
    fails_after: int | None = None
    jobs: list[PrintWish] = field(default_factory=list[PrintWish])
    taken: list[int] = field(default_factory=list[int])

    def printers(self) -> list[Printer]:
        """The printers it was made with; the first is the usual one and prints both sides."""
        return [Printer(name, usual=not at, duplex=not at) for at, name in enumerate(self.names)]

    def trays(self, printer: str) -> list[str]:
        """Three trays."""
        return ["自动选择", "手动进纸", "纸盒 1"] if printer else []

    def offer(self, tray: Tray, size: Size, *, long_edge: bool = False) -> Offer:
        """What it was told to offer."""
        del tray, long_edge
        return self.given or Offer(size)

    def print(self, pages: Pages, wish: PrintWish, progress: Progress) -> Handed:
        """Take the pages one by one."""
        self.jobs.append(wish)
        mine: list[int] = []
        for page in wish.pages:
            if self.fails_after is not None and len(self.taken) >= self.fails_after:
                raise PrinterGoneError(wish.tray.printer, mine)
            if progress.cancelled():
                return Handed(tuple(mine), stopped=True)
            pages.size(page - 1)
            mine.append(page)
            self.taken.append(page)
            progress.report(len(mine), len(wish.pages), PRINTING)
        return Handed(tuple(mine))
