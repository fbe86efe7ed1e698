"""``certificate rule``, ``start``, ``id-number``: how a kind is numbered, what it shows."""

from __future__ import annotations

from typing import Any

import click

from models.certificates.at_print import ID_NUMBER_NAMES
from models.certificates.facts import read_batch
from models.certificates.numbering import (
    Numbering,
    NumberingChange,
    change_numbering,
    numbering_of,
)
from models.certificates.series import try_rule
from models.errors import UserError
from ui.cli.session import Session

_BATCH = click.option("--batch", default="", help="期次，规则里有 {batch} 时写。")


@click.command("rule")
@click.argument("kind")
@click.argument("template", required=False)
@click.option("--usual", is_flag=True, help="恢复通常的规则。")
@click.option("--try", "only_try", is_flag=True, help="只看下一个号会是什么，不保存。")
@_BATCH
@click.pass_obj
def rule_command(
    session: Session, kind: str, template: str | None, batch: str, **how: bool
) -> None:
    """查看或改写一种证书的编号规则，如 '{region}{year}{kind}{seq:05d}'。"""
    if how["usual"] and template is not None:
        raise UserError("usage", "规则和 --usual 只能写一样。", "请去掉其中一样。")
    rule = "" if how["usual"] else template
    if rule is not None and how["only_try"]:
        with session.office(read_only=True) as office:
            number = try_rule(office, kind, rule, read_batch(batch)).number
        session.finish(
            {"ok": True, "saved": False, "rule": rule, "next_number": number},
            f"下一个号会是 {number}，没有保存。",
        )
    _change(session, NumberingChange(kind, rule=rule, batch=batch), write=rule is not None)


@click.command("start")
@click.argument("kind")
@click.argument("number", type=click.IntRange(min=1))
@_BATCH
@click.pass_obj
def start_command(session: Session, kind: str, number: int, batch: str) -> None:
    """一种证书现用的序列从几号编起；只能往后。"""
    _change(session, NumberingChange(kind, start=number, batch=batch), write=True)


@click.command("id-number")
@click.argument("kind")
@click.argument("how", required=False, type=click.Choice(list(ID_NUMBER_NAMES)))
@click.pass_obj
def id_number_command(session: Session, kind: str, how: str | None) -> None:
    """查看或改写一种证书上印多少身份证号：full 全写，masked 只写后四位，none 不写。"""
    _change(session, NumberingChange(kind, id_number=how or ""), write=how is not None)


COMMANDS: tuple[click.Command, ...] = (rule_command, start_command, id_number_command)


def _change(session: Session, change: NumberingChange, *, write: bool) -> None:
    """Make the change where there is one, and tell how the kind is numbered then."""
    with session.office(read_only=not write) as office:
        if write:
            change_numbering(office, change)
        now = numbering_of(office, change.kind, change.batch)
    session.finish({"ok": True, "saved": write, **_told(now)}, _words(now))


def _told(now: Numbering) -> dict[str, Any]:
    return {
        "kind": now.kind.key,
        "title": now.kind.title,
        "rule": now.rule,
        "own": now.own,
        "usual_rule": now.usual,
        "next_number": now.next or None,
        "id_number": now.id_number,
    }


def _words(now: Numbering) -> str:
    whose = "本单位定的" if now.own else "通常的"
    return (
        f"{now.kind.title}：编号规则 {now.rule}（{whose}），下一个号 {now.next or '按期次'}；"
        f"身份证号{ID_NUMBER_NAMES[now.id_number]}"
    )
