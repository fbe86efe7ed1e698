"""证书: the register, issuing, printing, blanks, booklets, forms and codes, a tab each."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from ui.desktop.pages.certificates.views import REGISTER, TABS, View
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import row, tab_bar


class CertificatesPage(Page):
    """All that has to do with certificates; each view is made when its tab is first seen."""

    help_page = "certificates.md"
    interests = frozenset(
        {
            "certificate", "certificate_event", "certificate_seal", "print_run", "print_item",
            "stock_entry", "booklet_line", "booklet_place", "own_form", "signing_key",
            "stamp_line", "setting",
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        """Make the page with its tabs; nothing is read yet."""
        super().__init__("证书")
        self.session = session
        self._views: dict[str, View] = {}
        self._stale: set[str] = set()
        self._place = 0
        self.tabs = tab_bar("证书的各项工作")
        for tab in TABS.values():
            self.tabs.addTab(tab.title)
        self.stack = QStackedWidget()
        self.body.addLayout(row(self.tabs, None))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)

    @property
    def tab(self) -> str:
        """The key of the tab in sight."""
        return list(TABS)[self.tabs.currentIndex()]

    @property
    def view(self) -> View:
        """The view in sight, made where it is not there yet."""
        if self.tab not in self._views:
            made = self._views[self.tab] = TABS[self.tab].make(self.session)
            self.stack.addWidget(made.widget)
            self._stale.add(self.tab)
        return self._views[self.tab]

    def show_tab(self, key: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(list(TABS).index(key))

    def reload(self) -> None:
        """The office's data changed: the view in sight reads it now, the others when seen."""
        self._stale = set(self._views)
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; an argument is a tab, or a certificate of the register."""
        if isinstance(argument, str) and argument in TABS:
            self.show_tab(argument)
        elif isinstance(argument, str) and argument:
            self.show_tab(REGISTER)
            if self.view.show_certificate is not None:
                self.view.show_certificate(argument)

    def focus_search(self) -> None:
        """Go to the search field of the view in sight."""
        self.view.focus()

    def leave(self) -> bool:
        """Whether the view in sight may be left; one with unsaved work asks first."""
        return self.view.leave()

    def _turn(self, place: int) -> None:
        if place == self._place:
            return
        before = self._views.get(list(TABS)[self._place])
        if before is not None and not before.leave():
            self.tabs.setCurrentIndex(self._place)
            return
        self._place = place
        self._show()

    def _show(self) -> None:
        view = self.view
        self.stack.setCurrentWidget(view.widget)
        if self.tab in self._stale:
            self._stale.discard(self.tab)
            view.reload()
        self.count.setText(view.counted())
