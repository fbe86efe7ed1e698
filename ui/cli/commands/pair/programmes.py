"""``pair programme …``, ``pair schools …``, ``pair meeting …``: what a programme is and holds."""

from __future__ import annotations

import json

import click

from models.errors import UserError
from models.mentoring import meetings, school_pairs
from models.mentoring.kinds import read_kinds
from models.mentoring.programmes import (
    Programme,
    drop_programme,
    end_programme,
    enter_programme,
    find,
    programme,
    programmes,
    set_terms,
    terms_of,
)
from ui.cli.commands.pair.common import of_programme, programme_named
from ui.cli.named import school_named
from ui.cli.session import Session


@click.group("programme")
def programme_group() -> None:
    """设立、查看、改定、结束结对工程。"""


@programme_group.command("kinds")
@click.pass_obj
def kinds_command(session: Session) -> None:
    """列出工程的种类。"""
    kinds = read_kinds().kinds
    session.finish(
        {"kinds": [{"id": one.id, "name": one.name, "years": one.years} for one in kinds]},
        "\n".join(f"{one.id}  {one.name}（{one.years} 年）" for one in kinds),
    )


@programme_group.command("add")
@click.option("--kind", required=True, help="种类的编号或名称，见 pair programme kinds。")
@click.option("--code", help="工程编号；不写自动编。")
@click.option("--name", help="工程名称；不写按种类。")
@click.option("--start", "starts_on", help="开始日期；不写为今天。")
@click.option("--end", "ends_on", help="结束日期；不写按周期。")
@click.option("--goals", help="印在协议上的目标。")
@click.option("--tasks", help="印在协议上的任务。")
@click.option("--document", help="实施方案的文号。")
@click.pass_obj
def add_command(session: Session, **given: str | None) -> None:
    """设立一项工程。"""
    with session.office() as office:
        found = enter_programme(office, None, given)
    session.finish(
        {"ok": True, **_shown(found)},
        f"已设立 {found.code} {found.name}（{found.starts_on} 至 {found.ends_on}）",
    )


@programme_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出工程。"""
    with session.office(read_only=True) as office:
        found = programmes(office)
    session.finish(
        {"programmes": [_shown(one) for one in found]},
        "\n".join(
            f"{one.code}  {one.name}  {one.starts_on} 至 {one.ends_on}"
            + (f"  已于 {one.ended_on} 结束" if one.ended_on else "")
            for one in found
        )
        or "还没有结对工程。",
    )


@programme_group.command("terms")
@click.argument("code")
@click.option("--set", "text", help='自定的条件，一个 JSON 对象，如 {"capacity":{"county":3}}。')
@click.pass_obj
def terms_command(session: Session, code: str, text: str | None) -> None:
    """查看或改定一项工程自己的权重、名额、规则和评选条件。"""
    with session.office(read_only=text is None) as office:
        identity = find(office, code)
        if text is not None:
            set_terms(office, identity, _object(text))
        own = terms_of(office, identity)
        kind = programme(office, identity).kind
    shown = {
        "weights": kind.weights.model_dump(),
        "capacity": dict(kind.capacity),
        "kept": kind.kept.model_dump(),
        "rank": kind.rank.model_dump(),
        "rules": list(kind.rules),
    }
    session.finish(
        {"ok": True, "own": own, "terms": shown}, json.dumps(shown, ensure_ascii=False, indent=2)
    )


@programme_group.command("end")
@click.argument("code")
@click.option("--because", default="", help="原因；不写为周期已满。")
@click.pass_obj
def end_command(session: Session, code: str, because: str) -> None:
    """结束一项工程；已备案的师徒期满，记录都保留。"""
    with session.office() as office:
        end_programme(office, find(office, code), because)
    session.finish({"ok": True}, "已结束。")


@programme_group.command("drop")
@click.argument("code")
@click.pass_obj
def drop_command(session: Session, code: str) -> None:
    """删去设错了的一项工程；已有意愿、师徒等记录的不能删，用 end 结束。"""
    with session.office() as office:
        drop_programme(office, find(office, code))
    session.finish({"ok": True}, "已删去。")


@click.group("schools")
def schools_group() -> None:
    """学校与学校结对。"""


@schools_group.command("add")
@of_programme
@click.argument("town")
@click.argument("village")
@click.option("--goals", default="", help="目标。")
@click.pass_obj
def add_schools_command(
    session: Session, programme: str, town: str, village: str, goals: str
) -> None:
    """一所城镇学校与一所乡村学校结对。"""
    with session.office() as office:
        one, other = (school_named(office, name) for name in (town, village))
        school_pairs.pair_schools(office, find(office, programme), one.id, other.id, goals=goals)
    session.finish({"ok": True}, f"{one.name}与{other.name}已结对。")


@schools_group.command("list")
@of_programme
@click.pass_obj
def list_schools_command(session: Session, programme: str) -> None:
    """列出结对学校。"""
    with session.office(read_only=True) as office:
        found = school_pairs.school_pairs(office, find(office, programme))
    session.finish(
        {"schools": [{"town": one.town, "village": one.village, "pairs": one.pairs}
                     for one in found]},
        "\n".join(f"{one.town}  {one.village}  师徒 {one.pairs} 对" for one in found)
        or "还没有结对学校。",
    )  # fmt: skip


@click.group("meeting")
def meeting_group() -> None:
    """启动会、七月交流会、十二月总结会。"""


@meeting_group.command("add")
@of_programme
@click.option("--kind", required=True, help="会议的编号或名称。")
@click.option("--day", required=True, help="日期，如 2025-12-05。")
@click.option("--topic", default="", help="主题；不写为会议的名称。")
@click.option("--place", default="", help="地点。")
@click.option("--report", default="", help="纪要。")
@click.option("--people", default="", help="参会的人，用、隔开；不写保留原来登记的。")
@click.pass_obj
def add_meeting_command(session: Session, programme: str, day: str, **given: str) -> None:
    """登记一次会议；同一天的同一种会议登记过的，以这次写的为准。"""
    with session.office() as office:
        meetings.save_meeting(
            office,
            find(office, programme),
            meetings.Meeting(
                given["kind"],
                day,
                given["topic"],
                given["place"],
                given["report"],
                meetings.people_meant(given["people"]),
            ),
        )
    session.finish({"ok": True}, "已登记。")


@meeting_group.command("drop")
@of_programme
@click.option("--kind", required=True, help="会议的编号或名称。")
@click.option("--day", required=True, help="登记的日期。")
@click.pass_obj
def drop_meeting_command(session: Session, programme: str, kind: str, day: str) -> None:
    """删去登记错了的一次会议。"""
    with session.office() as office:
        meetings.strike_meeting(office, find(office, programme), kind, day)
    session.finish({"ok": True}, "已删去。")


@meeting_group.command("list")
@of_programme
@click.pass_obj
def list_meetings_command(session: Session, programme: str) -> None:
    """列出应开和已开的会议。"""
    with session.office(read_only=True) as office:
        found = meetings.due_meetings(office, programme_named(office, programme))
    session.finish(
        {
            "meetings": [
                {
                    "kind": one.kind.id,
                    "name": one.kind.name,
                    "year": one.year,
                    "month": one.month,
                    "held_on": one.held.held_on if one.held else None,
                }
                for one in found
            ]
        },
        "\n".join(
            f"{one.year} 年{f' {one.month} 月' if one.month else ''}  {one.kind.name}  "
            f"{one.held.held_on if one.held else '未开'}"
            for one in found
        ),
    )


def _shown(one: Programme) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.name,
        "kind": one.kind.id,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "ended_on": one.ended_on or None,
    }


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UserError("usage", "--set 后面不是 JSON。", "请写成一个 JSON 对象。") from error
    if not isinstance(found, dict):
        raise UserError("usage", "--set 后面不是 JSON 对象。", '如 {"capacity":{"county":3}}。')
    return found  # pyright: ignore[reportUnknownVariableType] - what it holds is checked by terms


COMMANDS = (programme_group, schools_group, meeting_group)
