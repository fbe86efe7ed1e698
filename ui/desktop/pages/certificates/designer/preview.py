"""Keeps the picture of the sheet up to date while the form is being worked on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from reports.kit.form_checking import Complaint
from reports.kit.raster import Picture
from ui.desktop.pages.certificates.designer.canvas import Canvas
from ui.desktop.pages.certificates.designer.draft import Draft
from ui.desktop.pages.certificates.designer.rendering import Printer, Rendered, Source
from ui.desktop.tasks.session import Session

PAUSE = 40
"""Milliseconds from a change to its printing; printing takes about as long."""
INCH = 25.4
COARSEST, FINEST = 72.0, 400.0
"""Dots to the inch."""


class Preview(QObject):
    """Prints the draft on the reader lane, never two at a time, the newest state last.

    Signals:
        looked: what is to be looked at, as ``Complaint`` in a tuple.
    """

    looked = Signal(object)

    def __init__(self, session: Session, draft: Draft, canvas: Canvas) -> None:
        """Show a draft's print on a canvas."""
        super().__init__(canvas)
        self._session = session
        self._draft = draft
        self._canvas = canvas
        self._printer = Printer()
        self._source = Source()
        self._running = False
        self._stale = False
        self._over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._print)
        draft.changed.connect(self._ask)
        canvas.viewed.connect(self._ask_sharper)
        canvas.destroyed.connect(self._stop)
        self._dpi = 0.0

    @property
    def source(self) -> Source:
        """With which values the form is shown."""
        return self._source

    def show_with(self, source: Source) -> None:
        """Show the form with other values."""
        self._source = source
        self._ask()

    def _ask(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _ask_sharper(self) -> None:
        if abs(self._wanted_dpi() - self._dpi) > self._dpi * 0.1:
            self._ask()

    def _wanted_dpi(self) -> float:
        dots = self._canvas.zoom * self._canvas.devicePixelRatioF() * INCH
        return min(max(dots, COARSEST), FINEST)

    def _print(self) -> None:
        if not self._draft.there:
            return
        if self._running:
            self._stale = True
            return
        self._running, self._stale = True, False
        self._dpi = self._wanted_dpi()
        form, source, dpi = self._draft.form, self._source, self._dpi
        printer = self._printer

        def work(office: Office, progress: Progress) -> Rendered:
            return printer.render(office, progress, form, source, dpi)

        self._session.read("正在显示样式", work, self._show, self._failed, quiet=True)

    def _stop(self) -> None:
        """The canvas is gone; a print that is still under way comes to nothing."""
        self._over = True

    def _show(self, rendered: Rendered) -> None:
        if self._over:
            return
        if self._draft.there:
            self._canvas.show_picture(image_of(rendered.picture))
        self._end(rendered.found)

    def _failed(self, error: OfficeError) -> None:
        if not self._over:
            self._end((Complaint(error.sentence, grave=True),))

    def _end(self, found: tuple[Complaint, ...]) -> None:
        self._running = False
        self.looked.emit(found)
        if self._stale:
            self._print()


def image_of(picture: Picture) -> QImage:
    """A page's pixels as Qt's picture, which keeps its own copy."""
    form = QImage.Format.Format_RGB32
    shared = QImage(picture.pixels, picture.width, picture.height, picture.stride, form)
    return shared.copy()
