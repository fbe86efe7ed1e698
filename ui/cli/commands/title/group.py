"""The group ``title`` with all its commands."""

from __future__ import annotations

import click

from ui.cli.commands.title import batches, holders, reviews


@click.group("title")
def title_group() -> None:
    """骨干与名师：批次、推荐、审核、公示、认定、注册、复检、取消。"""


for commands in (batches.COMMANDS, holders.COMMANDS, reviews.COMMANDS):
    for command in commands:
        title_group.add_command(command)

COMMANDS = (title_group,)
