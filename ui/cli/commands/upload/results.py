"""``upload return|status|sent|rebuild|mark``: what came back, and what was sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from models.uploads.catalogue import form_named
from models.uploads.returns import ACCEPTED, REFUSED, UNKNOWN, apply_return, read_return
from models.uploads.sent import (
    Sent,
    SentRow,
    mark_sent,
    rebuild,
    sent_form,
    sent_rows,
    standings,
    upload_of,
    uploads,
)
from models.uploads.states import STATE_NAMES
from ui.cli.days import read_day
from ui.cli.session import Exit, Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_SHOWN = 20


@click.command("return")
@click.argument("file", type=_FILE)
@click.option("--form", default="", help="是哪张上报表的结果；不写则按表头认。")
@click.option("--rest-accepted", is_flag=True, help="表里只列错误的，没列的都算已接收。")
@click.option("--dry-run", is_flag=True, help="只看，不登记。")
@click.pass_obj
def return_command(
    session: Session, file: Path, form: str, *, rest_accepted: bool, dry_run: bool
) -> None:
    """读入上级退回的结果表或错误表，逐条登记。"""
    with session.office(read_only=dry_run) as office:
        plan = read_return(
            office, file, form, rest_accepted=rest_accepted, progress=TerminalProgress()
        )
        detail = {} if dry_run else apply_return(office, plan).detail
    told = [str(one) for one in detail.get("numbers", ()) or ()]  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportUnknownArgumentType]
    refused, unknown = plan.count(REFUSED), plan.count(UNKNOWN)
    lines = [
        f"“{plan.form.title}”：接收 {plan.count(ACCEPTED)} 条，"
        f"退回 {refused} 条，不明 {unknown} 条。",
        *(
            f"  第 {one.number} 行 {one.caption} {STATE_NAMES[one.state]}：{one.message}"
            for one in [row for row in plan.rows if row.state != ACCEPTED][:_SHOWN]
        ),
        *plan.notes,
        *told,
    ]
    session.finish(
        {
            "ok": not refused and not unknown,
            "form": plan.form.name,
            "accepted": plan.count(ACCEPTED),
            "refused": refused,
            "unknown": unknown,
            "rows": [
                {"row": one.number, "who": one.caption, "state": one.state,
                 "message": one.message, "number": one.given, "id": one.subject_id}
                for one in plan.rows
            ],
            "read_before": plan.read_before,
            "notes": [*plan.notes, *told],
        },
        "\n".join(lines),
        Exit.PROBLEMS if refused or unknown else Exit.DONE,
    )  # fmt: skip


@click.command("status")
@click.option("--year", type=int, help="年度；不写则是今年。")
@click.pass_obj
def status_command(session: Session, year: int | None) -> None:
    """各张上报表的办理情况：该报的、报过的、接收的、退回的。"""
    with session.office(read_only=True) as office:
        asked = year or office.store.clock.today().year
        found = standings(office, asked)
    session.finish(
        {
            "year": asked,
            "forms": [
                {
                    "form": one.name,
                    "title": one.title,
                    "receiver": one.receiver,
                    "due": one.due,
                    "overdue": one.overdue,
                    "counts": {name: getattr(one, name) for name in STATE_NAMES},
                    "uploads": [_file(sent) for sent in one.files],
                }
                for one in found
            ],
        },
        "\n".join(
            f"{one.title}：{_counts(one) if one.files else '还没有生成'}"
            f"{'，' + one.due + ' 前报' if one.due else ''}{'，已过期' if one.overdue else ''}"
            for one in found
        ),
    )


@click.command("sent")
@click.argument("upload", required=False)
@click.option("--state", type=click.Choice(list(STATE_NAMES)), help="只看这一种。")
@click.option("--form", help="只看这张表的。")
@click.pass_obj
def sent_command(session: Session, upload: str | None, state: str | None, form: str | None) -> None:
    """列出报过的文件；写明一份的，列出其中各行和结果。"""
    with session.office(read_only=True) as office:
        if upload is None:
            name = form_named(office, form).name if form else None
            found = uploads(office, name)
            session.finish(
                {"uploads": [_file(one) for one in found]},
                "\n".join(f"{one.id[:8]}  {one.file_name}  {_counts(one)}" for one in found)
                or "还没有上报过。",
            )
        chosen = upload_of(office, upload or "")
        titles = [one.title for one in sent_form(office, chosen.id).columns]
        rows = sent_rows(office, chosen.id, state)
    session.finish(
        {**_file(chosen), "titles": titles, "rows": [_line(one) for one in rows]},
        "\n".join(
            f"{one.place} {one.caption} {STATE_NAMES[one.state]} {one.message}" for one in rows
        ),
    )


@click.command("rebuild")
@click.argument("upload")
@click.option("--out", type=_FILE, required=True, help="写到这个文件。")
@click.pass_obj
def rebuild_command(session: Session, upload: str, out: Path) -> None:
    """按留存的内容重做报过的文件，并与当时的散列核对。"""
    with session.office(read_only=True) as office:
        same = rebuild(office, upload, out, TerminalProgress())
    session.finish(
        {"ok": True, "file": str(out), "same_bytes": same},
        f"已重做：{out}（{'与当时的文件完全相同' if same else '内容相同，字节与当时不同'}）。",
    )


@click.command("mark")
@click.argument("upload", nargs=-1, required=True)
@click.option("--on", "day", help="送出的日期；不写则是今天。")
@click.option("--undo", is_flag=True, help="取消登记。")
@click.pass_obj
def mark_command(session: Session, upload: tuple[str, ...], day: str | None, *, undo: bool) -> None:
    """登记文件已经送出。"""
    with session.office() as office:
        ids = [upload_of(office, one).id for one in upload]
        said: date | None = read_day(day) if day else office.store.clock.today()
        mark_sent(office, ids, None if undo else said)
    session.finish({"ok": True, "uploads": ids}, f"已登记 {len(ids)} 份。")


COMMANDS = (return_command, status_command, sent_command, rebuild_command, mark_command)


def _file(one: Sent) -> dict[str, object]:
    return {
        "upload": one.id,
        "form": one.form,
        "title": one.title,
        "year": one.year,
        "file": one.file_name,
        "sha256": one.sha256,
        "row_count": one.rows,
        "part": one.part,
        "parts": one.parts,
        "built_at": one.built_at,
        "sent_on": one.sent_on,
        "counts": {name: getattr(one, name) for name in STATE_NAMES},
    }


def _line(one: SentRow) -> dict[str, object]:
    return {
        "place": one.place,
        "who": one.caption,
        "id": one.subject_id,
        "state": one.state,
        "message": one.message,
        "number": one.number,
        "returned_on": one.returned_on,
    }


def _counts(one: object) -> str:
    return "，".join(
        f"{name} {getattr(one, key)} 条" for key, name in STATE_NAMES.items() if getattr(one, key)
    )
