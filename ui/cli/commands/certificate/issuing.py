"""``certificate forms``, ``issue``, ``void``, ``replace``: giving numbers and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from models.certificates import issuing, register, replacing
from models.certificates.kinds import Kind, kind_named, kinds, list_entity
from models.certificates.matching import LineProblem
from models.certificates.numbers import names_batch
from models.certificates.register import Certificate
from models.certificates.series import next_number, rule_of
from models.certificates.wishes import Wish
from models.errors import UserError
from models.exchange.holder_list import read_holder_list
from models.office.context import Office
from models.training import courses
from reports.inputs.issue_checks import fitting
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet, write_table
from ui.cli.commands.certificate.print_chosen import Asked, print_chosen, unprinted
from ui.cli.commands.certificate.print_jobs import Outcome
from ui.cli.session import Exit, Session, TerminalProgress
from ui.cli.templates import write_template_of

_FILE = click.Path(path_type=Path)
_SHOWN = 20


@click.command("forms")
@click.pass_obj
def forms_command(session: Session) -> None:
    """列出证书种类：编号规则、下一个号、空白证书、样式、要填的内容。"""
    with session.office(read_only=True) as office:
        listed = [_described(office, one) for one in kinds().values()]
    text = "\n".join(
        f"{one['kind']}  {one['title']}  编号规则 {one['number_rule']}，"
        f"下一个 {one['next_number'] or '按期次'}；样式 {'、'.join(one['forms'])}"
        for one in listed
    )
    session.finish({"kinds": listed}, text)


@click.command("template")
@click.argument("kind")
@click.argument("out", type=_FILE)
@click.pass_obj
def template_command(session: Session, kind: str, out: Path) -> None:
    """写一个空白的发证名单模板，供 issue --list 使用。"""
    found = kind_named(kind)
    write_template_of(session, list_entity(found.key), out)
    session.finish(
        {"ok": True, "file": str(out), "kind": found.key}, f"{found.title}名单模板已写到 {out}"
    )


@click.command("issue")
@click.argument("course", required=False)
@click.option("--kind", default="completion", show_default=True, help="证书种类，见 forms。")
@click.option("--list", "names", type=_FILE, help="名单工作簿：教师编号、身份证号或姓名与单位。")
@click.option("--batch", default="", help="期次，如 5 或 第五期。")
@click.option("--title", default="", help="称号、考试名称等，整批相同时写。")
@click.option("--set", "said", multiple=True, help="整批相同的一项，如 valid_to=2028-08-31。")
@click.option("--errors", type=_FILE, help="把名单里看不明白的行和原因写成这个工作簿。")
@click.option("--pdf", type=_FILE, help="没有打印过的印成 PDF，登记为打印批次。")
@click.pass_obj
def issue_command(session: Session, course: str | None, pdf: Path | None, **wish: Any) -> None:  # noqa: ANN401 - as click hands it over
    """给课程的合格学员或一份名单发证；发过的不重发。"""
    with session.office() as office:
        if (course is None) == (wish["names"] is None):
            raise UserError(
                "certificate.what", "没有说清发给谁。", "请写一门课程，或用 --list 指明名单。"
            )
        if course is not None:
            course_id = courses.find(office, course)
            kind = kind_named(wish["kind"]).key
            issued = issuing.issue_for_course(office, course_id, kind, fitting)
            to_print = register.certificates(office, course_id=course_id, kind=kind)
        else:
            issued = issuing.issue(office, _wish(session, office, **wish), fitting)
            to_print = issued.certificates
        words = f"发证 {len(issued.certificates)} 本，先前已发 {issued.before} 本。"
        outcome = _print(session, office, to_print, pdf, words) if pdf else Outcome()
    numbers = [one.number for one in issued.certificates]
    session.finish(
        {
            "ok": True,
            "issued": len(numbers),
            "before": issued.before,
            "not_passed": issued.not_passed,
            "numbers": numbers,
            "pdf": outcome.files[0] if outcome.files else None,
            "pages": outcome.pages,
        },
        outcome.words() if pdf else words,
    )


@click.command("void")
@click.argument("number")
@click.option("--reason", required=True, help="作废的原因。")
@click.pass_obj
def void_command(session: Session, number: str, reason: str) -> None:
    """作废一本证书；登记册中保留。"""
    with session.office() as office:
        issuing.void(office, register.find(office, number).id, reason)
    session.finish({"ok": True, "number": number}, f"{number} 已作废。")


@click.command("replace")
@click.argument("number")
@click.option("--reason", required=True, help="补发的原因，如 遗失、姓名印错。")
@click.option("--set", "said", multiple=True, help="新证改写的一项，如 title=县级骨干教师。")
@click.pass_obj
def replace_command(session: Session, number: str, reason: str, said: tuple[str, ...]) -> None:
    """补发：原证作废，另给新编号，两本互相注明。"""
    with session.office() as office:
        old = register.find(office, number)
        (new,) = replacing.replace(office, old.id, reason, _pairs(said)).certificates
    session.finish(
        {"ok": True, "number": new.number, "replaces": old.number},
        f"{old.number} 已作废，补发为 {new.number}。",
    )


COMMANDS = (forms_command, template_command, issue_command, void_command, replace_command)


def _described(office: Office, kind: Kind) -> dict[str, Any]:
    """A kind as other programs read it."""
    rule = rule_of(office, kind)
    return {
        "kind": kind.key,
        "title": kind.title,
        "mark": kind.mark,
        "basis": kind.basis,
        "holders": list(kind.holders),
        "number_rule": rule,
        "next_number": None if names_batch(rule) else next_number(office, kind.key),
        "stock": kind.stock,
        "forms": [*kind.forms, *([kind.institution_form] if kind.institution_form else [])],
        "facts": [
            {"key": one.key, "title": one.title, "required": one.column.required}
            for one in kind.facts
        ],
    }


def _wish(
    session: Session,
    office: Office,
    **wish: Any,  # noqa: ANN401
) -> Wish:
    """The wish of a list; ends the command with the lines that could not be understood."""
    kind = kind_named(wish["kind"])
    gathered = read_holder_list(office, wish["names"], kind)
    if gathered.problems:
        told = [asdict(one) for one in gathered.problems]
        lines = [f"  第 {one.row} 行：{one.message}" for one in gathered.problems[:_SHOWN]]
        if len(told) > _SHOWN:
            more = len(told) - _SHOWN
            lines.append(f"  另有 {more} 行没有列出；加 --errors 文件.xlsx 存下全部。")
        errors: Path | None = wish["errors"]
        if errors is not None:
            _write_errors(office, gathered.problems, errors)
            lines.append(f"全部 {len(told)} 行和原因已写到 {errors}。")
        session.finish(
            {
                "ok": False,
                "issued": 0,
                "problems": told,
                "errors": None if errors is None else str(errors),
            },
            "\n".join([f"名单有 {len(told)} 行看不明白，没有发证：", *lines]),
            Exit.PROBLEMS,
        )
    return Wish(
        kind.key,
        gathered.holders,
        batch=wish["batch"],
        title=wish["title"],
        facts=_pairs(wish["said"]),
    )


def _write_errors(office: Office, problems: Sequence[LineProblem], out: Path) -> None:
    """Write the lines that were not understood as a workbook; one that is there is replaced."""
    sheet = TableSheet(
        title="错误说明",
        columns=(SheetColumn("行", 6, ColumnKind.INTEGER), SheetColumn("错误说明", 60)),
        rows=[(one.row, one.message) for one in problems],
        author=office.identity.name,
        made_at=office.store.clock.now(),
    )
    write_table(out, sheet, TerminalProgress(), overwrite=True)


def _pairs(said: Sequence[str]) -> dict[str, str]:
    """``key=value`` texts as a mapping.

    Raises:
        UserError: one has no ``=``.
    """
    for one in said:
        if "=" not in one:
            raise UserError(
                "usage", f"“{one}”看不懂。", "请写成 名称=内容，如 valid_to=2028-08-31。"
            )
    return {key.strip(): value for key, _, value in (one.partition("=") for one in said)}


def _print(
    session: Session, office: Office, every: Sequence[Certificate], pdf: Path, words: str
) -> Outcome:
    """Print those not printed yet as a run of their own; what was issued is told before."""
    session.say(words)
    outcome = Outcome()
    due = unprinted(office, every)
    if due:
        print_chosen(session, office, due, Asked(pdf), outcome)
    return outcome
