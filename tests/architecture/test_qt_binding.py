"""The pinned binding of Qt keeps its count of Python's constants (docs/decisions/0001)."""

from __future__ import annotations

import subprocess
import sys

SIGNALS = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rung = Signal()

heard = []
bell = Bell()
bell.rung.connect(lambda: heard.append(True))
for _ in range(2_000):
    bell.rung.emit()
print(len(heard))
"""


def test_two_thousand_signals_are_survived():
    done = subprocess.run(
        [sys.executable, "-c", SIGNALS], capture_output=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stdout.strip()) == (0, "2000"), done.stderr
