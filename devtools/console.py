"""Talking to the developer and starting other programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the repository."""


def use_utf8() -> None:
    """Print Chinese whatever the terminal's locale is (Windows consoles, LANG=C)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(sentence: str) -> None:
    """Print one sentence at once, in order with what started programs print."""
    print(sentence, flush=True)


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> int:
    """Run a program to its end and give its exit code.

    Args:
        command: the program and its arguments.
        cwd: the folder it runs in.
        env: its whole environment; None hands ours on.
        quiet: keep its output back, and print it only when it fails.
    """
    parts = [str(part) for part in command]
    if not quiet:
        return subprocess.run(parts, cwd=cwd, env=env, check=False).returncode
    done = subprocess.run(
        parts, cwd=cwd, env=env, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        say(done.stdout.decode("utf-8", errors="replace"))
    return done.returncode


def output(command: Sequence[str | Path]) -> str:
    """What a program prints on its standard output, whatever its exit code."""
    parts = [str(part) for part in command]
    done = subprocess.run(
        parts, cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    return done.stdout.decode("utf-8", errors="replace")


def find_program(name: str, *folders: Path) -> Path | None:
    """The program called ``name``: on the search path, else in one of ``folders``."""
    found = shutil.which(name)
    for folder in folders:
        found = found or shutil.which(name, path=str(folder))
    return Path(found) if found else None
