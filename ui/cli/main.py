"""The command line's entry: global options, the commands, and how failures become exit codes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import click

import models.store.lean  # noqa: F401 # pyright: ignore[reportUnusedImport] - goes first
from models.errors import CancelledByUser, UserError, WorldError
from models.version import VERSION
from models.workspace.places import default_file
from ui.cli.lazy_group import LazyGroup
from ui.cli.session import Exit, Session, failure, write_json
from ui.cli.usage import usage_error

logger = logging.getLogger(__name__)

NOUNS = {
    "office": ("init", "check", "backup", "restore"),
    "importing": ("import",),
    "exporting": ("export", "template"),
    "teachers": ("teachers",),
    "photos": ("photos",),
    "history": ("history", "undo"),
    "training": ("training",),
    "courses": ("courses",),
    "ledger": ("ledger",),
    "exam.group": ("exam",),
    "certificate.group": ("certificate", "certificates"),
    "title.group": ("title",),
    "pair.group": ("pair",),
    "team.group": ("team",),
    "codes": ("codes",),
    "rosters": ("roster",),
    "reports": ("report",),
    "policies": ("policy",),
    "verdicts": ("verdict",),
    "exemptions": ("exemption", "veto", "figure"),
    "stamping": ("stamp",),
    "upload.group": ("upload",),
    "collect": ("collect",),
    "usb.group": ("usb",),
    "fonts": ("fonts",),
    "demo": ("demo", "remove-sample"),
    "selftest": ("selftest",),
}
"""Module of ``ui.cli.commands`` to the commands it has."""


@click.group(
    cls=LazyGroup, nouns=NOUNS, help="师训通：县教师进修学校培训部的程序。不带命令即打开窗口。"
)
@click.option("--db", type=click.Path(path_type=Path), help="数据文件；不写则用默认位置。")
@click.option("--json", "as_json", is_flag=True, help="结果以一个 JSON 对象写到标准输出。")
@click.version_option(VERSION, prog_name="师训通")
@click.pass_context
def cli(context: click.Context, db: Path | None, *, as_json: bool) -> None:
    """Keep the global options for the command."""
    context.obj = Session(database=db or default_file(), as_json=as_json)


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0 done, 1 refused or problems found, 2 wrong usage, 3 the world's fault, 130 cancelled.
    """
    _speak_utf8()
    as_json = "--json" in arguments
    try:
        cli.main(args=list(arguments), prog_name="main.py", standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    except click.ClickException as error:
        return _wrong_usage(error, as_json=as_json)
    except UserError as error:
        return _failed(error, Exit.PROBLEMS, as_json=as_json)
    except WorldError as error:
        return _failed(error, Exit.WORLD, as_json=as_json)
    except (CancelledByUser, KeyboardInterrupt, click.Abort):
        return _failed(
            UserError("cancelled", "已取消，没有保留任何改动。"), Exit.CANCELLED, as_json=as_json
        )
    except Exception:
        logger.exception("command failed")
        error = WorldError(
            "bug", "程序出现意外错误，您的数据没有改动。", "请把上面的错误信息发给维护人员。"
        )
        return _failed(error, Exit.WORLD, as_json=as_json)
    return int(Exit.DONE)


def _wrong_usage(error: click.ClickException, *, as_json: bool) -> int:
    if isinstance(error, click.FileError):
        told = WorldError("file", f"打不开文件 {error.ui_filename}。", "请核对文件名和位置。")
        return _failed(told, Exit.WORLD, as_json=as_json)
    return _failed(usage_error(error), Exit.USAGE, as_json=as_json)


def _failed(error: UserError | WorldError, code: Exit, *, as_json: bool) -> int:
    click.echo(error.sentence, err=True)
    if as_json:
        write_json(failure(error))
    return int(code)


def _speak_utf8() -> None:
    """Chinese leaves whole, whatever code page the console has."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
