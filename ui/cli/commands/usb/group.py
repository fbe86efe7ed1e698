"""The group ``usb``."""

from __future__ import annotations

import click

from ui.cli.commands.usb import choosing, enrolling, exchanging


@click.group("usb")
def usb_group() -> None:
    """与学校交换：注册、写包、读包、状态、冲突。"""


for noun in (enrolling, exchanging, choosing):
    for command in noun.COMMANDS:
        usb_group.add_command(command)

COMMANDS = (usb_group,)
