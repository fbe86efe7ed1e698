"""The checks of the code and the tests, as the developer and the integration run them."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from devtools.console import run, say
from devtools.environment import PYTHON, SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

STEPS = (
    ("格式", (SCRIPTS / "ruff", "format", "--check", "--quiet", ".")),
    ("规范", (SCRIPTS / "ruff", "check", "--quiet", ".")),
    ("依赖方向", (SCRIPTS / "lint-imports",)),
    ("类型", (SCRIPTS / "basedpyright",)),
)
"""The checks of the code, fast ones first."""

WORKERS = "2"
STEADY_SEED = "20260901"
"""Tests run shuffled but always alike; ``check --long`` shuffles anew each time."""
LONG = ["-m", "", "--hypothesis-profile=long", "--randomly-seed=default", "--timeout=3600"]
"""Every test, with thousands of examples for each property."""

MEMORY = Path("/dev/shm")
ROOM = 6 * 1024**3
"""Bytes the files of all tests may take at one time; with less memory free they go to the disk."""


def test(arguments: Sequence[str]) -> int:
    """Run the tests, or those that ``arguments`` (of pytest) choose; pytest prints last."""
    command = [PYTHON, "-m", "pytest", "-q", "-rfEs"]
    if not any(argument.startswith("-n") for argument in arguments):
        command += ["-n", WORKERS]
    if not any(argument.startswith(("-p", "--randomly")) for argument in arguments):
        command.append(f"--randomly-seed={STEADY_SEED}")
    with _memory() as folder:
        place = {"TMPDIR": folder} if folder else {}
        return run([*command, *arguments], env=os.environ | place | {"PYTHONUTF8": "1"})


def _memory() -> AbstractContextManager[str | None]:
    """A folder in memory for the tests' files: thousands of commits need not wait for a disk."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        return TemporaryDirectory(dir=MEMORY, prefix="sxt-tests-", ignore_cleanup_errors=True)
    return nullcontext()


def check(*, long: bool, tests: bool) -> int:
    """Run all checks of the code, then the tests; report every one that fails.

    Args:
        long: with the long profiles of property, fuzz and crash tests.
        tests: with the tests at all.
    """
    worst = 0
    for title, command in STEPS:
        code = run(command, quiet=True)
        say(f"{title}：{'通过' if code == 0 else '没有通过'}")
        worst = worst or code
    if not tests:
        return worst
    profile = LONG if long else []
    return test(profile) or worst
