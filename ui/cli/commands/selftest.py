"""``selftest``: what the packaged program runs on itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

import resources
from models.codes.library import load_codes
from models.errors import OfficeError
from models.exchange.importing import apply_plan, plan_import
from models.mentoring.assigning import Axis, Task, assign
from models.office.context import Office
from models.office.identity import Identity
from models.progress import Progress
from models.staff.institutions import save_institution
from models.staff.queries import teacher_ids, teacher_rows
from models.staff.registration import save_teacher
from models.store.check import check
from models.store.undo import undo
from models.sync.enrolment import invite, read_enrolment
from models.sync.packing import first_slice
from models.sync.sticks import drives
from models.workspace.opening import create_office
from models.workspace.places import program_folder
from reports.documents import roster as paper
from reports.inputs.fonts import fonts_of, program_fonts
from reports.inputs.lists import teacher_list
from reports.inputs.rosters import roster
from reports.workbooks.table import write_table
from ui.cli.session import Exit, Session

RARE = "王䶮𬭎"
WINDOW_SECONDS = 60


@click.command("selftest")
@click.pass_obj
def selftest_command(session: Session) -> None:
    """自检：资源、字体、数据库、PDF、工作簿、结对、交换、窗口。"""
    results: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        office = create_office(Path(folder) / "自检.db", Identity("自检单位", "220282"))
        try:
            for name, probe in PROBES.items():
                results[name] = _outcome(lambda probe=probe: probe(office, Path(folder)))
        finally:
            office.store.close()
        results["窗口"] = _outcome(lambda: _window(Path(folder) / "自检.db"))
    good = all(outcome == "ok" for outcome in results.values())
    text = "\n".join(f"{name}：{outcome}" for name, outcome in results.items())
    session.finish({"ok": good, "results": results}, text, Exit.DONE if good else Exit.PROBLEMS)


COMMANDS = (selftest_command,)


def _outcome(probe: Callable[[], object]) -> str:
    try:
        probe()
    except (OfficeError, OSError, AssertionError, subprocess.SubprocessError) as error:
        return f"不通过（{error}）"
    return "ok"


def _resources(_office: Office, _folder: Path) -> None:
    for table in load_codes().values():
        _expect(len(table) > 0, f"代码表 {table.key} 是空的")
    for name in ("style", "policies", "certificates", "icons"):
        _expect(resources.path(name).is_dir(), f"缺少 resources/{name}")


def _fonts(_office: Office, _folder: Path) -> None:
    missing = program_fonts().missing([("自检", ("桦甸市教师进修学校", RARE))])
    _expect(not missing, f"缺字：{missing}")


def _database(office: Office, _folder: Path) -> None:
    step = save_teacher(office, None, {"name": RARE, "birth_date": date(1990, 1, 1).isoformat()})
    undo(office.store, undo(office.store, step.id).id)
    _expect(check(office.store).ok, "数据检查没有通过")
    _expect(len(teacher_ids(office)) == 1, "撤销之后再撤销，教师没有回来")


def _paper(office: Office, folder: Path) -> None:
    out = folder / "名册.pdf"
    paper.build(
        roster(office, teacher_ids(office), "教师名册", "自检"), out, fonts_of(office), Progress()
    )
    _expect(out.read_bytes().startswith(b"%PDF"), "写出的不是 PDF")


def _workbook(office: Office, folder: Path) -> None:
    out = folder / "名册.xlsx"
    write_table(out, teacher_list(office, teacher_ids(office)), Progress())
    plan = plan_import(office, out)
    _expect(plan.counts.data_rows == 1, "写出的工作簿读不回来")
    if plan.writes:
        apply_plan(office, plan)
    names = [row.shown["name"] for row in teacher_rows(office, teacher_ids(office))]
    _expect(names == [RARE], "读回的姓名不一样")


def _pairing(_office: Office, _folder: Path) -> None:
    wishes = Axis(rows=[0, 1], columns=[0, 1], table=[[1, 0], [0, 1]])
    task = Task([wishes], [0, 0], [0, 0], special=[], room=[1, 1], taken=[0, 0], load=0)
    _expect(assign(task, Progress()) == [1, 0], "匹配的结果不对")


def _exchange(office: Office, _folder: Path) -> None:
    drives()
    save_institution(office, None, {"name": "自检学校"})
    school = office.store.value("SELECT id FROM institution WHERE name = '自检学校'")
    made = invite(office, str(school), first_slice)
    found = read_enrolment(made.content, made.code)
    _expect(found.institution_id == school, "注册文件读不回来")


def _window(database: Path) -> None:
    """Open the window where nobody sees it, until it is painted."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [*_program(), "-db", str(database), "-probe"]
    subprocess.run(command, env=environment, timeout=WINDOW_SECONDS, check=True)


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        suffix = ".exe" if os.name == "nt" else ""
        return [str(program_folder() / f"shixuntong{suffix}"), "-platform", "offscreen"]
    return [sys.executable, str(program_folder() / "main.py"), "-platform", "offscreen"]


def _expect(good: object, trouble: str) -> None:
    if not good:
        raise AssertionError(trouble)


PROBES: dict[str, Callable[[Office, Path], None]] = {
    "资源": _resources,
    "字体": _fonts,
    "数据库": _database,
    "PDF": _paper,
    "工作簿": _workbook,
    "结对": _pairing,
    "交换": _exchange,
}
