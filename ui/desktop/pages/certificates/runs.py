"""打印批次: what was sent to paper, how far it is, and every sheet of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from models.certificates.sheets import STATE_NAMES, PrintRun, count_runs, runs_of
from ui.desktop.pages.certificates.run_deeds import RunDeeds
from ui.desktop.pages.certificates.run_rows import (
    RUNS,
    SHEETS,
    TONES,
    RunRows,
    place_of,
    run_words,
    sheet_rows,
)
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import boxed, button, clear, column, label, pill, row
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

EMPTY = "还没有打印过证书。在“登记册”中选中证书，点“打印…”。"
NONE_CHOSEN = "在上面选中一个批次，这里列出它的每一份。"


class RunsView(QWidget):
    """The print runs above, the latest first; the sheets of the chosen one below."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self._run: PrintRun | None = None
        self.table = DataTable(RUNS, session.preferences, "print_runs")
        self.table.setAccessibleName("打印批次")
        self.grid = GridCard(self.table)
        self.sheets = DataTable(SHEETS, session.preferences, "print_sheets")
        self.sheets.setAccessibleName("批次的每一份")
        self.sheet_grid = GridCard(self.sheets)
        self.sheet_grid.empty.say(NONE_CHOSEN, drawing="printer")
        self.name = label("", "heading")
        self.told = label("", "muted")
        self._state = row()
        deeds = self.deeds = RunDeeds(session, self, self)
        self.go_on = button("继续打印…", deeds.go_on, kind="primary", drawing="printer")
        self.by_hand = button("记为打好…", deeds.say_printed)
        self.spoilt = button("记打坏…", deeds.say_spoilt)
        self.leave = button("放弃未印的…", deeds.leave_rest)
        self.list = button("发放清单", deeds.hand_over, drawing="clipboard-list")
        self.save = button("存为 PDF…", deeds.save)
        self._lay_out()
        self.table.chosen.connect(self._show_run)
        self.table.opened.connect(deeds.go_on)
        self.sheets.selection_count.connect(self._look)

    def reload(self) -> None:
        """Read the runs anew."""
        self.table.show_rows(RunRows(self.session.office))
        found = bool(self.table.table.ids)
        self.grid.show_table(yes=found)
        self.below.setVisible(found)
        go = partial(self.session.go.emit, "certificates", "register")
        self.grid.empty.say(EMPTY, "去登记册", go, "printer")
        if found and not self.table.current_id():
            self.table.selectRow(0)
        self._show_run(self.table.current_id())

    def counted(self) -> str:
        """How many runs there are, and how many are not done."""
        every, going = count_runs(self.session.office)
        return f"{every:,} 个批次" + (f"，{going:,} 个没有印完" if going else "")

    def chosen(self) -> PrintRun | None:
        """The run in sight."""
        return self._run

    def places(self) -> list[int]:
        """Places of the sheets that are selected, in order."""
        model = self.sheets.table
        found = (model.row_at(model.place_of(one)) for one in self.sheets.selected_ids())
        return sorted({place_of(one) for one in found})

    def _lay_out(self) -> None:
        buttons = (self.go_on, self.by_hand, self.spoilt, self.list, self.save, self.leave)
        head = row(self.name)
        head.addLayout(self._state)
        head.addWidget(self.told, 1)
        inside = column(head, row(*buttons, None), gap=tokens.GAP)
        inside.addWidget(self.sheet_grid, 1)
        self.below = boxed(inside)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.grid)
        parts.addWidget(self.below)
        parts.setSizes([200, 340])
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(parts)

    def _show_run(self, identity: str) -> None:
        known = runs_of(self.session.office, [identity]) if identity else []
        run = self._run = known[0] if known else None
        rows = sheet_rows(self.session.office, run) if run else []
        places = {one.id: {"place": float(place_of(one))} for one in rows}
        self.sheets.show_rows(FixedRows(rows, places))
        self.sheet_grid.show_table(yes=bool(rows))
        clear(self._state)
        self.name.setText(run.title if run else "")
        self.told.setText(run_words(run) if run else "")
        self.told.setToolTip(self.told.text())
        if run is not None:
            self._state.addWidget(pill(STATE_NAMES[run.state], TONES[run.state]))
        self._look()

    def _look(self, *_: object) -> None:
        run = self.chosen()
        going = run is not None and run.state == "open"
        for one in (self.go_on, self.by_hand, self.leave, self.save):
            one.setEnabled(going)
        self.spoilt.setEnabled(run is not None and not run.given_up)
        self.list.setEnabled(run is not None)
        self.go_on.setToolTip(run.going_on if run else "")
