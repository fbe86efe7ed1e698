"""Make the one-folder program and let it test itself."""

from __future__ import annotations

from devtools.console import ROOT, run
from devtools.environment import SCRIPTS


def package() -> int:
    """Build the program into ``dist/``, run its self-test, and print its sizes."""
    return run([SCRIPTS / "pyinstaller", "--noconfirm", ROOT / "build.spec"])
