"""Start 师训通: without a command its window, with one the command line.

``python main.py`` opens the window; options of Qt such as ``-platform offscreen`` are handed on.
``python main.py COMMAND …`` runs one command and ends with its exit code: 0 done, 1 refused or
problems found, 2 wrong usage, 3 the computer is in the way, 130 cancelled.

Each face is imported only when it is asked for: the command line never loads Qt, and the window
is painted before anything that is not needed for it.
"""

from __future__ import annotations

import sys
from pathlib import Path


def wants_window(program: str, arguments: list[str]) -> bool:
    """Whether the window is asked for rather than a command.

    Args:
        program: what was started; the packaged console program is called ``…-cli``.
        arguments: what follows it. Options of Qt have one dash and a whole word.
    """
    if Path(program).stem.endswith("-cli"):
        return False
    if not arguments:
        return True
    first = arguments[0]
    return first.startswith("-") and not first.startswith("--") and len(first) > len("-h")


def main(arguments: list[str]) -> int:
    """Run the face that ``arguments`` ask for and give its exit code."""
    if wants_window(sys.argv[0], arguments):
        from ui.desktop.app import main as open_window

        return open_window(arguments)
    from ui.cli.main import main as run_command

    return run_command(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
