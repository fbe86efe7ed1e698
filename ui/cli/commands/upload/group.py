"""The group ``upload``, which also understands ``upload YEAR FILE`` of the first versions."""

from __future__ import annotations

import click

from ui.cli.commands.upload import building, counties, forms, reconciling, results, transfers

_OLD = "year"


class UploadGroup(click.Group):
    """A group whose first argument may be a year: then it is the command of the first versions."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name."""
        if args and args[0].isdecimal():
            return _OLD, self.commands[_OLD], args
        return super().resolve_command(ctx, args)


@click.group("upload", cls=UploadGroup)
def upload_group() -> None:
    """上报：上报表、生成、登记结果、办理情况。"""


for noun in (forms, building, results, reconciling, counties, transfers):
    for command in noun.COMMANDS:
        upload_group.add_command(command)

COMMANDS = (upload_group,)
