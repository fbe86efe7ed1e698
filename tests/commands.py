"""Commands as another program meets them: real processes, exit codes, one JSON object.

Where the system can fork, a command's process is split off one that has loaded the program
already, so that hundreds of commands do not load it hundreds of times; elsewhere each loads it.
``started`` begins at the interpreter everywhere.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from main import main
from ui.cli.main import NOUNS

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 250
"""Seconds after which a command that does not end is killed."""

Ended = subprocess.CompletedProcess[str]


def run(database: Path | None, *words: object) -> Ended:
    """Run one command to its end."""
    line = _line(database, words)
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _begun(line, out, err)
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()
        assert process.exitcode is not None
        texts = [each.read_text("utf-8").replace("\r\n", "\n") for each in (out, err)]
    code = process.exitcode
    process.close()
    return subprocess.CompletedProcess(line, code, *texts)


def killed(database: Path | None, *words: object, after: float) -> None:
    """Begin one command and kill it so many seconds later, unless it has ended by then."""
    with TemporaryDirectory() as folder:
        process = _begun(_line(database, words), Path(folder, "out"), Path(folder, "err"))
        process.join(after)
        process.kill()
        process.join()
        process.close()


def started(database: Path | None, *words: object) -> Ended:
    """Run one command to its end in an interpreter of its own."""
    command = [sys.executable, "main.py", *_line(database, words)]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


def ask(database: Path | None, *words: object, code: int = 0) -> dict[str, Any]:
    """Run with ``--json``: standard output is exactly one object, whatever happens."""
    done = run(database, "--json", *words)
    assert done.returncode == code, (words, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def _line(database: Path | None, words: tuple[object, ...]) -> list[str]:
    return [*([] if database is None else ["--db", str(database)]), *map(str, words)]


def _begun(line: list[str], out: Path, err: Path) -> Any:
    process = _processes().Process(
        target=_perform, args=(line, dict(os.environ), str(out), str(err))
    )
    process.start()
    return process


@cache
def _processes() -> Any:
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    found = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        found.set_forkserver_preload(
            ["tests.commands", *(f"ui.cli.commands.{one}" for one in NOUNS)]
        )
    return found


def _perform(line: list[str], environment: dict[str, str], out: str, err: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY | os.O_CREAT),
        (2, err, os.O_WRONLY | os.O_CREAT),
    ):
        file = os.open(name, flags)
        os.dup2(file, number)
        os.close(file)
    sys.argv = ["main.py", *line]
    sys.exit(main(line))
