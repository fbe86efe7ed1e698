"""A page whose tabs are views of their own, each read when it comes into sight."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import row, tab_bar


class TabView(QWidget):
    """What a tab shows.

    Signals:
        counted: what stands beside the page's title while the tab is in sight.
    """

    counted = Signal(str)

    def reload(self) -> None:
        """Read it anew, beside the window."""
        raise NotImplementedError

    def focus_search(self) -> None:
        """Go to where something is searched."""


class TabbedPage(Page):
    """The tabs, and which of their views have to read."""

    def lay_tabs(self, name: str, titles: Mapping[str, str], views: Mapping[str, TabView]) -> None:
        """Put the views under their titles; called once, at the end of the page's making."""
        self._views = views
        self._counts: dict[str, str] = {}
        self._stale = set(views)
        self.tabs = tab_bar(name)
        self.stack = QStackedWidget()
        for key, view in views.items():
            self.tabs.addTab(titles[key])
            self.stack.addWidget(view)
            view.counted.connect(partial(self._counted, key))
        self.body.addLayout(row(self.tabs, None))
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._show)

    @property
    def tab(self) -> str:
        """The key of the tab in sight."""
        return list(self._views)[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(list(self._views).index(key))

    def reload(self) -> None:
        """The office's data changed: the view in sight reads it now, the others when seen."""
        self._stale = set(self._views)
        self._show()

    def focus_search(self) -> None:
        """Go to the search field of the view in sight."""
        self._views[self.tab].focus_search()

    def _counted(self, key: str, words: str) -> None:
        self._counts[key] = words
        if key == self.tab:
            self.count.setText(words)

    def _show(self, *_: int) -> None:
        self.stack.setCurrentIndex(self.tabs.currentIndex())
        self.count.setText(self._counts.get(self.tab, ""))
        if self.tab in self._stale:
            self._stale.discard(self.tab)
            self._views[self.tab].reload()
