"""``pair unkept`` and ``pair sanction …``: agreements that were not kept, and what follows."""

from __future__ import annotations

import click

from models.certificates.titled import withdraw_titles
from models.mentoring import sanctions
from models.mentoring.keeping import unkept
from models.mentoring.programmes import find
from ui.cli.commands.pair.common import of_pair, of_programme, pair_meant
from ui.cli.session import Session


@click.command("unkept")
@of_programme
@click.option("--propose", "proposing", is_flag=True, help="对没有建议过的每一对建议取消称号。")
@click.pass_obj
def unkept_command(session: Session, programme: str, *, proposing: bool) -> None:
    """列出没有履行协议的师徒：哪个学期活动不足。"""
    with session.office(read_only=not proposing) as office:
        programme_id = find(office, programme)
        found = unkept(office, programme_id)
        known = {one.pair_id for one in sanctions.proposals_of(office, programme_id)}
        new = [one for one in found if one.pair.id not in known]
        if proposing and new:
            with office.store.operation("mentoring.propose_withdrawals", "建议取消称号"):
                for one in new:
                    sanctions.propose_withdrawal(office, [one.pair.id], one.reason)
    session.finish(
        {
            "unkept": [
                {
                    "mentor": one.pair.mentor_no,
                    "mentee": one.pair.mentee_no,
                    "why": one.reason,
                }
                for one in found
            ]
        },
        "\n".join(one.reason for one in found) or "都履行了协议。",
    )


@click.group("sanction")
def sanction_group() -> None:
    """对没有履行协议的师傅建议取消称号，由人决定。"""


@sanction_group.command("propose")
@of_pair
@click.option("--reason", required=True, help="没有履行协议的情况。")
@click.pass_obj
def propose_command(
    session: Session, programme: str, mentor: str, mentee: str, reason: str
) -> None:
    """提出一条建议。"""
    with session.office() as office:
        pair = pair_meant(office, programme, mentor, mentee)
        sanctions.propose_withdrawal(office, [pair.id], reason)
    session.finish({"ok": True}, f"已建议取消{pair.mentor}的称号，等待决定。")


@sanction_group.command("list")
@of_programme
@click.pass_obj
def list_command(session: Session, programme: str) -> None:
    """列出建议和决定。"""
    with session.office(read_only=True) as office:
        found = sanctions.proposals_of(office, find(office, programme))
    session.finish(
        {
            "proposals": [
                {
                    "id": one.id,
                    "mentor": one.mentor_no,
                    "reason": one.reason,
                    "proposed_on": one.proposed_on,
                    "decision": one.decision or None,
                    "opinion": one.opinion,
                }
                for one in found
            ]
        },
        "\n".join(
            f"{one.id}  {one.mentor}  {one.reason}  "
            f"{sanctions.DECISION_NAMES.get(one.decision, '等待决定')}"
            for one in found
        )
        or "没有建议。",
    )


@sanction_group.command("decide")
@click.argument("proposal")
@click.option("--withdraw/--keep", "withdrawn", required=True, help="取消称号，或保留。")
@click.option("--opinion", required=True, help="决定的依据。")
@click.pass_obj
def decide_command(session: Session, proposal: str, opinion: str, *, withdrawn: bool) -> None:
    """对一条建议作出决定；取消的，称号随即终止，本单位发的证书作废。"""
    decision: sanctions.Decision = "withdraw" if withdrawn else "keep"
    with session.office() as office:
        found = sanctions.proposal_of(office, proposal)
        sanctions.decide_withdrawal(office, proposal, decision, opinion, withdraw_titles)
    session.finish(
        {"ok": True, "decision": decision},
        f"{found.mentor}：{sanctions.DECISION_NAMES[decision]}。",
    )


COMMANDS = (unkept_command, sanction_group)
