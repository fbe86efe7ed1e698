"""报表: the papers on the left; on the right what the chosen one can be asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout

from reports.catalogue.options import PaperInfo
from ui.desktop.pages.reports.deeds import Deeds
from ui.desktop.pages.reports.form import OptionsForm, nothing_to_choose
from ui.desktop.pages.reports.offers import Offers
from ui.desktop.pages.reports.paper_list import PaperList
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, label, row

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

describe = Lazy("ui.desktop.pages.reports.jobs", "describe")
LAST = "reports/paper"
LIST_WIDTH = 290
LIST_WIDTHS = (210, 420)


class ReportsPage(Page):
    """Every paper of the office."""

    help_page = "reports.md"
    interests = frozenset(
        {"institution", "course", "enrolment", "exam", "print_run", "print_item", "import_batch"}
    )

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("报表")
        self.session = session
        self.deeds = Deeds(session, self)
        self.papers: dict[str, PaperInfo] = {}
        self.list = PaperList()
        self.form = OptionsForm()
        self.lacking = NoticeBar()
        self.name = label("", "name")
        self.about = label("", "muted", wrap=True)
        self.preview = button("预览", self._preview, kind="primary", drawing="eye")
        self.print_out = button("打印…", self._print_out, drawing="printer")
        self.save = button("另存为 PDF…", self._save, drawing="save")
        self.export = button("导出工作簿…", self._export, drawing="file-up")
        self.draft = button("自动拟稿", self._draft, kind="link", drawing="sparkles")
        self._offers = Offers(0)
        self._shown = ""
        self._answers: dict[str, dict[str, str]] = {}
        self._drafts: dict[str, _Draft] = {}
        self._lay_out()
        self.list.paper_chosen.connect(self._choose)

    def reload(self) -> None:
        """Read anew what there is to choose from; what was answered stays."""
        self.session.read("正在读取报表目录", describe.bind(), self._described, quiet=True)

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is the name of a paper."""
        if isinstance(argument, str) and argument:
            self.session.preferences.set_text(LAST, argument)
            if self.papers:
                self.list.choose(argument)
        self.list.setFocus()

    def leave(self) -> bool:
        """Keep what was answered."""
        self._keep()
        return True

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setObjectName("gridCard")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, tokens.GAP, 1, tokens.GAP)
        inside.addWidget(self.list)
        low, high = LIST_WIDTHS
        frame.setMinimumWidth(tokens.px(low))
        frame.setMaximumWidth(tokens.px(high))
        card, layout = filled_card()
        layout.addLayout(row(self.name, None, self.draft))
        layout.addWidget(self.about)
        layout.addWidget(self.lacking)
        layout.addWidget(self.form, 1)
        buttons = (self.preview, self.print_out, self.save, self.export)
        layout.addLayout(row(*buttons, None))
        parts = QSplitter()
        parts.setHandleWidth(tokens.BLOCK)
        parts.setChildrenCollapsible(False)
        parts.addWidget(frame)
        parts.addWidget(card)
        parts.setStretchFactor(1, 1)
        parts.setSizes([tokens.px(LIST_WIDTH), 10_000])
        self.body.addWidget(self.notice)
        self.body.addWidget(parts, 1)
        self._enable(None)

    def _described(self, found: tuple[tuple[PaperInfo, ...], Offers]) -> None:
        every, self._offers = found
        wanted = self.session.edition.papers
        papers = [one for one in every if not wanted or one.name in wanted]
        self._keep()
        self.papers = {one.name: one for one in papers}
        self.count.setText(f"共 {len(papers)} 种")
        self.list.show_papers(papers)
        self._shown = ""
        self.list.choose(self.session.preferences.text(LAST))

    def _choose(self, name: str) -> None:
        """Show a paper; what was answered for the one before is kept."""
        if name == self._shown:
            return
        self._keep()
        info = self.papers[name]
        self._shown = name
        self.session.preferences.set_text(LAST, name)
        self.name.setText(info.title)
        self.about.setText(info.about)
        self.form.show_paper(info, self._offers, self._remembered(info))
        self._enable(info)

    def _enable(self, info: PaperInfo | None) -> None:
        """Offer what can be done with the paper, or say what it waits for."""
        lacking = nothing_to_choose(info, self._offers) if info else None
        able = info is not None and lacking is None
        for one in (self.preview, self.print_out, self.save):
            one.setEnabled(able)
        self.export.setVisible(info is not None and info.tabled)
        self.export.setEnabled(able)
        self.draft.setVisible(info is not None and info.drafted)
        if lacking is not None:
            sentence, action, page = lacking
            self.lacking.tell(sentence, "info", action, partial(self._go, page))
        else:
            self.lacking.hide()

    def _go(self, page: str) -> None:
        self.session.go.emit(page, None)

    def _keep(self) -> None:
        """Remember the answers: all of them for now, those of choice for the next start."""
        if self._shown:
            self._answers[self._shown] = self.form.answers()
            kept = json.dumps(self.form.kept(), ensure_ascii=False)
            self.session.preferences.set_text(_key(self._shown), kept)

    def _remembered(self, info: PaperInfo) -> Mapping[str, str]:
        if info.name in self._answers:
            return self._answers[info.name]
        try:
            found = json.loads(self.session.preferences.text(_key(info.name), "{}"))
        except ValueError:
            return {}
        keys = {one.key for one in info.options}
        return {key: str(text) for key, text in found.items() if key in keys}

    def _preview(self) -> None:
        self.deeds.preview(*self._asked())

    def _print_out(self) -> None:
        self.deeds.print_out(*self._asked())

    def _save(self) -> None:
        self.deeds.save(*self._asked())

    def _export(self) -> None:
        self.deeds.export(*self._asked())

    def _draft(self) -> None:
        """Propose the texts; what a person has written is replaced only after a question."""
        now = self._drafts.get(self._shown)
        if not self.form.texts() or (now and self.form.texts() == now.texts):
            self._draft_now()
            return
        words = "现有的标题、主送和正文会被新拟的替换。"
        answers = (Answer("取消"), Answer("重新拟稿", self._draft_now, "primary"))
        ask(self, "重新拟稿？", words, answers, "warn")

    def _draft_now(self) -> None:
        name = self._shown

        def done(texts: Mapping[str, str]) -> None:
            if name == self._shown:
                self.form.fill_in(texts)
                self._drafts[name] = _Draft(self.form.texts(), self.form.facts())

        info, answers = self._answered()
        self.deeds.draft(info, answers, done)

    def _asked(self) -> tuple[PaperInfo, dict[str, str]]:
        """The paper and the answers; a text that was drafted for other answers is told of."""
        drafted = self._drafts.get(self._shown)
        self.notice.hide()
        if drafted and self.form.texts() and drafted.facts != self.form.facts():
            self.notice.tell("拟稿以后改过年度或排名，正文可能与表格不符，请核对或重新拟稿。")
        return self._answered()

    def _answered(self) -> tuple[PaperInfo, dict[str, str]]:
        """The paper and the answers; an empty one counts where the person emptied it."""
        self._keep()
        return self.papers[self._shown], self.form.answers()


@dataclass(frozen=True, slots=True)
class _Draft:
    """Texts as they were proposed, and the answers they were made from."""

    texts: Mapping[str, str]
    facts: Mapping[str, str]


def _key(name: str) -> str:
    return f"reports/options/{name}"
