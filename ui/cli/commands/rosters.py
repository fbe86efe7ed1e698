"""``roster OUT.pdf``: the teachers on paper."""

from __future__ import annotations

from pathlib import Path

import click

from models.staff.queries import TeacherFilter, teacher_ids
from reports.documents import roster as paper
from reports.inputs.fonts import fonts_of
from reports.inputs.rosters import roster as roster_input
from ui.cli.named import school_teachers
from ui.cli.session import Session, TerminalProgress


@click.command("roster")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--school", help="只印这所学校的。")
@click.pass_obj
def roster_command(session: Session, out: Path, school: str | None) -> None:
    """把教师花名册印成 PDF。"""
    with session.office(read_only=True) as office:
        if school is None:
            ids, scope = teacher_ids(office, TeacherFilter(), "school"), "全部"
        else:
            ids, scope = school_teachers(office, school), school
        people = roster_input(office, ids, "教师花名册", f"{scope}教师 {len(ids)} 人")
        built = paper.build(people, out, fonts_of(office), TerminalProgress(), overwrite=True)
    session.finish(
        {"ok": True, "file": str(out), "teachers": len(ids), "pages": built.pages},
        f"花名册 {len(ids)} 人，{built.pages} 页：{out}",
    )


COMMANDS = (roster_command,)
