"""上报与收表: what is due above, what was sent and what came of it; templates for schools below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.desktop.pages.uploads.collecting import CollectView
from ui.desktop.pages.uploads.comparing import CompareView
from ui.desktop.pages.uploads.counties import ABOVE, CountiesView
from ui.desktop.pages.uploads.forms import FormsView
from ui.desktop.pages.uploads.sent import SentView
from ui.desktop.pages.uploads.standing import StandingView
from ui.desktop.pages.uploads.transfers import TransfersView
from ui.desktop.widgets.drop_area import dropped_files
from ui.desktop.widgets.tabbed_page import TabbedPage

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

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


class UploadsPage(TabbedPage):
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
        self.lay_tabs("上报与收表的各项工作", TITLES, self.views)
        self.tabs.tabBarClicked.connect(self._clicked)
        self.setAcceptDrops(True)

    def _put_counties(self, session: Session) -> None:
        """An office with counties below it sees them behind what schools hand in."""
        views = list(self.views.items())
        place = list(self.views).index(COLLECT) + 1
        self.views = dict([*views[:place], (COUNTIES, CountiesView(session)), *views[place:]])

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files come; the tab in sight says what they are."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files to the tab in sight."""
        paths = dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.views[self.tab].take_files(paths)

    def leave(self) -> bool:
        """Whether the page may be left: a form being edited asks first."""
        return all(view.leave() for view in self.views.values())

    def _clicked(self, place: int) -> None:
        """What was said of the tab that is left does not stand above another."""
        if place != self.tabs.currentIndex():
            self.notice.hide()
