"""Windows for tests: the real one over a real office, with the pages named."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.office.context import Office
from models.workspace.opening import open_workspace
from tests.offices import desk, new_office
from ui.desktop.app import PAGES
from ui.desktop.main_window import MainWindow
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.tasks.session import Opener, Session
from ui.desktop.widgets.look import add_fonts, dress


def session_on(office: Office, folder: Path, *, read_only: bool = False) -> Session:
    """A session on an office's file, which is closed here and opened by the session's lanes."""
    office.store.close()
    path = office.store.path
    opener = Opener(
        path,
        partial(open_workspace, path, desk(seed=2)),
        partial(open_workspace, path, desk(seed=3), read_only=True),
    )
    return Session(opener, Preferences(folder / "窗口.ini"), read_only=read_only)


@contextmanager
def empty_session(qtbot, folder: Path) -> Iterator[Session]:
    """A session on a new office; left when its work is done."""
    session = session_on(new_office(folder), folder)
    yield session
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def window_on(session: Session, keys: Collection[str], folder: Path) -> MainWindow:
    """The main window with some of its pages, dressed and shown at its usual size."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    add_fonts()
    dress(app, 14, folder / "缓存")
    window = MainWindow(session, [one for one in PAGES if one.entry.key in keys])
    window.resize(1280, 800)
    window.show()
    return window


def drop_files(area: QWidget, *paths: Path) -> None:
    """Drop files on an area."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none
    )
    area.dropEvent(event)


@contextmanager
def window_at(
    qtbot: QtBot, office: Office, folder: Path, page: str, *others: str
) -> Generator[MainWindow]:
    """The main window on an office at one of its pages, quiet at the beginning and at the end."""
    session = session_on(office, folder)
    found = window_on(session, {page, *others}, folder)
    qtbot.addWidget(found)
    found.go(page)
    at_rest(qtbot, session)
    yield found
    at_rest(qtbot, session)
    assert session.leave()


def press(qtbot, page, widget, text):
    """Click the button of that text in a part of a page, and wait for what comes of it."""
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    ]
    assert found, text
    assert found[0].isEnabled(), text
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)


def at_rest(qtbot: QtBot, session: Session) -> None:
    """Wait until nothing is being done."""
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)
