"""``team add|change|end|serve|member|leave``: teams and who is in them."""

from __future__ import annotations

from collections.abc import Callable

import click

from models.errors import UserError
from models.office.context import Office
from models.staff.directory import school_named
from models.store.operations import Operation
from models.teams.kinds import role_meant
from models.teams.listing import member_rows, served_schools, taught_courses, team_row
from models.teams.members import Joining, add_members, change_role, end_members
from models.teams.registration import (
    change_team,
    end_team,
    enter_team,
    read_team,
    set_served,
    team_meant,
)
from models.training.courses import find
from models.training.naming import teacher_meant
from ui.cli.days import read_day
from ui.cli.session import Session

_FIELDS = (
    click.option("--name", help="名称。"),
    click.option("--kind", help="团队种类，如 学科辅导团队；全部种类见 team kinds。"),
    click.option("--stage", help="学段，如 初中。"),
    click.option("--subject", help="学科，几个之间用顿号。"),
    click.option("--track", help="文本或网联；都面向的不写。"),
    click.option("--host", help="所在校。"),
    click.option("--start", "starts_on", help="组建日期，如 2025-09-01。"),
    click.option("--end", "ends_on", help="任期至。"),
    click.option("--remark", help="备注。"),
)


def _fields(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_FIELDS):
        command = option(command)
    return command


def the_day(office: Office, text: str | None) -> str:
    """The day that was typed, today where nothing was.

    Raises:
        UserError: it is no day.
    """
    return (read_day(text) if text else office.store.clock.today()).isoformat()


@click.command("add")
@_fields
@click.pass_obj
def add_command(session: Session, **given: str | None) -> None:
    """组建一个团队。"""
    texts = {name: text or "" for name, text in given.items()}
    with session.office() as office:
        team_id, operation = enter_team(office, texts)
    session.finish({"ok": True, "team": team_id, "operation": operation.id}, "已组建。")


@click.command("change")
@click.argument("team")
@_fields
@click.pass_obj
def change_command(session: Session, team: str, **given: str | None) -> None:
    """修改团队的名称、学段、所在校等；没有写的不变。"""
    with session.office() as office:
        team_id = team_meant(office, team)
        row = team_row(office, team_id)
        known = dict(row.shown) if row is not None else {}
        texts = known | {name: text for name, text in given.items() if text is not None}
        operation = change_team(office, team_id, texts)
    _done(session, operation)


@click.command("end")
@click.argument("team")
@click.option("--day", help="结束的日期；不写即今天。")
@click.option("--reason", required=True, help="结束的原因。")
@click.pass_obj
def end_command(session: Session, team: str, day: str | None, reason: str) -> None:
    """结束一个团队，成员同时离任。"""
    with session.office() as office:
        operation = end_team(office, team_meant(office, team), the_day(office, day), reason)
    _done(session, operation)


@click.command("serve")
@click.argument("team")
@click.option("--school", "schools", multiple=True, help="增加服务的学校，可以写几次。")
@click.option("--course", "courses", multiple=True, help="增加负责的课程（编号），可以写几次。")
@click.option("--only", is_flag=True, help="只留所写的，原来的去掉。")
@click.pass_obj
def serve_command(
    session: Session, team: str, schools: tuple[str, ...], courses: tuple[str, ...], *, only: bool
) -> None:
    """团队服务哪些学校、负责哪些课程。"""
    with session.office() as office:
        team_id = team_meant(office, team)
        ids = [school_named(office, one).id for one in schools]
        taught = [find(office, one) for one in courses]
        with office.store.operation("teams.served", "服务学校与课程") as operation:
            if ids:
                known = [] if only else list(served_schools(office, team_id))
                set_served(office, team_id, "school", [*known, *ids])
            if taught:
                known = [] if only else list(taught_courses(office, team_id))
                set_served(office, team_id, "course", [*known, *taught])
        found = {
            "schools": list(served_schools(office, team_id).values()),
            "courses": list(taught_courses(office, team_id).values()),
        }
    told = f"服务学校 {len(found['schools'])} 所，负责课程 {len(found['courses'])} 门。"
    session.finish({"ok": True, "operation": operation.id, **found}, told)


@click.command("member")
@click.argument("team")
@click.argument("teacher_no", nargs=-1, required=True)
@click.option("--role", default="成员", help="身份，如 负责人、成员、管理团队。")
@click.option("--start", help="任职日期；不写即今天。")
@click.option("--exception", default="", help="不合规定而确需担任的，写明特例的理由。")
@click.option("--instead", is_flag=True, help="由原来的身份改任。")
@click.pass_obj
def member_command(session: Session, team: str, teacher_no: tuple[str, ...], **given: str) -> None:
    """教师（编号或姓名）加入团队，或改任另一身份。"""
    with session.office() as office:
        team_id = team_meant(office, team)
        role = role_meant(read_team(office, team_id)["kind"], given["role"])
        people = [teacher_meant(office, one) for one in teacher_no]
        day = the_day(office, given["start"])
        if given["instead"]:
            ids = _terms(office, team_id, people)
            with office.store.operation("teams.role", f"改任 {len(ids)} 人") as operation:
                for one in ids:
                    change_role(office, one, role, day, given["exception"])
        else:
            joining = [Joining(one, role, day, given["exception"]) for one in people]
            operation = add_members(office, team_id, joining)
    _done(session, operation)


@click.command("leave")
@click.argument("team")
@click.argument("teacher_no", nargs=-1, required=True)
@click.option("--day", help="离任的日期；不写即今天。")
@click.option("--reason", required=True, help="离任的原因。")
@click.pass_obj
def leave_command(
    session: Session, team: str, teacher_no: tuple[str, ...], day: str | None, reason: str
) -> None:
    """教师（编号或姓名）在团队中离任。"""
    with session.office() as office:
        team_id = team_meant(office, team)
        ids = [term for one in teacher_no for term in _terms_of(office, team_id, one)]
        operation = end_members(office, ids, the_day(office, day), reason)
    _done(session, operation)


def _terms(office: Office, team_id: str, people: list[str]) -> list[str]:
    """The terms of those people that have not ended."""
    rows = member_rows(office, team_id)
    return [one.id for one in rows if one.teacher_id in people and not one.ends_on]


def _terms_of(office: Office, team_id: str, who: str) -> list[str]:
    """The terms of somebody that have not ended.

    Raises:
        UserError: nobody of the register, or no member of the team.
    """
    found = _terms(office, team_id, [teacher_meant(office, who)])
    if not found:
        team = read_team(office, team_id)["name"]
        raise UserError(
            "teams.no_such_member", f"{who}现在不是“{team}”的成员。", "请用 team list 核对成员。"
        )
    return found


def _done(session: Session, operation: Operation) -> None:
    session.finish({"ok": True, "operation": operation.id}, f"已办：{operation.title}")


COMMANDS = (
    add_command,
    change_command,
    end_command,
    serve_command,
    member_command,
    leave_command,
)
