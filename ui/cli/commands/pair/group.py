"""The group ``pair``."""

from __future__ import annotations

import click

from ui.cli.commands.pair import (
    agreements,
    matching,
    programmes,
    results,
    sanctions,
    steps,
    surveys,
    visits,
)


@click.group("pair")
def pair_group() -> None:
    """师徒结对：工程、调查、意愿、匹配、手续、协议、活动、结果、评选。"""


for noun in (programmes, surveys, matching, steps, agreements, visits, results, sanctions):
    for command in noun.COMMANDS:
        pair_group.add_command(command)

COMMANDS = (pair_group,)
