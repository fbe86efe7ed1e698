"""Which pack holds when: what the office has decided, and what follows year by year."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.policies.library import in_use, pack_of_day, packs_of, uses_of
from models.training.listing import ledger_years
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import GridCard, filled_card
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.small_grid import SmallGrid
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("title", "规则", 14, stretch=True),
    TableColumn("first", "从", 7),
    TableColumn("last", "到", 7),
)
ABOUT = (
    "没有指定时，按本单位所在地区和日期自动取最近一级的规则。指定后，这段日期内的达标、验印、"
    "折算都先按指定的规则；时间重叠时，开始较晚的优先。已经验印的结论不会改变。"
)
EMPTY = "没有另行指定适用期，各年度按所在地区的规则。"
BEFORE = 5


class UsesView(QWidget):
    """Decisions on the left, the years on the right.

    Signals:
        use_wanted: somebody wants to decide on a period.
        end_wanted: the identity of a period to be taken back.
    """

    use_wanted = Signal()
    end_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_uses`` fills it."""
        super().__init__()
        self._session = session
        self.table = DataTable(COLUMNS, session.preferences, "policy-uses")
        self.table.setAccessibleName("指定的适用期")
        self.grid = GridCard(self.table)
        self.years = SmallGrid("各年度的规则", ("年度", "按哪套规则", "为什么"), 1)
        self.end_button = button("取消这段适用期", self._end, drawing="x")
        self._lay_out()
        self.table.chosen.connect(self._chosen)

    def show_uses(self) -> None:
        """Read the periods anew."""
        office = self._session.office
        titles = {pack.id: pack.title for pack in packs_of(office)}
        uses = uses_of(office)
        rows = [
            TableRow(
                one.id,
                {
                    "title": titles.get(one.pack_id, f"{one.pack_id}（已不存在）"),
                    "first": one.first_day,
                    "last": one.last_day,
                },
                {} if one.pack_id in titles else {"title": "error"},
            )
            for one in uses
        ]
        self.table.show_rows(FixedRows(rows))
        self.grid.empty.say(EMPTY, "指定适用期…", self.use_wanted.emit, "calendar-days")
        self.grid.show_table(yes=bool(rows))
        self.years.show_lines(years_of(office))
        self.years.resizeColumnToContents(2)
        self._chosen(self.table.current_id())

    def _lay_out(self) -> None:
        frame, inside = filled_card()
        inside.addWidget(label("各年度按哪套规则", "heading"))
        inside.addWidget(self.years, 1)
        left = QWidget()
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(tokens.BLOCK)
        below.addWidget(self.grid, 1)
        below.addLayout(
            row(button("指定适用期…", self.use_wanted.emit, drawing="plus"), self.end_button, None)
        )
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setHandleWidth(tokens.BLOCK)
        body.setChildrenCollapsible(False)
        body.addWidget(left)
        body.addWidget(frame)
        body.setSizes([500, 500])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(label(ABOUT, "muted", wrap=True))
        layout.addWidget(body, 1)

    def _chosen(self, use_id: str) -> None:
        self.end_button.setEnabled(bool(use_id))

    def _end(self) -> None:
        if use_id := self.table.current_id():
            self.end_wanted.emit(use_id)


def years_of(office: Office) -> list[tuple[str, str, str]]:
    """Each year with entries, a few before and the next: by which pack it is judged, and why."""
    today = office.store.clock.today()
    known = ledger_years(office)
    first = min([today.year - BEFORE, *known])
    return [_year(office, year) for year in range(today.year + 1, first - 1, -1)]


def _year(office: Office, year: int) -> tuple[str, str, str]:
    day = date(year, 12, 31)
    try:
        pack = pack_of_day(office, day)
    except OfficeError:
        return f"{year} 年", "没有可用的规则", ""
    why = "本单位指定" if pack.id in in_use(office, day) else "按地区和日期"
    return f"{year} 年", pack.title, why
