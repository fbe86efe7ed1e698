"""The whole job from the schools' workbooks to papers, on the command line of the program."""

from __future__ import annotations

import csv
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
TEACHERS = "3000"
"""How many the made-up county has."""
YEAR, EXAM = "2025", "2025-12"
SEED = "20251201-现场掷骰-61345226"
"""As witnesses would have made it in public."""


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
        make_room(out)
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


def make_room(out: Path) -> None:
    """Make room for the results.

    Raises:
        DemoError: the folder holds other things; they are left alone.
    """
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise DemoError(f"{out} 里有别的东西，没有动它。请换一个文件夹：dev.py demo --out 文件夹")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / MARK).write_text("这个文件夹由 dev.py demo 建立，再次演示时会清空。\n", "utf-8")


def _make_up_a_county(out: Path) -> None:
    say("没有现成的名册，造一个示例县……")
    made = Office(out / "示例县.db").ask("demo", out, "--teachers", TEACHERS)
    say(
        f"{made['schools']} 所学校，{made['teachers']} 名教师，{made['courses']} 门课程，"
        f"{made['entries']} 条学时，{made['certificates']} 本证书，抽中 {made['drawn']} 人。"
    )


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
    drawn = _draw(office, out / "抽测")
    _train(office, out / "培训", drawn)
    _report(office, out / "名册与上报")
    done = office.ask("check")
    say(f"数据检查：{'完好' if done['ok'] else '；'.join(done['findings'])}")
    office.ask("backup", out / "备份.db")


def _draw(office: Office, folder: Path) -> list[str]:
    """Draw a tenth of the teachers of each school; gives their numbers."""
    folder.mkdir()
    scope = ["--base", "学科教师", "--strata", "学校", "--fraction", "10%"]
    office.ask("exam", "create", "--code", EXAM, "--name", "年末抽测", "--year", YEAR, *scope)
    frame, record = folder / "抽签名单.txt", folder / "抽签记录.json"
    frozen = office.ask("exam", "frame", EXAM, "--out", frame)
    pdf = folder / "抽签记录.pdf"
    drawn = office.ask("exam", "draw", EXAM, "--seed", SEED, "--out", record, "--pdf", pdf)
    found = office.ask("exam", "verify", record, "--frame", frame)
    verified = "重算一致" if found["ok"] else "重算不一致"
    say(f"抽签：{frozen['size']} 人中抽 {drawn['drawn']} 人，{verified}。")
    return [person["teacher_no"] for person in drawn["people"]]


def _train(office: Office, folder: Path, teachers: list[str]) -> None:
    """Give those drawn a course, take their scores in, post the hours, print the certificates."""
    folder.mkdir()
    when = ["--start", "2025-10-20", "--end", "2025-10-22", "--mode", "集中"]
    named = ["--title", "新课程课堂教学研讨", "--year", YEAR, "--hours", "20"]
    course = office.ask("courses", "add", *named, *when)["course"]
    office.ask("courses", "enrol", course, *teachers)
    scores = folder / "成绩表.csv"
    with scores.open("w", encoding="gb18030", newline="") as stream:
        lines = ((number, 55 + 7 * place % 45) for place, number in enumerate(teachers))
        csv.writer(stream).writerows([("教师编号", "成绩"), *lines])
    office.ask("courses", "scores", course, scores)
    posted = office.ask("courses", "post", course)
    issued = office.ask("certificate", "issue", course, "--pdf", folder / "结业证书.pdf")
    say(
        f"培训：{len(teachers)} 人参加，{posted['posted']} 人登记学时，"
        f"发证 {issued['issued']} 本（{issued['pages']} 页）。"
    )


def _report(office: Office, folder: Path) -> None:
    """Write the lists on paper and as workbooks, and the year for the level above."""
    folder.mkdir()
    roster = office.ask("roster", folder / "教师花名册.pdf")
    say(f"花名册：{roster['teachers']} 人，{roster['pages']} 页。")
    for what, name in (("institutions", "机构"), ("teachers", "教师"), ("records", "培训记录")):
        office.ask("template", what, folder / f"{name}模板.xlsx")
        written = office.ask("export", what, folder / f"{name}.xlsx")
        say(f"导出{name}：{written['rows']} 行。")
    sent = office.ask(
        "upload", "build", "national_training", "--year", YEAR,
        "--out", folder / f"{YEAR}年上报.xlsx", "--hours-only",
    )  # fmt: skip
    say(f"上报：{sent['rows']} 条，{sent['left_out']} 条缺项未报。")


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
