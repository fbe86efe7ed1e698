"""Start the program: its window, a command of it, its benchmarks."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from devtools import demo
from devtools.console import ROOT, run, say
from devtools.environment import PYTHON

if TYPE_CHECKING:
    from collections.abc import Sequence


def has_screen() -> bool:
    """Whether a window could be seen on this computer."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(arguments: Sequence[str]) -> int:
    """Open the window; where there is no screen, say so and do the whole job without one."""
    if arguments or has_screen():
        return run([PYTHON, ROOT / "main.py", *arguments])
    say("这台计算机没有屏幕，打不开窗口；改为演示一遍全程工作（dev.py demo）。")
    return demo.show("out")


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks side by side and print their ratios."""
    return run([PYTHON, "-m", "bench", *arguments])
