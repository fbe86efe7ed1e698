"""成长档案: identity beside the years, for the teacher that was asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QSplitter, QTextBrowser

from models.entities.display import plain_decimal
from models.errors import OfficeError
from reports.documents.growth import Growth, GrowthCycle, GrowthYear
from ui.desktop.pages.growth.bars import Bar, YearBars
from ui.desktop.pages.growth.rendering import STATE_TONES, growth_html
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, label, row, tool
from ui.desktop.widgets.saving import PDF, ask_where_to

read_growth = Lazy("reports.inputs.growth", "growth")
print_paper = Lazy("ui.desktop.pages.growth.jobs", "print_paper")
PAPERS = {"growth": "成长档案", "card": "学分卡"}
IN_THE_HEAD = frozenset({"姓名", "所在学校"})
"""Facts that the card says above the lines."""
CARD_WIDTH = 330
NOBODY = "请在“教师”页选中一名教师，再点“成长档案”。"


class GrowthPage(Page):
    """Everything the office knows of one teacher."""

    help_page = "growth.md"
    interests = frozenset(
        {
            "teacher", "teacher_period", "institution", "ledger_entry", "ledger_claim", "course",
            "enrolment", "score", "certificate", "stamp_line", "exemption", "veto", "own_pack",
            "policy_use", "code_entry",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the page; ``shown`` with a teacher fills it."""
        super().__init__("成长档案")
        self.session = session
        self.found: Growth | None = None
        self._teacher = ""
        self._masked = True
        self.card = DetailCard(NOBODY)
        self.bars = YearBars("各年度学时")
        self.text = QTextBrowser()
        self.text.setObjectName("reading")
        self.text.setAccessibleName("逐年记录")
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState()
        self.empty.say(NOBODY, "去教师页", self.go_back, "users")
        self.print_button = button("打印", drawing="printer")
        self._eye = tool("eye", "显示完整证件号和电话", self._toggle_mask)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is the teacher to be shown."""
        if isinstance(argument, str) and argument:
            self._teacher = argument
            self._masked = True
            self.reload()
        self.text.setFocus()

    def reload(self) -> None:
        """Gather everything anew."""
        if not self._teacher:
            return
        try:
            found = read_growth(self.session.office, self._teacher, masked=self._masked)
        except OfficeError as error:
            self.found, self._teacher = None, ""
            self.empty.say(error.message, "去教师页", self.go_back, "users")
        else:
            assert isinstance(found, Growth)
            self.found = found
        self._show()

    def go_back(self) -> None:
        """Show the teacher in the register again."""
        self.session.go.emit("teachers", self._teacher or None)

    def print_paper(self, paper: str) -> None:
        """Ask where a paper goes as PDF, and write it."""
        if self.found is None:
            return
        out = ask_where_to(self, f"{PAPERS[paper]}-{self.found.name}.pdf", PDF)
        if out is not None:
            work = print_paper.bind(self._teacher, paper, out)
            self.session.read(f"正在生成{PAPERS[paper]}", work, self._printed)

    def _printed(self, file: Path) -> None:
        self.notice.tell(
            f"已生成 {file}（证件号和电话已隐藏中间几位）",
            "ok",
            "打开文件",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        )

    def _lay_out(self) -> None:
        menu = QMenu(self)
        for paper, title in PAPERS.items():
            menu.addAction(f"{title}…", partial(self.print_paper, paper))
        self.print_button.setMenu(menu)
        self.buttons.addWidget(button("返回教师", self.go_back, drawing="arrow-left"))
        self.buttons.addWidget(self.print_button)
        self.card.foot.addWidget(self._eye)
        self.card.foot.addStretch(1)
        self.card.setMinimumWidth(tokens.px(210))
        self.card.setMaximumWidth(tokens.px(CARD_WIDTH))
        frame, inside = filled_card()
        inside.setSpacing(tokens.GAP)
        inside.addLayout(row(label("各年度学时（灰字为学分）", "heading"), None))
        inside.addWidget(self.bars)
        inside.addWidget(self.text, 1)
        self._body.setHandleWidth(tokens.BLOCK)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.card)
        self._body.addWidget(frame)
        self._body.setStretchFactor(1, 1)
        self._body.setSizes([280, 720])
        self.body.addWidget(self.notice)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self._body, 1)

    def _show(self) -> None:
        found = self.found
        self.empty.setVisible(found is None)
        self._body.setVisible(found is not None)
        self.print_button.setEnabled(found is not None)
        self.count.setText("" if found is None else f"{found.name}　{found.teacher_no}")
        if found is None:
            return
        self.card.show_details(_details(found))
        self.bars.show_bars([_bar(one) for one in found.years])
        self.text.setHtml(growth_html(found))
        self.text.verticalScrollBar().setValue(0)

    def _toggle_mask(self) -> None:
        self._masked = not self._masked
        self._eye.setToolTip("显示完整证件号和电话" if self._masked else "隐藏证件号和电话")
        self._eye.setAccessibleName(self._eye.toolTip())
        self.reload()


def _details(found: Growth) -> Details:
    facts = [Fact(title, text) for title, text in found.identity if title not in IN_THE_HEAD]
    held = [
        Fact(one.aspect, f"{one.value or '—'}　{one.starts_on or '此前'} 至 {one.ends_on or '今'}")
        for one in found.held
    ]
    cycle: GrowthCycle | None = found.cycle
    return Details(
        name=found.name,
        below=f"{found.school or '未填学校'}{'' if cycle is None else f' · {cycle.label} 周期'}",
        state="" if cycle is None else cycle.state,
        tone="muted" if cycle is None else STATE_TONES.get(cycle.state, "muted"),
        facts=facts,
        later=[Fact("", "任职经历"), *held] if held else (),
    )


def _bar(one: GrowthYear) -> Bar:
    credits = plain_decimal(one.credits) if one.credits else ""
    return Bar(str(one.year), float(one.hours), plain_decimal(one.hours), credits)
