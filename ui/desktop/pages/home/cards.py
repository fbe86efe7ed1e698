"""The cards of the first page that show the cycle: progress, and the schools furthest behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from models.training.waiting import Ending
from ui.desktop.pages.home.dashboard import Dashboard, Item, reached_words
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, column, label, pill, row, rule
from ui.desktop.widgets.plots import BarPlot, PacePlot

MOST = 6
"""As many requirements are shown as bars."""


class ProgressCard(QFrame):
    """The running cycle: the pace as a line, each requirement as a bar.

    Signals:
        opened: a requirement was clicked; "" for the whole page.
        rules_wanted: there are no rules to judge by, and the person wants to set them.
    """

    opened = Signal(str)
    rules_wanted = Signal()

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("card")
        self._leads = True
        self.title = label("本周期进度", "heading")
        self.words = label("正在核算……", "muted", wrap=True)
        self.pace = PacePlot("人均进度", "学时")
        self.bars = BarPlot("各项要求的达标人数")
        self.rules = button("去设置规则", self.rules_wanted.emit)
        self.rules.hide()
        self.pace.hide()
        self.more = button("看达标情况", lambda: self.opened.emit(""), kind="link")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.BLOCK)
        inside.setSpacing(tokens.GAP)
        inside.addLayout(row(self.title, None, self.more))
        inside.addWidget(self.words)
        inside.addWidget(self.pace, 1)
        inside.addWidget(self.bars)
        inside.addLayout(row(self.rules, None))
        inside.addStretch(0)
        self.bars.chosen.connect(self.opened)

    def without_rules(self) -> None:
        """Lead to no rules: they are the county's, and there is no page of them."""
        self._leads = False

    def show_dashboard(self, found: Dashboard) -> None:
        """Show the cycle as it stands."""
        self.rules.setVisible(self._leads and bool(found.problem))
        self.pace.setVisible(bool(found.years))
        if found.problem:
            self.words.setText(found.problem)
            self.bars.show_bars(())
            return
        self.title.setText(f"{found.period} 周期进度")
        if not found.people:
            self.words.setText("名册中还没有要考核的教师。")
        else:
            whole = f"{found.people:,} 人中 {found.met:,} 人全部达标。"
            paced = reached_words(found)
            self.words.setText(whole + (f"{found.paced}：{paced}。" if paced else ""))
        self.pace.show_years(found.years)
        self.bars.show_bars(found.requirements[:MOST])


class SchoolsCard(QFrame):
    """The schools furthest behind; a click leads to their teachers.

    Signals:
        opened: identity and name of a school.
    """

    opened = Signal(str, str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("card")
        self.words = label("", "muted", wrap=True)
        self.bars = BarPlot("达标率最低的学校")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(tokens.CARD, tokens.BLOCK, tokens.CARD, tokens.BLOCK)
        inside.setSpacing(tokens.px(4))
        inside.addWidget(label("达标率最低的学校", "heading"))
        inside.addWidget(self.words)
        inside.addWidget(self.bars)
        inside.addStretch(1)
        self.bars.chosen.connect(self._open)

    def show_dashboard(self, found: Dashboard) -> None:
        """Show the schools."""
        self.bars.show_bars(found.schools)
        words = "点一所学校，看它未达标的教师。"
        if not found.schools:
            words = "还没有核算。" if found.problem else "没有未达标的学校。"
        self.words.setText(words)

    def _open(self, key: str) -> None:
        name = next(one.name for one in self.bars.bars if one.key == key)
        self.opened.emit(key, name)


def waiting_card(
    items: Sequence[Item], questions: QFrame | None, go: Callable[[str, object], None]
) -> QFrame:
    """What waits for a decision: approvals first, then questions to be answered here."""
    frame, inside = filled_card()
    inside.addWidget(label("待办事项", "heading"))
    for one in items:
        inside.addWidget(rule())
        text = label(one.text, wrap=True)
        line = row(text, button(one.action, _going(go, one.page, one.argument)))
        line.setStretch(0, 1)
        inside.addLayout(line)
    if questions is not None:
        inside.addWidget(questions)
    elif not items:
        inside.addWidget(
            label(
                "没有待办事项。减免和学时申报、没办完的考试、导入时发现的调动，会在这里等您处理。",
                "muted",
                wrap=True,
            )
        )
    inside.addStretch(1)
    return frame


def endings_part(endings: Sequence[Ending]) -> QFrame | None:
    """The courses that end soon or are overdue; None where there are none."""
    if not endings:
        return None
    lines = column(label("近期结束的培训", "heading"), gap=tokens.px(6))
    for one in endings:
        words, tone = _when(one.days)
        line = row(label(one.title, wrap=True), pill(words, tone))
        line.setStretch(0, 1)
        lines.addLayout(line)
    found = QFrame()
    found.setObjectName("plain")
    found.setLayout(lines)
    return found


def _when(days: int) -> tuple[str, str]:
    if days < 0:
        return f"已过 {-days} 天，未结束", "warn"
    return ("今天结束", "warn") if not days else (f"还有 {days} 天", "info")


def _going(go: Callable[[str, object], None], page: str, argument: object) -> Callable[[], None]:
    def slot() -> None:
        go(page, argument)

    return slot
