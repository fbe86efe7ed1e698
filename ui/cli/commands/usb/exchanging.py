"""``usb write|read|status``: packages out, packages in, and how things stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from models.errors import UserError
from models.office.context import Office
from models.sync.applying import REFUSED
from models.sync.board import Line, board
from models.sync.packing import Written, write_packages
from models.sync.partners import partners
from models.sync.reading import Received, read_packages
from models.sync.roster import Site, named_site, site_of_institution
from ui.cli.named import school_named
from ui.cli.session import Exit, Session, TerminalProgress

_PATH = click.Path(path_type=Path)
STATES = {"applied": "已读入", "already": "已读过", "refused": "未读入", "gap": "缺前面的包"}


@click.command("write")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--school", metavar="CODE", help="只为这所学校写（校名或编号）。")
@click.option("--all", "every", is_flag=True, help="为所有已注册的学校写（不写 --school 即是）。")
@click.option("--full", is_flag=True, help="写完整的包，不只写对方还没有的。")
@click.pass_obj
def write_command(
    session: Session, folder: Path, school: str | None, *, every: bool, full: bool
) -> None:
    """写交换包到 U 盘或文件夹；学校端写给县里。"""
    if school is not None and every:
        raise click.UsageError("--school 与 --all 只能写一个。")
    with session.office() as office:
        receivers = partners(office) if school is None else [_partner(office, school)]
        made = write_packages(office, receivers, folder, whole=full, progress=TerminalProgress())
    session.finish({"packages": [_written(one) for one in made]}, _told_written(made))


@click.command("read")
@click.argument("places", metavar="DIR|FILE…", nargs=-1, required=True, type=_PATH)
@click.pass_obj
def read_command(session: Session, places: tuple[Path, ...]) -> None:
    """读入文件或文件夹里的交换包；先自动备份。"""
    with session.office() as office:
        found = read_packages(office, places, progress=TerminalProgress())
    refused = any(one.state == REFUSED for one in found)
    session.finish(
        {"packages": [_received(one) for one in found]},
        "\n".join(line for one in found for line in _told(one)) or "没有找到给本机的交换包。",
        Exit.PROBLEMS if refused else Exit.DONE,
    )


@click.command("status")
@click.pass_obj
def status_command(session: Session) -> None:
    """各校交换的情况：写过什么、收到什么、缺什么、多少天了。"""
    with session.office(read_only=True) as office:
        lines = board(office)
    session.finish(
        {"schools": [_status(one) for one in lines]},
        "\n".join(_told_status(one) for one in lines) or "还没有注册过学校。",
    )


COMMANDS = (write_command, read_command, status_command)


def _partner(office: Office, wanted: str) -> Site:
    """The partner of that code or name, or the site of the school that goes by that name."""
    try:
        return named_site(office, wanted)
    except UserError:
        site = site_of_institution(office, school_named(office, wanted).id)
        if site is None:
            raise
        return site


def _written(one: Written) -> dict[str, object]:
    return {
        "file": str(one.file),
        "to": one.to.name,
        "number": one.number,
        "bytes": one.size,
    }


def _told_written(made: Sequence[Written]) -> str:
    lines = [f"{one.to.name}：第 {one.number} 号，{one.rows} 条，{one.file}" for one in made]
    return "\n".join(lines) or "没有可以写包的单位；学校读入注册文件并带回第一个包之后才可以。"


def _received(one: Received) -> dict[str, object]:
    return {
        "file": str(one.file),
        "from": one.sender,
        "number": one.number,
        "state": one.state,
        "changes": one.changes,
        "conflicts": one.conflicts,
        "message": one.message,
    }


def _told(one: Received) -> list[str]:
    name = f"{one.sender}第 {one.number} 号" if one.sender else one.file.name
    head = (
        f"{name}：{STATES[one.state]}，{one.changes} 条变化，{one.conflicts} 条冲突。{one.message}"
    )
    rows = [f"  {row.label} {row.caption}" for row in one.rows if row.what or row.conflict]
    return [head, *rows]


def _status(one: Line) -> dict[str, object]:
    return {
        "school": one.site.name,
        "code": one.site.code,
        "state": one.site.state.value,
        "sent": one.sent.number if one.sent else 0,
        "sent_at": one.sent.written_at if one.sent else "",
        "acknowledged": one.acknowledged,
        "under_way": list(one.under_way),
        "read": one.read.number if one.read else 0,
        "read_at": one.read.read_at if one.read else "",
        "missing": list(one.missing),
        "days": one.days,
        "due": one.due,
        "conflicts": one.conflicts,
        "want": one.standing.want,
        "asked": one.standing.asked,
        "rolled_back": one.standing.rolled_back,
        "differs": one.standing.differs,
    }


def _told_status(one: Line) -> str:
    sent = (
        f"写到第 {one.sent.number} 号，对方收到第 {one.acknowledged} 号" if one.sent else "没有写过"
    )
    read = f"读到第 {one.read.number} 号（{one.days} 天前）" if one.read else "没有收到过"
    missing = "缺第 " + "、".join(map(str, one.missing)) + " 号" if one.missing else ""
    conflicts = f"{one.conflicts} 条冲突" if one.conflicts else ""
    parts = [sent, read, missing, conflicts]
    return f"{one.site.name}（{one.site.code}）：" + "；".join(part for part in parts if part)
