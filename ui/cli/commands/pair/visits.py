"""``pair visit``, ``pair visits``, ``pair post``: what pairs did, and its hours."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

from models.errors import UserError
from models.mentoring import visits
from models.mentoring.pairs import shown_hours
from models.mentoring.programmes import find
from ui.cli.commands.pair.common import of_pair, of_programme, pair_meant
from ui.cli.days import read_day
from ui.cli.session import Session


@click.command("visit")
@of_pair
@click.option("--kind", required=True, help="听课、评课、示范课、研讨等。")
@click.option("--day", required=True, help="日期，如 2025-10-12。")
@click.option("--topic", required=True, help="主题。")
@click.option("--place", default="", help="地点。")
@click.option("--hours", help="学时；不写按活动的种类。")
@click.option("--evidence", default="", help="佐证：照片、听课记录的出处；有佐证的才能登记学时。")
@click.pass_obj
def visit_command(
    session: Session, programme: str, mentor: str, mentee: str, **given: str | None
) -> None:
    """登记一次活动。"""
    said = {name: text or "" for name, text in given.items()}
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        visit = visits.Visit(
            read_day(said["day"]).isoformat(),
            said["kind"],
            said["topic"],
            said["place"],
            _hours(said["hours"]) if said["hours"] else None,
            said["evidence"],
        )
        visits.log_visits(office, [pair.id], visit)
    session.finish({"ok": True}, f"已登记{pair.called}的活动。")


@click.command("evidence")
@of_pair
@click.option("--day", required=True, help="活动的日期，如 2025-10-12。")
@click.option("--evidence", required=True, help="佐证：照片、听课记录的出处。")
@click.pass_obj
def evidence_command(
    session: Session, programme: str, mentor: str, mentee: str, **given: str
) -> None:
    """给一对师徒某天的活动补写佐证，补上的可以登记学时。"""
    day = read_day(given["day"]).isoformat()
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        rows = visits.visit_rows(office, pair.programme_id, pair.id)
        ids = [one.id for one in rows if one.held_on == day]
        visits.add_evidence(office, ids, given["evidence"])
    session.finish({"ok": True, "visits": len(ids)}, f"已补佐证 {len(ids)} 次。")


@click.command("visits")
@of_programme
@click.pass_obj
def visits_command(session: Session, programme: str) -> None:
    """列出活动。"""
    with session.office(read_only=True) as office:
        rows = visits.visit_rows(office, find(office, programme))
    session.finish(
        {
            "visits": [
                {
                    "mentor": one.mentor_no,
                    "mentee": one.mentee_no,
                    "day": one.held_on,
                    "kind": one.kind_name,
                    "topic": one.topic,
                    "hours": shown_hours(one.hours),
                    "posted_on": one.posted_on or None,
                }
                for one in rows
            ]
        },
        "\n".join(
            f"{one.held_on}  {one.mentor}—{one.mentee}  {one.kind_name}  {one.topic}  "
            f"{shown_hours(one.hours)} 学时"
            for one in rows
        )
        or "还没有活动。",
    )


@click.command("post")
@of_programme
@click.pass_obj
def post_command(session: Session, programme: str) -> None:
    """把有佐证的活动的学时记入师徒双方的台账，每次活动只记一次。"""
    with session.office() as office:
        done = visits.post_visits(office, find(office, programme))
    session.finish(
        {"ok": True, "visits": done.visits, "posted": done.entries, "repeated": done.repeated},
        f"登记 {done.visits} 次活动，{done.entries} 条学时，台账已有 {done.repeated} 条。",
    )


def _hours(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UserError("hours", f"“{text}”不是学时数。", "请写成 2 或 1.5。") from error


COMMANDS = (visit_command, evidence_command, visits_command, post_command)
