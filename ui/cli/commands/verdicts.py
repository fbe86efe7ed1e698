"""``verdict …``: who has met which demand of the rules, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of, read_cycle
from models.policies.library import pack_named
from models.policies.records import Pack
from models.verdicts.basis import pack_over
from models.verdicts.board import Board
from models.verdicts.designations import entitlements
from models.verdicts.explaining import Explained, explain
from models.verdicts.judging import judge
from models.verdicts.overview import whole
from models.verdicts.periods import Period, of_cycle, of_year
from models.verdicts.targets import Reached, targets_reached
from reports.documents import teacher_verdict, verdict_overview
from reports.inputs.fonts import fonts_of
from reports.inputs.verdict_overviews import narrowed_to
from reports.inputs.verdict_overviews import verdict_overview as overview_of
from reports.inputs.verdict_sheets import verdict_sheets
from reports.inputs.verdicts import teacher_verdicts
from reports.workbooks.table import write_tables
from ui.cli.amounts import number
from ui.cli.days import read_day
from ui.cli.named import school_named, teacher_of
from ui.cli.session import Exit, Session, TerminalProgress
from ui.cli.verdict_json import explained_json, write_details

_Command = TypeVar("_Command", bound=Callable[..., object])
_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Asked:
    """Over what, by what, as of when."""

    period: Period
    pack: Pack
    as_of: date | None


def _options(command: _Command) -> _Command:
    """Over what, by what and as of when, as every verdict command asks it."""
    for option in reversed(
        (
            click.option("--cycle", help="周期，如 2021-2025；不写为今年所在的周期。"),
            click.option("--year", type=int, help="只看周期里的这一年。"),
            click.option("--policy", "policy_id", help="规则包；不写用当时适用的。"),
            click.option("--as-of", "as_of", help="某一天的情况，如 2024-09-01。"),
        )
    ):
        command = option(command)
    return command


@click.group("verdict")
def verdict_group() -> None:
    """达标：谁达到了哪些要求，为什么。"""


@verdict_group.command("teacher")
@click.argument("teacher_no")
@_options
@click.option("--out", type=_FILE, help="印成达标核算单（PDF）。")
@click.pass_obj
def teacher_command(session: Session, teacher_no: str, out: Path | None, **asked: object) -> None:
    """一名教师的全部要求：应、实、差，计入与未计入的记录。"""
    with session.office(read_only=True) as office:
        over = _asked(office, asked)
        teacher_id = teacher_of(office, teacher_no)
        verdict = explain(office, teacher_id, over.period, over.pack, as_of=over.as_of)
        if out is not None and out.suffix.lower() != ".pdf":
            raise UserError("verdicts.out", f"不会写 {out.name} 这种文件。", "请以 .pdf 结尾。")
        if out is not None:
            sheets = teacher_verdicts(
                office, [teacher_id], over.period, over.pack, as_of=over.as_of
            )
            teacher_verdict.build(sheets, out, fonts_of(office), TerminalProgress(), overwrite=True)
    session.finish(
        {
            "teacher_no": verdict.teacher_no,
            "policy": over.pack.id,
            "period": over.period.label,
            "as_of": verdict.day.isoformat(),
            "requirements": [explained_json(one) for one in verdict.requirements],
            "met": verdict.met,
        },
        "\n".join(_in_words(one) for one in verdict.requirements if one.result.applies)
        or "没有适用的要求。",
    )


@verdict_group.command("all")
@_options
@click.option("--school", help="只看这所学校。")
@click.option("--out", type=_FILE, help="写成工作簿（.xlsx）或 PDF。")
@click.option("--details", type=_FILE, help="每名教师的各项数字写成这个 JSON 文件。")
@click.pass_obj
def all_command(
    session: Session, school: str | None, out: Path | None, details: Path | None, **asked: object
) -> None:
    """全体教师（或一所学校）：每项要求涉及多少人、达到多少人。"""
    with session.office(read_only=True) as office:
        over = _asked(office, asked)
        board = judge(office, over.period, over.pack, as_of=over.as_of, progress=TerminalProgress())
        scope = "全县"
        if school is not None:
            known = school_named(office, school)
            board, scope = narrowed_to(board, school_id=known.id), known.name
        if out is not None:
            _write(office, board, scope, out)
        if details is not None:
            write_details(board, details)
    counts = [(column.id, *column.counts()) for column in board.columns]
    met = sum(board.met())
    idle = sum(
        not any(column.applies[n] for column in board.columns) for n in range(len(board.people))
    )
    text = [f"{over.pack.title}　{over.period.label}　{len(board.people)} 人，全部达到 {met} 人"]
    text += [f"其中 {idle} 人没有适用的要求"] if idle else []
    text += [f"{one}：涉及 {applies} 人，达到 {reached} 人" for one, applies, reached in counts]
    session.finish(
        {
            "policy": over.pack.id,
            "period": over.period.label,
            "as_of": board.questions.day.isoformat(),
            "teachers": len(board.people),
            "met": met,
            "nothing_asked": idle,
            "open": whole(board).open,
            "requirements": [
                {"id": one, "applies": applies, "met": reached} for one, applies, reached in counts
            ],
            "out": None if out is None else str(out),
            "details": None if details is None else str(details),
        },
        "\n".join(text),
    )


@verdict_group.command("targets")
@_options
@click.pass_obj
def targets_command(session: Session, **asked: object) -> None:
    """学校和全县的指标：比例、人数、填报数据。"""
    with session.office(read_only=True) as office:
        over = _asked(office, asked)
        found = targets_reached(office, over.period, over.pack, as_of=over.as_of)
    session.finish(
        {
            "policy": over.pack.id,
            "period": over.period.label,
            "targets": [
                {
                    "id": one.target.id,
                    "title": one.target.title,
                    "clause": one.target.clause,
                    "unit": one.name,
                    "whole": number(one.whole),
                    "part": number(one.part),
                    "value": number(one.value),
                    "least": number(one.target.least),
                    "per": one.target.per,
                    "met": one.met,
                    "told": one.told,
                    "lacking": number(one.lacking),
                }
                for one in found
            ],
        },
        "\n".join(f"{one.target.title}　{one.name}：{_state(one)}" for one in found)
        or "没有指标。",
    )


@verdict_group.command("designations")
@_options
@click.pass_obj
def designations_command(session: Session, **asked: object) -> None:
    """基础型教师、管理者、培训者：谁可以认定，谁不可以，为什么。"""
    with session.office(read_only=True) as office:
        over = _asked(office, asked)
        board = judge(office, over.period, over.pack, as_of=over.as_of)
        found = entitlements(office, board, over.pack)
    session.finish(
        {
            "policy": over.pack.id,
            "period": over.period.label,
            "designations": [
                {
                    "id": one.designation.id,
                    "title": one.designation.title,
                    "teacher_no": board.people[one.place].teacher_no,
                    "earned": one.earned,
                    "reasons": list(one.reasons),
                }
                for one in found
            ],
        },
        f"可以认定 {sum(one.earned for one in found)} 人，不可以 "
        f"{sum(not one.earned for one in found)} 人。",
        Exit.DONE,
    )


COMMANDS = (verdict_group,)


def _asked(office: Office, given: dict[str, object]) -> Asked:
    today = office.store.clock.today()
    as_of = None if given["as_of"] is None else read_day(str(given["as_of"]))
    year = given["year"]
    this_year = year if isinstance(year, int) else (as_of or today).year
    cycle = read_cycle(str(given["cycle"])) if given["cycle"] else cycle_of(office, this_year)
    period = _period(cycle, year)
    if given["policy_id"]:
        return Asked(period, pack_named(office, str(given["policy_id"])), as_of)
    return Asked(period, pack_over(office, period, as_of), as_of)


def _period(cycle: Cycle, year: object) -> Period:
    if not isinstance(year, int):
        return of_cycle(cycle)
    if year not in cycle:
        raise UserError(
            "verdicts.year", f"{year} 年不在周期 {cycle.label} 之内。", "请核对年度和周期。"
        )
    return of_year(year, cycle)


def _state(one: Reached) -> str:
    if not one.told:
        return "未填报"
    return "达到" if one.met else "未达到"


def _in_words(one: Explained) -> str:
    result = one.result
    state = "达到" if result.met else f"差 {result.missing:f} {result.unit}"
    return (
        f"{one.title}：应 {result.required:f} {result.unit}，实 {result.achieved:f}，{state}"
        f"（{one.clause}）"
    )


def _write(office: Office, board: Board, scope: str, out: Path) -> None:
    """The verdicts as a workbook or a paper, whichever the file's name asks for."""
    match out.suffix.lower():
        case ".xlsx":
            sheets = verdict_sheets(office, board, scope)
            write_tables(out, sheets, TerminalProgress(), overwrite=True)
        case ".pdf":
            overview = overview_of(office, board, scope)
            verdict_overview.build(
                overview, out, fonts_of(office), TerminalProgress(), overwrite=True
            )
        case _:
            raise UserError(
                "verdicts.out", f"不会写 {out.name} 这种文件。", "请以 .xlsx 或 .pdf 结尾。"
            )
