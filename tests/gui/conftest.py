"""Windows under test: nothing of them may live on when a test is over."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication

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


def is_ours(thread):
    """Threads that Qt started and Python only saw pass by are not ours to count."""
    return not isinstance(thread, threading._DummyThread)
