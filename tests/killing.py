"""Programs that are killed while they work."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def kill_while_working(module: str, path: Path, seconds: float) -> list[str]:
    """Let a module work on a file, kill it some time after its first words; what it said."""
    with subprocess.Popen(
        [sys.executable, "-m", module, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        time.sleep(seconds)
        process.kill()
        said += process.stdout.readlines()
    return said
