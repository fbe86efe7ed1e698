"""The whole job from the schools' workbooks to papers, on the command line of the program."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devtools.console import ROOT, say
from devtools.environment import PYTHON

ROSTERS = ROOT.parent / "shared" / "data" / "rosters"
"""Workbooks as schools send them, where they are at hand; else a county is made up."""
WORKBOOKS = {".xlsx", ".xls", ".ods", ".csv", ".et"}
MARK = "演示.txt"
"""Stands in a folder that an earlier demonstration filled, and that may be emptied."""
DONE, PROBLEMS = 0, 1


class DemoError(Exception):
    """A step ended otherwise than it should; carries what the program said."""


@dataclass(frozen=True)
class Office:
    """The program at work on one office's file, through its command line."""

    database: Path

    def ask(self, *words: str | Path) -> dict[str, Any]:
        """Run a command and give its JSON; problems that it lists are part of a real day.

        Raises:
            DemoError: when the program could not do it at all.
        """
        command = [PYTHON, ROOT / "main.py", "--db", self.database, "--json", *words]
        done = subprocess.run(
            [str(part) for part in command], cwd=ROOT, capture_output=True, check=False
        )
        if done.returncode not in {DONE, PROBLEMS}:
            said = done.stderr.decode("utf-8", errors="replace") or done.stdout.decode("utf-8")
            raise DemoError(f"“{words[0]}”没有做成（退出码 {done.returncode}）：\n{said}")
        result: dict[str, Any] = json.loads(done.stdout)
        return result


def show(folder: str) -> int:
    """Do the whole job and leave database, papers and workbooks in ``folder``.

    Returns:
        0 when every step was done, 3 when one could not be.
    """
    out = (ROOT / folder).resolve()
    started = time.monotonic()
    try:
        _empty(out)
        if ROSTERS.is_dir():
            _work_on_rosters(out)
        else:
            _make_up_a_county(out)
    except DemoError as error:
        say(str(error))
        return 3
    say(f"用时 {time.monotonic() - started:.0f} 秒，结果在 {out}：")
    for file in sorted(out.rglob("*")):
        if file.is_file() and file.name != MARK:
            say(f"  {file.relative_to(out).as_posix()}  {file.stat().st_size / 1000:,.0f} KB")
    return 0


def _empty(out: Path) -> None:
    """Make room for the results; a folder with things of other people is left alone."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise DemoError(f"{out} 里有别的东西，没有动它。请换一个文件夹：dev.py demo --out 文件夹")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / MARK).write_text("这个文件夹由 dev.py demo 建立，再次演示时会清空。\n", "utf-8")


def _make_up_a_county(out: Path) -> None:
    say("没有现成的名册，造一个示例县……")
    Office(out / "office.db").ask("demo", out)


def _work_on_rosters(out: Path) -> None:
    office = Office(out / "office.db")
    name = "桦甸市教师进修学校"
    office.ask("init", "--name", name, "--region", "220282", "--level", "county")
    files = sorted(file for file in ROSTERS.iterdir() if file.suffix in WORKBOOKS)
    say(f"导入 {len(files)} 个文件……")
    returned = out / "退回" / "错误.xlsx"
    returned.parent.mkdir()
    report = office.ask("import", "auto", *files, "--yes", "--errors", returned)
    for one in report["files"]:
        say(f"  {_sentence(one)}")
    say(_totals(report["files"]))


def _sentence(report: dict[str, Any]) -> str:
    name = Path(report["file"]).name
    if report["already_imported"] or not report["importable"]:
        return f"{name}：{report['message']}"
    return (
        f"{name}：新增 {report['inserted']}，更新 {report['updated']}，不变 {report['unchanged']}，"
        f"退回 {report['refused']}，略过 {report['skipped']}，提醒 {report['warned']}"
    )


def _totals(reports: list[dict[str, Any]]) -> str:
    taken = sum(report["inserted"] + report["updated"] for report in reports)
    refused = sum(report["refused"] for report in reports)
    return f"共收下 {taken} 行，退回 {refused} 行（原因已写在退回的工作簿里）。"
