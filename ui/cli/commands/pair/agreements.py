"""``pair agreements``: agreements in sets, printed from the catalogue of papers."""

from __future__ import annotations

from pathlib import Path

import click

from models.errors import UserError
from reports.catalogue import papers as catalogue
from reports.kit.furniture import Output
from ui.cli.commands.pair.common import of_programme, programme_named
from ui.cli.papers import own_fonts
from ui.cli.session import Session, TerminalProgress

_PAPER = "pair-agreements"


@click.command("agreements")
@of_programme
@click.option("--out", required=True, type=click.Path(path_type=Path), help="PDF 文件。")
@click.option("--school", default="", help="只印这所学校的。")
@click.option("--each", type=int, help="每对印几份。")
@click.pass_obj
def agreements_command(
    session: Session, programme: str, out: Path, school: str, each: int | None
) -> None:
    """把已备案师徒的协议成套印成 PDF，写明目标和任务。"""
    if out.suffix.lower() != ".pdf":
        raise UserError("report.out", f"协议只能印成 PDF，{out.name} 不是。", "请以 .pdf 结尾。")
    fonts = own_fonts()
    with session.office(read_only=True) as office:
        given = {"programme": programme_named(office, programme).code}
        given |= {"school": school} if school else {}
        given |= {"each": str(each)} if each is not None else {}
        output = Output(out, fonts, office.store.clock.now(), TerminalProgress(), overwrite=True)
        built = catalogue.build(office, _PAPER, given, output)
    session.finish(
        {"ok": True, "file": str(out), "pages": built.pages}, f"协议 {built.pages} 页：{out}"
    )


COMMANDS = (agreements_command,)
