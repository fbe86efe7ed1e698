"""The group ``certificate``, and ``certificates`` as scripts of the first version call it."""

from __future__ import annotations

import click

from ui.cli.commands.certificate import codes, issuing, numbering, paper, trays


@click.group("certificate")
def certificate_group() -> None:
    """发证、打印、补发、作废、核验。"""


for noun in (issuing, numbering, paper, trays, codes):
    for command in noun.COMMANDS:
        certificate_group.add_command(command)

_AS_BEFORE = click.Group("certificates", certificate_group.commands, hidden=True)
COMMANDS = (certificate_group, _AS_BEFORE)
