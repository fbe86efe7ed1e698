"""``fonts show|check``: which typefaces papers are set in, and whose names lack characters."""

from __future__ import annotations

import click

from reports.inputs.font_overview import font_overview
from reports.inputs.fonts import fonts_of, missing_names
from reports.kit.han import HAN_TITLES, HanSet, han
from ui.cli.session import Exit, Session, TerminalProgress


@click.group("fonts")
def fonts_group() -> None:
    """印在纸上的字体。"""


@fonts_group.command("show")
@click.pass_obj
def show_command(session: Session) -> None:
    """各类字体用的是哪个文件，认得多少字。"""
    with session.office(read_only=True) as office:
        seen = font_overview(office, TerminalProgress())
    lines: list[str] = []
    for one in seen.roles:
        counts = "，".join(
            f"{HAN_TITLES[which]} {one.helped[which]}/{len(han(which))}" for which in HanSet
        )
        lines += [f"{one.title}：{one.face}（{one.file}）{one.remark}", f"  补字后 {counts}"]
    roles = [
        {
            "role": one.role,
            "title": one.title,
            "face": one.face,
            "file": str(one.file),
            "chosen": one.wish,
            "remark": one.remark,
            "played": dict(one.played),
            "helped": dict(one.helped),
        }
        for one in seen.roles
    ]
    session.finish(
        {"ok": True, "roles": roles, "choices": list(seen.choices), "folder": str(seen.folder)},
        "\n".join(lines),
    )


@fonts_group.command("check")
@click.pass_obj
def check_command(session: Session) -> None:
    """哪些教师的姓名里有打印不出来的字。"""
    with session.office(read_only=True) as office:
        people = missing_names(office, fonts_of(office))
    listed = [
        {
            "name": one.name,
            "school": one.school,
            "characters": [f"U+{ord(char):04X}" for char in one.characters],
            "instead": one.instead,
        }
        for one in people
    ]
    lines = [f"{len(people)} 人的姓名里有字体没有的字。"]
    lines += [f"{one.school} {one.name}（{one.characters}）" for one in people]
    session.finish(
        {"ok": not people, "missing": listed},
        "\n".join(lines),
        Exit.PROBLEMS if people else Exit.DONE,
    )


COMMANDS = (fonts_group,)
