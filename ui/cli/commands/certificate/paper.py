"""``certificate print``, ``reprint``, ``runs``, ``mark``, ``spoilt``: what happens to sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from models.certificates import booklet_marks, printing
from models.certificates.kinds import kind_named
from models.certificates.register import Certificate, certificates, find
from models.certificates.sheets import (
    STATE_NAMES,
    CopyKind,
    PrintRun,
    find_run,
    open_runs,
    runs,
)
from models.errors import UserError
from models.office.context import Office
from models.training import courses
from reports.documents import hand_over_list
from reports.inputs.fonts import fonts_of
from reports.inputs.paper_books import hand_over_sheets
from reports.inputs.print_runs import hand_over
from reports.workbooks.table import write_tables
from ui.cli.commands.certificate import blanks, booklet
from ui.cli.commands.certificate.print_chosen import Asked, go_on, print_chosen, unprinted
from ui.cli.commands.certificate.print_jobs import Outcome
from ui.cli.commands.certificate.trays import with_tray
from ui.cli.session import Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_SERIAL = click.option("--serial", default="", help="第一份空白证书的序列号，其余顺延。")
_WRITING = (
    click.option(
        "--out", type=_FILE, required=True, help="写到这个 PDF；超过 500 份的按份次分成几个文件。"
    ),
    click.option("--each", is_flag=True, help="每人一个文件。"),
    click.option("--stock", is_flag=True, help="套打：印在预印的空白证书上，不印底纹。"),
    click.option("--form", default="", help="证书样式；不写用该种证书的。"),
    _SERIAL,
    click.option("--plan-only", is_flag=True, help="只写文件，打印后再用 mark 登记。"),
    click.option("--skip-missing", is_flag=True, help="有字打印不出来的人先不印，只印其余的。"),
)
_Body = Callable[..., None]


def _writing(body: _Body) -> _Body:
    """Give a command the options of how certificates are written."""
    body = with_tray(body)
    for option in reversed(_WRITING):
        body = option(body)
    return body


@click.command("print")
@click.argument("what", nargs=-1)
@click.option("--kind", default="", help="证书种类，见 forms。")
@click.option("--batch", default=None, help="期次；与 --kind 同用。")
@click.option("--run", "run_id", default="", help="继续这个打印批次，见 runs。")
@click.option("--again", "reason", default="", help="重印已经打印过的（原件没有发出），写明原因。")
@_writing
@click.pass_obj
def print_command(session: Session, what: tuple[str, ...], run_id: str, **wish: Any) -> None:  # noqa: ANN401 - as click hands it over
    """打印证书：一门课程、一种一期、几个编号，或继续没有印完的批次。"""
    outcome = Outcome()
    with session.office() as office:
        if run_id:
            go_on(session, office, find_run(office, run_id), _asked(wish), outcome)
        else:
            chosen = _chosen(office, what, wish)
            copy: CopyKind = "again" if wish["reason"] else "first"
            print_chosen(session, office, chosen, _asked(wish), outcome, copy)
    session.finish(outcome.told(), outcome.words(marked=not wish["plan_only"]))


@click.command("reprint")
@click.argument("number", nargs=-1, required=True)
@click.option("--reason", required=True, help="补印的原因，如 遗失。")
@_writing
@click.pass_obj
def reprint_command(session: Session, number: tuple[str, ...], **wish: Any) -> None:  # noqa: ANN401
    """补印遗失的证书：编号不变，标明“补”。"""
    outcome = Outcome()
    with session.office() as office:
        chosen = [find(office, one) for one in number]
        print_chosen(session, office, chosen, _asked(wish), outcome, "reprint")
    session.finish(outcome.told(), outcome.words("补印", marked=not wish["plan_only"]))


@click.command("runs")
@click.option("--open", "only_open", is_flag=True, help="只列没有印完的。")
@click.pass_obj
def runs_command(session: Session, only_open: bool) -> None:  # noqa: FBT001
    """列出打印批次，没有印完的说明从哪里继续。"""
    with session.office(read_only=True) as office:
        found = open_runs(office) if only_open else runs(office)
    session.finish(
        {"runs": [_run(one) for one in found]},
        "\n".join(_words(one) for one in found) or "没有打印批次。",
    )


@click.command("mark")
@click.argument("run_id", metavar="RUN")
@click.option("--first", type=click.IntRange(min=1), default=1, help="从第几份起。")
@click.option("--last", type=click.IntRange(min=1), help="到第几份止。")
@_SERIAL
@click.pass_obj
def mark_command(session: Session, run_id: str, first: int, last: int | None, serial: str) -> None:
    """登记已经从打印机印出的份数。"""
    with session.office() as office:
        run = find_run(office, run_id)
        if run.booklet:
            run = booklet_marks.mark(office, run.id, first=first, last=last).run
        else:
            run = printing.mark_printed(
                office, run.id, first=first, last=last, first_serial=serial
            ).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@click.command("spoilt")
@click.argument("run_id", metavar="RUN")
@click.argument("place", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="打坏的原因，如 卡纸。")
@click.option("--serial", default="", help="打坏的空白证书的序列号。")
@click.pass_obj
def spoilt_command(session: Session, run_id: str, place: int, reason: str, serial: str) -> None:
    """登记打坏的一份；它在原位置重印，其余不动。"""
    with session.office() as office:
        run = printing.mark_spoilt(office, find_run(office, run_id).id, place, reason, serial).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@click.command("give-up")
@click.argument("run_id", metavar="RUN")
@click.pass_obj
def give_up_command(session: Session, run_id: str) -> None:
    """放弃批次中还没有印的；印过的不变。"""
    with session.office() as office:
        run = find_run(office, run_id)
        if run.booklet:
            run = booklet_marks.give_up_lines(office, run.id).run
        else:
            run = printing.give_up(office, run.id).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@click.command("handover")
@click.argument("run_id", metavar="RUN")
@click.option("--out", type=_FILE, required=True, help="写到这个 PDF 或 xlsx。")
@click.pass_obj
def handover_command(session: Session, run_id: str, out: Path) -> None:
    """写一个批次的发放（交接）清单，按学校分页，供签字。"""
    with session.office(read_only=True) as office:
        listed = hand_over(office, find_run(office, run_id))
        fonts = fonts_of(office)
    progress = TerminalProgress()
    if out.suffix.lower() == ".xlsx":
        write_tables(out, hand_over_sheets(listed), progress, overwrite=True)
    else:
        hand_over_list.build(listed, out, fonts, progress, overwrite=True)
    session.finish(
        {"ok": True, "file": str(out), "schools": len(listed.schools), "count": listed.count},
        f"清单已写到 {out}，{len(listed.schools)} 所学校共 {listed.count} {listed.unit}。",
    )


COMMANDS: tuple[click.Command, ...] = (
    print_command,
    reprint_command,
    runs_command,
    mark_command,
    spoilt_command,
    give_up_command,
    handover_command,
    *blanks.COMMANDS,
    *booklet.COMMANDS,
)


def _chosen(office: Office, what: Sequence[str], wish: dict[str, Any]) -> list[Certificate]:
    """The valid certificates a person named; of a course or a kind those not printed yet."""
    if what:
        numbered = [certificates(office, number=one) for one in what]
        if all(numbered):
            return [found[0] for found in numbered]
        if len(what) > 1:
            find(office, what[[bool(one) for one in numbered].index(False)])
        course_id = courses.find(office, what[0])
        kind = kind_named(wish["kind"] or "completion").key
        found = certificates(office, course_id=course_id, kind=kind)
    elif wish["kind"]:
        kind = kind_named(wish["kind"]).key
        found = certificates(office, kind=kind, batch=wish["batch"])
    else:
        raise UserError(
            "certificate.what", "没有说清打印哪些证书。", "请写课程、编号，或用 --kind、--run。"
        )
    valid = [one for one in found if not one.void]
    if not valid:
        raise UserError("certificate.none", "没有可以打印的有效证书。", "请先发证，再打印。")
    if wish["reason"]:
        return valid
    left = unprinted(office, valid)
    if not left:
        raise UserError(
            "printing.printed_before",
            f"这 {len(valid)} 份证书都已经打印过。",
            "原件没有发出要重印的，写 --again 原因；原件遗失的，用 reprint。",
        )
    return left


def _asked(wish: dict[str, Any]) -> Asked:
    return Asked(
        wish["out"],
        each=wish["each"],
        stock=wish["stock"],
        form=wish["form"],
        serial=wish["serial"],
        mark=not wish["plan_only"],
        reason=wish["reason"].strip(),
        printer=wish["printer"],
        tray=wish["tray"],
        skip_missing=wish["skip_missing"],
    )


def _run(run: PrintRun) -> dict[str, object]:
    return {
        "run": run.id,
        "title": run.title,
        "kind": run.kind,
        "form": run.form,
        "stock": run.stock,
        "booklet": run.booklet,
        "state": run.state,
        "sheets": run.sheets,
        "waiting": run.waiting,
        "printed": run.printed,
        "spoilt": run.spoilt,
        "next_place": run.next_place,
        "begun_at": run.begun_at,
        "reason": run.reason,
    }


def _words(run: PrintRun) -> str:
    going_on = f"，{run.going_on}" if run.going_on else ""
    counts = f"{run.sheets} {run.unit}，已打印 {run.printed}" + (
        f"，打坏 {run.spoilt}" if run.spoilt else ""
    )
    return f"{run.id[:8]}  {run.title}  {STATE_NAMES[run.state]}  {counts}{going_on}"
