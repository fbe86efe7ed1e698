"""``pair propose``, ``pair import``, ``pair list``, ``pair fix``: who is to lead whom."""

from __future__ import annotations

from pathlib import Path

import click

from models.exchange.pair_sheet import take_pairs
from models.mentoring import proposing
from models.mentoring.pairs import pair_rows, state_meant
from models.mentoring.people import troubled
from models.mentoring.programmes import find
from reports.inputs.mentoring_tables import write_proposal
from ui.cli.commands.pair.common import (
    line_of,
    of_pair,
    of_programme,
    pair_meant,
    programme_named,
    shown_pair,
)
from ui.cli.session import Session, TerminalProgress

_PATH = click.Path(path_type=Path)


@click.command("propose")
@of_programme
@click.option("--out", type=_PATH, help="把匹配写成工作簿，改好后用 pair import 读回。")
@click.option("--keep", "kept", is_flag=True, help="同时存为拟配对，取代没有固定的。")
@click.pass_obj
def propose_command(session: Session, programme: str, out: Path | None, *, kept: bool) -> None:
    """匹配：配上的人最多，代价最小，每一对说明理由。"""
    progress = TerminalProgress()
    with session.office(read_only=not kept) as office:
        found = proposing.propose(office, find(office, programme), progress)
        if kept:
            proposing.keep(office, found)
        if out is not None:
            write_proposal(office, found, out, progress, overwrite=True)
    session.finish(_as_json(found), "\n".join(_lines(found)))


def _lines(found: proposing.Proposal) -> list[str]:
    """A proposal as people read it; the pairs themselves stand in the workbook."""
    matching = found.matching
    lines = [
        f"配成 {len(matching.pairs)} 对，未配上 {len(matching.unmatched)} 人，"
        f"总代价 {matching.total_cost}。"
    ]
    lines += [
        f"{one.mentee.no} {one.mentee.name}：{one.why}{one.hint}" for one in matching.unmatched
    ]
    lines += [f"{one.no} {one.name}不能结对：{one.why}。{one.hint}" for one in found.crowd.excluded]
    return [*lines, *matching.conflicts]


def _as_json(found: proposing.Proposal) -> dict[str, object]:
    """A proposal as other programs read it."""
    matching = found.matching
    return {
        "pairs": [
            {
                "mentor": one.mentor.no,
                "mentee": one.mentee.no,
                "cost": one.cost,
                "why": list(one.why),
                "fixed": one.fixed,
            }
            for one in matching.pairs
        ],
        "unmatched_mentees": [
            {"teacher_no": one.mentee.no, "why": one.why, "hint": one.hint}
            for one in matching.unmatched
        ],
        "excluded": [
            {"teacher_no": one.no, "part": one.part, "why": one.why, "hint": one.hint}
            for one in found.crowd.excluded
        ],
        "conflicts": list(matching.conflicts),
        "total_cost": matching.total_cost,
    }


@click.command("import")
@of_programme
@click.argument("file", type=_PATH)
@click.pass_obj
def import_command(session: Session, programme: str, file: Path) -> None:
    """读回改好的师徒表，取代全部拟配对；违反规则的照写并说明。"""
    with session.office() as office:
        done = take_pairs(office, find(office, programme), file)
    session.finish(
        {"ok": True, "pairs": done.count, "conflicts": list(done.told)},
        "\n".join((f"写入 {done.count} 对。", *done.told)),
    )


@click.command("list")
@of_programme
@click.option("--state", help="只列这种状态的，如 已备案（filed）。")
@click.pass_obj
def list_command(session: Session, programme: str, state: str | None) -> None:
    """列出师徒，以及不能照旧进行的。"""
    with session.office(read_only=True) as office:
        found = programme_named(office, programme)
        rows = pair_rows(office, found.id, (state_meant(state),) if state else None)
        standing = [one for one in rows if one.state in proposing.OPEN]
        trouble = troubled(office, found, standing)
    told = [f"{one.pair.called}：{one.why}。{one.hint}" for one in trouble]
    session.finish(
        {"pairs": [shown_pair(one) for one in rows], "troubled": told},
        "\n".join([*map(line_of, rows), *told]) or "没有师徒。",
    )


@click.command("fix")
@of_pair
@click.option("--off", is_flag=True, help="取消固定。")
@click.pass_obj
def fix_command(session: Session, programme: str, mentor: str, mentee: str, *, off: bool) -> None:
    """固定一对拟配对，重新匹配时不动它。"""
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        proposing.fix(office, [pair.id], fixed=not off)
    session.finish({"ok": True}, f"{pair.called}已{'取消固定' if off else '固定'}。")


COMMANDS = (propose_command, import_command, list_command, fix_command)
