"""``team plan|activity|people|post|unpost|review``: what teams plan and do, and its hours."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from models.errors import UserError
from models.exchange.team_people import take_activity_people
from models.office.context import Office
from models.staff.queries import name_of_teacher
from models.teams.activities import There, activities, log_activity, set_people
from models.teams.plans import (
    approve_plans,
    plans,
    save_plan,
    send_plans_back,
    submit_plans,
)
from models.teams.posting import post_activities, take_back
from models.teams.registration import team_meant
from models.teams.reviews import Judged, review
from models.training.naming import teacher_meant
from models.training.school_terms import read_term
from ui.cli.session import Session

_FILE = click.Path(path_type=Path)
_TRAINERS = click.option("--trainer", "trainers", multiple=True, help="主讲（编号或姓名）。")
_TAKERS = click.option("--participant", "takers", multiple=True, help="参加（编号或姓名）。")
_LIST = click.option("--people", type=_FILE, help="参加人员的工作簿：教师编号、姓名、学时。")


@click.command("plan")
@click.argument("team")
@click.option("--term", required=True, help="学期，如 2025-2026-1。")
@click.option("--goals", help="目标；写了即保存计划。")
@click.option("--item", "items", multiple=True, help="一项，如 “专题讲座 2 新课标解读”。")
@click.option(
    "--step", type=click.Choice(["submit", "approve", "return"]), help="提交、批准或退回。"
)
@click.option("--opinion", default="", help="意见；退回的要写原因。")
@click.pass_obj
def plan_command(
    session: Session, team: str, term: str, items: tuple[str, ...], **given: str | None
) -> None:
    """写学期工作计划，提交、批准、退回；不写选项即查看。"""
    writes = bool(given["goals"] or given["step"])
    with session.office(read_only=not writes) as office:
        team_id, key = team_meant(office, team), read_term(term)
        if given["goals"]:
            save_plan(office, team_id, term, given["goals"], "\n".join(items))
        ids = [one.id for one in plans(office, team_id) if one.term == key]
        _step(office, given["step"], ids, given["opinion"] or "")
        found = [one for one in plans(office, team_id) if one.term == key]
    listed = [
        {
            "id": one.id,
            "team": one.team,
            "term": one.term,
            "state": one.state,
            "goals": one.goals,
            "items": [{"kind": i.kind, "count": i.count, "words": i.words} for i in one.items],
            "progress": [
                {"kind": each.title, "planned": each.planned, "done": each.done}
                for each in one.progress
            ],
            "opinion": one.opinion or None,
        }
        for one in found
    ]
    lines = [f"{one.team} {one.term_name}：{one.state_name}。{one.goals}" for one in found]
    session.finish({"plans": listed}, "\n".join(lines) or "这个学期还没有计划。")


def _step(office: Office, step: str | None, ids: list[str], opinion: str) -> None:
    match step:
        case "submit":
            submit_plans(office, ids)
        case "approve":
            approve_plans(office, ids, opinion or "同意")
        case "return":
            send_plans_back(office, ids, opinion)
        case _:
            pass


@click.command("activity")
@click.argument("team")
@click.option("--kind", default="", help="活动种类，如 专题讲座；全部种类见 team kinds。")
@click.option("--topic", default="", help="主题。")
@click.option("--day", "held_on", default="", help="日期，如 2025-09-10。")
@click.option("--until", default="", help="持续几天的，到哪一天。")
@click.option("--hours", default="", help="学时。")
@click.option("--amount", default="", help="数量，如批改作业的份数。")
@click.option("--place", default="", help="地点。")
@click.option("--course", default="", help="属于某门课程的，写课程编号。")
@click.option("--evidence", default="", help="佐证。")
@click.option("--remark", default="", help="备注。")
@_TRAINERS
@_TAKERS
@_LIST
@click.pass_obj
def activity_command(
    session: Session,
    team: str,
    trainers: tuple[str, ...],
    takers: tuple[str, ...],
    people: Path | None,
    **texts: str,
) -> None:
    """登记一次活动和它的人员。"""
    with session.office() as office:
        there = _people(office, trainers, takers)
        with office.store.operation("teams.activity", "登记活动") as operation:
            activity_id, _ = log_activity(office, team_meant(office, team), texts, there)
            if people is not None:
                take_activity_people(office, activity_id, people)
            operation.title = f"登记活动：{texts['topic']}"
    session.finish(
        {"ok": True, "activity": activity_id, "operation": operation.id},
        f"已登记活动 {activity_id}",
    )


@click.command("people")
@click.argument("activity_id")
@_TRAINERS
@_TAKERS
@click.option("--hours", help="这些人的学时；不写按活动折算。")
@_LIST
@click.pass_obj
def people_command(
    session: Session, activity_id: str, people: Path | None, hours: str | None, **given: tuple[str]
) -> None:
    """补登一次活动的人员。"""
    with session.office() as office:
        there = _people(office, given["trainers"], given["takers"], _amount(hours))
        if people is not None:
            operation = take_activity_people(office, activity_id, people)
        else:
            operation = set_people(office, activity_id, there)
    session.finish({"ok": True, "operation": operation.id}, f"已办：{operation.title}")


@click.command("post")
@click.argument("team", required=False)
@click.option("--activity", "ids", multiple=True, help="只登记这次活动（编号），可以写几次。")
@click.pass_obj
def post_command(session: Session, team: str | None, ids: tuple[str, ...]) -> None:
    """把活动的学时登记入账：团队（不写即全部团队）还没有登记的活动。"""
    with session.office() as office:
        chosen = list(ids)
        if not chosen:
            team_id = team_meant(office, team) if team else ""
            chosen = [one.id for one in activities(office, team_id) if not one.posted_on]
        done = post_activities(office, chosen)
    words = f"登记 {done.posted} 人次，先前已登记 {done.before}，没有学时 {done.nothing}。"
    session.finish(
        {
            "ok": True,
            "activities": len(chosen),
            "posted": done.posted,
            "before": done.before,
            "elsewhere": list(done.elsewhere),
            "nothing": done.nothing,
            "told": list(done.told),
        },
        "\n".join((*done.told, words)),
    )


@click.command("unpost")
@click.argument("activity_id")
@click.option("--reason", required=True, help="撤回的原因。")
@click.pass_obj
def unpost_command(session: Session, activity_id: str, reason: str) -> None:
    """撤回一次活动的学时，改好后可以再登记。"""
    with session.office() as office:
        operation = take_back(office, activity_id, reason)
    session.finish({"ok": True, "operation": operation.id}, f"已办：{operation.title}")


@click.command("review")
@click.argument("team")
@click.option("--year", type=int, required=True, help="年度。")
@click.option("--score", help="分数，0 到 100。")
@click.option("--grade", default="", help="等次，如 优秀；不写按分数。")
@click.option("--remark", default="", help="评语。")
@click.pass_obj
def review_command(session: Session, team: str, year: int, **given: str) -> None:
    """登记团队的年度考核。"""
    judged = Judged(_amount(given["score"]), given["grade"], given["remark"])
    with session.office() as office:
        operation = review(office, team_meant(office, team), year, judged)
    session.finish({"ok": True, "operation": operation.id}, f"已办：{operation.title}")


def _people(
    office: Office, trainers: tuple[str, ...], takers: tuple[str, ...], hours: Decimal | None = None
) -> dict[str, There]:
    """Who was there in which part.

    Raises:
        UserError: nobody of the register, or somebody in both parts.
    """
    leading = {teacher_meant(office, text): There("trainer", hours) for text in trainers}
    taking = {teacher_meant(office, text): There("participant", hours) for text in takers}
    for one in leading.keys() & taking.keys():
        raise UserError(
            "teams.both_parts",
            f"{name_of_teacher(office, one)}既写作主讲又写作参加。",
            "一个人在一次活动里只算一种，请去掉一处。",
        )
    return {**leading, **taking}


def _amount(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UserError("number", f"“{text}”不是数。", "请填数字，如 4 或 1.5。") from error


COMMANDS = (
    plan_command,
    activity_command,
    people_command,
    post_command,
    unpost_command,
    review_command,
)
