"""Putting a tray right: print a sheet, measure two crosses, keep the correction, print again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.office.printers import Crosses, Tray, calibrate, corrected, crosses, paper_name
from models.progress import Progress
from models.store.operations import Operation
from reports.inputs.calibration import draw_calibration
from reports.kit.paper import Size
from reports.kit.raster import Pages
from ui.desktop.tasks.beside import Beside
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.paper.calibration_fields import CalibrationFields
from ui.desktop.widgets.paper.printers import Handed, Printer, PrintPort, PrintWish
from ui.desktop.widgets.paper.qt_port import QtPrintPort
from ui.desktop.widgets.parts import button

DrawSheet = Callable[[Office, Tray, Size, Path], Crosses]
PRINTED = "校准页已交给打印机。拿到纸后，用尺量两个十字的中心到纸的左边和上边各多少毫米。"
VERIFIED = "已按新的校正值再打一张。量出来与应在的位置一致，就可以保存；不一致就再填再算。"


class CalibrationSheet(Sheet):
    """Puts one tray right.

    Signals:
        saved: the correction was kept.
    """

    saved = Signal()

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        port: PrintPort,
        tray: Tray,
        draw: DrawSheet = draw_calibration,
    ) -> None:
        """Open at a tray; one without a printer's name has it chosen here."""
        super().__init__("打印机校准", parent, 780)
        self._session = session
        self._port = port
        self._draw = draw
        self._printed_with = tray
        self._wanted = Crosses(crosses(210, 297).near, None)
        self._sheets = 0
        self._beside = Beside("calibration", self)
        self._beside.broken.connect(session.runner.broken)
        self.finished.connect(self._beside.close)
        self.notice = NoticeBar()
        self.fields = CalibrationFields(tray)
        self.again = button("再打一张验证", self._print, drawing="printer")
        self.keep = button("保存", self._save, kind="primary")
        self.body.addWidget(self.notice)
        self.body.addWidget(self.fields, 1)
        self.foot.addWidget(self.again)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.foot.addWidget(self.keep)
        self.again.setEnabled(False)
        self._connect()

    def _connect(self) -> None:
        fields, port = self.fields, self._port
        fields.print_sheet.clicked.connect(self._print)
        fields.work_out.clicked.connect(self._work_out)
        fields.sheet_changed.connect(self._sheet_changed)
        fields.printer_changed.connect(self._find_trays)
        self._sheet_changed()
        self._beside.ask(port.printers, self._offer_printers, self._refused)

    def _offer_printers(self, printers: list[Printer]) -> None:
        self.fields.offer_printers(printers)
        if not printers:
            self._tell("这台电脑上没有打印机，不能打校准页；校正值可以直接填。")

    def _find_trays(self, printer: str) -> None:
        self._beside.ask(lambda: self._port.trays(printer), self.fields.offer_trays, self._refused)

    def _sheet_changed(self) -> None:
        """Another size of sheet: its crosses stand elsewhere."""
        self._wanted = crosses(*self.fields.sheet_size())
        self.fields.show_wanted(self._wanted)

    def _print(self) -> None:
        tray = self.fields.tray()
        if not tray.printer:
            self._tell("没有选打印机。请先选一台打印机。", "error")
            return
        self._set_busy(yes=True)
        size, office = self.fields.sheet_size(), self._session.office
        title = f"打印校准页 {paper_name(*size)}"
        folder = TemporaryDirectory(prefix="shixuntong-", ignore_cleanup_errors=True)
        pdf = Path(folder.name) / "calibration.pdf"
        try:
            self._wanted = self._draw(office, tray, size, pdf)
        except OfficeError as error:
            folder.cleanup()
            self._refused(error)
            return

        def work() -> Handed:
            with folder, Pages(pdf) as pages:
                wish = PrintWish(tray, (1,), title=title)
                return self._port.print(pages, wish, Progress())

        self._beside.ask(work, lambda _handed: self._printed(tray), self._refused)

    def _printed(self, tray: Tray) -> None:
        self._printed_with = tray
        self._sheets += 1
        self._set_busy(yes=False)
        self.fields.show_wanted(self._wanted)
        self._tell(PRINTED if self._sheets == 1 else VERIFIED, "info")

    def _work_out(self) -> None:
        try:
            measured = self.fields.measured()
            tray = corrected(self._printed_with, self._wanted, measured)
        except OfficeError as error:
            self._refused(error)
            return
        self.fields.show_correction(tray)
        self.again.setEnabled(True)
        self._tell("校正值已算出。建议再打一张验证，量准了再保存。", "ok")

    def _save(self) -> None:
        tray = self.fields.tray()

        def work(office: Office, _progress: Progress) -> Operation:
            return calibrate(office, tray)

        self.keep.setEnabled(False)
        self._session.write("正在保存", work, self._kept, self._refused)

    def _kept(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)
        self.saved.emit()
        self.accept()

    def _tell(self, sentence: str, tone: str = "warn") -> None:
        self.notice.tell(sentence, tone)
        self.fit_to_words()

    def _refused(self, error: OfficeError) -> None:
        self._set_busy(yes=False)
        self._tell(error.sentence, "error")

    def _set_busy(self, *, yes: bool) -> None:
        self.fields.print_sheet.setEnabled(not yes)
        self.again.setEnabled(not yes and self._sheets > 0)
        self.keep.setEnabled(not yes)


def calibrate_tray(
    parent: QWidget,
    session: Session,
    tray: Tray | None = None,
    port: PrintPort | None = None,
    paper: str = "",
) -> CalibrationSheet:
    """Open the window in which a tray is put right; without one it is chosen there.

    Args:
        parent: over which it opens.
        session: where it is kept.
        tray: as it is known now.
        port: the way to paper; by default this computer's printers.
        paper: the sheet to begin with (``paper_name``) where the tray holds for every sheet.
    """
    sheet = CalibrationSheet(parent, session, port or QtPrintPort(), tray or Tray("", ""))
    if paper:
        sheet.fields.begin_with(paper)
    sheet.open()
    return sheet
