"""``import institutions|teachers|records|courses|auto FILE…``: workbooks in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from models.errors import OfficeError, WorldError
from models.exchange.error_workbook import write_error_workbook
from models.exchange.importing import (
    KINDS,
    ImportWish,
    apply_plan,
    find_in_source,
    plan_source,
)
from models.exchange.plans import ImportKind, ImportPlan
from models.exchange.reading.source import Source, open_source
from models.office.context import Office
from ui.cli.session import Exit, Session, TerminalProgress

AUTO = "auto"


@click.command("import")
@click.argument("what", type=click.Choice([*(str(kind) for kind in KINDS), AUTO]))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sheet", help="只读这一张工作表。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--errors", type=click.Path(path_type=Path), help="把有问题的行写成这个工作簿。")
@click.option("--yes", is_flag=True, help="能收下的直接收下；需要人决定的行退回。")
@click.option("--again", is_flag=True, help="内容导入过的文件也重新导入。")
@click.pass_obj
def import_command(session: Session, what: str, files: tuple[Path, ...], **wishes: object) -> None:
    """导入机构名录、教师名册、培训记录或课程。"""
    dry_run, agreed = bool(wishes["dry_run"]), bool(wishes["yes"])
    sheet, errors = wishes["sheet"], wishes["errors"]
    wish = ImportWish(
        kinds=KINDS if what == AUTO else (ImportKind(what),),
        sheet=None if sheet is None else str(sheet),
        again=bool(wishes["again"]),
    )
    reports: list[dict[str, object]] = []
    lines: list[str] = []
    worst = Exit.DONE
    with session.office(read_only=dry_run) as office:
        for path, source in _in_order(office, files, wish):
            try:
                if isinstance(source, OfficeError):
                    raise source
                plan = plan_source(office, source, wish, TerminalProgress())
                if errors is not None and plan.problems():
                    out = _own_name(Path(str(errors)), path, len(files))
                    write_error_workbook(source, plan, out)
                if plan.writes and not dry_run:
                    _apply(session, office, plan, agreed=agreed)
            except OfficeError as error:
                reports.append(_not_taken(path, error))
                lines.append(error.sentence)
                worst = Exit.WORLD if isinstance(error, WorldError) else worst
                continue
            reports.append(report_of(plan))
            lines.extend(_as_lines(plan))
    problems = any(report["refused"] or not report["importable"] for report in reports)
    code = max(worst, Exit.PROBLEMS if problems else Exit.DONE)
    session.finish({"ok": not problems, "files": reports}, "\n".join(lines), code)


COMMANDS = (import_command,)


def _in_order(
    office: Office, files: Sequence[Path], wish: ImportWish
) -> Iterator[tuple[Path, Source | OfficeError]]:
    """The files, each read only when it is its turn unless several kinds may come.

    Institutions come before teachers before records, whatever order they were named in.
    """
    if len(files) == 1 or len(wish.kinds) == 1:
        yield from ((path, _read(path)) for path in files)
        return
    ranked = sorted((_rank(office, _read(path), wish), place) for place, path in enumerate(files))
    yield from ((files[place], _read(files[place])) for _, place in ranked)


def _read(path: Path) -> Source | OfficeError:
    try:
        return open_source(path, TerminalProgress())
    except OfficeError as error:
        return error


def _rank(office: Office, source: Source | OfficeError, wish: ImportWish) -> int:
    """The place of the kind a file brings first; unreadable files come last."""
    if isinstance(source, OfficeError):
        return len(KINDS)
    kinds = [KINDS.index(table.kind) for table in find_in_source(office, source, wish).tables]
    return min(kinds, default=len(KINDS))


def _apply(session: Session, office: Office, plan: ImportPlan, *, agreed: bool) -> None:
    counts = plan.counts
    undecided = counts.refused or counts.warned
    if not agreed and undecided:
        session.say(
            f"{plan.path.name}：可收下 {counts.inserted + counts.updated} 行，"
            f"退回 {counts.refused} 行，提醒 {counts.warned} 行。"
        )
        click.confirm("现在收下吗？", abort=True, err=True)
    apply_plan(office, plan)


def report_of(plan: ImportPlan) -> dict[str, object]:
    """A plan as other programs read it."""
    return {
        "file": str(plan.path),
        "sha256": plan.sha256,
        "kind": None if plan.kind is None else str(plan.kind),
        "already_imported": plan.known_since is not None,
        "importable": plan.importable,
        "message": plan.message,
        "sheets": [{"sheet": table.sheet, "header_row": table.header_row} for table in plan.tables],
        **asdict(plan.counts),
        "problems": [asdict(problem) for problem in plan.problems()],
    }


def _not_taken(path: Path, error: OfficeError) -> dict[str, object]:
    """The report of a file of which nothing was taken."""
    return {
        **report_of(ImportPlan(path, sha256="", message=error.sentence)),
        "error": error.code,
    }


def _own_name(errors: Path, path: Path, files: int) -> Path:
    """Where the rows of a file go back to: of several files each gets a workbook of its name."""
    return errors if files == 1 else errors.with_stem(f"{errors.stem}-{path.stem}")


def _as_lines(plan: ImportPlan) -> Iterator[str]:
    """A plan as a person reads it on a terminal."""
    yield f"{plan.path.name}：{plan.message}"
    if plan.importable:
        counts = plan.counts
        yield (
            f"  共 {counts.data_rows} 行：新增 {counts.inserted}，更新 {counts.updated}，"
            f"不变 {counts.unchanged}，退回 {counts.refused}，略过 {counts.skipped}，"
            f"提醒 {counts.warned}"
        )
    for one in plan.problems():
        place = f"{one.sheet or ''} 第 {one.row} 行 {one.column or ''} 列".strip()
        yield f"  [{_WORDS[one.severity]}] {place}：{one.message}"


_WORDS = {"refuse": "退回", "warn": "提醒", "skip": "略过"}
