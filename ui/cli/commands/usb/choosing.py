"""``usb conflicts|resolve``: what both sides changed, and which of it is to be."""

from __future__ import annotations

from collections.abc import Mapping

import click

from models.entities.describe import columns
from models.entities.display import mask
from models.office.context import Office
from models.staff.records import Teacher
from models.store.conflicts import DELETED, Conflict, Held, Side
from models.store.wire import Value
from models.sync.choices import MINE, THEIRS, held, place_of, settle, waiting
from models.sync.doubles import doubles
from ui.cli.session import Session


@click.command("conflicts")
@click.pass_obj
def conflicts_command(session: Session) -> None:
    """列出两边都改过、等人决定的内容，以及暂存待查的内容。"""
    with session.office(read_only=True) as office:
        found, kept = waiting(office), held(office)
        shown = [_conflict(office, one) for one in found]
        told = [_told(office, one) for one in found]
        twice = [one.sentence for one in doubles(office.store)]
    session.finish(
        {"conflicts": shown, "held": [_held(one) for one in kept], "doubles": twice},
        "\n".join([*told, *(_told_held(one) for one in kept), *twice])
        or "没有冲突，也没有暂存的内容。",
    )


@click.command("resolve")
@click.argument("wanted", metavar="ID")
@click.option("--take", type=click.Choice([MINE, THEIRS]), required=True, help="用哪一边的。")
@click.pass_obj
def resolve_command(session: Session, wanted: str, take: str) -> None:
    """决定一条冲突：mine 用本机的，theirs 用对方的；暂存内容，theirs 采用，mine 退回学校。

    与本机的记录重复的，采用即以它代替本机的那一条，mine 即舍去它；各单位随后都一样。
    """
    with session.office() as office:
        settle(office, wanted, take)
        left = len(waiting(office))
    session.finish({"ok": True, "id": wanted, "take": take, "open": left}, "已决定。")


COMMANDS = (conflicts_command, resolve_command)
_LONGEST = 80
"""Characters of a value that are shown; a photo is a text too."""


def _conflict(office: Office, one: Conflict) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "table": one.label,
        "row": one.row,
        "name": one.caption,
        "unit": one.unit,
        "base": _values(one, one.base),
        "sides": [_side(office, one, side) for side in one.sides],
    }


def _side(office: Office, one: Conflict, side: Side) -> dict[str, object]:
    return {
        "where": place_of(office, side),
        "mine": side.mine,
        "shown": side.shown,
        "who": side.author.person,
        "at": side.author.at,
        "deleted": not side.values,
        "values": _values(one, side.values),
    }


def _values(one: Conflict, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values that differ between the sides, masked where they are personal."""
    told = [side.values for side in one.sides if side.values]
    differing = [
        column
        for column in values
        if one.kind == DELETED or len({each.get(column) for each in told}) > 1
    ]
    return {column: _shown(one.table, column, values[column]) for column in differing}


def _shown(table: str, column: str, value: Value) -> Value:
    if not isinstance(value, str):
        return value
    field = columns(Teacher).get(column) if table == "teacher" else None
    return (mask(field, value) if field else value)[:_LONGEST]


def _told(office: Office, one: Conflict) -> str:
    """A conflict as a person reads it: what, and each side under it."""
    lines = [f"{one.id}  {one.label} {one.caption}"]
    for side in one.sides:
        values = "、".join(f"{name}={value}" for name, value in _values(one, side.values).items())
        mark = "（现在显示）" if side.shown else ""
        words = values if side.values else "已删除"
        who = f"{place_of(office, side)} {side.author.person} {side.author.at[:16]}"
        lines.append(f"    {who}：{words}{mark}")
    return "\n".join(lines)


def _told_held(one: Held) -> str:
    return f"{one.id}  {one.label} {one.caption}：{one.sentence}"


def _held(one: Held) -> dict[str, object]:
    return {
        "id": one.id,
        "table": one.label,
        "row": one.row,
        "name": one.caption,
        "reason": one.reason,
        "message": one.sentence,
    }
