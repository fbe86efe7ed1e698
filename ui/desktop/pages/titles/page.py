"""骨干与名师: titles, batches, registrations and coverage, a tab each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.desktop.pages.titles.coverage import CoverageView
from ui.desktop.pages.titles.desk import DeskView
from ui.desktop.pages.titles.holders import HoldersView
from ui.desktop.pages.titles.reviews import ReviewsView
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import row

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

HOLDERS, BATCHES, REVIEWS, COVERAGE = "holders", "batches", "reviews", "coverage"
TITLES = {HOLDERS: "称号", BATCHES: "批次", REVIEWS: "注册与复检", COVERAGE: "覆盖"}


class TitlesPage(Page):
    """All that has to do with titles; each view reads when it is in sight."""

    help_page = "titles.md"
    interests = frozenset(
        {
            "title_batch", "title_quota", "nomination", "title_objection", "title_grant",
            "title_review", "title_duty", "teacher", "institution", "ledger_entry", "veto",
            "certificate", "certificate_event",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the page with its tabs; nothing is read yet."""
        super().__init__("骨干与名师")
        self.session = session
        self.holders = HoldersView(session)
        self.desk = DeskView(session)
        self.reviews = ReviewsView(session)
        self.coverage = CoverageView(session)
        self.views: dict[str, HoldersView | DeskView | ReviewsView | CoverageView] = {
            HOLDERS: self.holders,
            BATCHES: self.desk,
            REVIEWS: self.reviews,
            COVERAGE: self.coverage,
        }
        self._counts: dict[str, str] = {}
        self._stale = set(self.views)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("骨干与名师的各项工作")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        for key, view in self.views.items():
            self.tabs.addTab(TITLES[key])
            self.stack.addWidget(view)
            view.counted.connect(partial(self._counted, key))
        self.body.addLayout(row(self.tabs, None))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show)

    @property
    def tab(self) -> str:
        """The key of the tab in sight."""
        return list(self.views)[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(list(self.views).index(key))

    def reload(self) -> None:
        """The office's data changed: the view in sight reads it now, the others when seen."""
        self._stale = set(self.views)
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a tab, or words that find titles."""
        if isinstance(argument, str) and argument in self.views:
            self.show_tab(argument)
        elif isinstance(argument, str) and argument:
            self.show_tab(HOLDERS)
            self.holders.show_teacher(argument)

    def focus_search(self) -> None:
        """Go to the search field of the view in sight."""
        self.views[self.tab].focus_search()

    def _counted(self, key: str, words: str) -> None:
        self._counts[key] = words
        if key == self.tab:
            self.count.setText(words)

    def _show(self, *_: int) -> None:
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self.count.setText(self._counts.get(self.tab, ""))
        if self.tab in self._stale:
            self._stale.discard(self.tab)
            self.views[self.tab].reload()
