"""The group ``exam``: everything from the frozen list to the published ranking."""

from __future__ import annotations

import click

from ui.cli.commands.exam import drawing, rooms, setting


@click.group("exam")
def exam_group() -> None:
    """考试：冻结名单、抽签、记录、核对。"""


for noun in (setting, drawing, rooms):
    for command in noun.COMMANDS:
        exam_group.add_command(command)

COMMANDS = (exam_group,)
