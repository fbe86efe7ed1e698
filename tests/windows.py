"""Windows for tests: the real one over a real office, with the pages named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

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
