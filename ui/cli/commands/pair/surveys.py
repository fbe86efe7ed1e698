"""``pair survey …`` and ``pair wish``: what schools answer, and who wants to take part."""

from __future__ import annotations

from pathlib import Path

import click

from models.exchange.survey_sheets import take_surveys
from models.mentoring import surveys, wishes
from models.mentoring.kinds import Part, survey_named
from models.mentoring.programmes import find
from models.office.context import Office
from reports.inputs.mentoring_tables import write_survey_forms
from ui.cli.commands.pair.common import of_programme, programme_named
from ui.cli.named import teacher_of
from ui.cli.session import Exit, Session, TerminalProgress

_PATH = click.Path(path_type=Path)


@click.group("survey")
def survey_group() -> None:
    """发出、收回结对调查表，看谁没有填、供需差多少。"""


@survey_group.command("out")
@of_programme
@click.option("--out", required=True, type=_PATH, help="放表格的文件夹，一校一个工作簿。")
@click.option("--survey", default="", help="只发这一张表。")
@click.pass_obj
def out_command(session: Session, programme: str, out: Path, survey: str) -> None:
    """写出空白调查表。"""
    with session.office(read_only=True) as office:
        written = write_survey_forms(
            office, find(office, programme), out, TerminalProgress(), survey
        )
    session.finish(
        {"ok": True, "files": [str(one) for one in written]}, f"写出 {len(written)} 个工作簿。"
    )


@survey_group.command("read")
@of_programme
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.pass_obj
def read_command(session: Session, programme: str, files: tuple[Path, ...]) -> None:
    """收回填好的工作簿，可以是文件夹；有错的不收，说明错在哪里。"""
    with session.office() as office:
        done = take_surveys(office, find(office, programme), files, TerminalProgress())
    refused = [{"file": one.file, "why": list(one.why)} for one in done.refused]
    lines = [f"收回 {done.files} 份，{done.answers} 行。"]
    for one in done.refused:
        lines += [f"{one.file} 没有收：", *(f"  {why}" for why in one.why)]
    session.finish(
        {"ok": not refused, "files": done.files, "answers": done.answers, "refused": refused},
        "\n".join(lines),
        Exit.PROBLEMS if refused else Exit.DONE,
    )


@survey_group.command("status")
@of_programme
@click.pass_obj
def status_command(session: Session, programme: str) -> None:
    """每张表谁填了、谁没有填。"""
    with session.office(read_only=True) as office:
        found = programme_named(office, programme)
        asked = {
            survey: surveys.asked_schools(office, found.id, survey) for survey in found.kind.surveys
        }
    lines: list[str] = []
    shown: list[dict[str, object]] = []
    for survey, schools in asked.items():
        missing = [one.school for one in schools if not one.answered]
        name = survey_named(survey).name
        shown.append({"survey": survey, "name": name, "asked": len(schools), "missing": missing})
        lines.append(f"{name}：应填 {len(schools)} 校，未填 {len(missing)} 校 {'、'.join(missing)}")
    session.finish({"surveys": shown}, "\n".join(lines))


@survey_group.command("balance")
@of_programme
@click.pass_obj
def balance_command(session: Session, programme: str) -> None:
    """按学科和学段比较师傅的名额与徒弟的人数。"""
    with session.office(read_only=True) as office:
        rows = surveys.balance(office, find(office, programme))
        shown = [
            {
                "subject": _named(office, "subject", one.subject),
                "stage": _named(office, "stage", one.stage),
                "offered": one.offered,
                "needed": one.needed,
                "mentors": one.mentors,
                "room": one.room,
                "mentees": one.mentees,
                "lacking": one.lacking,
            }
            for one in rows
        ]
    session.finish(
        {"balance": shown},
        "\n".join(
            f"{one['stage']} {one['subject']}  师傅 {one['mentors']} 人（名额 {one['room']}）  "
            f"徒弟 {one['mentees']} 人  缺 {one['lacking']}"
            for one in shown
        )
        or "还没有意愿和调查数字。",
    )


@survey_group.command("adopt")
@of_programme
@click.pass_obj
def adopt_command(session: Session, programme: str) -> None:
    """把调查表里写了姓名的人列为愿意结对的人。"""
    with session.office() as office:
        identity = find(office, programme)
        before = len(wishes.participants(office, identity))
        wishes.from_surveys(office, identity)
        added = len(wishes.participants(office, identity)) - before
    session.finish({"ok": True, "added": added}, f"列入 {added} 人。")


@click.command("wish")
@of_programme
@click.argument("teacher_no", nargs=-1, required=True)
@click.option(
    "--part", type=click.Choice(["mentor", "mentee"]), required=True, help="作师傅或徒弟。"
)
@click.option("--capacity", type=int, help="最多带几人；不写按称号级别。")
@click.option("--wants", multiple=True, metavar="NO", help="希望与谁结对，可写几次。")
@click.option("--avoids", multiple=True, metavar="NO", help="不愿与谁结对，可写几次。")
@click.pass_obj
def wish_command(
    session: Session,
    programme: str,
    teacher_no: tuple[str, ...],
    part: Part,
    capacity: int | None,
    **others: tuple[str, ...],
) -> None:
    """登记愿意结对的教师。"""
    with session.office() as office:
        wants, avoids = (
            tuple(teacher_of(office, one) for one in others[name]) for name in ("wants", "avoids")
        )
        wanted = [
            wishes.Wish(teacher_of(office, one), part, "", "", capacity, wants, avoids)
            for one in teacher_no
        ]
        wishes.take_part(office, find(office, programme), wanted)
    session.finish({"ok": True, "registered": len(wanted)}, f"已登记 {len(wanted)} 人。")


def _named(office: Office, table: str, code: str) -> str:
    return office.codes[table].name_of(code) if code else ""


COMMANDS = (survey_group, wish_command)
