"""The trays that were calibrated: what puts each right, measured when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.office.printers import Tray, trays
from models.store.operations import Operation
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.paper.tray_words import say_scale, say_shift
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

calibrate_tray = Lazy("ui.desktop.widgets.paper.calibration", "calibrate_tray")
forget_tray = Lazy("ui.desktop.pages.settings.jobs", "forget_tray")
COLUMNS = (
    TableColumn("printer", "打印机", 14, stretch=True),
    TableColumn("tray", "纸盒", 7),
    TableColumn("paper", "纸张", 9),
    TableColumn("shift", "移动", 16),
    TableColumn("scale", "缩放", 16),
    TableColumn("day", "校准日期", 7),
)
ABOUT = "套打对不准时，给打印机的纸盒校准一次：移动和缩放记在纸盒上，以后每张纸都按它打。"
EMPTY = "还没有校准过打印机。普通文件不校准也能打；套打证书前请校准一次。"
EVERY_SHEET = "各种纸"


class PrinterSettings(QWidget):
    """A list and what can be done with its lines."""

    def __init__(self, session: Session) -> None:
        """Make it; ``show_trays`` fills it."""
        super().__init__()
        self._session = session
        self._trays: dict[str, Tray] = {}
        self.table = DataTable(COLUMNS, session.preferences, "printer_trays")
        self.table.setAccessibleName("校准过的纸盒")
        self.grid = GridCard(self.table)
        self.change = button("再校准…", self.calibrate, drawing="ruler")
        self.forget = button("删除", self.delete, drawing="trash-2")
        self.add = button("校准打印机…", self.begin, kind="primary", drawing="printer")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        about = label(ABOUT, "muted", wrap=True)
        head = row(about, self.forget, self.change, self.add)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self.grid, 1)
        self.table.opened.connect(self.calibrate)
        self.table.chosen.connect(self._allow)

    def show_trays(self) -> None:
        """List what is known now."""
        self._trays = {str(place): one for place, one in enumerate(trays(self._session.office))}
        lines = [_line(key, one) for key, one in self._trays.items()]
        self.table.show_rows(FixedRows(lines))
        self.grid.show_table(yes=bool(lines))
        self.grid.empty.say(EMPTY, "校准打印机…", self.begin, "printer")
        if lines and not self.table.current_id():
            self.table.selectRow(0)
        self._allow(self.table.current_id())

    def begin(self) -> None:
        """Calibrate a printer chosen in the window that opens."""
        calibrate_tray(self, self._session)

    def calibrate(self, key: str = "") -> None:
        """Calibrate a listed tray again."""
        tray = self._trays.get(key or self.table.current_id())
        if tray is not None:
            calibrate_tray(self, self._session, tray)

    def delete(self) -> None:
        """Drop what is known of the chosen tray; the bar offers to undo it."""
        tray = self._trays.get(self.table.current_id())
        if tray is not None:
            self._session.write("正在删除", forget_tray.bind(tray), self._deleted)

    def _deleted(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)

    def _allow(self, identity: str) -> None:
        for one in (self.change, self.forget):
            one.setEnabled(identity in self._trays)


def _line(key: str, tray: Tray) -> TableRow:
    return TableRow(
        key,
        {
            "printer": tray.printer,
            "tray": tray.tray,
            "paper": tray.paper or EVERY_SHEET,
            "shift": say_shift(tray),
            "scale": say_scale(tray),
            "day": tray.measured_on,
        },
    )
