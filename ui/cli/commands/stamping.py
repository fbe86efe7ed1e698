"""``stamp …``: the year-end stamp (年度验印)."""

from __future__ import annotations

from pathlib import Path

import click

from models.errors import UserError, WorldError
from models.office.context import Office
from models.stamping.listing import find_run, lines_of, runs, school_lists
from models.stamping.records import Run
from models.stamping.register import corrections
from models.stamping.running import close_run, reopen_run, run_stamp, stamp, void
from models.stamping.wording import read_wording, save_wording
from reports.documents import stamping_list as paper
from reports.inputs.fonts import fonts_of
from reports.inputs.stampings import stamping_list, stamping_sheets
from reports.workbooks.table import write_tables
from ui.cli.amounts import number
from ui.cli.named import school_named
from ui.cli.session import Session, TerminalProgress

_YEAR = click.option("--year", required=True, type=int, help="年度。")
_SCHOOL = click.option("--school", help="只办这所学校。")


@click.group("stamp")
def stamp_group() -> None:
    """年度验印：核验、登记、作废。"""


@stamp_group.command("run")
@_YEAR
@_SCHOOL
@click.option("--policy", "policy_id", default="", help="规则包；不写用当年适用的。")
@click.option("--out", type=click.Path(path_type=Path), help="各校名单写到这个文件夹。")
@click.pass_obj
def run_command(
    session: Session, year: int, school: str | None, policy_id: str, out: Path | None
) -> None:
    """核验一年：谁可以验印，谁不可以，为什么。"""
    if out is not None:
        _make_folder(out)
    with session.office() as office:
        school_id = None if school is None else school_named(office, school).id
        run = run_stamp(
            office, year, school_id=school_id, pack_id=policy_id, progress=TerminalProgress()
        ).run
        lists = school_lists(office, run.id, school_id)
        files = [] if out is None else _write(office, year, school_id, out)
    session.finish(
        {
            "ok": True,
            **_run(run),
            "schools": [
                {
                    "school": one.school_name,
                    "ready": len(one.ready),
                    "blocked": [
                        {"teacher_no": line.teacher_no, "name": line.name,
                         "reasons": [reason.text for reason in line.reasons]}
                        for line in one.blocked
                    ],
                    "open": [
                        {"teacher_no": line.teacher_no, "name": line.name,
                         "reasons": [reason.text for reason in line.reasons]}
                        for line in one.open
                    ],
                    "stamped": len(one.stamped),
                }
                for one in lists
            ],
            "files": files,
        },
        _words(run),
    )  # fmt: skip


@stamp_group.command("list")
@click.option("--year", type=int, help="只列这一年，连同每名教师。")
@_SCHOOL
@click.pass_obj
def list_command(session: Session, year: int | None, school: str | None) -> None:
    """列出各年验印的情况；写明年度的，列出每名教师。"""
    with session.office(read_only=True) as office:
        if year is None:
            found = runs(office)
            session.finish(
                {"runs": [_run(run) for run in found]},
                "\n".join(_words(run) for run in found) or "还没有办过验印。",
            )
        run = _find(office, year or 0)
        school_id = None if school is None else school_named(office, school).id
        lines = lines_of(office, run.id, school_id=school_id)
        changed = corrections(office, run.year, lines)
    session.finish(
        {
            **_run(run),
            "teachers": [
                {
                    "teacher_no": line.teacher_no,
                    "name": line.name,
                    "school": line.school_name,
                    "state": line.state,
                    "reasons": [reason.text for reason in line.reasons],
                    "hours": number(line.hours),
                    "credits": number(line.credits),
                    "stamped_on": line.stamped_on,
                }
                for line in lines
            ],
            "corrections": [
                {"teacher_no": one.line.teacher_no, "stamped": number(one.line.hours),
                 "now": number(one.hours_now)}
                for one in changed
            ],
        },
        "\n".join(
            [_words(run), *(f"{line.school_name}  {line.name}  {line.state}" for line in lines)]
        ),
    )  # fmt: skip


@stamp_group.command("confirm")
@_YEAR
@_SCHOOL
@click.pass_obj
def confirm_command(session: Session, year: int, school: str | None) -> None:
    """为可验印的教师验印，登记的内容从此固定。"""
    with session.office() as office:
        run = _find(office, year)
        school_id = None if school is None else school_named(office, school).id
        lists = school_lists(office, run.id, school_id)
        run = stamp(office, [line.id for one in lists for line in one.ready]).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@stamp_group.command("void")
@_YEAR
@click.argument("teacher_no", nargs=-1, required=True)
@click.option("--reason", required=True, help="原因。")
@click.pass_obj
def void_command(session: Session, year: int, teacher_no: tuple[str, ...], reason: str) -> None:
    """作废已办的验印，记录保留。"""
    with session.office() as office:
        run = _find(office, year)
        stamped = {line.teacher_no: line.id for line in lines_of(office, run.id) if line.stamped}
        if unknown := [number for number in teacher_no if number not in stamped]:
            raise UserError(
                "stamping.not_stamped",
                f"{year} 年度没有为 {'、'.join(unknown)} 验过印。",
                "请用 stamp list --year 核对编号。",
            )
        chosen = [stamped[number] for number in teacher_no]
        run = void(office, chosen, reason).run
    session.finish({"ok": True, "voided": len(chosen)}, f"已作废 {len(chosen)} 人。")


@stamp_group.command("close")
@_YEAR
@click.pass_obj
def close_command(session: Session, year: int) -> None:
    """结束一年的验印。"""
    with session.office() as office:
        run = close_run(office, _find(office, year).id).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@stamp_group.command("reopen")
@_YEAR
@click.option("--reason", required=True, help="原因。")
@click.pass_obj
def reopen_command(session: Session, year: int, reason: str) -> None:
    """重新打开已结束的年度。"""
    with session.office() as office:
        run = reopen_run(office, _find(office, year).id, reason).run
    session.finish({"ok": True, **_run(run)}, _words(run))


@stamp_group.command("wording")
@click.option("--seal", help="印章名称；空的用单位名称。")
@click.option("--words", help="验印用语；空的用通常的用语。")
@click.option("--clerk", help="登记人姓名；空的就空着。")
@click.pass_obj
def wording_command(
    session: Session, seal: str | None, words: str | None, clerk: str | None
) -> None:
    """看或改登记页和验印名单上的印章名称、验印用语、登记人。"""
    changes = (seal, words, clerk)
    with session.office(read_only=changes == (None, None, None)) as office:
        found = read_wording(office)
        if any(one is not None for one in changes):
            kept = (found.seal, found.wording, found.clerk)
            now = [old if new is None else new for old, new in zip(kept, changes, strict=True)]
            save_wording(office, *now)
            found = read_wording(office)
    session.finish(
        {"ok": True, "seal": found.seal, "words": found.wording, "clerk": found.clerk},
        f"印章 {found.seal}；用语 {found.wording}；登记人 {found.clerk or '（空着）'}",
    )


COMMANDS = (stamp_group,)


def _make_folder(out: Path) -> None:
    """The folder, before anything is done that cannot be written out."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorldError(
            "stamping.out", f"建不了文件夹 {out}。", "请换一个可以写入的位置。"
        ) from error


def _write(office: Office, year: int, school_id: str | None, out: Path) -> list[str]:
    """Each school's list, the hand-over sheet of all, and a workbook; the files by name."""
    lists = stamping_list(office, year, school_id)
    progress, fonts = TerminalProgress(), fonts_of(office)
    book = out / f"{lists.title}.xlsx"
    write_tables(book, stamping_sheets(office, year, school_id), progress, overwrite=True)
    whole = out / f"{lists.title}.pdf"
    paper.build(lists, whole, fonts, progress, overwrite=True)
    paper.build_each(lists, out, fonts, progress, overwrite=True)
    return sorted(file.name for file in out.iterdir() if file.is_file())


def _find(office: Office, year: int) -> Run:
    run = find_run(office, year)
    if run is None:
        raise UserError(
            "stamping.no_run", f"{year} 年还没有核验过。", f"请先运行 stamp run --year {year}。"
        )
    return run


def _run(run: Run) -> dict[str, object]:
    return {
        "year": run.year,
        "policy": run.pack_id,
        "state": run.state,
        "counts": {
            "ready": run.ready,
            "blocked": run.blocked,
            "open": run.open,
            "stamped": run.stamped,
        },
    }


def _words(run: Run) -> str:
    return (
        f"{run.year} 年验印：已验印 {run.stamped} 人，可验印 {run.ready} 人，"
        f"不予验印 {run.blocked} 人，待核实 {run.open} 人"
    )
