"""``pair step``, ``pair change``, ``pair dissolve``: the three steps, and what ends a pair."""

from __future__ import annotations

import click

from models.certificates import pair_endings
from models.mentoring import changes
from models.mentoring.programmes import find
from models.mentoring.steps import Said, step_of, take_step
from ui.cli.commands.pair.common import (
    of_pair,
    of_programme,
    pair_meant,
    pairs_meant,
    programme_named,
)
from ui.cli.named import teacher_of
from ui.cli.session import Session


@click.command("step")
@of_programme
@click.argument("pairs", nargs=-1, metavar="[师傅编号:徒弟编号]…")
@click.option("--step", "word", required=True, help="applied、recommended、filed，或步骤的名称。")
@click.option("--opinion", default="", help="意见；不同意的必须写。")
@click.option("--reason", default="", help="特例的理由：不合要求（如不同学科）而确需备案的必须写。")
@click.option("--refuse", is_flag=True, help="不同意。")
@click.pass_obj
def step_command(
    session: Session,
    programme: str,
    pairs: tuple[str, ...],
    word: str,
    *,
    refuse: bool,
    **given: str,
) -> None:
    """办一步手续；不写哪几对就是等待这一步的全部。"""
    with session.office() as office:
        found = programme_named(office, programme)
        step = step_of(found, word)
        ids = pairs_meant(office, found.id, pairs, found.kind.step_before(step.id))
        said = Said(given["opinion"], given["reason"])
        take_step(office, ids, step.id, said, agrees=not refuse)
    session.finish(
        {"ok": True, "step": step.id, "pairs": len(ids)},
        f"{step.name}{'不同意' if refuse else ''} {len(ids)} 对。",
    )


@click.command("change")
@of_pair
@click.option("--to", required=True, metavar="NO", help="接替的师傅的教师编号。")
@click.option("--reason", required=True, help="原因。")
@click.option("--day", default="", help="原结对的最后一天；不写为今天。")
@click.pass_obj
def change_command(
    session: Session, programme: str, mentor: str, mentee: str, **given: str
) -> None:
    """更换师傅；新的一对重新办手续。"""
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        pair_endings.change_mentor(
            office, pair.id, teacher_of(office, given["to"]), given["reason"], given["day"]
        )
    session.finish({"ok": True}, f"{pair.mentee}已更换师傅，请接着办手续。")


@click.command("dissolve")
@of_pair
@click.option("--reason", required=True, help="原因。")
@click.option("--day", default="", help="最后一天；不写为今天。")
@click.pass_obj
def dissolve_command(
    session: Session, programme: str, mentor: str, mentee: str, **given: str
) -> None:
    """解除一对师徒，记录保留。"""
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        pair_endings.dissolve(office, [pair.id], given["reason"], given["day"])
    session.finish({"ok": True}, f"已解除{pair.called}。")


@click.command("sign")
@of_programme
@click.argument("pairs", nargs=-1, metavar="[师傅编号:徒弟编号]…")
@click.option("--day", required=True, help="签订日期。")
@click.option("--goals", help="这几份协议自己的目标。")
@click.option("--tasks", help="这几份协议自己的任务。")
@click.pass_obj
def sign_command(
    session: Session,
    programme: str,
    pairs: tuple[str, ...],
    day: str,
    goals: str | None,
    tasks: str | None,
) -> None:
    """登记协议已签；不写哪几对就是已备案的全部。"""
    with session.office() as office:
        ids = pairs_meant(office, find(office, programme), pairs, "filed")
        changes.sign(office, ids, day, goals=goals, tasks=tasks)
    session.finish({"ok": True, "pairs": len(ids)}, f"已登记 {len(ids)} 份。")


COMMANDS = (step_command, change_command, dissolve_command, sign_command)
