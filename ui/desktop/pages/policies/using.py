"""Asking from when until when a pack shall hold, and saying what that changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.policies.library import Use, pack_of_day
from models.policies.records import Pack
from models.text.dates import read_date
from models.text.unreadable import UnreadableError
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, column, label, row

ENDLESS = 10
"""A pack without an end is proposed for so many years."""


class UseSheet(Sheet):
    """A pack, two days, and what follows from them."""

    def __init__(
        self, office: Office, packs: Sequence[Pack], pack_id: str, parent: QWidget
    ) -> None:
        """Ask; ``pack_id`` is proposed."""
        super().__init__("指定适用期", parent, 560)
        self._office = office
        self._packs = {one.id: one for one in packs}
        self._on_done: Callable[[str, date, date], object] | None = None
        self.pack = QComboBox()
        self.pack.setAccessibleName("规则")
        for one in packs:
            self.pack.addItem(one.title, one.id)
        self.first, self.last = QLineEdit(), QLineEdit()
        self.first.setAccessibleName("从")
        self.last.setAccessibleName("到")
        self._means = label("", "muted", wrap=True)
        self._problem = label("", "fieldError", wrap=True)
        self.body.addLayout(column(label("规则", "caption"), self.pack, gap=tokens.px(4)))
        self.body.addLayout(
            row(
                _boxed("从（含当天）", self.first), _boxed("到（含当天）", self.last),
                gap=tokens.BLOCK,
            )
        )  # fmt: skip
        self.body.addWidget(self._means)
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("指定", self._finish, kind="primary")
        self.foot.addWidget(self.action)
        self.pack.setCurrentIndex(max(0, self.pack.findData(pack_id)))
        self._means.setMinimumHeight(tokens.px(88))
        self._means.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.resize(tokens.px(580), tokens.px(340))
        self._propose()
        self.pack.currentIndexChanged.connect(self._propose)
        self.first.textChanged.connect(self._tell)
        self.last.textChanged.connect(self._tell)

    def ask(self, on_done: Callable[[str, date, date], object]) -> None:
        """Open it; ``on_done`` gets the pack's id and both days, and may call ``refuse``."""
        self._on_done = on_done
        self.open()

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be done."""
        self._problem.setText(sentence)

    def means(self) -> str:
        """What the window says would follow."""
        return self._means.text()

    def _propose(self, *_: int) -> None:
        pack = self._packs[str(self.pack.currentData())]
        last = pack.valid_until or date(self._office.store.clock.today().year + ENDLESS, 12, 31)
        self.first.setText(pack.valid_from.isoformat())
        self.last.setText(last.isoformat())
        self._tell()

    def _days(self) -> tuple[date, date] | None:
        days = [_day(line.text()) for line in (self.first, self.last)]
        if days[0] is None or days[1] is None:
            return None
        return days[0], days[1]

    def _tell(self, *_: str) -> None:
        self._problem.setText("")
        days = self._days()
        if days is None:
            self._means.setText("日期请按 2021-01-01 的样子填写。")
        elif days[1] < days[0]:
            self._means.setText("结束日期早于开始日期。")
        else:
            pack = self._packs[str(self.pack.currentData())]
            self._means.setText(meaning(self._office, pack, *days))
        self.action.setEnabled(days is not None and days[1] >= days[0])

    def _finish(self) -> None:
        days = self._days()
        if days is not None and self._on_done is not None:
            self._on_done(str(self.pack.currentData()), *days)


def meaning(office: Office, pack: Pack, first: date, last: date) -> str:
    """What follows: the years that are judged otherwise than so far, a few of them named."""
    planned = Use("", pack.id, first.isoformat(), last.isoformat())
    years = [
        year for year in range(first.year, last.year + 1) if first <= date(year, 12, 31) <= last
    ]
    if not years:
        return "年度按年末的规则核算，这段日期不含任何一年的 12 月 31 日，只影响其间的折算和抽样。"
    changing: dict[str, list[int]] = {}
    staying: dict[str, list[int]] = {}
    for year in years:
        now, then = _judged_by(office, year), _judged_by(office, year, planned)
        (changing if now != then else staying).setdefault(now, []).append(year)
    kept = "；".join(f"{_span(found)}仍按“{now}”核算" for now, found in staying.items())
    if not changing:
        return f"没有变化：{kept}。"
    told = "；".join(f"{_span(found)}现按“{now}”" for now, found in changing.items())
    all_changing = sorted(year for found in changing.values() for year in found)
    return (
        f"{_span(all_changing)}的达标和验印改按“{pack.title}”核算。{told}。"
        + (f"{kept}，因为另有更具体的适用期或规则。" if kept else "")
        + "已经验印的结论不变。"
    )


def _judged_by(office: Office, year: int, planned: Use | None = None) -> str:
    """The title of the pack a year is judged by."""
    try:
        return pack_of_day(office, date(year, 12, 31), planned).title
    except OfficeError:
        return "没有规则"


def _span(years: Sequence[int]) -> str:
    if len(years) == 1:
        return f"{years[0]} 年度"
    if years[-1] - years[0] + 1 == len(years):
        return f"{years[0]}—{years[-1]} 年度"
    return "、".join(str(year) for year in years) + " 年度"


def _day(text: str) -> date | None:
    try:
        found = read_date(text.strip())
    except UnreadableError:
        return None
    if not found.is_full or found.month is None or found.day is None:
        return None
    return date(found.year, found.month, found.day)


def _boxed(title: str, line: QLineEdit) -> QWidget:
    found = QWidget()
    found.setLayout(column(label(title, "caption"), line, gap=tokens.px(4)))
    return found
