"""``pair agreements``: agreements in sets, printed from the catalogue of papers."""

from __future__ import annotations

from pathlib import Path

import click

from models.certificates.pair_agreements import issue_agreements
from models.errors import UserError
from models.mentoring.pairs import pair_rows
from models.office.context import Office
from reports.catalogue import papers as catalogue
from reports.inputs.fonts import fonts_of
from reports.kit.furniture import Output
from ui.cli.commands.pair.common import of_programme, programme_named
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
    """给已备案的师徒编协议号，把协议成套印成 PDF，写明目标和任务。"""
    if out.suffix.lower() != ".pdf":
        raise UserError("report.out", f"协议只能印成 PDF，{out.name} 不是。", "请以 .pdf 结尾。")
    with session.office() as office:
        found = programme_named(office, programme)
        issued = _issue(office, found.id)
        given = {"programme": found.code}
        given |= {"school": school} if school else {}
        given |= {"each": str(each)} if each is not None else {}
        fonts = fonts_of(office)
        output = Output(out, fonts, office.store.clock.now(), TerminalProgress(), overwrite=True)
        built = catalogue.build(office, _PAPER, given, output)
    session.finish(
        {"ok": True, "file": str(out), "pages": built.pages, "issued": issued},
        f"新编号 {issued} 份，协议 {built.pages} 页：{out}",
    )


def _issue(office: Office, programme_id: str) -> int:
    """Number the agreements of filed pairs that have none yet; how many there were."""
    due = [one for one in pair_rows(office, programme_id, ("filed",)) if not one.agreement_no]
    if due:
        issue_agreements(office, programme_id, [one.id for one in due])
    return len(due)


COMMANDS = (agreements_command,)
