"""``upload transfer …`` and ``upload number``: what goes on in the higher system, kept by hand."""

from __future__ import annotations

from dataclasses import asdict

import click

from models.errors import UserError
from models.office.context import Office
from models.uploads.given_numbers import give_number, numbers_of_teacher
from models.uploads.transfers import (
    DIRECTION_NAMES,
    STATE_NAMES,
    TransferDraft,
    TransferStep,
    file_transfer,
    sign_transfer,
    transfers,
)
from ui.cli.days import read_day
from ui.cli.named import teacher_of
from ui.cli.session import Session

_DAY = click.option("--on", "day", help="日期；不写则是今天。")


@click.group("transfer")
def transfer_group() -> None:
    """上级系统中的调动：登记、逐步办理、办结。"""


@transfer_group.command("file")
@click.argument("teacher_no")
@click.option("--to-system", "receiver", required=True, help="在哪个系统。")
@click.option("--direction", type=click.Choice(list(DIRECTION_NAMES)), required=True)
@click.option("--from", "from_school", required=True, help="调出的学校。")
@click.option("--to", "to_school", required=True, help="调入的学校。")
@click.option("--note", default="", help="备注。")
@_DAY
@click.pass_obj
def file_command(session: Session, teacher_no: str, day: str | None, **given: str) -> None:
    """开始跟踪一次调动。"""
    with session.office() as office:
        filed = read_day(day) if day else office.store.clock.today()
        file_transfer(
            office,
            TransferDraft(teacher_id=teacher_of(office, teacher_no), filed_on=filed, **given),
        )
        waiting = len(transfers(office, "open"))
    session.finish({"ok": True, "open": waiting}, f"已登记，办理中 {waiting} 件。")


@transfer_group.command("list")
@click.option("--state", type=click.Choice(list(STATE_NAMES)), help="只看这一种。")
@click.pass_obj
def list_command(session: Session, state: str | None) -> None:
    """列出调动和办到哪一步。"""
    with session.office(read_only=True) as office:
        found = transfers(office, state)
    session.finish(
        {
            "transfers": [
                {name: said for name, said in asdict(one).items() if name != "teacher_id"}
                for one in found
            ]
        },
        "\n".join(
            f"{one.id[:8]}  {one.name}  {one.from_school} → {one.to_school}  "
            f"{STATE_NAMES[one.state]}  {one.steps[-1].what if one.steps else ''}"
            for one in found
        )
        or "没有调动。",
    )


@transfer_group.command("sign")
@click.argument("transfer")
@click.option("--step", "what", required=True, help="办到哪一步，如 调出校同意。")
@click.option("--by", "person", default="", help="由谁办的。")
@click.option("--opinion", default="", help="意见。")
@click.option(
    "--end", type=click.Choice([one for one in STATE_NAMES if one != "open"]), help="结果。"
)
@_DAY
@click.pass_obj
def sign_command(
    session: Session, transfer: str, day: str | None, end: str | None, **given: str
) -> None:
    """登记一步办理；办完的写明结果。"""
    with session.office() as office:
        on = read_day(day) if day else office.store.clock.today()
        step = TransferStep(given["what"], given["person"], on.isoformat(), given["opinion"])
        sign_transfer(office, _transfer(office, transfer), step, end or "open")
    session.finish({"ok": True, "state": end or "open"}, "已登记。")


@click.command("number")
@click.argument("teacher_no")
@click.option("--to-system", "receiver", help="哪个系统给的。")
@click.option("--number", "said", help="登记这个编号；不写则列出。")
@click.pass_obj
def number_command(
    session: Session, teacher_no: str, receiver: str | None, said: str | None
) -> None:
    """一名教师在上级系统里的编号。"""
    with session.office(read_only=said is None) as office:
        teacher = teacher_of(office, teacher_no)
        if said is not None:
            give_number(office, teacher, receiver or "", said)
        found = numbers_of_teacher(office, teacher)
    session.finish(
        {"numbers": [{"system": one.receiver, "number": one.number, "given_on": one.given_on,
                      "source": one.source} for one in found]},
        "\n".join(f"{one.receiver}  {one.number}  {one.given_on}" for one in found)
        or "没有登记过编号。",
    )  # fmt: skip


COMMANDS = (transfer_group, number_command)


def _transfer(office: Office, beginning: str) -> str:
    found = [one.id for one in transfers(office) if one.id.startswith(beginning)]
    if len(found) != 1:
        raise UserError(
            "upload.no_transfer",
            f"没有编号为“{beginning}”的调动。",
            "请用 upload transfer list 核对。",
        )
    return found[0]
