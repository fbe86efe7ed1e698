"""工作量: what every trainer gave in a year, and how far the targets are reached."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from models.entities.display import plain_decimal
from models.teams.workload import Workload
from ui.desktop.pages.teams.reads import Loads
from ui.desktop.pages.teams.tab import READS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, padded
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

loads = Lazy(READS, "loads")
COLUMNS = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 12),
    TableColumn("teams", "团队与身份", 14, stretch=True),
    TableColumn("activities", "活动", 3, numeric=True),
    TableColumn("hours", "授课学时", 5, numeric=True),
    TableColumn("posted", "已入账", 4, numeric=True),
    TableColumn("kinds", "分项", 14),
    TableColumn("ledger", "台账学时", 5, numeric=True),
    TableColumn("enough", "达到", 4),
)
_FIRST, _LAST = 1990, 2099


class LoadsView(QWidget):
    """The trainers of a year.

    Signals:
        left: the person wants the list again.
        opened: a teacher who is wanted.
    """

    left = Signal()
    opened = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.year = QSpinBox()
        self.year.setAccessibleName("年度")
        self.year.setRange(_FIRST, _LAST)
        self.year.setValue(session.office.store.clock.today().year)
        padded(self.year)
        self.year.valueChanged.connect(self.reload)
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(COLUMNS, session.preferences, "team_loads")
        self.table.setAccessibleName("培训者工作量")
        self.grid = GridCard(self.table)
        self.grid.empty.say("还没有培训者。", drawing="users")
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        head.addWidget(button("返回列表", self.left.emit, drawing="arrow-left"))
        head.addWidget(self.year)
        head.addWidget(self.figures, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(head)
        lines.addWidget(self.grid, 1)
        self.table.opened.connect(self.opened)

    def reload(self, *_: int) -> None:
        """Read the year anew, beside the window."""
        self.session.read("正在统计工作量", loads.bind(self.year.value()), self._read, quiet=True)

    def _read(self, found: Loads) -> None:
        if found.year != self.year.value():
            return
        told = "；".join(("✓ " if one.met else "✗ ") + one.words for one in found.targets[:2])
        self.figures.setText(f"{told}。")
        numbers = {
            one.teacher_id: {
                "activities": float(one.activities),
                "hours": float(one.hours),
                "posted": float(one.posted),
                "ledger": float(one.ledger),
            }
            for one in found.trainers
        }
        self.table.show_rows(FixedRows([_row(one) for one in found.trainers], numbers))
        self.grid.show_table(yes=bool(found.trainers))


def _row(one: Workload) -> TableRow:
    texts = {
        "name": one.name,
        "school": one.school,
        "teams": "、".join(one.teams),
        "activities": str(one.activities or ""),
        "hours": plain_decimal(one.hours) if one.hours else "",
        "posted": plain_decimal(one.posted) if one.posted else "",
        "kinds": "、".join(f"{title} {plain_decimal(part)}" for title, part in one.kinds.items()),
        "ledger": plain_decimal(one.ledger),
        "enough": "是" if one.enough else "否",
    }
    return TableRow(one.teacher_id, texts, {"enough": "ok" if one.enough else "warn"})
