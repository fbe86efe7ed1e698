"""``upload build``, and ``upload YEAR FILE`` of the first versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from models.errors import UserError
from models.office.context import Office
from models.uploads.building import Built, build
from models.uploads.catalogue import form_named
from models.uploads.drafting import Draft, UploadProblem, UploadRefusedError, draft
from models.uploads.forms import CellKind, Form, Fraction
from models.uploads.rows import KINDS, Wish
from ui.cli.amounts import number
from ui.cli.named import school_named
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_RULES = [str(one) for one in Fraction]
_SHOWN = 20
_FIRST_FORM = "national_training"
_CREDITS = (".credits",)


@click.command("build")
@click.argument("form")
@click.option("--year", type=int, required=True, help="年度。")
@click.option("--out", type=_FILE, help="写到这个文件；写文件夹的，按规则取名。")
@click.option("--school", help="只报这所学校的。")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="只报这类记录。")
@click.option("--new", "only_new", is_flag=True, help="只报新增的，和接收以后又有变动的。")
@click.option(
    "--fraction",
    "fractions",
    multiple=True,
    help="小数怎么办：列名=ask、collect、empty 或 nearest。",
)
@click.option("--hours-only", is_flag=True, help="学分有小数的只报学时，不报学分。")
@click.option("--strict", is_flag=True, help="有一条报不上去就都不写。")
@click.option("--check", is_flag=True, help="只检查，不写文件。")
@click.pass_obj
def build_command(session: Session, form: str, out: Path | None, **given: object) -> None:
    """检查并生成上报的工作簿；报不上去的逐条列出，其余写入。"""
    if out is None and not given["check"]:
        raise UserError("upload.no_out", "没有写明文件写到哪里。", "请加 --out 文件.xlsx。")
    with session.office(read_only=bool(given["check"])) as office:
        chosen = form_named(office, form)
        wish = _wish(office, chosen, given)
        if out is None or given["check"]:
            finish_build(session, draft(office, chosen, wish, TerminalProgress()), None)
        else:
            _build(session, office, chosen, wish, out)


@click.command("year", hidden=True)
@click.argument("year", type=int)
@click.argument("out", type=_FILE)
@click.option("--hours-only", is_flag=True, help="学分有小数的只报学时，不报学分。")
@click.pass_obj
def year_command(session: Session, year: int, out: Path, *, hours_only: bool) -> None:
    """写一年的国内培训记录；与 upload build national_training 相同。"""
    with session.office() as office:
        chosen = form_named(office, _FIRST_FORM)
        wish = Wish(year, fractions=_without_credits(chosen) if hours_only else {})
        _build(session, office, chosen, wish, out)


COMMANDS = (build_command, year_command)


def _build(session: Session, office: Office, form: Form, wish: Wish, out: Path) -> None:
    try:
        built = build(office, form, wish, out, TerminalProgress())
    except UploadRefusedError as refused:
        refused_build(session, form, refused)
    else:
        finish_build(session, built.draft, built)


def _wish(office: Office, form: Form, given: Mapping[str, Any]) -> Wish:
    school = given["school"]
    fractions = _without_credits(form) if given["hours_only"] else {}
    for said in given["fractions"]:
        column, _, rule = str(said).rpartition("=")
        found = [one for one in form.columns if column in (one.key, one.title)]
        if not found or rule not in _RULES:
            raise UserError(
                "upload.fraction", f"“{said}”看不懂。",
                f"请写成 列名=办法，如 培训获得学分=collect；办法有 {'、'.join(_RULES)}。",
            )  # fmt: skip
        fractions[found[0].key] = Fraction(rule)
    return Wish(
        year=given["year"],
        school_id="" if school is None else school_named(office, school).id,
        kinds=tuple(given["kinds"]),
        only_new=given["only_new"],
        fractions=fractions,
        strict=given["strict"],
    )


def _without_credits(form: Form) -> dict[str, Fraction]:
    """The whole-number columns of credits, left empty where they would lose something."""
    return {
        one.key: Fraction.EMPTY
        for one in form.columns
        if one.kind is CellKind.INTEGER and one.fact.endswith(_CREDITS)
    }


def refused_build(session: Session, form: Form, error: UploadRefusedError) -> None:
    """End the command where nothing was written: every problem."""
    lines = [error.sentence, *(f"  {one.who} {one.message}" for one in error.problems[:_SHOWN])]
    session.finish(
        {
            "ok": False,
            "error": {"code": error.code, "message": error.message, "hint": error.hint},
            "form": form.name,
            "rows": 0,
            "left_out": len({one.row for one in error.problems}),
            "problems": [_told(one) for one in error.problems],
        },
        "\n".join(lines),
        Exit.PROBLEMS,
    )


def finish_build(session: Session, made: Draft, built: Built | None) -> None:
    """End the command with what was built, or what would be."""
    files = [
        {"file": str(one.path), "sha256": one.sha256, "rows": one.rows, "upload": one.upload_id}
        for one in (built.files if built else ())
    ]
    emptied = sum(one.rule is Fraction.EMPTY for one in made.rounded)
    session.finish(
        {
            "ok": not made.left_out,
            "form": made.form.name,
            "year": made.wish.year,
            "file": files[0]["file"] if files else None,
            "files": files,
            "rows": len(made.rows),
            "left_out": made.left_out,
            "unchanged": made.unchanged,
            "without_credits": emptied,
            "problems": [_told(one) for one in made.problems],
            "rounded": [
                {"who": one.who, "column": one.column, "amount": number(one.amount),
                 "sent": one.sent, "rule": str(one.rule)}
                for one in made.rounded
            ],
            "gone": list(made.gone),
            "notes": list(made.notes),
        },
        "\n".join(_lines(made, built)),
        Exit.PROBLEMS if made.left_out else Exit.DONE,
    )  # fmt: skip


def _told(problem: UploadProblem) -> dict[str, object]:
    return {
        name: str(said) if name == "subject" else said for name, said in asdict(problem).items()
    }


def _lines(made: Draft, built: Built | None) -> list[str]:
    lines = [f"已生成 {one.rows} 条：{one.path}" for one in (built.files if built else ())]
    if built is None:
        lines.append(f"可以报 {len(made.rows)} 条。")
    if made.unchanged:
        lines.append(f"{made.unchanged} 条已被接收、没有变动，没有写入。")
    if made.left_out:
        lines.append(f"{made.left_out} 条报不上去，没有写入：")
        lines += [f"  {one.who} {one.column}：{one.message}" for one in made.problems[:_SHOWN]]
    if made.rounded:
        lines.append(f"{len(made.rounded)} 处小数没有照原数报（用 --json 可看每一处）。")
    if made.gone:
        lines.append(f"{len(made.gone)} 条报过的已在台账中冲销，请在上级系统中删除：")
        lines += [f"  {one}" for one in made.gone[:_SHOWN]]
    return [*lines, *made.notes]
