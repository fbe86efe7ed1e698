"""``title list|grant|withdraw|end|coverage|file|adopt|settle``: who holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import click

from models.certificates.titled import withdraw_titles
from models.errors import UserError
from models.office.context import Office
from models.titles import holding, withdrawing
from models.titles.batches import batch_meant
from models.titles.coverage import Cell, Matrix, matrix
from models.titles.granting import enter_grant, grant_batch
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.kinds import kind_meant, level_meant, title_meant
from models.titles.terms import STATE_NAMES
from ui.cli.days import read_day
from ui.cli.named import school_named, teacher_of
from ui.cli.session import Session


@click.command("list")
@click.argument("words", required=False, default="")
@click.option("--kind", default="", help="称号，如 骨干教师。")
@click.option("--level", default="", help="级别，如 县级；与 --kind 一起用。")
@click.option("--state", default="", help="状态：有效、任期已满、已取消……")
@click.option("--school", default="", help="学校。")
@click.option("--batch", default="", help="批次。")
@click.option("--as-of", "day", default="", help="按这一天的情况。")
@click.option("--doubtful", is_flag=True, help="只看有需要注意之处的。")
@click.pass_obj
def list_command(session: Session, words: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """列出称号的持有人。"""
    with session.office(read_only=True) as office:
        wanted = GrantFilter(
            words=words,
            state=_state(given["state"]),
            doubtful=given["doubtful"],
            school_id=school_named(office, given["school"]).id if given["school"] else "",
            batch_id=batch_meant(office, given["batch"]).id if given["batch"] else "",
            **_kind(given),
        )
        day = read_day(given["day"]).isoformat() if given["day"] else ""
        found = grants(office, wanted, day=day)
    lines = [
        f"{one.title}  {one.teacher_no}  {one.name}  {one.school}  {one.subject_name}  "
        f"{one.granted_on}—{one.ends_on or '不限'}  {one.state_name}{'；'.join(('', *one.doubts))}"
        for one in found
    ]
    session.finish(
        {"count": len(found), "titles": [grant_json(one) for one in found]},
        "\n".join([*lines, f"共 {len(found)} 个"]),
    )


@click.command("grant")
@click.argument("batch", required=False, default="")
@click.option("--teacher", "teachers", multiple=True, help="教师编号；登记以往或上级授予的称号。")
@click.option("--title", default="", help="称号连同级别，如 市级骨干教师。")
@click.option("--on", default="", help="授予日期；不写为今天。")
@click.option("--until", default="", help="任期至；不写按规定的任期。")
@click.option("--document", default="", help="认定文件。")
@click.option("--source", default="", help="授予单位。")
@click.option("--certificate", default="", help="证书编号。")
@click.pass_obj
def grant_command(session: Session, batch: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """认定一批公示的人选；或用 --teacher 登记以往、上级授予的称号。"""
    on = read_day(given["on"]).isoformat() if given["on"] else ""
    if bool(batch) == bool(given["teachers"]):
        raise UserError(
            "titles.what", "没有说清认定谁。", "请写一个批次，或用 --teacher 写教师编号。"
        )
    with session.office() as office:
        before = {one.id for one in grants(office)}
        if batch:
            grant_batch(office, batch_meant(office, batch).id, on, given["document"])
        else:
            ids = [teacher_of(office, one) for one in given["teachers"]]
            enter_grant(office, ids, _form(office, given, on))
        found = [one for one in grants(office) if one.id not in before and one.source != "名册"]
    session.finish(
        {"ok": True, "granted": len(found), "titles": [grant_json(one) for one in found]},
        "\n".join([*(f"{one.name}  {one.title}" for one in found), f"认定 {len(found)} 人"]),
    )


@click.command("withdraw")
@click.argument("teachers", nargs=-1, required=True)
@click.option("--title", default="", help="哪个称号；只有一个有效称号时可不写。")
@click.option("--reason", required=True, help="取消的原因。")
@click.option("--on", default="", help="从哪天起；不写为今天。")
@click.option("--by", default="", help="作出决定的人或部门。")
@click.option("--consequence", default=None, help="后果；不写按规定。")
@click.pass_obj
def withdraw_command(session: Session, teachers: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - as click
    """取消称号，写明原因；本单位发的证书随之作废。"""
    with session.office() as office:
        ids = [held_by(office, one, given["title"]).id for one in teachers]
        done = withdraw_titles(
            office,
            ids,
            given["reason"],
            on=read_day(given["on"]).isoformat() if given["on"] else "",
            decided_by=given["by"],
            consequence=given["consequence"],
        )
        found = grants(office, ids=ids)
    session.finish(
        {
            "ok": True,
            "void_certificates": list(done.void),
            "titles": [grant_json(one) for one in found],
        },
        "\n".join(f"{one.name}的{one.title}已取消。{one.consequence}" for one in found),
    )


@click.command("end")
@click.argument("teacher")
@click.option("--title", default="", help="哪个称号；只有一个有效称号时可不写。")
@click.option("--reason", required=True, help="终止的原因，如 退休。")
@click.option("--on", default="", help="从哪天起；不写为今天。")
@click.option("--mistaken", is_flag=True, help="登记有误：从来没有过。")
@click.pass_obj
def end_command(session: Session, teacher: str, title: str, reason: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """因退休、调出等终止称号，不是处分；--mistaken 为登记有误。"""
    on = read_day(given["on"]).isoformat() if given["on"] else ""
    with session.office() as office:
        one = held_by(office, teacher, title)
        if given["mistaken"]:
            withdrawing.mark_mistaken(office, [one.id], reason)
        else:
            withdrawing.end_by_leaving(office, [one.id], reason, on=on)
        (found,) = grants(office, ids=[one.id])
    session.finish(
        {"ok": True, "title": grant_json(found)}, f"{found.name}的{found.title}{found.state_name}"
    )


@click.command("coverage")
@click.option("--kind", "kinds", multiple=True, help="只看这些称号；不写为全部骨干称号。")
@click.option("--as-of", "day", default="", help="按这一天的情况。")
@click.pass_obj
def coverage_command(session: Session, kinds: tuple[str, ...], day: str) -> None:
    """学段、学科、级别的覆盖表，对照比例指标，指出空白。"""
    with session.office(read_only=True) as office:
        wanted = [kind_meant(one).key for one in kinds]
        found = matrix(office, wanted, read_day(day).isoformat() if day else "")
    shares = [
        {
            "key": one.ratio.key,
            "title": one.ratio.title,
            "people": one.people,
            "holders": one.holders,
            "needed": one.needed,
            "percent": str(one.percent),
            "met": one.met,
        }
        for one in found.shares
    ]
    lines = [
        f"{one.ratio.title}：{one.people} 人中 {one.holders} 人（{one.percent}%），"
        f"应有 {one.needed} 人"
        for one in found.shares
    ]
    lines += [f"没有骨干：{found.words(one)}（{one.people} 人）" for one in found.holes]
    if found.unplaced:
        lines.append(f"学段或学科没有填的：{found.unplaced} 人，不在表中")
    session.finish(
        {
            "ratios": shares,
            "unplaced": found.unplaced,
            "cells": [_cell_json(found, one) for one in found.cells],
        },
        "\n".join(lines),
    )


@click.command("adopt")
@click.pass_obj
def adopt_command(session: Session) -> None:
    """把名册中已有的骨干级别登记为称号。"""
    with session.office() as office:
        count, _ = holding.adopt_register(office)
    session.finish({"ok": True, "adopted": count}, f"登记称号 {count} 个")


@click.command("settle")
@click.pass_obj
def settle_command(session: Session) -> None:
    """按有效称号更新名册的骨干级别（任期满的、手工改过的）。"""
    with session.office() as office:
        count, _ = holding.settle(office)
    session.finish({"ok": True, "changed": count}, f"更新 {count} 人的骨干级别")


COMMANDS = (
    list_command, grant_command, withdraw_command, end_command, coverage_command, adopt_command,
    settle_command,
)  # fmt: skip


def grant_json(one: Grant) -> dict[str, object]:
    """A title as the command line tells it."""
    told = asdict(one)
    for hidden in ("id", "teacher_id", "school_id", "batch_id", "status"):
        told.pop(hidden)
    return {**told, "doubts": list(one.doubts), "state_name": one.state_name}


def held_by(office: Office, teacher_no: str, title: str) -> Grant:
    """The title of a teacher that a person means: by name, or the only one that holds.

    Raises:
        UserError: no such teacher or title, or several.
    """
    found = grants(office, GrantFilter(teacher_id=teacher_of(office, teacher_no)))
    if title:
        kind, level = title_meant(title)
        found = [one for one in found if (one.kind, one.level) == (kind.key, level)]
    kept = [one for one in found if one.state in ("valid", "lapsed")] or found
    if len(kept) != 1:
        told = "没有这个称号" if not kept else f"有 {len(kept)} 个称号"
        names = "、".join(one.title for one in kept)
        raise UserError(
            "titles.which", f"教师 {teacher_no} {told}。", f"请用 --title 写明：{names}。"
        )
    return kept[0]


def _kind(given: Mapping[str, str]) -> dict[str, str]:
    if not given["kind"]:
        return {}
    kind = kind_meant(given["kind"])
    level = level_meant(kind, given["level"]) if given["level"] else ""
    return {"kind": kind.key, "level": level}


def _state(text: str) -> str:
    for key, name in STATE_NAMES.items():
        if text.strip() in (key, name):
            return key
    if text.strip():
        offered = "、".join(STATE_NAMES.values())
        raise UserError("titles.state", f"没有“{text}”这种状态。", f"可填：{offered}。")
    return ""


def _form(office: Office, given: Mapping[str, Any], on: str) -> dict[str, str]:
    return {
        "title": given["title"],
        "granted_on": on or office.store.clock.today().isoformat(),
        "ends_on": given["until"],
        "document": given["document"],
        "source": given["source"],
        "certificate_no": given["certificate"],
    }


def _cell_json(found: Matrix, one: Cell) -> dict[str, object]:
    names: Sequence[str] = found.levels
    return {
        "stage": found.name("stage", one.stage),
        "subject": found.name("subject", one.subject),
        "people": one.people,
        "holders": {found.name("level", level): one.holders.get(level, 0) for level in names},
        "lacking": dict(one.lacking),
        "hole": one.hole,
    }
