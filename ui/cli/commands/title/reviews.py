"""``title duty|register|recheck``: what was done for titles, and the decisions on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from models.certificates.titled import recheck_titles
from models.errors import UserError
from models.office.context import Office
from models.titles.duties import duty_meant, duty_states, record_duty, remove_duties
from models.titles.grants import Grant
from models.titles.kinds import title_rules
from models.titles.reviewing import (
    OUTCOMES,
    Decision,
    Due,
    due_for_recheck,
    due_for_registration,
    outcome_meant,
    register_year,
)
from ui.cli.commands.title.holders import held_by
from ui.cli.days import read_day
from ui.cli.session import Session


@click.command("duty")
@click.argument("teacher")
@click.option("--title", default="", help="为哪个称号；只有一个有效称号时可不写。")
@click.option("--kind", required=True, help="职责，如 学科培训资源。")
@click.option("--on", "done_on", required=True, help="日期。")
@click.option("--what", default="", help="内容。")
@click.option("--amount", default="", help="次数；不写为 1。")
@click.option("--place", default="", help="地点。")
@click.option("--evidence", default="", help="佐证。")
@click.option("--remove", is_flag=True, help="删去这一天登记的这项职责（登记错了的）。")
@click.pass_obj
def duty_command(session: Session, teacher: str, title: str, *, remove: bool, **texts: str) -> None:
    """登记骨干教师履行的一项职责；--remove 删去登记错了的。"""
    with session.office() as office:
        one = held_by(office, teacher, title)
        if remove:
            remove_duties(office, _noted(office, one, texts["kind"], texts["done_on"]))
        else:
            record_duty(office, [one.id], texts)
    told = f"已删去{one.name}的" if remove else f"已为{one.name}登记"
    session.finish({"ok": True, "name": one.name}, told + texts["kind"])


@click.command("register")
@click.argument("year", type=int)
@click.option("--teacher", default="", help="只办这一名教师（编号）。")
@click.option("--outcome", default="", help="结论：合格、不合格、缓办。")
@click.option("--reason", default="", help="不合格、缓办或破例合格的理由。")
@click.option("--yes", is_flag=True, help="把全部建议合格而未注册的记为合格。")
@click.pass_obj
def register_command(session: Session, year: int, **given: Any) -> None:  # noqa: ANN401 - as click
    """年度注册：列出应注册的人、履职情况和建议；--yes 或 --teacher 写入。"""
    with session.office(read_only=not (given["yes"] or given["teacher"])) as office:
        decisions = _decisions(due_for_registration(office, year), given)
        if decisions:
            register_year(office, year, decisions)
        dues = due_for_registration(office, year)
    _tell(session, dues, len(decisions))


@click.command("recheck")
@click.option("--teacher", default="", help="只办这一名教师（编号）。")
@click.option("--outcome", default="", help="结论：合格、不合格、缓办。")
@click.option("--reason", default="", help="不合格、缓办或破例合格的理由。")
@click.option("--on", default="", help="复检日期；不写为今天。")
@click.option("--yes", is_flag=True, help="把全部建议合格的记为合格，续任一个任期。")
@click.pass_obj
def recheck_command(session: Session, **given: Any) -> None:  # noqa: ANN401 - as click
    """复检：列出任期将满、已满的人和建议；--yes 或 --teacher 写入。"""
    on = read_day(given["on"]).isoformat() if given["on"] else ""
    with session.office(read_only=not (given["yes"] or given["teacher"])) as office:
        decisions = _decisions(due_for_recheck(office), given)
        if decisions:
            recheck_titles(office, decisions, on)
        dues = due_for_recheck(office)
    _tell(session, dues, len(decisions))


COMMANDS = (duty_command, register_command, recheck_command)


def _noted(office: Office, one: Grant, kind: str, day: str) -> list[str]:
    """The entries by hand of a duty on a day."""
    wanted, on = duty_meant(title_rules().kind(one.kind), kind).key, read_day(day)
    states = duty_states(office, [one], on.year)[one.id]
    rows = [row for state in states if state.key == wanted for row in state.rows]
    return [row.id for row in rows if row.id and row.done_on == on.isoformat()]


def _decisions(dues: Sequence[Due], given: dict[str, Any]) -> list[Decision]:
    if given["teacher"]:
        found = [one for one in dues if one.grant.teacher_no == given["teacher"]]
        if not found:
            raise UserError(
                "titles.not_due", f"教师 {given['teacher']} 不在应办名单中。", "请核对编号和年度。"
            )
        outcome = outcome_meant(given["outcome"])
        return [Decision(one.grant.id, outcome, given["reason"]) for one in found]
    if given["yes"]:
        return [
            Decision(one.grant.id, "passed")
            for one in dues
            if one.proposed == "passed" and one.done is None
        ]
    return []


def _outcome(one: Due) -> str:
    """What was decided, else what is proposed."""
    if one.done:
        return OUTCOMES[one.done.outcome]
    return f"建议{one.proposed_name}" if one.proposed else one.proposed_name


def _tell(session: Session, dues: Sequence[Due], written: int) -> None:
    listed = [
        {
            "teacher_no": one.grant.teacher_no,
            "name": one.grant.name,
            "title": one.grant.title,
            "duties": [each.text for each in one.duties],
            "proposed": one.proposed or None,
            "why": one.why,
            "done": one.done.outcome if one.done else None,
            "ends_on": one.grant.ends_on,
            "propose_withdrawal": one.withdrawal,
        }
        for one in dues
    ]
    lines = [
        f"{one.grant.name}  {one.grant.title}  "
        f"{_outcome(one)}"
        f"{'：' + one.why if one.why else ''}{'；建议取消称号' if one.withdrawal else ''}"
        for one in dues
    ]
    session.finish(
        {"ok": True, "written": written, "due": listed},
        "\n".join([*lines, f"共 {len(dues)} 人，写入 {written} 人"]),
    )
