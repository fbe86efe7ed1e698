"""The check for what a window test leaves behind sees threads, widgets and Qt's warnings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture import tree

HEAD = """
import threading
import time
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QWidget

kept = []
"""

LEAKS = {
    "a thread": "    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()",
    "a widget": "    kept.append(QWidget())",
    "a warning of Qt": "    qWarning('something is wrong')",
    "a warning of Python": "    import warnings; warnings.warn('old', DeprecationWarning)",
}


def outcome(folder, body):
    """Exit code of pytest over one window test with ``body``, under the real conftest."""
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    shutil.copy(tree.ROOT / "tests" / "gui" / "conftest.py", folder / "conftest.py")
    (folder / "test_window.py").write_text(f"{HEAD}\ndef test_it():\n{body}\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:randomly", "."]
    # The fixtures beside the check stand on what all tests share.
    env = {**os.environ, "PYTHONPATH": str(tree.ROOT)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=120)
    return done.returncode


@pytest.mark.parametrize("leak", LEAKS)
def test_a_test_that_leaves_something_behind_fails(tmp_path, leak):
    assert outcome(tmp_path, LEAKS[leak]) == 1


def test_a_tidy_test_passes(tmp_path):
    assert outcome(tmp_path, "    QWidget().deleteLater()") == 0
