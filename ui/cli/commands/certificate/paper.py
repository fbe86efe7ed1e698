"""``certificate print``, ``reprint``, ``stock`` …: what happens to the sheets."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
