"""``init``, ``check``, ``backup`` and ``restore``: the office's file itself."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from models.office.identity import LEVELS, Identity
from models.store.backup import backup, rehearse, restore
from models.store.check import check
from models.workspace.opening import EVERY_MIGRATION, TRACKED, close_workspace, create_office
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)


@click.command("init")
@click.option("--name", required=True, help="单位全称。")
@click.option("--region", required=True, help="行政区划代码，6 位，如 220282。")
@click.option("--level", type=click.Choice(list(LEVELS)), default="county", show_default=True)
@click.pass_obj
def init_command(session: Session, name: str, region: str, level: str) -> None:
    """新建本单位的数据文件。"""
    office = create_office(session.database, Identity(name, region, level))
    close_workspace(office)
    session.finish(
        {"ok": True, "db": str(session.database), "name": name, "region": region, "level": level},
        f"已为{name}建立数据：{session.database}",
    )


@click.command("check")
@click.pass_obj
def check_command(session: Session) -> None:
    """检查数据是否完好：文件、外键、变更记录。"""
    with session.office() as office:
        report = check(office.store)
    text = "数据完好。" if report.ok else "\n".join(report.findings)
    session.finish(
        {"ok": report.ok, "findings": list(report.findings)},
        text,
        Exit.DONE if report.ok else Exit.PROBLEMS,
    )


@click.command("backup")
@click.argument("out", type=_FILE)
@click.pass_obj
def backup_command(session: Session, out: Path) -> None:
    """把数据备份到一个文件，并核对备份。"""
    with session.office(read_only=True) as office:
        facts = backup(office.store, out, TerminalProgress())
    session.finish({"ok": True, "file": str(out), **asdict_plain(facts)}, f"已备份到 {out}")


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="只看备份里有什么，不恢复。")
@click.pass_obj
def restore_command(session: Session, file: Path, *, dry_run: bool) -> None:
    """从备份恢复；现有数据先另存，可以再恢复回来。"""
    if dry_run:
        facts = rehearse(file, TRACKED, EVERY_MIGRATION)
        session.finish({"ok": facts.ok, **asdict_plain(facts)}, f"备份可用：{file}")
    saved = restore(session.database, file, EVERY_MIGRATION)
    session.finish(
        {"ok": True, "restored": str(file), "saved": None if saved is None else str(saved)},
        f"已从 {file} 恢复。" + (f"原来的数据保存在 {saved}。" if saved else ""),
    )


COMMANDS = (init_command, check_command, backup_command, restore_command)


def asdict_plain(facts: object) -> dict[str, object]:
    """A dataclass as JSON can carry it: paths as text."""
    values: dict[str, object] = asdict(facts)  # type: ignore[call-overload]
    return {name: str(one) if isinstance(one, Path) else one for name, one in values.items()}
