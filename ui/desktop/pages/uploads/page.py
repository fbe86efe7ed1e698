"""上报与收表: what is due above, what was sent and what came of it; templates for schools below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.desktop.pages.uploads.collecting import CollectView
from ui.desktop.pages.uploads.comparing import CompareView
from ui.desktop.pages.uploads.counties import ABOVE, CountiesView
from ui.desktop.pages.uploads.forms import FormsView
from ui.desktop.pages.uploads.sent import SentView
from ui.desktop.pages.uploads.standing import StandingView
from ui.desktop.pages.uploads.transfers import TransfersView
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import row

if TYPE_CHECKING:
    from ui.desktop.pages.uploads.view import View
    from ui.desktop.tasks.session import Session

DUE, SENT, COMPARE, COLLECT = "due", "sent", "compare", "collect"
COUNTIES, TRANSFERS, FORMS = "counties", "transfers", "forms"
TITLES = {
    DUE: "上报",
    SENT: "报过的文件",
    COMPARE: "对账",
    COLLECT: "收表",
    COUNTIES: "县区",
    TRANSFERS: "上级调动",
    FORMS: "上报表",
}


class UploadsPage(Page):
    """The tabs; each reads when it is in sight."""

    help_page = "uploads.md"
    interests = frozenset(
        {
            "upload", "upload_row", "upload_form", "upload_book", "upload_return", "given_number",
            "upload_transfer", "upload_transfer_step", "collect_round", "collect_template",
            "collect_answer", "collect_question", "county_upload", "teacher", "institution",
            "ledger_entry", "code_entry",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the page with its tabs; nothing is read yet."""
        super().__init__("上报与收表")
        self.session = session
        self.due = StandingView(session)
        self.sent = SentView(session)
        self.compare = CompareView(session)
        self.collect = CollectView(session)
        self.transfers = TransfersView(session)
        self.forms = FormsView(session)
        self.views: dict[str, View] = {
            DUE: self.due,
            SENT: self.sent,
            COMPARE: self.compare,
            COLLECT: self.collect,
            TRANSFERS: self.transfers,
            FORMS: self.forms,
        }
        if session.office.identity.level in ABOVE:
            self._put_counties(session)
        self._counts: dict[str, str] = {}
        self._stale = set(self.views)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("上报与收表的各项工作")
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

    def _put_counties(self, session: Session) -> None:
        """An office with counties below it sees them behind what schools hand in."""
        views = list(self.views.items())
        place = list(self.views).index(COLLECT) + 1
        self.views = dict([*views[:place], (COUNTIES, CountiesView(session)), *views[place:]])

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
        """Come into sight; an argument is a tab, or a tab and what to show in it."""
        if argument == "questions":
            self.show_tab(COLLECT)
            self.collect.tabs.setCurrentIndex(1)
        elif isinstance(argument, str) and argument in self.views:
            self.show_tab(argument)
        elif isinstance(argument, tuple):
            tab, what = map(str, argument)  # pyright: ignore[reportUnknownArgumentType]
            self.show_tab(tab)
            self.views[tab].show_one(what)

    def focus_search(self) -> None:
        """Go to the search field of the view in sight."""
        self.views[self.tab].focus_search()

    def leave(self) -> bool:
        """Whether the page may be left: a form being edited asks first."""
        return all(view.leave() for view in self.views.values())

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
