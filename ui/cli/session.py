"""One run of the command line: which file, which output, and how results and failures leave it."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import click

from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from models.workspace.opening import Desk, close_workspace, open_workspace


class Exit(IntEnum):
    """What a command ends with; stable, other people's scripts rely on it."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    WORLD = 3
    CANCELLED = 130


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is handed.

    Attributes:
        database: the office's file.
        as_json: whether the result is one JSON object on standard output.
    """

    database: Path
    as_json: bool

    @contextmanager
    def office(self, *, read_only: bool = False) -> Generator[Office]:
        """The opened office, closed again whatever happens."""
        office = open_workspace(self.database, self.desk(), read_only=read_only)
        try:
            yield office
        finally:
            close_workspace(office)

    def desk(self) -> Desk:
        """Who sits at the program: the person who is logged in."""
        return Desk(person=_person())

    def say(self, text: str) -> None:
        """Tell the person something: on standard error when the result is JSON."""
        click.echo(text, err=self.as_json)

    def finish(self, result: Mapping[str, object], text: str, code: Exit = Exit.DONE) -> None:
        """End the command with its result, as JSON or as text for people."""
        if self.as_json:
            write_json(result)
        elif text:
            click.echo(text)
        raise SystemExit(int(code))


def _person() -> str:
    """Who is logged in; "" where the computer does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class TerminalProgress(Progress):
    """Shows progress on one line of a terminal; silent where there is none."""

    def report(self, done: int, total: int | None, label: str) -> None:
        """Rewrite the line."""
        if sys.stderr.isatty():
            of = f"/{total}" if total else ""
            click.echo(f"\r{label} {done}{of}\x1b[K", err=True, nl=False)


def write_json(result: Mapping[str, object]) -> None:
    """Exactly one JSON object on standard output, in UTF-8 whatever the console's code page."""
    text = json.dumps(result, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


def failure(error: OfficeError) -> dict[str, object]:
    """A failure as other programs read it."""
    return {
        "ok": False,
        "error": {"code": error.code, "message": error.message, "hint": error.hint},
    }
