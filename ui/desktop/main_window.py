"""The window's shell: navigation, menus and the status bar, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QWidget

from models.errors import OfficeError
from ui.desktop.tasks.edition import Edition
from ui.desktop.tasks.lane import Running
from ui.desktop.tasks.session import EVERYTHING, Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Answer, ask, tell
from ui.desktop.widgets.menus import MenuItem
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.progress_window import ProgressWindow
from ui.desktop.widgets.rail import Entry, Rail
from ui.desktop.widgets.status import StatusBar

PROGRAM = "师训通"
MINIMUM = (920, 560)
USUAL = (1280, 800)


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the window: its entry in the rail and how it is made when first shown."""

    entry: Entry
    make: Callable[[Session], Page]


class MainWindow(QMainWindow):
    """Shows one page at a time and passes on what pages and jobs say.

    Signals:
        leaving: the window is about to close and nothing is running any more.
        status_clicked: the key of a part of the status bar.
    """

    leaving = Signal()
    status_clicked = Signal(str)

    def __init__(self, session: Session, pages: Sequence[PageSpec]) -> None:
        """Make the shell; pages are made when they are first shown."""
        super().__init__()
        self.session = session
        pages = _arranged(pages, session.edition)
        self._specs = {spec.entry.key: spec for spec in pages}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._menus: dict[str, QMenu] = {}
        self._key = ""
        self._ready_to_close = False
        identity = session.office.identity
        self.setWindowTitle(
            f"{PROGRAM} — {identity.name}"
            + ("（示例数据）" if identity.sample else "")
            + ("（只读）" if session.read_only else "")
        )
        entries = [spec.entry for spec in pages if spec.entry.listed]
        self._listed = [entry.key for entry in entries]
        self.rail = Rail(PROGRAM, identity.name, entries)
        self.stack = QStackedWidget()
        self.status = StatusBar(self)
        self.progress = ProgressWindow(session.runner, self)
        self._lay_out()
        self._connect()
        self._restore()

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self._pages[self._key]

    @property
    def page_key(self) -> str:
        """The key of the page in sight."""
        return self._key

    def go(self, key: str, argument: object = None) -> None:
        """Show a page, unless the present one does not let go."""
        if key not in self._specs:
            return
        if self._key and self._key != key and not self.page.leave():
            self.rail.select(self._key)
            return
        first = key not in self._pages
        if first:
            self._make(key)
        self._key = key
        self.rail.select(key)
        self.stack.setCurrentWidget(self.page)
        self.status.say_selection("")
        if first or key in self._stale:
            self._stale.discard(key)
            self.page.reload()
        self.page.shown(argument)

    def add_menu_items(self, items: Sequence[MenuItem]) -> dict[str, QAction]:
        """Fill the menu bar; gives the actions by their text."""
        made: dict[str, QAction] = {}
        for item in items:
            menu = self._menus.get(item.menu)
            if menu is None:
                menu = self._menus[item.menu] = self.menuBar().addMenu(item.menu)
            if not item.text:
                menu.addSeparator()
                continue
            action = menu.addAction(item.text)
            if item.keys:
                action.setShortcut(QKeySequence(item.keys))
            if item.action is not None:
                action.triggered.connect(partial(_without_arguments, item.action))
            made[item.text] = action
        return made

    def raise_window(self) -> None:
        """Come to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let running work end or be cancelled first; nothing is ever cut off."""
        if self._key and not self.page.leave():
            event.ignore()
            return
        pressing = self.session.runner.pressing
        if pressing is not None and not self._ready_to_close:
            event.ignore()
            self._ask_about_work(pressing)
            return
        self.session.runner.cancel_quiet()
        preferences = self.session.preferences
        preferences.set_state("window/geometry", self.saveGeometry())
        preferences.set_text("window/page", self._key)
        preferences.save()
        self.leaving.emit()
        super().closeEvent(event)

    def close_when_done(self) -> None:
        """Close as soon as no work is waiting or running."""
        self._ready_to_close = True
        if self.session.runner.pressing is not None:
            self.session.runner.ended.connect(self._close_if_done)
        else:
            self.close()

    def _lay_out(self) -> None:
        middle = QWidget()
        layout = QHBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)
        self.setMinimumSize(*MINIMUM)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.status.clicked.connect(self.status_clicked)
        self.session.go.connect(self.go)
        self.session.changed.connect(self._changed)
        self.session.told.connect(self._told)
        self.session.undo_offered.connect(self._offer_undo)
        self.session.runner.refused.connect(self._refused)
        for place, key in enumerate(self._listed[:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Alt+{place}"), self)
            shortcut.activated.connect(partial(self.go, key))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._find)

    def _restore(self) -> None:
        """Size and page as they were left."""
        self.resize(*USUAL)
        geometry = self.session.preferences.state("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        last = self.session.preferences.text("window/page")
        self.go(last if last in self._listed else next(iter(self._specs)))

    def _make(self, key: str) -> None:
        page = self._specs[key].make(self.session)
        words = self.session.edition.page(key)
        if words is not None:
            page.title.setText(words.title)
        page.selection_told.connect(self.status.say_selection)
        self._pages[key] = page
        self.stack.addWidget(page)

    def _changed(self, kinds: frozenset[str]) -> None:
        """Reload the page in sight if it shows what changed; the others when they are shown."""
        for key, page in self._pages.items():
            if _concerns(kinds, page):
                if key == self._key:
                    page.reload()
                else:
                    self._stale.add(key)

    def _told(self, text: str, tone: str) -> None:
        self.page.notice.tell(text, tone, seconds=0 if tone in ("error", "warn") else tokens.BLOCK)

    def _offer_undo(self, text: str, operation_id: str) -> None:
        self.page.notice.offer_undo(text, partial(self.session.undo, operation_id))

    def _refused(self, error: OfficeError) -> None:
        tell(self, error.message, error.hint)

    def _find(self) -> None:
        self.page.focus_search()

    def _ask_about_work(self, running: Running) -> None:
        ask(
            self,
            f"{running.job.title}，还没有完成。",
            "可以等它完成后自动退出，也可以取消它再退出；取消的操作不会留下半截数据。",
            (
                Answer("继续使用"),
                Answer("取消操作并退出", self._cancel_and_close, "danger"),
                Answer("完成后退出", self.close_when_done, "primary"),
            ),
            "warn",
        )

    def _cancel_and_close(self) -> None:
        self.session.runner.cancel_all()
        self.close_when_done()

    def _close_if_done(self, _ended: object) -> None:
        if self.session.runner.pressing is None:
            self.close()


def _arranged(pages: Sequence[PageSpec], edition: Edition) -> list[PageSpec]:
    """The pages an edition shows, in its order and under its titles."""
    if not edition.pages:
        return list(pages)
    specs = {one.entry.key: one for one in pages}
    return [
        replace(found, entry=replace(found.entry, title=one.title, group=one.group))
        for one in edition.pages
        if (found := specs.get(one.key)) is not None
    ]


def _without_arguments(action: Callable[[], object], *_: object) -> None:
    action()


def _concerns(kinds: frozenset[str], page: Page) -> bool:
    """Whether a page shows rows of these kinds; a page that shows all kinds says so by ``*``."""
    return bool(kinds) and bool(EVERYTHING & (kinds | page.interests) or page.interests & kinds)
