"""Windows under test: nothing of them may live on when a test is over."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication

from tests.offices import new_office
from tests.windows import at_rest, session_on
from ui.desktop.widgets.look import add_fonts, dress

PATIENCE_MS = 2_000


@pytest.fixture
def office(tmp_path):
    """A new office; a test that needs more of it makes its own."""
    return new_office(tmp_path)


@pytest.fixture
def page(window):
    """The page the window of the test stands at."""
    return window.page


@pytest.fixture
def shown(qtbot, qapp, tmp_path):
    """Shows a view over an office's file, filled; closes its session at the end."""
    add_fonts()
    dress(qapp, 14, tmp_path / "缓存")
    sessions = []

    def show(office, kind, fill="reload"):
        session = session_on(office, tmp_path)
        sessions.append(session)
        view = kind(session)
        qtbot.addWidget(view)
        view.resize(1072, 640)
        view.show()
        getattr(view, fill)()
        at_rest(qtbot, session)
        return view

    yield show
    for session in sessions:
        at_rest(qtbot, session)
        assert session.leave()


@pytest.fixture(autouse=True)
def nothing_lives_on(qapp, request):
    """Fail a test that leaves a thread or a top-level widget behind."""
    threads = set(threading.enumerate())
    windows = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    QThreadPool.globalInstance().waitForDone(PATIENCE_MS)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [t for t in threading.enumerate() if t not in threads and is_ours(t)]
    for thread in left:
        thread.join(PATIENCE_MS / 1000)
    assert [t.name for t in left if t.is_alive()] == []
    assert [w for w in QApplication.topLevelWidgets() if id(w) not in windows] == []


def is_ours(thread):
    """Threads that Qt started and Python only saw pass by are not ours to count."""
    return not isinstance(thread, threading._DummyThread)
