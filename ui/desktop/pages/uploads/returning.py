"""登记结果: what a result workbook says, seen before it is put down."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QTableWidgetItem, QWidget

from models.uploads.states import STATE_NAMES
from ui.desktop.pages.uploads.shown import TONES
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label, pill, row
from ui.desktop.widgets.saving import TABLES, ask_for_file
from ui.desktop.widgets.small_grid import SmallGrid

if TYPE_CHECKING:
    from models.uploads.returns import ReturnPlan
    from ui.desktop.pages.uploads.jobs import Registered
    from ui.desktop.tasks.session import Session

returned = Lazy("ui.desktop.pages.uploads.reads", "returned")
register_return = Lazy("ui.desktop.pages.uploads.jobs", "register_return")
WIDTH, HEIGHT = 780, 520
SHOWN = 400
TITLES = ("行", "内容", "结果", "上级的说明", "上级编号")
_STATES = ("accepted", "refused", "unknown")


class ReturnSheet(Sheet):
    """How many were accepted and refused, and every row that was not accepted.

    Signals:
        agreed: the person wants it put down.
        asked_again: whether rows that are not in the workbook count as accepted.
    """

    agreed = Signal()
    asked_again = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        """Make it empty; ``show_plan`` fills it."""
        super().__init__("登记上级的结果", parent, WIDTH)
        self.about = label("", wrap=True)
        self.notice = NoticeBar()
        self.pills = {state: pill("", TONES[state]) for state in _STATES}
        self.rest = QCheckBox("这是错误表：表里没有列出的，都算已接收")
        self.rest.clicked.connect(self.asked_again.emit)
        self.grid = SmallGrid("结果", TITLES, 3)
        self.body.addWidget(self.about)
        self.body.addLayout(row(*self.pills.values(), None))
        self.body.addWidget(self.rest)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("登记", self.agreed.emit, kind="primary")
        self.foot.addWidget(self.action)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def show_plan(self, plan: ReturnPlan) -> None:
        """Show what a workbook says; what was not accepted comes first."""
        self.about.setText(f"“{plan.path.name}”是“{plan.form.title}”的结果，各行如下。")
        for state, one in self.pills.items():
            one.setText(f"{STATE_NAMES[state]} {plan.count(state):,} 条")
        rows = sorted(plan.rows, key=lambda one: (one.state == "accepted", one.number))
        self.grid.show_lines(
            [
                (str(one.number or ""), one.caption, STATE_NAMES[one.state], one.message, one.given)
                for one in rows[:SHOWN]
            ]
        )
        for place, one in enumerate(rows[:SHOWN]):
            _colour(self.grid.item(place, 2), TONES[one.state])
        self.grid.resizeColumnToContents(0)
        self.grid.setColumnWidth(1, tokens.px(220))
        told = list(plan.notes)
        if len(rows) > SHOWN:
            told.append(f"只列出前 {SHOWN} 行，共 {len(rows):,} 行。")
        if told:
            self.notice.tell("".join(told), "warn")
        else:
            self.notice.hide()

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be put down."""
        self.notice.tell(sentence, "error")


def take_result(session: Session, parent: QWidget, form: str = "") -> None:
    """Ask for a result workbook, show what it says, and put it down.

    Args:
        session: where it reads and writes.
        parent: over which the windows open.
        form: the form's name; "" to tell it by the header.
    """
    path = ask_for_file(parent, "选择上级退回的结果表或错误表", TABLES)
    if path is not None:
        work = returned.bind(path, form)
        session.read("正在读结果", work, partial(_show, session, parent))


def _show(session: Session, parent: QWidget, plan: ReturnPlan) -> None:
    sheet = ReturnSheet(parent)
    plans = [plan]

    def read_again(rest: bool) -> None:  # noqa: FBT001 - a signal's argument
        work = returned.bind(Path(plan.path), plan.form.name, rest_accepted=rest)
        session.read("正在读结果", work, shown, lambda error: sheet.refuse(error.sentence))

    def shown(found: ReturnPlan) -> None:
        plans[:] = [found]
        sheet.show_plan(found)

    def register() -> None:
        work = register_return.bind(plans[0])
        session.write("正在登记结果", work, done, lambda error: sheet.refuse(error.sentence))

    def done(found: Registered) -> None:
        sheet.accept()
        offer_undo(session, found)

    sheet.asked_again.connect(read_again)
    sheet.agreed.connect(register)
    sheet.show_plan(plan)
    sheet.open()


def _colour(item: QTableWidgetItem | None, tone: str) -> None:
    if item is not None:
        item.setForeground(QColor(tokens.TONES[tone].text))
