"""``exemption …``, ``veto …``, ``figure …``: what verdicts go by besides the ledger."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal, InvalidOperation

import click

from models.errors import UserError
from models.staff.institutions import institution_names
from models.verdicts.exemptions import decide_exemptions, exemptions, file_exemption
from models.verdicts.figures import figures_of, report_figure
from models.verdicts.vetoes import lift_veto, put_veto, vetoes
from ui.cli.amounts import number
from ui.cli.days import read_day
from ui.cli.named import school_named, teacher_of
from ui.cli.session import Session


@click.group("exemption")
def exemption_group() -> None:
    """减免：产假、病假、支教等，申报后经批准才算数。"""


@exemption_group.command("file")
@click.argument("teacher_no")
@click.option("--ground", required=True, help="岗位状态，如 产假。")
@click.option("--from", "first", required=True, help="从哪一天起。")
@click.option("--to", "last", required=True, help="到哪一天止。")
@click.option("--reason", required=True, help="事由和依据。")
@click.pass_obj
def file_command(session: Session, teacher_no: str, **given: str) -> None:
    """申报一名教师的减免。"""
    with session.office() as office:
        state = office.codes["teacher_status"].find(given["ground"])
        if state is None:
            raise UserError(
                "verdicts.ground", f"没有“{given['ground']}”这种岗位状态。", "请用 codes 查看。"
            )
        days = (read_day(given["first"]), read_day(given["last"]))
        file_exemption(office, teacher_of(office, teacher_no), state.code, days, given["reason"])
        found = exemptions(office, state="filed")
    session.finish({"ok": True, "waiting": len(found)}, f"已申报，待批 {len(found)} 条。")


@exemption_group.command("list")
@click.option("--waiting", is_flag=True, help="只列待批的。")
@click.pass_obj
def list_command(session: Session, *, waiting: bool) -> None:
    """列出减免。"""
    with session.office(read_only=True) as office:
        found = exemptions(office, state="filed" if waiting else None)
    listed = [
        {name: value for name, value in asdict(one).items() if name != "teacher_id"}
        for one in found
    ]
    session.finish(
        {"exemptions": listed},
        "\n".join(
            f"{one.id}  {one.name}  {one.ground}  {one.first_day} 至 {one.last_day}  {one.state}"
            for one in found
        )
        or "没有减免。",
    )


@exemption_group.command("approve")
@click.argument("exemption_id", nargs=-1, required=True)
@click.pass_obj
def approve_command(session: Session, exemption_id: tuple[str, ...]) -> None:
    """批准减免。"""
    with session.office() as office:
        done = decide_exemptions(office, exemption_id, approve=True)
    session.finish({"ok": True}, f"{done.title}。")


@exemption_group.command("refuse")
@click.argument("exemption_id", nargs=-1, required=True)
@click.option("--opinion", required=True, help="原因。")
@click.pass_obj
def refuse_command(session: Session, exemption_id: tuple[str, ...], opinion: str) -> None:
    """不批准减免。"""
    with session.office() as office:
        done = decide_exemptions(office, exemption_id, approve=False, opinion=opinion)
    session.finish({"ok": True}, f"{done.title}。")


@click.group("veto")
def veto_group() -> None:
    """师德等问题一票否决。"""


@veto_group.command("put")
@click.argument("teacher_no")
@click.option("--year", required=True, type=int, help="年度。")
@click.option("--reason", required=True, help="依据。")
@click.option("--kind", default="师德", show_default=True, help="哪一类。")
@click.pass_obj
def put_command(session: Session, teacher_no: str, year: int, reason: str, kind: str) -> None:
    """登记一票否决。"""
    with session.office() as office:
        done = put_veto(office, teacher_of(office, teacher_no), year, reason, kind)
    session.finish({"ok": True}, f"{done.title}。")


@veto_group.command("list")
@click.pass_obj
def vetoes_command(session: Session) -> None:
    """列出一票否决，已解除的也在内。"""
    with session.office(read_only=True) as office:
        found = vetoes(office)
    listed = [
        {name: value for name, value in asdict(one).items() if name != "teacher_id"}
        for one in found
    ]
    session.finish(
        {"vetoes": listed},
        "\n".join(
            f"{one.id}  {one.name}  {one.year}  {one.kind}  {one.reason}"
            + ("  已解除" if one.lifted_on else "")
            for one in found
        )
        or "没有一票否决。",
    )


@veto_group.command("lift")
@click.argument("veto_id")
@click.option("--reason", required=True, help="原因。")
@click.pass_obj
def lift_command(session: Session, veto_id: str, reason: str) -> None:
    """解除一票否决。"""
    with session.office() as office:
        lift_veto(office, veto_id, reason)
    session.finish({"ok": True}, "已解除。")


@click.group("figure")
def figure_group() -> None:
    """填报数据：培训经费、工作坊数等，指标用。"""


@figure_group.command("set")
@click.argument("name")
@click.argument("amount")
@click.option("--year", required=True, type=int, help="年度。")
@click.option("--school", help="哪所学校；不写为全县。")
@click.pass_obj
def set_command(session: Session, name: str, amount: str, year: int, school: str | None) -> None:
    """填报一个数，同名同年的以新的为准。"""
    try:
        value = Decimal(amount)
    except InvalidOperation as error:
        raise UserError("verdicts.figure", f"“{amount}”不是数。", "请写成 15 或 1.5。") from error
    with session.office() as office:
        owner = "" if school is None else school_named(office, school).id
        report_figure(office, owner, year, name, value)
    session.finish({"ok": True, "name": name, "year": year}, f"已填报 {year} 年{name}。")


@figure_group.command("list")
@click.option("--year", required=True, type=int, help="年度。")
@click.pass_obj
def figures_command(session: Session, year: int) -> None:
    """列出一年的填报数据。"""
    with session.office(read_only=True) as office:
        found = figures_of(office, year)
        names = institution_names(office)
    listed = [
        {
            "school": names.get(one.institution_id, ""),
            "name": one.name,
            "amount": number(one.amount),
        }
        for one in found
    ]
    session.finish(
        {"year": year, "figures": listed},
        "\n".join(f"{one['school'] or '全县'}  {one['name']}  {one['amount']}" for one in listed)
        or "没有填报数据。",
    )


COMMANDS = (exemption_group, veto_group, figure_group)
