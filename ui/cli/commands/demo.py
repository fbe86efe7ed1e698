"""``demo OUTDIR``: a generated county with a year's data, its papers and its workbooks."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from models.certificates.register import certificates
from models.clock import FixedClock
from models.exams import registration
from models.exams.drawing import latest_draw, write_record
from models.exams.freezing import export_frame
from models.ids import SeededIds
from models.office.context import Office
from models.office.identity import Identity
from models.sample.generation import generate_county
from models.sample.removal import remove_sample
from models.staff.queries import TeacherFilter, teacher_ids
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.forms import Fraction
from models.uploads.rows import Wish
from models.workspace.opening import Desk, close_workspace, create_office, open_workspace
from reports.documents import draw_record, roster
from reports.inputs.draws import draw_record as record_input
from reports.inputs.fonts import fonts_of
from reports.inputs.lists import institution_list, record_list, teacher_list
from reports.inputs.rosters import roster as roster_input
from reports.workbooks.table import write_table
from ui.cli.commands.certificate.print_chosen import Asked, print_chosen
from ui.cli.commands.certificate.print_jobs import Outcome
from ui.cli.session import Session, TerminalProgress

COUNTY = Identity("示例县教师进修学校", "220282", sample=True)
MOMENT = datetime(2025, 12, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))
"""The day of the demonstration stands still, so that a seed gives the same files."""
ROSTER_PEOPLE = 300


@click.command("demo")
@click.argument("outdir", type=click.Path(path_type=Path))
@click.option("--teachers", default=3000, show_default=True, help="教师人数。")
@click.option("--seed", default=1, show_default=True, help="同一个数生成同样的县。")
@click.pass_obj
def demo_command(session: Session, outdir: Path, teachers: int, seed: int) -> None:
    """生成一个示例县：数据、证书、抽签记录、名册和工作簿。"""
    outdir.mkdir(parents=True, exist_ok=True)
    desk = Desk("示例", FixedClock(MOMENT), SeededIds(seed))
    office = create_office(outdir / "示例县.db", COUNTY, desk)
    try:
        county = generate_county(office, teachers, seed, TerminalProgress())
        exam = registration.read(office, county.exam_id)
        _certificates(session, office, outdir, county.course_ids)
        _papers(office, outdir, exam)
        _workbooks(office, outdir)
    finally:
        close_workspace(office)
    figures = {name: value for name, value in asdict(county).items() if isinstance(value, int)}
    files = sorted(path.name for path in outdir.iterdir() if path.is_file())
    session.finish(
        {"ok": True, "folder": str(outdir), **figures, "files": files},
        f"示例县已生成在 {outdir}：{county.schools} 所学校，{county.teachers} 名教师，"
        f"{county.entries} 条学时，{county.certificates} 本证书，抽中 {county.drawn} 人。",
    )


@click.command("remove-sample")
@click.pass_obj
def remove_command(session: Session) -> None:
    """把示例数据全部清除，只留下一个空的单位。"""
    desk = Desk(person=getpass.getuser())
    office = open_workspace(session.database, desk)
    close_workspace(remove_sample(office, desk))
    session.finish({"ok": True}, "示例数据已全部清除。")


COMMANDS = (demo_command, remove_command)


def _certificates(session: Session, office: Office, outdir: Path, courses: tuple[str, ...]) -> None:
    """Print those of the largest course that has any, as a run."""
    certified = [one for one in courses if certificates(office, course_id=one)]
    if certified:
        due = certificates(office, course_id=certified[0])
        # A made-up county has no key of its own: a code would be another one each time.
        asked = Asked(outdir / "结业证书.pdf", codes=False)
        print_chosen(session, office, due, asked, Outcome())


def _papers(office: Office, outdir: Path, exam: registration.Exam) -> None:
    fonts, progress = fonts_of(office), TerminalProgress()
    draw_record.build(record_input(office, exam), outdir / "抽签记录.pdf", fonts, progress)
    write_record(latest_draw(office, exam).record, outdir / "抽签记录.json")
    export_frame(office, exam, outdir / "抽签名单.txt")
    ids = teacher_ids(office, TeacherFilter(), "school")[:ROSTER_PEOPLE]
    scope = f"按学校排列的前 {len(ids)} 人"
    people = roster_input(office, ids, "教师花名册", scope)
    roster.build(people, outdir / "教师花名册.pdf", fonts, progress)


def _workbooks(office: Office, outdir: Path) -> None:
    progress = TerminalProgress()
    ids = teacher_ids(office, TeacherFilter(), "school")
    write_table(outdir / "机构名录.xlsx", institution_list(office), progress)
    write_table(outdir / "教师名册.xlsx", teacher_list(office, ids), progress)
    write_table(outdir / "培训记录.xlsx", record_list(office), progress)
    wish = Wish(MOMENT.year, fractions={"hours": Fraction.COLLECT, "credits": Fraction.EMPTY})
    form = form_named(office, "national_training")
    build(office, form, wish, outdir / f"{MOMENT.year}年上报.xlsx", progress)
