"""``export …`` and ``template …``: workbooks out."""

from __future__ import annotations

from pathlib import Path

import click

from models.exchange.importing import KINDS
from models.exchange.plans import ImportKind
from models.exchange.reading.tables import ENTITIES
from models.office.context import Office
from models.staff.queries import TeacherFilter, teacher_ids
from reports.inputs.lists import course_list, institution_list, record_list, teacher_list
from reports.workbooks.table import TableSheet, write_table
from ui.cli.named import school_named
from ui.cli.session import Session, TerminalProgress
from ui.cli.templates import write_template_of

_FILE = click.Path(path_type=Path)


@click.command("export")
@click.argument("what", type=click.Choice([str(kind) for kind in KINDS]))
@click.argument("out", type=_FILE)
@click.option("--school", help="只导出这所学校的。")
@click.option("--mask", is_flag=True, help="隐去身份证号和电话的中间几位（不能再导入）。")
@click.pass_obj
def export_command(
    session: Session, what: str, out: Path, school: str | None, *, mask: bool
) -> None:
    """导出机构、教师、培训记录或课程；导出的表可以原样再导入。"""
    with session.office(read_only=True) as office:
        sheet = _sheet(office, ImportKind(what), school, masked=mask)
        written = write_table(out, sheet, TerminalProgress(), overwrite=True)
    session.finish(
        {"ok": True, "file": str(out), "rows": written.rows, "school": school},
        f"已导出 {written.rows} 行：{out}",
    )


@click.command("template")
@click.argument("what", type=click.Choice([str(kind) for kind in KINDS]))
@click.argument("out", type=_FILE)
@click.pass_obj
def template_command(session: Session, what: str, out: Path) -> None:
    """写一个空白的填报模板，带下拉选项和填写说明。"""
    kind = ImportKind(what)
    write_template_of(session, ENTITIES[kind], out)
    session.finish({"ok": True, "file": str(out), "kind": what}, f"模板已写到 {out}")


COMMANDS = (export_command, template_command)


def _sheet(office: Office, kind: ImportKind, school: str | None, *, masked: bool) -> TableSheet:
    school_id = None if school is None else school_named(office, school).id
    match kind:
        case ImportKind.INSTITUTIONS:
            return institution_list(office, school_id)
        case ImportKind.TEACHERS:
            of_school = {} if school_id is None else {"school_id": school_id}
            ids = teacher_ids(office, TeacherFilter(equal=of_school), "school")
            return teacher_list(office, ids, masked=masked)
        case ImportKind.RECORDS:
            return record_list(office, school_id, masked=masked)
        case ImportKind.COURSES:
            return course_list(office)
