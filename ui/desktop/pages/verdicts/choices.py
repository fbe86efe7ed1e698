"""The row in which years, rules and day are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QSizePolicy, QWidget

from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import cycle_of
from models.policies.library import complete, packs_of
from models.policies.records import Pack
from ui.desktop.tasks.boards import Asked
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import label

CYCLES = 3
"""So many cycles can be chosen: the running one and those before it."""


class Choices(QWidget):
    """Years, rules and day.

    Signals:
        changed: something else was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty; ``offer`` fills it."""
        super().__init__(parent)
        self.years = _combo("周期或年度", 9)
        self.pack = _combo("规则", 10)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName("截至日期")
        self.day.lineEdit().setAccessibleName("截至日期")
        self.day.setToolTip("截至哪一天：那天的人员，那天以前结束的培训")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self.years, 2)
        layout.addWidget(self.pack, 3)
        layout.addWidget(label("截至", "muted"))
        layout.addWidget(self.day)
        self.years.currentIndexChanged.connect(self._years_chosen)
        self.pack.currentIndexChanged.connect(self._tell)
        self.day.dateChanged.connect(self._tell)
        self._today = date.min

    def offer(self, office: Office) -> None:
        """Offer what the office has; what was chosen stays chosen."""
        today = office.store.clock.today()
        years, pack = self.years.currentData(), self.pack.currentData()
        follows = self._today == date.min or self._chosen_day() == self._last_day()
        self._block(yes=True)
        self.years.clear()
        cycle = cycle_of(office, today.year)
        for _ in range(CYCLES):
            self.years.addItem(f"{cycle.first}—{cycle.last} 周期", (cycle.first, cycle.last))
            for year in range(min(cycle.last, today.year), cycle.first - 1, -1):
                self.years.addItem(f"{year} 年度", (year, year))
            cycle = cycle_of(office, cycle.first - 1)
        self.pack.clear()
        self.pack.addItem("规则：当时施行的", "")
        packs = packs_of(office)
        for one in packs:
            if _demands(one.id, packs):
                self.pack.addItem(one.title, one.id)
        self.years.setCurrentIndex(max(0, _place(self.years, years)))
        self.pack.setCurrentIndex(max(0, self.pack.findData(pack)))
        self._today = today
        if follows:
            self._show_day(self._last_day())
        self._block(yes=False)

    def asked(self) -> Asked:
        """What is chosen."""
        first, last = self._chosen_years()
        day = self._chosen_day()
        as_of = None if day == self._last_day() else day
        running = self.years.currentIndex() <= 0
        pack_id = str(self.pack.currentData() or "")
        return Asked(0 if running else first, 0 if running else last, pack_id, as_of)

    def choose_cycle(self) -> None:
        """Choose the running cycle."""
        self.years.setCurrentIndex(0)

    def reset_pack(self) -> None:
        """Choose the rules of the time again."""
        self.pack.setCurrentIndex(0)

    def _years_chosen(self, *_: int) -> None:
        self._block(yes=True)
        self._show_day(self._last_day())
        self._block(yes=False)
        self.changed.emit()

    def _tell(self, *_: object) -> None:
        self.changed.emit()

    def _chosen_years(self) -> tuple[int, int]:
        found = self.years.currentData()
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def _last_day(self) -> date:
        last = self._chosen_years()[1]
        return min(date(last, 12, 31), self._today) if last else self._today

    def _chosen_day(self) -> date:
        found = self.day.date()
        return date(found.year(), found.month(), found.day())

    def _show_day(self, day: date) -> None:
        first = self._chosen_years()[0] or day.year
        self.day.setDateRange(QDate(first, 1, 1), QDate(day.year, day.month, day.day))
        self.day.setDate(QDate(day.year, day.month, day.day))

    def _block(self, *, yes: bool) -> None:
        for one in (self.years, self.pack, self.day):
            one.blockSignals(yes)


def _combo(name: str, letters: int) -> QComboBox:
    found = QComboBox()
    found.setAccessibleName(name)
    found.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    found.setMinimumContentsLength(letters)
    found.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return found


def _demands(pack_id: str, packs: Sequence[Pack]) -> bool:
    """Whether a pack demands anything of teachers, by itself or by what it is based on."""
    try:
        return bool(complete(pack_id, packs).requirements)
    except UserError:
        return False


def _place(combo: QComboBox, data: object) -> int:
    return next((n for n in range(combo.count()) if combo.itemData(n) == data), -1)
