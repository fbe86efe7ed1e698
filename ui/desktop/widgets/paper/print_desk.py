"""The way from the print window to the printer, beside the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.office.printers import Tray, paper_name, tray_of
from reports.kit.raster import Pages
from ui.desktop.tasks.beside import Beside
from ui.desktop.tasks.reporting import WindowProgress
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.paper.concerns import concerns, in_its_place
from ui.desktop.widgets.paper.printers import Handed, PrintPort, PrintWish


@dataclass(frozen=True, slots=True)
class PrintPlan:
    """What is printed.

    Attributes:
        pdf: the file; its very pages are printed.
        title: what the printer's queue calls it.
        adjusted: whether the file was already drawn for the tray.
        asks: whether the person is asked what came out.
    """

    pdf: Path
    title: str
    adjusted: bool = False
    asks: bool = False


class PrintDesk(QObject):
    """Asks the printers and hands pages over; drivers take their time, the window does not.

    Signals:
        printers_found: a list of ``Printer``.
        trays_found: the names of a printer's trays.
        concerned: sentences of what would go wrong.
        stepped: pages handed over, and of how many.
        handed: a ``Handed``.
        failed: an ``OfficeError`` while printing.
        refused: an ``OfficeError`` while asking.
    """

    printers_found = Signal(object)
    trays_found = Signal(object)
    concerned = Signal(object)
    stepped = Signal(int, object)
    handed = Signal(object)
    failed = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, plan: PrintPlan, port: PrintPort, parent: QObject) -> None:
        """Stand ready; nothing is asked yet."""
        super().__init__(parent)
        self.port = port
        self._session = session
        self._plan = plan
        self._progress = WindowProgress()
        self._beside = Beside("printing", self)
        self._beside.broken.connect(session.runner.broken)

    def find_printers(self) -> None:
        """Ask which printers there are."""
        self._beside.ask(self.port.printers, self.printers_found.emit, self.refused.emit)

    def find_trays(self, printer: str) -> None:
        """Ask which trays a printer has."""
        work = partial(self.port.trays, printer)
        self._beside.ask(work, self.trays_found.emit, self.refused.emit)

    def tray(self, printer: str, tray: str, page: int) -> Tray:
        """What is known of a tray with the sheet of a page (from 1)."""
        return tray_of(self._session.office, printer, tray, self.paper(page))

    def paper(self, page: int) -> str:
        """What the sheet of a page (from 1) is called."""
        with Pages(self._plan.pdf) as pages:
            return paper_name(*pages.size(page - 1))

    def used(self, tray: Tray) -> Tray:
        """The tray as its shift and scale are used; not twice where the file has them."""
        return Tray(tray.printer, tray.tray) if self._plan.adjusted else tray

    def look(self, tray: Tray, page: int, *, long_edge: bool) -> None:
        """Ask what would go wrong with a page (from 1) from a tray."""
        work = partial(self._look, self.used(tray), page, long_edge=long_edge)
        self._beside.ask(work, self.concerned.emit, self.refused.emit)

    def hand(self, wish: PrintWish) -> None:
        """Hand pages over."""
        self._progress = WindowProgress()
        self._progress.listen(lambda done, total, _label: self.stepped.emit(done, total))
        work = partial(self._hand, wish, self._progress)
        self._beside.ask(work, self.handed.emit, self.failed.emit)

    def stop(self) -> None:
        """Stop after the page that is under way."""
        self._progress.cancel()

    def close(self) -> None:
        """End the thread."""
        self._progress.cancel()
        self._beside.close()

    def _look(self, tray: Tray, page: int, *, long_edge: bool) -> list[str]:
        with Pages(self._plan.pdf) as pages:
            size, ink = pages.size(page - 1), pages.ink(page - 1)
        offer = self.port.offer(tray, size, long_edge=long_edge)
        return concerns(size, offer, in_its_place(ink, tray), page)

    def _hand(self, wish: PrintWish, progress: WindowProgress) -> Handed:
        with Pages(self._plan.pdf) as pages:
            return self.port.print(pages, wish, progress)
