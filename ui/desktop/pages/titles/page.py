"""骨干与名师: titles, batches, registrations and coverage, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.desktop.pages.titles.coverage import CoverageView
from ui.desktop.pages.titles.desk import DeskView
from ui.desktop.pages.titles.holders import HoldersView
from ui.desktop.pages.titles.reviews import ReviewsView
from ui.desktop.widgets.tabbed_page import TabbedPage

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

HOLDERS, BATCHES, REVIEWS, COVERAGE = "holders", "batches", "reviews", "coverage"
TITLES = {HOLDERS: "称号", BATCHES: "批次", REVIEWS: "注册与复检", COVERAGE: "覆盖"}


class TitlesPage(TabbedPage):
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
        self.lay_tabs("骨干与名师的各项工作", TITLES, self.views)

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a tab, or words that find titles."""
        if isinstance(argument, str) and argument in self.views:
            self.show_tab(argument)
        elif isinstance(argument, str) and argument:
            self.show_tab(HOLDERS)
            self.holders.show_teacher(argument)
