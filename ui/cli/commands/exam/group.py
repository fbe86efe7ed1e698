"""The group ``exam``: everything from the frozen list to the published ranking."""

from __future__ import annotations

import click

from ui.cli.commands.exam import drawing, results, rooms, scores, setting


@click.group("exam")
def exam_group() -> None:
    """考试：名单、抽签、考场、成绩、排名、登记。"""


for noun in (setting, drawing, rooms, scores, results):
    for command in noun.COMMANDS:
        exam_group.add_command(command)

COMMANDS = (exam_group,)
