"""``certificate issue``, ``void``: giving numbers and taking them back."""

from __future__ import annotations

from pathlib import Path

import click

from models.certificates import issuing, register
from models.training import courses
from reports.documents import completion_certificate as paper
from reports.inputs.certificates import completion_batch
from reports.inputs.fonts import fonts_of
from ui.cli.session import Session, TerminalProgress


@click.command("issue")
@click.argument("course")
@click.option("--pdf", type=click.Path(path_type=Path), help="印成 PDF。")
@click.pass_obj
def issue_command(session: Session, course: str, pdf: Path | None) -> None:
    """给课程的合格学员发结业证书；发过的不重发。"""
    pages = 0
    with session.office() as office:
        course_id = courses.find(office, course)
        issued = issuing.issue_for_course(office, course_id)
        if pdf is not None:
            batch = completion_batch(office, course_id)
            built = paper.build(batch, pdf, fonts_of(office), TerminalProgress(), overwrite=True)
            pages = built.pages
    numbers = [one.number for one in issued.certificates]
    session.finish(
        {
            "ok": True,
            "issued": len(numbers),
            "before": issued.before,
            "not_passed": issued.not_passed,
            "numbers": numbers,
            "pdf": None if pdf is None else str(pdf),
            "pages": pages,
        },
        f"发证 {len(numbers)} 本，先前已发 {issued.before} 本。",
    )


@click.command("void")
@click.argument("number")
@click.option("--reason", required=True, help="作废的原因。")
@click.pass_obj
def void_command(session: Session, number: str, reason: str) -> None:
    """作废一本证书；登记册中保留。"""
    with session.office() as office:
        issuing.void(office, register.find(office, number).id, reason)
    session.finish({"ok": True, "number": number}, f"{number} 已作废。")


COMMANDS = (issue_command, void_command)
