"""Windows under test: nothing of them may live on when a test is over."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication

from tests.offices import new_office
from tests.windows import session_on, window_on

PATIENCE_MS = 2_000


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


@pytest.fixture
def session(qtbot, tmp_path):
    """A session on a new, empty office."""
    found = session_on(new_office(tmp_path), tmp_path)
    yield found
    qtbot.waitUntil(lambda: not found.runner.busy)
    assert found.leave()


@pytest.fixture
def window(qtbot, session, tmp_path):
    """The main window of that office with its settings."""
    found = window_on(session, {"settings"}, tmp_path)
    qtbot.addWidget(found)
    return found


def is_ours(thread):
    """Threads that Qt started and Python only saw pass by are not ours to count."""
    return not isinstance(thread, threading._DummyThread)
