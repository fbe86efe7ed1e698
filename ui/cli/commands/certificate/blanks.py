"""``certificate stock …``, ``gaps``: blank certificates, and what became of all numbers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from models.certificates import stock
from models.certificates.gaps import Series, StockReport, read_counted
from models.certificates.stock import Balance, balance_of, balances, entries
from reports.documents import blank_report as paper
from reports.inputs.fonts import fonts_of
from reports.inputs.paper_books import blank_sheets
from reports.inputs.print_runs import blank_report
from reports.workbooks.table import write_tables
from ui.cli.session import Session, TerminalProgress

_TAKING = {"spoil": stock.spoil, "lose": stock.lose, "return": stock.give_back}


@click.group("stock")
def stock_group() -> None:
    """空白证书：领入、损坏、丢失、退回、结存。"""


@stock_group.command("receive")
@click.argument("title")
@click.argument("count", type=click.IntRange(min=1))
@click.option("--first", default="", help="第一个序列号。")
@click.option("--last", default="", help="最后一个序列号，用来核对。")
@click.option("--reason", default="", help="来源，如 县局印刷厂。")
@click.pass_obj
def receive_command(session: Session, title: str, count: int, **said: str) -> None:
    """登记领入空白证书。"""
    with session.office() as office:
        stock.receive(office, title, count, said["first"], said["last"], said["reason"])
        left = balance_of(office, title)
    _finish(session, left)


def _taking(name: str, words: str) -> click.Command:
    """A command that takes blanks out of the cupboard."""

    @click.command(name, help=words)
    @click.argument("title")
    @click.argument("count", type=click.IntRange(min=1))
    @click.option("--reason", required=True, help="原因。")
    @click.option("--first", default="", help="第一个序列号。")
    @click.pass_obj
    def command(session: Session, title: str, count: int, reason: str, first: str) -> None:
        with session.office() as office:
            _TAKING[name](office, title, count, reason, first)
            left = balance_of(office, title)
        _finish(session, left)

    return command


for _name, _words in (
    ("spoil", "登记损坏的空白证书。"),
    ("lose", "登记丢失的空白证书。"),
    ("return", "登记退回的空白证书。"),
):
    stock_group.add_command(_taking(_name, _words))


@stock_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出各种空白证书的收发存和登记。"""
    with session.office(read_only=True) as office:
        found, entered = balances(office), entries(office)
    session.finish(
        {
            "stocks": [_balance(one) for one in found],
            "entries": [{**asdict(one), "step_name": one.step_name} for one in entered],
        },
        "\n".join(_told(one) for one in found) or "还没有登记过空白证书。",
    )


@click.command("gaps")
@click.option("--counted", multiple=True, help="实有数，如 结业证书=120。")
@click.option("--out", type=click.Path(path_type=Path), help="写成 PDF 或 xlsx。")
@click.pass_obj
def gaps_command(session: Session, counted: tuple[str, ...], out: Path | None) -> None:
    """核对空白证书和证书编号：领入应等于用去、损坏、丢失、退回与结存之和。"""
    with session.office(read_only=True) as office:
        report = blank_report(office, read_counted("、".join(counted)))
        fonts = fonts_of(office)
    if out is not None and out.suffix.lower() == ".xlsx":
        write_tables(out, blank_sheets(report), TerminalProgress(), overwrite=True)
    elif out is not None:
        paper.build(report, out, fonts, TerminalProgress(), overwrite=True)
    found = report.found
    lines = [
        f"{one.balance.stock}：{difference}"
        for one in found.stocks
        for difference in one.differences
    ]
    session.finish(
        {
            "clean": found.clean,
            "stocks": [_stock(one) for one in found.stocks],
            "series": [_series(one) for one in found.series],
            "file": None if out is None else str(out),
        },
        "\n".join(lines)
        if lines
        else "空白证书账实相符。"
        if found.clean
        else "证书编号有缺号或重号。",
    )


COMMANDS: tuple[click.Command, ...] = (stock_group, gaps_command)


def _finish(session: Session, left: Balance) -> None:
    session.finish({"ok": True, **_balance(left)}, _told(left))


def _balance(one: Balance) -> dict[str, Any]:
    return {**asdict(one), "left": one.left}


def _told(one: Balance) -> str:
    return (
        f"{one.stock}：领入 {one.received}，用于证书 {one.used}，损坏 {one.spoilt}，"
        f"丢失 {one.lost}，退回 {one.returned}，应余 {one.left}"
    )


def _stock(one: StockReport) -> dict[str, Any]:
    return {
        **_balance(one.balance),
        "valid": one.valid,
        "void": one.void,
        "counted": one.counted,
        "differences": list(one.differences),
        "unaccounted": [part.text for part in one.unaccounted],
    }


def _series(one: Series) -> dict[str, Any]:
    return {
        "series": one.series,
        "first": one.first,
        "last": one.last,
        "given": one.given,
        "void": one.void,
        "holes": [asdict(hole) for hole in one.holes],
        "doubles": list(one.doubles),
    }
