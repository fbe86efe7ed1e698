"""``upload forms|form|facts|drop-form``: the forms there are, and new ones from empty workbooks."""

from __future__ import annotations

from pathlib import Path

import click

from models.errors import UserError
from models.uploads.catalogue import drop_form, form_named, save_form
from models.uploads.facts import facts_of
from models.uploads.form_list import forms
from models.uploads.forms import Form, Subject
from models.uploads.proposing import form_of, propose
from ui.cli.session import Session

_FILE = click.Path(path_type=Path)
_SUBJECTS = click.Choice([str(one) for one in Subject])


@click.command("forms")
@click.option("--form", "name", help="只看这一张，连同每一栏。")
@click.pass_obj
def forms_command(session: Session, name: str | None) -> None:
    """列出上报表；写明一张的，列出它的栏目和取数。"""
    with session.office(read_only=True) as office:
        if name is not None:
            _show(session, form_named(office, name))
        found = forms(office)
    session.finish(
        {
            "forms": [
                {
                    "name": one.name,
                    "title": one.form.title if one.form else "",
                    "receiver": one.form.receiver if one.form else "",
                    "subject": str(one.form.subject) if one.form else "",
                    "due": one.form.due if one.form else "",
                    "own": one.own,
                    "trouble": one.trouble,
                }
                for one in found
            ]
        },
        "\n".join(
            f"{one.name}  {one.form.title}  报 {one.form.receiver}" if one.form else
            f"{one.name}  不能用：{one.trouble}"
            for one in found
        ),
    )  # fmt: skip


def _show(session: Session, form: Form) -> None:
    session.finish(
        form.model_dump(mode="json"),
        "\n".join(
            [
                f"{form.title}（{form.name}），报 {form.receiver or '未写明'}。{form.note}",
                *(
                    f"  {form.letter(one.key)} {one.title} ← {one.fact or one.constant or '空着'}"
                    for one in form.columns
                ),
            ]
        ),
    )


@click.command("facts")
@click.argument("subject", type=_SUBJECTS)
@click.pass_obj
def facts_command(session: Session, subject: str) -> None:
    """列出一类上报表可以取的项目。"""
    found = facts_of(Subject(subject)).values()
    session.finish(
        {"facts": [{"name": one.name, "title": one.title, "kind": str(one.kind)} for one in found]},
        "\n".join(f"{one.name}  {one.title}" for one in found),
    )


@click.command("form")
@click.argument("workbook", type=_FILE)
@click.option("--name", required=True, help="编号，用字母和数字。")
@click.option("--title", required=True, help="名称。")
@click.option("--to", "receiver", default="", help="报给谁。")
@click.option("--sheet", default="", help="要填的工作表。")
@click.option("--header", "header_row", type=int, default=0, help="列名在第几行。")
@click.option("--about", type=_SUBJECTS, help="一行说的是什么。")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    help="列名（或列号）=取的项目；“列名==文字”填固定的文字；“列名=”空着。",
)
@click.option("--dry-run", is_flag=True, help="只看对应，不保存。")
@click.pass_obj
def form_command(session: Session, workbook: Path, **given: object) -> None:
    """用上级发的空表做成上报表，各栏先按列名自动对应。"""
    about = given["about"]
    found = propose(
        workbook,
        sheet=str(given["sheet"]),
        header_row=int(str(given["header_row"])),
        subject=Subject(str(about)) if about else None,
    )
    pairs = [str(one) for one in given["mapping"]]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportUnknownArgumentType]
    form = form_of(
        found, str(given["name"]), str(given["title"]), _mapping(pairs), str(given["receiver"])
    )
    if not given["dry_run"]:
        with session.office() as office:
            save_form(office, form, (workbook.name, found.book))
    open_ones = [one.title for one in form.columns if not one.fact and not one.constant]
    session.finish(
        {
            "ok": True,
            "form": form.model_dump(mode="json"),
            "unmapped": open_ones,
            "notes": list(found.notes),
            "saved": not given["dry_run"],
        },
        "\n".join(
            [
                *(
                    f"  {form.letter(one.key)} {one.title} ← {one.fact or one.constant or '空着'}"
                    for one in form.columns
                ),
                *found.notes,
                f"{'看到' if given['dry_run'] else '已保存'}上报表 {form.name}"
                f"（{len(form.columns)} 栏，{len(open_ones)} 栏空着）。",
            ]
        ),
    )


@click.command("drop-form")
@click.argument("name")
@click.pass_obj
def drop_command(session: Session, name: str) -> None:
    """删除本单位自己的上报表；报送过的仍可重做。"""
    with session.office() as office:
        drop_form(office, name)
    session.finish({"ok": True, "form": name}, f"已删除上报表 {name}。")


COMMANDS = (forms_command, facts_command, form_command, drop_command)


def _mapping(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        column, mark, fact = pair.partition("=")
        if not mark:
            raise UserError(
                "upload.map", f"“{pair}”看不懂。", "请写成 列名=项目，如 学时=record.hours。"
            )
        found[column.strip()] = fact.strip()
    return found
