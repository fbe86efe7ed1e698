"""``certificate verify``, ``trust``, ``keys``: codes that anybody can check."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
