"""``team kinds|list|show|coverage|propose|workload|targets``: what there is, what is missing."""

from __future__ import annotations

import click

from models.errors import UserError
from models.office.context import Office
from models.teams.activities import activities
from models.teams.coverage import Cell, Coverage, coverage
from models.teams.kinds import PART_NAMES, team_rules
from models.teams.listing import (
    MemberRow,
    TeamRow,
    member_rows,
    served_schools,
    taught_courses,
    team_rows,
)
from models.teams.proposing import Filling, Proposal, propose, propose_for_empty
from models.teams.registration import team_meant
from models.teams.targets import targets_reached
from models.teams.workload import workload
from ui.cli.amounts import number
from ui.cli.session import Session

_SHOWN = 40


@click.command("kinds")
@click.pass_obj
def kinds_command(session: Session) -> None:
    """列出团队种类、身份和活动种类。"""
    rules = team_rules()
    kinds = [
        {
            "kind": one.title,
            "roles": [role.title for role in rules.roles_of(one.key).values()],
            "clause": one.clause or None,
            "quote": one.quote or None,
        }
        for one in rules.kinds
    ]
    acts = [
        {
            "activity": one.title,
            "unit": one.unit or "学时",
            PART_NAMES["trainer"]: number(one.trainer),
            PART_NAMES["participant"]: number(one.participant),
        }
        for one in rules.activities
    ]
    lines = [
        f"{one.title}：{'、'.join(role.title for role in rules.roles_of(one.key).values())}"
        for one in rules.kinds
    ]
    lines += [f"{one.title}（{one.unit or '学时'}）" for one in rules.activities]
    session.finish({"kinds": kinds, "activities": acts}, "\n".join(lines))


@click.command("list")
@click.option("--find", "query", default="", help="名称、种类、学科、所在校、负责人中的字。")
@click.option("--ended", is_flag=True, help="连同已结束的。")
@click.pass_obj
def list_command(session: Session, query: str, *, ended: bool) -> None:
    """列出团队。"""
    with session.office(read_only=True) as office:
        rows = team_rows(office, query, ended=ended)
    lines = [
        f"{row.shown['name']}  {row.shown['kind']}  {'、'.join(row.leaders) or '缺负责的人'}"
        f"  成员 {row.members}" + (f"  {'；'.join(row.doubts)}" if row.doubts else "")
        for row in rows
    ]
    session.finish({"teams": [_team(row) for row in rows]}, "\n".join(lines) or "还没有团队。")


@click.command("show")
@click.argument("team")
@click.pass_obj
def show_command(session: Session, team: str) -> None:
    """一个团队的全部：成员、服务学校、课程、活动。"""
    with session.office(read_only=True) as office:
        team_id = team_meant(office, team)
        (row,) = (one for one in team_rows(office) if one.id == team_id)
        members = member_rows(office, team_id)
        done = activities(office, team_id)
        schools = list(served_schools(office, team_id).values())
        courses = list(taught_courses(office, team_id).values())
    listed = [
        {
            "id": one.id,
            "day": one.held_on,
            "kind": one.kind_title,
            "topic": one.topic,
            "hours": number(one.hours),
            "amount": one.amount,
            "trainers": one.trainers,
            "participants": one.participants,
            "posted_on": one.posted_on or None,
        }
        for one in done
    ]
    lines = [
        f"{one.role_title}  {one.shown['name']}  {one.shown['school']}  {one.starts_on}"
        + (f"—{one.ends_on}" if one.ends_on else "")
        + (f"  特例：{one.exception}" if one.exception else "")
        for one in members
    ]
    lines += [f"{one.held_on}  {one.kind_title}  {one.topic}  {one.id}" for one in done[:_SHOWN]]
    found = {"members": [_member(one) for one in members], "activities": listed}
    session.finish(
        {**_team(row), **found, "schools": schools, "courses": courses}, "\n".join(lines)
    )


@click.command("coverage")
@click.pass_obj
def coverage_command(session: Session) -> None:
    """学段、学科、培训方式的覆盖；空缺的在前，人数多的在前。"""
    with session.office(read_only=True) as office:
        found = coverage(office)
    lines = [f"空缺：{found.words(one)}，教师 {one.people} 人" for one in found.empty]
    lines += [f"课程没有版主：{one}" for one in found.courses]
    covered = len(found.cells) - len(found.empty)
    lines.append(f"共 {len(found.cells)} 格，有团队的 {covered} 格。")
    session.finish(
        {
            "cells": [_cell(found, one) for one in found.cells],
            "empty": [_cell(found, one) for one in found.empty],
            "courses": list(found.courses),
        },
        "\n".join(lines),
    )


@click.command("propose")
@click.option("--stage", help="学段；不写即逐个空缺推荐。")
@click.option("--subject", help="学科。")
@click.option("--track", default="", help="文本或网联。")
@click.option("--limit", type=click.IntRange(min=1), default=5, help="每处推荐几人。")
@click.pass_obj
def propose_command(
    session: Session, stage: str | None, subject: str | None, track: str, limit: int
) -> None:
    """空缺处可以由谁担任，为什么。"""
    with session.office(read_only=True) as office:
        found = coverage(office)
        if stage or subject:
            key = _codes(office, stage or "", subject or "", track)
            cell = found.cell(*key) or Cell(*key, 0, {})
            proposals = [(cell, propose(office, *key, limit))]
        else:
            proposals = propose_for_empty(office, found, limit)
    lines: list[str] = []
    for cell, filling in proposals:
        lines.append(f"{found.words(cell)}，教师 {cell.people} 人：")
        lines += [f"  {_words(one)}" for one in filling.people] or ["  没有可推荐的教师"]
        lines += [f"  也可由{one}" for one in filling.teams]
    session.finish(
        {"proposals": [{**_cell(found, cell), **_filling(one)} for cell, one in proposals]},
        "\n".join(lines) or "没有空缺。",
    )


@click.command("workload")
@click.option("--year", type=int, help="年度；不写即今年。")
@click.option("--team", help="只列这个团队。")
@click.pass_obj
def workload_command(session: Session, year: int | None, team: str | None) -> None:
    """培训者一年的活动和学时。"""
    with session.office(read_only=True) as office:
        wanted = year or office.store.clock.today().year
        rows = workload(office, wanted, team_meant(office, team) if team else "")
    listed = [
        {
            "teacher_no": one.teacher_no,
            "name": one.name,
            "school": one.school,
            "teams": list(one.teams),
            "activities": one.activities,
            "hours": number(one.hours),
            "posted": number(one.posted),
            "kinds": {title: number(hours) for title, hours in one.kinds.items()},
            "ledger": number(one.ledger),
            "enough": one.enough,
        }
        for one in rows
    ]
    lines = [
        f"{one.name}  {one.school}  活动 {one.activities}  授 {number(one.hours)} 学时  "
        f"台账 {number(one.ledger)} 学时"
        for one in rows
    ]
    session.finish({"year": wanted, "trainers": listed}, "\n".join(lines) or "还没有培训者。")


@click.command("targets")
@click.option("--year", type=int, help="年度；不写即今年。")
@click.pass_obj
def targets_command(session: Session, year: int | None) -> None:
    """培训者之比、年培训量、每单位工作坊，达到多少。"""
    with session.office(read_only=True) as office:
        found = targets_reached(office, year or office.store.clock.today().year)
    listed = [
        {
            "target": one.target.title,
            "wanted": one.wanted,
            "found": one.found,
            "met": one.met,
            "words": one.words,
            "short": list(one.short),
            "quote": one.target.quote,
        }
        for one in found
    ]
    lines = [f"{'达到' if one.met else '未达到'}　{one.target.title}：{one.words}" for one in found]
    session.finish({"targets": listed}, "\n".join(lines))


def _codes(office: Office, stage: str, subject: str, track: str) -> tuple[str, str, str]:
    """The codes that the words mean."""
    found: list[str] = []
    for table, text in (("stage", stage), ("subject", subject), ("track", track)):
        code = office.codes[table].find(text) if text else None
        if code is None and (text or table != "track"):
            title = office.codes[table].title
            raise UserError("teams.no_such_cell", f"没有“{text}”这个{title}。", f"请核对{title}。")
        found.append(code.code if code else "")
    return found[0], found[1], found[2]


def _team(row: TeamRow) -> dict[str, object]:
    shown = {name: text or None for name, text in row.shown.items()}
    return {
        "id": row.id,
        **shown,
        "leaders": list(row.leaders),
        "members_now": row.members,
        "activities_held": row.activities,
        "ended_on": row.ended_on or None,
        "doubts": list(row.doubts),
    }


def _member(one: MemberRow) -> dict[str, object]:
    return {
        "teacher_no": one.shown["teacher_no"],
        "name": one.shown["name"],
        "school": one.shown["school"],
        "backbone": one.shown["backbone"] or None,
        "role": one.role_title,
        "from": one.starts_on or None,
        "until": one.ends_on or None,
        "because": one.ended_because or None,
        "exception": one.exception or None,
        "doubts": list(one.doubts),
    }


def _cell(found: Coverage, cell: Cell) -> dict[str, object]:
    return {
        "stage": found.name("stage", cell.stage),
        "subject": found.name("subject", cell.subject),
        "track": found.name("track", cell.track) if cell.track else None,
        "teachers": cell.people,
        "teams": list(cell.teams.values()),
    }


def _filling(one: Filling) -> dict[str, object]:
    people = [
        {
            "teacher_no": each.candidate.teacher_no,
            "name": each.candidate.name,
            "school": each.candidate.school,
            "why": list(each.why),
            "but": list(each.but),
        }
        for each in one.people
    ]
    return {"people": people, "takers": list(one.teams)}


def _words(one: Proposal) -> str:
    told = "、".join(one.why) + (f"；但{'、'.join(one.but)}" if one.but else "")
    return f"{one.candidate.name}（{one.candidate.school}）：{told}"


COMMANDS = (
    kinds_command,
    list_command,
    show_command,
    coverage_command,
    propose_command,
    workload_command,
    targets_command,
)
