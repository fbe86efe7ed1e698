"""The group ``team``."""

from __future__ import annotations

import click

from ui.cli.commands.team import looking, setting_up, working


@click.group("team")
def team_group() -> None:
    """辅导团队：组建、成员、计划、活动、学时、覆盖、推荐。"""


for noun in (setting_up, working, looking):
    for command in noun.COMMANDS:
        team_group.add_command(command)

COMMANDS = (team_group,)
