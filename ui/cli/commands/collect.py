"""``collect templates|read|status|questions|settle|return``: workbooks of schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from models.collecting.answers import (
    RECOGNISED_NAMES,
    AnsweredFile,
    Answers,
    read_answers,
    take_answers,
)
from models.collecting.questions import STATE_NAMES, Question, questions, settle
from models.collecting.returning import write_returns
from models.collecting.rounds import ASKED, TemplateWish, round_of
from models.collecting.standing import SchoolStanding, standings
from models.collecting.templates import write_templates
from models.entities.problems import Severity
from models.errors import UserError
from models.exchange.plans import ImportKind, ImportPlan
from ui.cli.commands.importing import report_of
from ui.cli.days import read_day
from ui.cli.named import school_named
from ui.cli.session import Exit, Session, TerminalProgress

_FOLDER = click.Path(path_type=Path)
_KINDS = click.Choice([str(one) for one in ASKED])
_YEAR = click.option("--year", type=int, help="哪一年的收表；不写则是最近一次。")
_SHOWN = 20


@click.group("collect")
def collect_group() -> None:
    """收表：没有本程序的学校用的模板，发出、读入、退回。"""


@collect_group.command("templates")
@click.option("--out", type=_FOLDER, required=True, help="写到这个文件夹，一校一个文件。")
@click.option("--year", type=int, help="年度；不写则是今年。")
@click.option("--due", help="请学校交回的日期。")
@click.option("--school", "schools", multiple=True, help="只给这所学校。")
@click.option("--kind", "kinds", multiple=True, type=_KINDS, help="只要这种表。")
@click.option("--full-ids", is_flag=True, help="身份证号、电话、生日写全，不隐去。")
@click.pass_obj
def templates_command(
    session: Session, out: Path, year: int | None, due: str | None, **given: Sequence[str]
) -> None:
    """给每所学校写一份填报模板，里面是本校的教师。"""
    with session.office() as office:
        wish = TemplateWish(
            year=year or office.store.clock.today().year,
            kinds=tuple(ImportKind(one) for one in given["kinds"]) or ASKED,
            due=read_day(due) if due else None,
            school_ids=tuple(school_named(office, one).id for one in given["schools"]),
            full_ids=bool(given["full_ids"]),
        )
        made = write_templates(office, wish, out, TerminalProgress())
    session.finish(
        {
            "ok": True,
            "year": made.round.year,
            "due": made.round.due,
            "files": [{**asdict(one), "path": str(one.path)} for one in made.files],
        },
        f"已写 {len(made.files)} 份模板到 {out}。",
    )


@collect_group.command("read")
@click.argument("folder", type=_FOLDER)
@_YEAR
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--yes", is_flag=True, help="不再询问，能收下的直接收下。")
@click.option("--also", multiple=True, help="这份文件（文件名）不合也收下，可写几次。")
@click.option("--without", multiple=True, help="这份文件（文件名）不收，可写几次。")
@click.pass_obj
def read_command(session: Session, folder: Path, year: int | None, **given: Sequence[str]) -> None:
    """读入文件夹（U 盘）里各校交回的表，列出所有待处理的事项。"""
    dry_run = bool(given["dry_run"])
    with session.office(read_only=dry_run) as office:
        answers = read_answers(office, folder, year, TerminalProgress())
        also, without = (_paths(answers, given[name]) for name in ("also", "without"))
        taken = [
            one
            for one in answers.files
            if one.path not in without and (one.takeable or (one.plan and one.path in also))
        ]
        if taken and not dry_run:
            _ask(session, taken, agreed=bool(given["yes"]))
            take_answers(office, answers, also, without, TerminalProgress())
    refused = any(one.severity is Severity.REFUSE for one in answers.questions)
    clean = not refused and len(taken) == len(answers.files)
    session.finish(
        {
            "ok": clean,
            "year": answers.round.year,
            "taken": 0 if dry_run else len(taken),
            "files": [_report(one, taken=one in taken and not dry_run) for one in answers.files],
            "questions": [_asked(one) for one in answers.questions],
            "missing": [one.school for one in answers.missing],
        },
        "\n".join(_lines(answers, taken, dry_run=dry_run)),
        Exit.DONE if clean else Exit.PROBLEMS,
    )


@collect_group.command("status")
@_YEAR
@click.pass_obj
def status_command(session: Session, year: int | None) -> None:
    """各校交了没有，还有什么没处理。"""
    with session.office(read_only=True) as office:
        collection = round_of(office, year)
        found = standings(office, collection.id)
    late = [one for one in found if one.missing]
    session.finish(
        {
            "year": collection.year,
            "due": collection.due,
            "schools": [{**asdict(one), "missing": one.missing} for one in found],
            "missing": [one.school for one in late],
        },
        "\n".join(
            [
                f"{collection.year} 年收表：{len(found)} 所学校，"
                f"未交 {len(late)} 所{'，截止 ' + collection.due if collection.due else ''}。",
                *(_standing(one) for one in found),
            ]
        ),
    )


@collect_group.command("questions")
@_YEAR
@click.option("--school", help="只看这所学校的。")
@click.option("--all", "everything", is_flag=True, help="连同已处理的。")
@click.pass_obj
def questions_command(
    session: Session, year: int | None, school: str | None, *, everything: bool
) -> None:
    """列出待处理的事项。"""
    with session.office(read_only=True) as office:
        chosen = school_named(office, school).id if school else ""
        found = questions(office, round_of(office, year).id, chosen, settled=everything)
    session.finish(
        {"questions": [_asked(one) for one in found]},
        "\n".join(f"{one.id[:8]} {_place(one)}（{STATE_NAMES[one.state]}）" for one in found)
        or "没有待处理的事项。",
    )


@collect_group.command("settle")
@click.argument("ids", nargs=-1, required=True)
@click.option("--undo", "back", is_flag=True, help="重新打开。")
@_YEAR
@click.pass_obj
def settle_command(session: Session, ids: tuple[str, ...], year: int | None, *, back: bool) -> None:
    """把事项记为已处理（编号可只写前几位）。"""
    with session.office() as office:
        known = [one.id for one in questions(office, round_of(office, year).id, settled=True)]
        chosen = [_one(known, beginning) for beginning in ids]
        settle(office, chosen, back=back)
    session.finish({"ok": True, "questions": chosen}, f"已处理 {len(chosen)} 条。")


@collect_group.command("return")
@click.argument("folder", type=_FOLDER)
@_YEAR
@click.option("--school", help="只退这所学校的。")
@click.pass_obj
def return_command(session: Session, folder: Path, year: int | None, school: str | None) -> None:
    """把没有收下的行连同原因写回原来的模板，一校一个文件。"""
    with session.office() as office:
        chosen = school_named(office, school).id if school else ""
        collection = round_of(office, year)
        files = write_returns(office, collection.id, folder, chosen, TerminalProgress())
    session.finish(
        {"ok": True, "files": [{**asdict(one), "path": str(one.path)} for one in files]},
        "\n".join(f"{one.school}：{one.rows} 行，{one.path}" for one in files),
    )


COMMANDS = (collect_group,)


def _one(known: Iterable[str], beginning: str) -> str:
    found = [one for one in known if one.startswith(beginning)]
    if len(found) != 1:
        raise UserError(
            "collect.no_question",
            f"没有编号为“{beginning}”的事项（或不止一条）。",
            "请用 collect questions 核对。",
        )
    return found[0]


def _paths(answers: Answers, names: Sequence[str]) -> set[Path]:
    found = {one.path for one in answers.files if one.path.name in names}
    unknown = set(names) - {one.name for one in found}
    if unknown:
        raise UserError(
            "collect.no_such_file",
            f"文件夹里没有“{'”“'.join(sorted(unknown))}”。",
            "请写文件夹里的文件名。",
        )
    return found


def _ask(session: Session, taken: Sequence[AnsweredFile], *, agreed: bool) -> None:
    counts = [one.plan.counts for one in taken if one.plan]
    refused = sum(one.refused for one in counts)
    warned = sum(one.warned for one in counts)
    if agreed or not (refused or warned):
        return
    session.say(
        f"{len(taken)} 份可收下 {sum(one.inserted + one.updated for one in counts)} 行，"
        f"退回 {refused} 行，提醒 {warned} 行。"
    )
    click.confirm("现在收下吗？", abort=True, err=True)


def _report(one: AnsweredFile, *, taken: bool) -> dict[str, object]:
    """A file as ``import`` tells of it, and what it is."""
    plan = one.plan or ImportPlan(one.path, sha256="", message="".join(one.notes))
    return {
        **report_of(plan),
        "recognised": str(one.recognised),
        "school": one.school,
        "year": one.year,
        "notes": list(one.notes),
        "takeable": one.takeable,
        "taken": taken,
    }


def _asked(one: Question) -> dict[str, object]:
    return {**asdict(one), "severity": str(one.severity)}


def _lines(answers: Answers, taken: Sequence[AnsweredFile], *, dry_run: bool) -> Iterable[str]:
    verb = "可收下" if dry_run else "收下"
    yield f"{answers.round.year} 年收表：{len(answers.files)} 份文件，{verb} {len(taken)} 份。"
    for one in answers.files:
        counts = one.plan.counts if one.plan else None
        said = (
            f"新增 {counts.inserted}，更新 {counts.updated}，不变 {counts.unchanged}，"
            f"退回 {counts.refused}，提醒 {counts.warned}"
            if counts
            else ""
        )
        mark = "" if one in taken else "（没有收下）"
        name = RECOGNISED_NAMES[one.recognised]
        yield f"{one.path.name}：{one.school or '不知哪所学校'}，{name}{mark} {said}"
        yield from (f"  {note}" for note in one.notes)
    for one in answers.questions[:_SHOWN]:
        yield f"  {_place(one)}"
    if len(answers.questions) > _SHOWN:
        yield f"  待处理的共 {len(answers.questions)} 条（用 collect questions 可看每一条）。"
    if answers.missing:
        names = "、".join(one.school for one in answers.missing)
        yield f"还没有交的 {len(answers.missing)} 所：{names}"


def _place(one: Question) -> str:
    word = "退回" if one.severity is Severity.REFUSE else "提醒"
    return f"[{word}] {one.school} {one.sheet} 第 {one.row} 行 {one.who}：{one.message}"


def _standing(one: SchoolStanding) -> str:
    if one.missing:
        return f"  {one.school}  {'逾期未交' if one.late else '未交'}"
    back = f"，{one.returned_on} 已退回" if one.returned_on else ""
    return (
        f"  {one.school}  {one.answered_on} 交，{one.rows} 行，"
        f"待改 {one.refused} 行，待看 {one.asked} 行{back}"
    )
