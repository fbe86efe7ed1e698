"""A group whose commands are loaded one by one: an old computer need not load all to run one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

_PACKAGE = "ui.cli.commands"


class LazyGroup(click.Group):
    """Knows of its commands only in which module they are, until one is asked for."""

    def __init__(self, *, nouns: Mapping[str, Sequence[str]], **settings: Any) -> None:  # noqa: ANN401 - click's own
        """Make it with the modules below ``ui.cli.commands``; each has its ``COMMANDS``."""
        super().__init__(**settings)
        self._places = {name: noun for noun, names in nouns.items() for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as the help lists them."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in self._places:
            return None
        module = import_module(f"{_PACKAGE}.{self._places[cmd_name]}")
        return next((one for one in module.COMMANDS if one.name == cmd_name), None)
